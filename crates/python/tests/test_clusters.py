"""The same rows on clusters as on one machine."""

import os
import shutil
import sys
import threading
import time
from pathlib import Path

import polars as pl
import pytest

import broadsheet
from conftest import rows


def expected_copies(tables) -> set[tuple[str, str]]:
    found = pl.from_arrow(tables.articles).drop_nulls("duplicate_of")
    return set(found.select("article_id", "duplicate_of").iter_rows())


@pytest.fixture(scope="module")
def few(articles):
    """Fewer articles, and what one machine makes of them."""
    return articles[:600], broadsheet.extract(articles[:600])


def test_there_are_copies(few):
    assert 20 < len(expected_copies(few[1])) < 100


@pytest.fixture(scope="module")
def session():
    if shutil.which("java") is None:
        pytest.skip("left out: there is no Java machine for Spark (Debian: openjdk-17-jre-headless)")
    pyspark = pytest.importorskip("pyspark")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    builder = pyspark.sql.SparkSession.builder.master("local-cluster[2,1,1024]")
    for key, value in {
        "spark.ui.enabled": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "50",
        "spark.sql.shuffle.partitions": "8",
    }.items():
        builder = builder.config(key, value)
    spark = builder.getOrCreate()
    yield spark
    spark.stop()


def frame(session, articles, parts: int):
    renamed = [{"link": a["url"], "headline": a["title"], "body": a["text"], "date": a["published_at"]} for a in articles]
    return session.createDataFrame(renamed).repartition(parts).persist()


FIELDS = {"url": "link", "title": "headline", "text": "body", "published_at": "date"}


def executors() -> list[int]:
    """The processes of Spark's executors."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if b"CoarseGrainedExecutorBackend" in (process / "cmdline").read_bytes().replace(b"\0", b" ").split(b"--driver-url")[0]:
                found.append(int(process.name))
        except OSError:  # it has ended meanwhile
            continue
    return sorted(found)


def test_spark_gives_the_same_rows_though_an_executor_is_killed(session, articles, tables):
    from broadsheet import spark

    df = frame(session, articles, 24)
    assert df.count() == len(articles)
    deadline, killed = time.monotonic() + 60, []

    def kill():
        while time.monotonic() < deadline and not killed:
            running = session.sparkContext.statusTracker()
            stages = [running.getStageInfo(stage) for stage in running.getActiveStageIds()]
            if any(stage and stage.numCompletedTasks >= 3 for stage in stages) and executors():
                victim = executors()[0]
                os.kill(victim, 9)
                killed.append(victim)
            time.sleep(0.02)

    killer = threading.Thread(target=kill)
    killer.start()
    found = spark.extract(df, "events", fields=FIELDS).toArrow()
    deadline = 0
    killer.join()
    assert killed, "no executor was killed in the middle"
    assert rows(pl.from_arrow(found)) == rows(pl.from_arrow(tables.events))


def test_spark_gives_several_tables_in_one_pass_and_copies_over_partitions(session, few):
    from broadsheet import spark

    articles, tables = few
    df = frame(session, articles, 7)
    found = spark.extract(df, ("articles", "actors", "figures"), fields=FIELDS)
    for name, table in found.items():
        assert rows(pl.from_arrow(table.toArrow())) == rows(pl.from_arrow(tables[name])), name
    copies = {(row.article_id, row.duplicate_of) for row in spark.duplicates(df, fields=FIELDS).collect()}
    assert copies == expected_copies(tables)
    with pytest.raises(Exception, match="no column `nowhere`"):
        spark.extract(df, fields={"text": "nowhere"})


def test_dask_gives_the_same_rows(few):
    articles, tables = few
    dd = pytest.importorskip("dask.dataframe")
    import dask
    import pandas as pd

    from broadsheet import dask as broadsheet_dask

    ddf = dd.from_pandas(pd.DataFrame(articles), npartitions=6)
    with dask.config.set(scheduler="threads", num_workers=2):
        found = broadsheet_dask.extract(ddf, "events").compute()
        copies = broadsheet_dask.duplicates(ddf)
    assert rows(pl.from_pandas(found)) == rows(pl.from_arrow(tables.events))
    assert set(copies.itertuples(index=False, name=None)) == expected_copies(tables)


def test_ray_gives_the_same_rows(few):
    articles, tables = few
    ray = pytest.importorskip("ray")
    import pyarrow as pa

    from broadsheet import ray as broadsheet_ray

    ray.init(num_cpus=2, include_dashboard=False, logging_level="error", object_store_memory=400 << 20, configure_logging=False)
    try:
        ds = ray.data.from_arrow(pa.Table.from_pylist(articles)).repartition(6)
        found = pa.concat_tables([block for block in map(ray.get, broadsheet_ray.extract(ds, "events").to_arrow_refs()) if block.num_rows])
        copies = broadsheet_ray.duplicates(ds)
    finally:
        ray.shutdown()
    assert rows(pl.from_arrow(found)) == rows(pl.from_arrow(tables.events))
    assert set(pl.from_arrow(copies).iter_rows()) == expected_copies(tables)
