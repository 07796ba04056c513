"""Runs `broadsheet export` over every gold set, scores the tables, prints one table and holds the floors.

    eval.py --bin target/release/broadsheet --eval ../shared/eval [--sets articles,events] [--raise] [--readme]

Floors stand in `floors.json` beside this file, with the hash of the gold data that they were measured on. A measure
below its floor fails the run. `--raise` writes the measures as new floors where they are higher; it never lowers one.
`--readme` writes the main measures into README.md.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# The part of each set to feed to `broadsheet export`, and the extra options it needs.
SETS = {
    "articles": ("articles/input.jsonl", []),
    "events": ("events/input.jsonl", []),
    "dyads": ("dyads/input.jsonl", []),
    "figures": ("figures/input.jsonl", []),
    "newsquant": ("newsquant/input.jsonl", []),
    "times": ("times/input.jsonl", []),
    "pages": ("pages/html", []),
    "language": ("language/input.jsonl", ["--tables", "articles,tokens"]),
}
# The measures that the README shows, with what they mean and who else has been measured on them.
SHOWN = [
    ("articles", "actors.f1", "actors of whole articles, F1", "second annotator 0.95"),
    ("articles", "events.type.f1", "events by type and sentence, F1", "second annotator 0.93; NGEC-2025 0.52 on types"),
    ("articles", "events.type.precision", "the same, precision", ""),
    ("articles", "events.type_and_parties.f1", "events with all their parties, F1", "second annotator 0.84"),
    ("articles", "figures.value_and_unit.f1", "figures with value and unit, F1", "second annotator 0.97"),
    ("events", "type.any", "PLOVER gold records: type found", "two trained coders agree on 0.61 of CAMEO roots"),
    ("events", "type_and_dyad", "PLOVER gold records: type and both countries", ""),
    ("dyads", "pair_and_root", "PLV: pair of actors and its root code", "zero-shot NLI 0.76 when it is given the pair"),
    ("dyads", "root_given_pair", "PLV: root code where the pair was found", "the same"),
    ("newsquant", "value.f1", "quantities in news: value, F1", "CQE 0.92, quantulum3 0.73"),
    ("newsquant", "value_and_unit.f1", "quantities in news: value and unit, F1", "CQE 0.86, quantulum3 0.47"),
    ("figures", "value_and_kind.f1", "number suites: value and kind, F1", "quantulum3 0.65"),
    ("times", "strict.f1", "TIMEX3 extents, F1", "HeidelTime 0.81 on TempEval-3"),
    ("times", "value.f1", "TIMEX3 values, F1", "HeidelTime 0.78 on TempEval-3"),
    ("pages", "body.f1", "text of saved news pages, F1", "best library 0.94 to 0.96"),
    ("language", "same.head_and_label", "same head and label as spaCy", ""),
    ("language", "same.entity.f1", "same entities as spaCy, F1", ""),
]
MARKS = ("<!-- quality: written by tests/quality/eval.py --readme -->\n", "<!-- end of quality -->")
# A floor is this much below what was measured, so that noise in ties does not fail a run.
SLACK = 0.002


def corpus_hash(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def measure(binary: Path, gold: Path, name: str) -> tuple[dict[str, float], float]:
    source, options = SETS[name]
    out = ROOT / "target" / "eval" / name
    start = time.monotonic()
    command = [binary, "export", gold / source, "--out", out, "--format", "parquet", "--quiet", *options]
    done = subprocess.run(command, capture_output=True, text=True)
    seconds = time.monotonic() - start
    if done.returncode != 0:
        sys.exit(f"error: `broadsheet export` failed on the set `{name}` (status {done.returncode})\n{done.stderr}")
    scored = subprocess.run([sys.executable, gold / "score.py", name, out], capture_output=True, text=True)
    if scored.returncode != 0:
        sys.exit(f"error: `score.py {name}` failed\n{scored.stdout}{scored.stderr}")
    values = {}
    for line in scored.stdout.splitlines():
        words = line.split()
        if line.startswith("note:"):
            print(line)
        elif len(words) == 2:
            values[words[0]] = float(words[1])
    return values, seconds


def write_readme(measured: dict[tuple[str, str], float]) -> None:
    rows = ["| set | measure | here | others |", "| --- | --- | --- | --- |"]
    for name, key, meaning, others in SHOWN:
        if (name, key) in measured:
            rows.append(f"| {name} | {meaning} | {measured[name, key]:.3f} | {others} |")
    path = ROOT / "README.md"
    before, rest = path.read_text(encoding="utf-8").split(MARKS[0])
    _, after = rest.split(MARKS[1])
    path.write_text(before + MARKS[0] + "\n".join(rows) + "\n" + MARKS[1] + after, encoding="utf-8")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--bin", type=Path, required=True)
    ap.add_argument("--eval", type=Path, required=True)
    ap.add_argument("--sets", default=",".join(SETS))
    ap.add_argument("--raise", dest="raise_floors", action="store_true")
    ap.add_argument("--readme", action="store_true")
    args = ap.parse_args()
    if not (args.eval / "score.py").exists():
        sys.exit(f"error: no gold data at `{args.eval}`\nhint: set EVAL=<folder with score.py>")
    floors_path = HERE / "floors.json"
    floors = json.loads(floors_path.read_text()) if floors_path.exists() else {}
    low, measured = [], {}
    print(f"{'set':10} {'measure':34} {'value':>8} {'floor':>8}")
    for name in args.sets.split(","):
        values, seconds = measure(args.bin.resolve(), args.eval.resolve(), name)
        corpus = corpus_hash(args.eval / name)
        known = floors.get(name, {})
        same = known.get("corpus") == corpus
        marks = known.get("floors", {}) if same else {}
        if known and not same:
            print(f"note: the gold data of `{name}` has changed since its floors were set; they are not held")
        measured.update({(name, key): value for key, value in values.items()})
        for key, value in values.items():
            floor = marks.get(key)
            print(f"{name:10} {key:34} {value:8.4f} {'' if floor is None else format(floor, '8.4f')}")
            if floor is not None and value < floor:
                low.append(f"{name} {key}: {value:.4f} is below its floor {floor:.4f}")
        print(f"{name:10} {'(seconds)':34} {seconds:8.1f}")
        if args.raise_floors:
            # Precision and recall may be traded for each other; what they come to may not fall.
            held = {k: v for k, v in values.items() if v <= 1.0 and ".precision" not in k and "recall" not in k}
            raised = {k: max(marks.get(k, 0.0), round(v - SLACK, 4)) for k, v in held.items()}
            floors[name] = {"corpus": corpus, "floors": raised}
    if args.raise_floors:
        floors_path.write_text(json.dumps(floors, indent=1, sort_keys=True) + "\n")
    if args.readme:
        write_readme(measured)
    if low:
        sys.exit("error: below the floor\n" + "\n".join(low))


if __name__ == "__main__":
    main()
