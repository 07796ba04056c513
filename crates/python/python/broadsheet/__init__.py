"""News articles in, analysis-ready tables out.

Actors, events and figures (and mentions, times and quotes) of news articles as tables, each row pointing at the characters
that it was read from. `start` and `end` in all tables are half-open offsets in code points: `text[start:end]` is the evidence.

    extract    articles in memory to tables in memory
    export     files to files, as the command does
    read       one article, to be looked at
    show       the same, marked in its text
    schema     what the tables and their columns are

`broadsheet.spark`, `broadsheet.ray` and `broadsheet.dask` do on clusters what `extract` does on one machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from . import _broadsheet
from ._errors import Error, InputError, OutputError, UsageError
from ._progress import Progress
from ._records import mapping, records
from ._tables import Table, Tables

__version__: str = _broadsheet.__version__
__all__ = [
    "Article",
    "Column",
    "Error",
    "InputError",
    "OutputError",
    "Summary",
    "Table",
    "Tables",
    "UsageError",
    "export",
    "extract",
    "read",
    "schema",
    "show",
]

DEFAULT_TABLES = ("articles", "actors", "mentions", "events", "figures", "times", "quotes")


def extract(
    articles: Any,
    *,
    published_at: Any = None,
    fields: Mapping[str, str | None] | None = None,
    tables: str | Sequence[str] = DEFAULT_TABLES,
    jobs: int | None = None,
    source: str = "-",
    progress: bool | None = None,
) -> Tables:
    """Reads articles in memory and gives their tables.

    Args:
        articles: A text or an iterable of texts, without their titles; dicts with the fields `text`, `title`,
            `published_at`, `url`, `publisher`, `authors`, `language`, `section`, `id` and their usual other names; or a table,
            one article a row: anything with `__arrow_c_stream__` (Polars, pyarrow, DuckDB, another `Table`) or a pandas frame.
        published_at: When texts were published that don't say: ISO 8601, `datetime` or `date`. Dates such as "Monday" are
            reckoned from it; without one they stay open.
        fields: Where the fields are, if their names don't tell: `{"text": "body", "title": "headline"}`.
        tables: The tables to give; `rejects`, what could not be read and why, is always there. `tokens` has the parse, and
            `signatures` what copies are told by across many calls.
        jobs: Threads; by default one a core. The rows are the same for any number.
        source: What `source_path` says in the rows.
        progress: A progress bar through tqdm; by default where somebody can see it.

    Returns:
        `Tables`: as Arrow tables, by name. Articles of other languages than English are in `articles` and are not coded.
        Copies of one story have `duplicate_of`.

    Raises:
        UsageError: An argument cannot be right.
        KeyboardInterrupt: Ctrl-C was pressed; reading stops within a batch.

    The interpreter's lock is not held while articles are read, and calls from several threads are safe.

    >>> import broadsheet
    >>> text = "France recalled its ambassador from Niger on Tuesday."
    >>> tables = broadsheet.extract(text, published_at="2023-09-27", tables="events")
    >>> import polars as pl
    >>> pl.from_arrow(tables.events).select("event_date", "actor_name", "event_type", "recipient_name").row(0)
    (datetime.date(2023, 9, 26), 'France', 'SANCTION', 'Niger')
    """
    asked = list(dict.fromkeys([tables] if isinstance(tables, str) else tables))
    lines = records(articles, published_at)
    with Progress(progress, "articles", _length(articles)) as bar:
        found = _broadsheet.extract(
            iter(lines), [*asked, *(["rejects"] if "rejects" not in asked else [])], source, jobs, mapping(fields or {}), False, bar.records()
        )
    return Tables({name: Table(name, found[name]) for name in [*asked, *(n for n in found if n not in asked)]})


def _length(articles: Any) -> int | None:
    if isinstance(articles, (str, Mapping)):
        return 1
    return len(articles) if hasattr(articles, "__len__") else None


@dataclass(frozen=True)
class Summary:
    """What an export came to.

    Attributes:
        out: The output folder.
        read: Records read: articles, refused and left out ones.
        articles: Articles written.
        refused: Refused records, by reason.
        left_out: Articles that were not wanted, by the option that left them out.
        duplicates: Articles that are copies of others.
        rows: Rows by table.
        seconds: Seconds from start to end.
    """

    out: Path
    read: int
    articles: int
    refused: dict[str, int]
    left_out: dict[str, int]
    duplicates: int
    rows: dict[str, int]
    seconds: float


def export(
    inputs: str | PathLike[str] | Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    format: str | Sequence[str] = ("parquet", "csv"),
    tables: Sequence[str] = (),
    jobs: int | None = None,
    fields: Mapping[str, str | None] | None = None,
    since: Any = None,
    until: Any = None,
    language: str | Sequence[str] = (),
    match: str | None = None,
    limit: int | None = None,
    progress: bool | None = None,
) -> Summary:
    """Reads files and writes tables to a folder: the command `broadsheet export`.

    Args:
        inputs: Files, folders, patterns or URLs, in any format that the command reads.
        out: The output folder; what it held before is replaced in one step at the end.
        format: Any of parquet, csv, jsonl, sqlite, duckdb, gdelt, polecat.
        tables: The tables; by default all but tokens and the rollups by week and month.
        jobs: Threads; by default one a core.
        fields: Where the fields of tables and JSON are: `{"text": "body"}`.
        since: Only articles published on this day (`YYYY-MM-DD` or `date`) or later.
        until: Only articles published on this day or earlier.
        language: Only articles in these languages (ISO 639-1).
        match: Only articles whose title or text match this regular expression.
        limit: The most articles that are read.
        progress: A progress bar through tqdm; by default where somebody can see it.

    Returns:
        `Summary`.

    Raises:
        InputError: An input cannot be opened.
        OutputError: The output cannot be written; the former one is as it was.
        UsageError: An argument cannot be right.
    """
    paths = [inputs] if isinstance(inputs, (str, PathLike)) else list(inputs)
    listed = lambda names: [names] if isinstance(names, str) else list(names)  # noqa: E731
    with Progress(progress, "B") as bar:
        done = _broadsheet.export(
            [fspath(path) for path in paths],
            fspath(out),
            formats=listed(format),
            tables=listed(tables),
            jobs=jobs,
            map=mapping(fields or {}),
            since=None if since is None else str(since),
            until=None if until is None else str(until),
            languages=listed(language),
            matching=match,
            limit=limit,
            on_progress=bar.bytes(),
        )
    return Summary(**{**done, "out": Path(done["out"])})


class Article:
    """One article with what was found in it; in a notebook it shows itself with everything marked in its text.

    Attributes:
        text: Title, blank line, body: what every offset counts in.
        title: The title, if it has one.
        article_id: 16 hex digits.
    """

    __slots__ = ("_article",)

    def __init__(self, article: _broadsheet.Article) -> None:
        self._article = article

    text: str = property(lambda self: self._article.text)  # type: ignore[assignment]
    title: str | None = property(lambda self: self._article.title)  # type: ignore[assignment]
    article_id: str = property(lambda self: self._article.article_id)  # type: ignore[assignment]

    def table(self, name: str) -> Table:
        """The rows of one table."""
        return Table(name, self._article.table(name))

    def show(self) -> Any:
        """The article with everything marked, in a notebook; elsewhere a page that the browser opens."""
        try:
            from IPython import get_ipython

            if get_ipython() is not None:
                from IPython.display import HTML

                return HTML(self._repr_html_())
        except ImportError:
            pass
        import tempfile
        import webbrowser

        with tempfile.NamedTemporaryFile("w", suffix=".html", delete=False, encoding="utf-8") as page:
            page.write(self._article.html(True))
        webbrowser.open(Path(page.name).as_uri())
        return None

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the same as a page that is complete in itself."""
        Path(path).write_text(self._article.html(True), encoding="utf-8")

    def _repr_html_(self) -> str:
        return self._article.html(False)

    def __repr__(self) -> str:
        return f"<broadsheet.Article {self.article_id}: {self.title or self.text[:40]!r}>"


def read(article: str | Mapping[str, Any], *, published_at: Any = None, fields: Mapping[str, str | None] | None = None) -> Article:
    """Reads one article, to be looked at.

    Args:
        article: A text or a dict, as `extract` takes them.
        published_at: When it was published, if it doesn't say.
        fields: Where its fields are, if their names don't tell.

    Raises:
        InputError: It cannot be read: it has no text, for example.

    >>> import broadsheet
    >>> article = broadsheet.read({"title": "Peace talks", "text": "Sudan's army agreed to talks."})
    >>> article.title, article.table("events").num_rows
    ('Peace talks', 1)
    """
    line = next(records(article, published_at))
    return Article(_broadsheet.read(line, mapping(fields or {})))


def show(article: str | Mapping[str, Any], *, published_at: Any = None, fields: Mapping[str, str | None] | None = None) -> Any:
    """Shows one article with actors, events, figures, times and quotes marked in its text; see `Article.show`."""
    return read(article, published_at=published_at, fields=fields).show()


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, its Arrow type, whether values may be missing, and what it means."""

    name: str
    type: str
    nullable: bool
    description: str


@dataclass(frozen=True)
class Schema:
    """A table as it is defined. Arrow libraries take it as a schema (`pyarrow.schema(...)`)."""

    table: str
    description: str
    columns: list[Column]
    _rows: _broadsheet.Table = field(repr=False, compare=False)

    def __arrow_c_schema__(self) -> object:
        return self._rows.__arrow_c_schema__()


def schema(table: str | None = None) -> Schema | dict[str, Schema]:
    """The definition of a table, or of all by name: columns with their types and meanings.

    >>> import broadsheet
    >>> broadsheet.schema("events").columns[0].name
    'event_id'
    >>> "figures" in broadsheet.schema()
    True
    """
    if table is None:
        return {name: _schema(name) for name in _broadsheet.table_names()}
    return _schema(table)


def _schema(name: str) -> Schema:
    rows, description, columns = _broadsheet.schema(name)
    return Schema(name, description, [Column(**column) for column in columns], rows)
