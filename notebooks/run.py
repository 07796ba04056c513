"""Executes the notebooks of this folder from nothing and writes the executed copies to `target/notebooks/`.

The tables that they read come first: `data/chronicle` is exported to `target/notebooks/chronicle` (`out/` is made by
`make export`). Fails with the notebook, the cell and the error where a cell raises, where a notebook shows no plot, and
where an output, fresh or stored, names a path of this machine. `--store` writes the outputs into the notebooks
themselves; without it, outputs that have become old are named and nothing in this folder changes.
"""

import argparse
import base64
import re
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "target" / "notebooks"
# Absolute paths of people's machines: a folder that only the machine has, a drive, or where this project lies.
MACHINE = re.compile(rf"(?<![\w.:/])/(home|root|Users|tmp|var|work|mnt|opt|private|usr)/|\b[A-Z]:\\\w|{re.escape(str(ROOT))}")


def export(command: Path) -> None:
    """Writes the tables of `data/chronicle`."""
    if not command.exists():
        sys.exit(f"error: `{command}` is missing\nhint: `make build` makes it")
    TABLES.mkdir(parents=True, exist_ok=True)
    chronicle = [ROOT / "data" / "chronicle", "--out", TABLES / "chronicle", "--format", "parquet", "--strict", "--quiet"]
    subprocess.run([command, "export", *chronicle], check=True)


def execute(path: Path) -> nbformat.NotebookNode:
    """The notebook with the outputs of a run in a fresh kernel, cleaned of what differs from run to run."""
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book, timeout=300, kernel_name="python3", record_timing=False, resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        client.execute()
    except CellExecutionError as error:
        sys.exit(f"error: `{path.relative_to(ROOT)}` failed\n{error}")
    for cell in book.cells:
        cell.metadata = {}
        for output in cell.get("outputs", []):
            if "metadata" in output:  # but the size to show a plot at
                output.metadata = {kind: size for kind, size in output.metadata.items() if kind == "image/png"}
            if "image/png" in output.get("data", {}):
                output.data["image/png"] = base64.b64encode(shrink(base64.b64decode(output.data["image/png"]))).decode()
            if output.output_type == "stream" and output.name == "stderr":
                sys.exit(f"error: `{path.relative_to(ROOT)}` warns\n{output.text}")
    book.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return book


def shrink(png: bytes) -> bytes:
    """The same picture, its pixels packed harder: the renderer hardly tries, and the outputs are stored in the repository."""
    head, pixels, at = [], b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        if kind == b"IDAT":
            pixels += png[at + 8 : at + 8 + length]
        elif kind != b"IEND":
            head.append(png[at : at + 12 + length])
        at += 12 + length

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return png[:8] + b"".join(head) + chunk(b"IDAT", zlib.compress(zlib.decompress(pixels), 9)) + chunk(b"IEND", b"")


def check(book: nbformat.NotebookNode, name: str) -> int:
    """Stops at an output with a path of this machine or at a book without plots; the number of plots."""
    plots = 0
    for number, cell in enumerate(book.cells):
        for output in cell.get("outputs", []):
            for kind, data in {"text": output.get("text", ""), **output.get("data", {})}.items():
                plots += kind == "image/png"
                found = None if kind == "image/png" else MACHINE.search(data)
                if found:
                    sys.exit(f"error: `{name}`, cell {number}: an output names a path of this machine: `{found.group()}`")
    if plots == 0:
        sys.exit(f"error: `{name}` shows no plot")
    return plots


def texts(book: nbformat.NotebookNode) -> list[list[str]]:
    """Per cell, what its outputs say in plain text; plots are left out, as their pixels depend on fonts."""
    return [
        [o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.get("outputs", []) if "image/png" not in o.get("data", {})]
        for cell in book.cells
    ]


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--bin", type=Path, default=ROOT / "target" / "release" / "broadsheet", help="the command")
    arguments.add_argument("--store", action="store_true", help="write the outputs into the notebooks")
    arguments.add_argument("only", nargs="*", help="names of notebooks (default: all)")
    chosen = arguments.parse_args()
    books = sorted(p for p in (ROOT / "notebooks").glob("*.ipynb") if not chosen.only or p.stem in chosen.only)
    if not books:
        sys.exit("error: no such notebooks in `notebooks/`")
    export(chosen.bin)
    for path in books:
        name = str(path.relative_to(ROOT))
        book = execute(path)
        plots = check(book, name)
        nbformat.write(book, TABLES / path.name)
        print(f"{name}: {len(book.cells)} cells, {plots} plots")
        if chosen.store:
            nbformat.write(book, path)
            continue
        stored = nbformat.read(path, as_version=4)
        check(stored, name)
        old = [n for n, (was, now) in enumerate(zip(texts(stored), texts(book))) if was != now]
        if old:
            print(f"  note: the stored outputs of cells {old} are of an older version; `notebooks/run.py --store` renews them")
    print(f"{len(books)} passed, 0 failed")
