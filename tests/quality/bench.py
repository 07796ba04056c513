"""Speed and memory of the whole command on the news texts of the language set: 1 job against 2, in one run.

    bench.py --bin target/release/broadsheet --eval ../shared/eval [--repeat 3]

Prints articles and tokens a second (best of the repeats), the ratio of 2 jobs to 1, and the peak memory. The machine is
shared: read the ratios rather than the seconds.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parent.parent.parent


def once(command: list) -> tuple[float, int]:
    """Seconds and peak memory in kB of one run."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"error: {' '.join(map(str, command))}\n{error.decode()}")
    return seconds, usage.ru_maxrss


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--bin", type=Path, required=True)
    ap.add_argument("--eval", type=Path, required=True)
    ap.add_argument("--repeat", type=int, default=3)
    args = ap.parse_args()
    source = args.eval / "language" / "input.jsonl"
    if not source.exists():
        sys.exit(f"error: no news texts at `{source}`\nhint: set EVAL=<folder with score.py>")
    out = ROOT / "target" / "bench"
    once([args.bin, "export", source, "--out", out, "--quiet", "--format", "parquet", "--tables", "articles,tokens"])
    tokens = pl.scan_parquet(out / "tokens.parquet").select(pl.len()).collect().item()
    articles = pl.scan_parquet(out / "articles.parquet").select(pl.len()).collect().item()
    print(f"{source}: {articles} articles, {tokens} tokens")
    best = {}
    for jobs in (1, 2):
        runs = [once([args.bin, "export", source, "--out", out, "--quiet", "--jobs", str(jobs)]) for _ in range(args.repeat)]
        seconds, memory = min(r[0] for r in runs), max(r[1] for r in runs)
        best[jobs] = seconds
        stages = json.loads((out / "run.json").read_text()).get("seconds", {})
        print(f"jobs {jobs}: {seconds:.2f} s, {articles / seconds:.0f} articles/s, {tokens / seconds:.0f} tokens/s, "
              f"peak {memory / 1024:.0f} MB, stages {stages}")
    print(f"2 jobs against 1: {best[1] / best[2]:.2f} times as fast")


if __name__ == "__main__":
    main()
