"""What Spark, Ray and Dask have in common: a batch of articles in Arrow's memory in, the rows of one table out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa

from . import _broadsheet, schema
from ._errors import UsageError
from ._records import mapping, records

#: Bands of a signature, where the first starts in its bytes, and how many bytes each has.
BANDS, BAND_START, BAND_BYTES = 42, 4, 6

SIGNATURES = pa.schema(
    [("article_id", pa.string()), ("published_at", pa.timestamp("us", tz="UTC")), ("signature", pa.binary())]
)


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table's rows."""
    if table == "signatures":
        return SIGNATURES
    if table in ("dyad_days", "actor_days", "country_dyad_months", "event_type_weeks"):
        raise UsageError(f"`{table}` is a rollup: write the tables as Parquet and run `broadsheet rollup` over them", place=table)
    return pa.schema(schema(table)).remove_metadata()


def rows_of(batch: pa.Table, tables: Sequence[str], fields: Mapping[str, str | None] | None) -> dict[str, pa.Table]:
    """The rows that a batch of articles gives: each article stands alone, so that the batches make no difference. Only
    columns that are fields of articles are looked at."""
    found = _broadsheet.extract(records(batch), list(tables), "-", 1, mapping(fields or {}), True)
    return {name: plain(pa.table(found[name]), schema_of(name)) for name in tables}


def plain(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows without the descriptions of their columns, which not every engine takes."""
    return rows.replace_schema_metadata(None).cast(schema)


def originals(candidates: pa.Table) -> pa.Table:
    """The copies among articles with signatures: `article_id`, `duplicate_of`."""
    ordered = candidates.sort_by([("published_at", "ascending"), ("article_id", "ascending")])
    return plain(pa.table(_broadsheet.originals(ordered.cast(SIGNATURES))), pa.schema([("article_id", pa.string()), ("duplicate_of", pa.string())]))


def one(tables: str | Sequence[str]) -> list[str]:
    """The tables that are asked for."""
    names = [tables] if isinstance(tables, str) else list(tables)
    for name in names:
        schema_of(name)
    if not names:
        raise UsageError("no tables")
    return names


def bands(signature: bytes) -> list[bytes]:
    """What articles agree in that may be copies: the number of each band and its bytes."""
    at = lambda band: BAND_START + BAND_BYTES * band  # noqa: E731
    return [bytes([band]) + signature[at(band) : at(band + 1)] for band in range(BANDS)]


def known(columns: Sequence[str], fields: Mapping[str, Any] | None) -> dict[str, str | None]:
    """The names of fields, checked against the columns that are there."""
    fields = dict(fields or {})
    for field, column in fields.items():
        if column is not None and column not in columns:
            raise UsageError(f"no column `{column}` for the field `{field}`: there are {', '.join(columns)}", place=column)
    return fields
