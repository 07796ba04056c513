"""On Dask: articles in a DataFrame, a row each, to the rows of a table.

    from broadsheet import dask as broadsheet_dask

    events = broadsheet_dask.extract(articles, "events", fields={"text": "body"})
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from ._clusters import bands, known, one, originals, rows_of, schema_of

if TYPE_CHECKING:
    from dask.dataframe import DataFrame


def extract(ddf: "DataFrame", table: str = "events", *, fields: Mapping[str, str | None] | None = None) -> "DataFrame":
    """Reads the articles of a DataFrame with `map_partitions`, one core a partition; the model is loaded once a worker.
    Columns have pandas' Arrow types.

    Args:
        ddf: An article a row.
        table: The table to give.
        fields: Which columns hold the fields, if their names don't tell.
    """
    names = one(table)
    fields = known(list(ddf.columns), fields)

    def read(part: pd.DataFrame) -> pd.DataFrame:
        rows = rows_of(pa.Table.from_pandas(part, preserve_index=False), names, fields)[names[0]]
        return rows.to_pandas(types_mapper=pd.ArrowDtype)

    meta = schema_of(names[0]).empty_table().to_pandas(types_mapper=pd.ArrowDtype)
    return ddf.map_partitions(read, meta=meta)


def duplicates(ddf: "DataFrame", *, fields: Mapping[str, str | None] | None = None) -> pd.DataFrame:
    """Which article is a copy of which, over all partitions: `article_id`, `duplicate_of`. Dask finds the articles that agree
    in a band of their signatures; only these come to the client."""
    signatures = extract(ddf, "signatures", fields=fields).persist()

    def spread(part: pd.DataFrame) -> pd.DataFrame:
        part = part.dropna(subset=["signature"])
        keys = [key.hex() for sketch in part["signature"] for key in bands(sketch)]
        ids = [id for id in part["article_id"] for _ in range(len(keys) // len(part))]
        return pd.DataFrame({"key": pd.Series(keys, dtype="str"), "article_id": pd.Series(ids, dtype="str")})

    keyed = signatures.map_partitions(spread, meta=pd.DataFrame({"key": pd.Series(dtype="str"), "article_id": pd.Series(dtype="str")}))
    counts = keyed.groupby("key").size(split_out=ddf.npartitions)
    shared = counts[counts > 1].compute().index
    ids = keyed[keyed["key"].isin(list(shared))]["article_id"].unique().compute()
    rows = signatures[signatures["article_id"].isin(list(ids))].compute()
    found = originals(pa.Table.from_pandas(rows, schema=schema_of("signatures"), preserve_index=False))
    return found.to_pandas()
