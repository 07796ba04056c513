"""Executes the notebooks of this folder over `out/` and writes the executed copies to `target/notebooks/`.

Fails with the notebook, the cell and the error where a cell raises, or where a notebook shows no plot.
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

ROOT = Path(__file__).resolve().parent.parent


def execute(path: Path) -> None:
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(book, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}})
    try:
        client.execute()
    except CellExecutionError as error:
        sys.exit(f"error: `{path.relative_to(ROOT)}` failed\n{error}")
    plots = sum("image/png" in out.get("data", {}) for cell in book.cells for out in cell.get("outputs", []))
    if plots == 0:
        sys.exit(f"error: `{path.relative_to(ROOT)}` shows no plot")
    target = ROOT / "target" / "notebooks" / path.name
    target.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(book, target)
    print(f"{path.relative_to(ROOT)}: {len(book.cells)} cells, {plots} plots -> {target.relative_to(ROOT)}")


if __name__ == "__main__":
    books = sorted((ROOT / "notebooks").glob("*.ipynb"))
    if not books:
        sys.exit("error: no notebooks in `notebooks/`")
    for book in books:
        execute(book)
    print(f"{len(books)} passed, 0 failed")
