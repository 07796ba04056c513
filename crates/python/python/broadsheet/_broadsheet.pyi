from collections.abc import Callable, Iterator
from typing import Any

__version__: str

class Table:
    num_rows: int
    columns: list[str]
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __len__(self) -> int: ...

class Article:
    text: str
    title: str | None
    article_id: str
    def table(self, name: str) -> Table: ...
    def html(self, whole: bool) -> str: ...

class Records:
    def __init__(self, object: Any) -> None: ...
    def __iter__(self) -> Records: ...
    def __next__(self) -> bytes: ...

def extract(
    records: Iterator[bytes],
    tables: list[str],
    source: str,
    jobs: int | None = None,
    map: str | None = None,
    alone: bool = False,
    on_progress: Callable[[int], object] | None = None,
) -> dict[str, Table]: ...
def export(
    inputs: list[str],
    out: str,
    *,
    formats: list[str],
    tables: list[str],
    jobs: int | None,
    map: str | None,
    since: str | None,
    until: str | None,
    languages: list[str],
    matching: str | None,
    limit: int | None,
    on_progress: Callable[[int, int | None, int], object] | None,
) -> dict[str, Any]: ...
def read(record: bytes, map: str | None = None) -> Article: ...
def originals(signatures: Any) -> Table: ...
def schema(name: str) -> tuple[Table, str, list[dict[str, Any]]]: ...
def table_names() -> list[str]: ...
def command(args: list[str]) -> int: ...
