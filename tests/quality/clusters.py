"""Measures articles a second: the command, the package in one and two processes, Spark with one and two executors, Ray and
Dask, over the same articles. Engines are measured without their start, after a first batch has loaded the model.

    target/venv-python/bin/python tests/quality/clusters.py --bin target/release/broadsheet [--articles N]
"""

import argparse
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "crates" / "python" / "tests"))


def timed(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def part(articles: list[dict]) -> int:
    import broadsheet

    return broadsheet.extract(articles, jobs=1).events.num_rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--articles", type=int, default=2000)
    args = parser.parse_args()
    from conftest import stories

    import broadsheet

    articles = stories(args.articles)
    words = sum(len(article["text"].split()) for article in articles)
    rates: dict[str, float] = {}

    def told(name: str, seconds: float) -> None:
        rates[name] = len(articles) / seconds
        print(f"{name:34} {rates[name]:8.1f} articles/s {words / seconds:9.0f} words/s", flush=True)

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.jsonl"
        source.write_text("\n".join(map(json.dumps, articles)))
        for _ in range(2):  # in turns, so that a busy machine meets both
            for jobs in (1, 2):
                command = [args.bin, "export", source, "--out", Path(folder) / "out", "--quiet", "--format", "parquet", "--jobs", str(jobs)]
                told(f"command, {jobs} jobs", timed(lambda: subprocess.run(command, check=True)))
                told(f"extract, {jobs} jobs", timed(lambda: broadsheet.extract(articles, jobs=jobs)))
    print(f"extract against the command on one core: {rates['extract, 1 jobs'] / rates['command, 1 jobs']:.2f}")
    context = multiprocessing.get_context("spawn")
    with context.Pool(2) as pool:
        pool.map(part, [articles[:20]] * 2, chunksize=1)
        parts = [articles[n::16] for n in range(16)]
        told("2 processes", timed(lambda: pool.map(part, parts, chunksize=1)))
    table = pa.Table.from_pylist(articles)
    if shutil.which("java"):
        for executors in (1, 2):
            told(f"Spark, {executors} executors", spark(table, executors))
    told("Dask, 2 processes", dask(table))
    told("Ray, 2 CPUs", ray(table))
    print(f"2 processes against 1: {rates['2 processes'] / rates['extract, 1 jobs']:.2f}")
    if "Spark, 2 executors" in rates:
        print(f"Spark, 2 executors against 1: {rates['Spark, 2 executors'] / rates['Spark, 1 executors']:.2f}")


def spark(table: pa.Table, executors: int) -> float:
    from pyspark.sql import SparkSession

    from broadsheet import spark as broadsheet_spark

    os.environ["PYSPARK_PYTHON"] = sys.executable
    builder = SparkSession.builder.master(f"local-cluster[{executors},1,1024]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.sql.execution.arrow.maxRecordsPerBatch", "100")
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    df = session.createDataFrame(table.to_pandas()).repartition(16).persist()
    df.count()
    work = lambda frame: broadsheet_spark.extract(frame, "events").count()  # noqa: E731
    work(df.limit(40).repartition(2))
    seconds = timed(lambda: work(df))
    session.stop()
    return seconds


def dask(table: pa.Table) -> float:
    import dask as engine
    import dask.dataframe as dd

    from broadsheet import dask as broadsheet_dask

    ddf = dd.from_pandas(table.to_pandas(), npartitions=16)
    with engine.config.set(scheduler="processes", num_workers=2):
        return timed(lambda: broadsheet_dask.extract(ddf, "events").compute())


def ray(table: pa.Table) -> float:
    import ray as engine

    from broadsheet import ray as broadsheet_ray

    engine.init(num_cpus=2, include_dashboard=False, logging_level="error", object_store_memory=400 << 20, configure_logging=False)
    ds = engine.data.from_arrow(table).repartition(16).materialize()
    broadsheet_ray.extract(ds.limit(40), "events").materialize()
    seconds = timed(lambda: broadsheet_ray.extract(ds, "events").materialize())
    engine.shutdown()
    return seconds


if __name__ == "__main__":
    main()
