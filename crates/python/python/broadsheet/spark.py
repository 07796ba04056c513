"""On Spark: articles in a DataFrame, a row each, to tables that are DataFrames.

    from broadsheet import spark as broadsheet_spark

    events = broadsheet_spark.extract(articles, "events", fields={"text": "body", "published_at": "date"})
    tables = broadsheet_spark.extract(articles, ("articles", "actors", "events"), fields=...)
    copies = broadsheet_spark.duplicates(articles, fields=...)

The work is done by `mapInArrow`: each Python worker loads the model once (0.1 s, 200 MB) and reads its partitions on one
core, so give each executor as many cores as it has Python workers. Broadsheet has to be installed where the workers run.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from ._clusters import BAND_BYTES, BAND_START, BANDS, known, one, originals, rows_of, schema_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def extract(df: "DataFrame", tables: str | Sequence[str] = "events", *, fields: Mapping[str, str | None] | None = None) -> "DataFrame | dict[str, DataFrame]":
    """Reads the articles of a DataFrame.

    Args:
        df: An article a row.
        tables: One table, or several, which are then read in one pass.
        fields: Which columns hold the fields, if their names don't tell: `{"text": "body"}`.

    Returns:
        The rows of the table; for several tables a dict of them, whose common intermediate is persisted (call `unpersist()`
        on `result["articles"].sparkSession.catalog.clearCache()` or end the session to let go of it). The rows are those of one
        machine, but for `duplicate_of`, which `duplicates` gives, and `source_path` and `source_offset`.
    """
    names = one(tables)
    fields = known(df.columns, fields)
    if isinstance(tables, str):
        return df.mapInArrow(_reader(names, fields), _spark_schema(names[0]))
    packed = df.mapInArrow(_packer(names, fields), "name string, rows binary").persist()
    return {name: packed.filter(packed.name == name).mapInArrow(_unpack, _spark_schema(name)) for name in names}


def duplicates(df: "DataFrame", *, fields: Mapping[str, str | None] | None = None) -> "DataFrame":
    """Which article is a copy of which, over all partitions: `article_id`, `duplicate_of`.

    Spark finds the articles that agree in a band of their signatures; only these (270 bytes each) come to the driver, which
    tells the copies among them as one machine does. Articles published at the same moment are ordered by `article_id`.
    """
    from pyspark.sql import functions as F

    signatures = extract(df, "signatures", fields=fields).filter("signature is not null").persist()
    band = F.explode(F.sequence(F.lit(0), F.lit(BANDS - 1))).alias("band")
    keyed = signatures.select("article_id", "signature", band)
    key = F.expr(f"substring(signature, {BAND_START + 1} + {BAND_BYTES} * band, {BAND_BYTES})")
    keyed = keyed.select("article_id", "band", key.alias("key"))
    shared = keyed.groupBy("band", "key").count().filter("count > 1")
    ids = keyed.join(shared, ["band", "key"], "left_semi").select("article_id").distinct()
    candidates = signatures.join(ids, "article_id", "left_semi").toArrow()
    signatures.unpersist()
    return df.sparkSession.createDataFrame(originals(candidates))


def _spark_schema(table: str):
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema_of(table))


def _reader(names: list[str], fields: dict[str, str | None]):
    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield from rows_of(pa.Table.from_batches([batch]), names, fields)[names[0]].to_batches()

    return read


def _packer(names: list[str], fields: dict[str, str | None]):
    def pack(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for name, rows in rows_of(pa.Table.from_batches([batch]), names, fields).items():
                sink = pa.BufferOutputStream()
                with pa.ipc.new_stream(sink, rows.schema) as stream:
                    stream.write_table(rows)
                yield pa.RecordBatch.from_pydict({"name": [name], "rows": pa.array([sink.getvalue().to_pybytes()], pa.binary())})

    return pack


def _unpack(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for rows in batch.column("rows"):
            yield from pa.ipc.open_stream(rows.as_buffer()).read_all().to_batches()
