"""On Ray Data: articles in a Dataset, a row each, to the rows of a table.

    from broadsheet import ray as broadsheet_ray

    events = broadsheet_ray.extract(articles, "events", fields={"text": "body"})
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from ._clusters import bands, known, one, originals, rows_of, schema_of

if TYPE_CHECKING:
    from ray.data import Dataset


def extract(ds: "Dataset", table: str = "events", *, fields: Mapping[str, str | None] | None = None, **options: Any) -> "Dataset":
    """Reads the articles of a Dataset with `map_batches`, one core a task; the model is loaded once a worker process.

    Args:
        ds: An article a row.
        table: The table to give.
        fields: Which columns hold the fields, if their names don't tell.
        options: Of `map_batches`: `batch_size`, `num_cpus`, `concurrency` and others.
    """
    names = one(table)
    fields = known(ds.columns() or [], fields)

    def read(batch: pa.Table) -> pa.Table:
        return rows_of(batch, names, fields)[names[0]] if batch.num_rows else schema_of(names[0]).empty_table()

    return ds.map_batches(read, batch_format="pyarrow", **options)


def duplicates(ds: "Dataset", *, fields: Mapping[str, str | None] | None = None) -> pa.Table:
    """Which article is a copy of which, over all blocks: `article_id`, `duplicate_of`. Ray finds the articles that agree in
    a band of their signatures; only these come to the driver."""
    signatures = extract(ds, "signatures", fields=fields).materialize()

    def spread(batch: pa.Table) -> pa.Table:
        pairs = [(key, id) for id, sketch in zip(batch["article_id"].to_pylist(), batch["signature"].to_pylist()) if sketch for key in bands(sketch)]
        return pa.table({"key": pa.array([k for k, _ in pairs], pa.binary()), "article_id": pa.array([i for _, i in pairs], pa.string())})

    def shared(group: pa.Table) -> pa.Table:
        return group.select(["article_id"]) if group.num_rows > 1 else group.select(["article_id"]).slice(0, 0)

    keyed = signatures.map_batches(spread, batch_format="pyarrow")
    ids = {row["article_id"] for row in keyed.groupby("key").map_groups(shared, batch_format="pyarrow").iter_rows()}
    rows = [row for row in signatures.iter_rows() if row["article_id"] in ids]
    return originals(pa.Table.from_pylist(rows, schema=schema_of("signatures")))
