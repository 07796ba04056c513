"""Tables that any Arrow library takes without a copy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from . import _broadsheet

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow


class Table:
    """The rows of one table, in Arrow's memory.

    It has the Arrow PyCapsule interface (`__arrow_c_stream__`), so that `polars.from_arrow(table)`, `pyarrow.table(table)`
    and others take it without a copy; DuckDB finds it by its name in a query once it is a pyarrow or Polars table.

    Attributes:
        name: The table's name.
        columns: The names of its columns.
        num_rows: The number of its rows.
    """

    __slots__ = ("_rows", "name")

    def __init__(self, name: str, rows: _broadsheet.Table) -> None:
        self.name = name
        self._rows = rows

    @property
    def columns(self) -> list[str]:
        return self._rows.columns

    @property
    def num_rows(self) -> int:
        return self._rows.num_rows

    def __len__(self) -> int:
        return self._rows.num_rows

    def __arrow_c_schema__(self) -> object:
        return self._rows.__arrow_c_schema__()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._rows.__arrow_c_stream__(requested_schema)

    def to_polars(self) -> "polars.DataFrame":
        """The rows as a Polars frame (needs polars)."""
        import polars

        return polars.DataFrame(self)

    def to_arrow(self) -> "pyarrow.Table":
        """The rows as a pyarrow table (needs pyarrow)."""
        import pyarrow

        return pyarrow.table(self)

    def to_pandas(self) -> "pandas.DataFrame":
        """The rows as a pandas frame (needs pyarrow and pandas)."""
        return self.to_arrow().to_pandas()

    def __repr__(self) -> str:
        return f"<broadsheet.Table {self.name}: {self.num_rows} rows, {len(self.columns)} columns>"


class Tables(Mapping[str, Table]):
    """Tables by name: `tables["events"]`, or `tables.events`.

    >>> import broadsheet
    >>> tables = broadsheet.extract("Norway sent troops to Iceland.", tables=("events", "actors"))
    >>> list(tables), tables.actors.num_rows
    (['events', 'actors', 'rejects'], 2)
    """

    def __init__(self, tables: dict[str, Table]) -> None:
        self._tables = tables

    def __getitem__(self, name: str) -> Table:
        return self._tables[name]

    def __getattr__(self, name: str) -> Table:
        try:
            return self.__dict__["_tables"][name]
        except KeyError:
            raise AttributeError(name) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)

    def __dir__(self) -> list[Any]:
        return [*super().__dir__(), *self._tables]

    def __repr__(self) -> str:
        return "\n".join(repr(table) for table in self._tables.values())
