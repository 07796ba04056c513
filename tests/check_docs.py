"""Checks the documents: every relative link and every path in backticks that looks like one of ours must exist, and an
example that is said to be a file of ours is that file."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = re.compile(r"^(crates|data|notebooks|tests|docs|\.ci)/[\w./*-]+$")


def main() -> None:
    missing, seen = [], 0
    for doc in sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "data").rglob("*.md")]):
        for number, line in enumerate(doc.read_text(encoding="utf-8").splitlines(), 1):
            links = [t for t in re.findall(r"\]\(([^)#\s]+)[^)]*\)", line) if "://" not in t and not t.startswith("mailto:")]
            paths = [p for p in re.findall(r"`([^`\s]+)`", line) if OURS.match(p)]
            for base, target in [(doc.parent, t) for t in links] + [(ROOT, p) for p in paths]:
                seen += 1
                found = any(base.glob(target)) if "*" in target else (base / target).exists()
                if not found:
                    missing.append(f"{doc.relative_to(ROOT)}:{number}: `{target}` does not exist")
        for path, example in re.findall(r"<!-- example: (\S+?),.*?-->\n```\w*\n(.*?)```", doc.read_text(encoding="utf-8"), re.S):
            seen += 1
            if (ROOT / path).read_text(encoding="utf-8") != example:
                missing.append(f"{doc.relative_to(ROOT)}: the example is not that of `{path}`")
    print("\n".join(missing) if missing else f"documents: {seen} links and paths exist")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
