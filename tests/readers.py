"""Opens every format of an export with readers that others wrote, and compares what they see.

GDELT's columns and their types come from gdeltPyR (the PyPI package `gdelt`); DuckDB files are opened by DuckDB's own
Python package, SQLite files by Python's sqlite3, JSON Lines and Parquet by Polars, POLECAT's file by pandas.
"""

import argparse
import csv
import json
import os
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
from deltalake import DeltaTable

ROOT = Path(__file__).resolve().parent.parent
TABLES = "articles actors mentions events figures times quotes tokens dyad_days actor_days country_dyad_months event_type_weeks"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        formats = "parquet,jsonl,sqlite,gdelt,polecat"
        extra = libduckdb()
        if extra is not None:
            formats += ",duckdb"
        command = [args.bin, "export", ROOT / "data" / "articles", "--out", out, "--quiet", "--format", formats]
        subprocess.run([*command, "--tables", TABLES.replace(" ", ",")], check=True, env={**os.environ, **(extra or {})})
        checks = [gdelt, polecat, jsonl, sqlite] + ([database] if extra is not None else [])
        for check in checks:
            print(f"{check.__name__}: {check(out)}")
        print(f"store: {store(args.bin.resolve(), Path(folder), out)}")
        if extra is None:
            print("database: not checked, there is no libduckdb on this machine")


def libduckdb() -> dict[str, str] | None:
    """The environment in which the command finds a libduckdb: the machine's own, or the one inside the Python package,
    which needs Python's own library beside it."""
    if os.environ.get("BROADSHEET_LIBDUCKDB"):
        return {}
    import _duckdb

    python = Path(sysconfig.get_config_var("LIBDIR") or "") / (sysconfig.get_config_var("INSTSONAME") or "")
    if python.is_file() and ".so" in python.name:
        return {"BROADSHEET_LIBDUCKDB": _duckdb.__file__, "LD_PRELOAD": str(python)}
    return None


def gdelt(out: Path) -> str:
    """The columns are gdeltPyR's, each cell has its column's type, and the files join."""
    frames = {}
    for name, labels in [("export.CSV", "events2"), ("mentions.CSV", "mentions"), ("gkg.csv", "gkg2")]:
        with open(Path(sys.prefix) / "data" / f"{labels}.csv", encoding="utf-8", errors="replace") as file:
            columns = {row["name"]: row["type"] for row in csv.DictReader(file)}
        path = out / f"gdelt.{name}"
        # As gdeltPyR reads it; and once without quoting, which must make no difference.
        frame = pd.read_csv(path, sep="\t", header=None, names=list(columns), index_col=False, dtype=str)
        plain = pd.read_csv(path, sep="\t", header=None, names=list(columns), index_col=False, dtype=str, quoting=csv.QUOTE_NONE)
        assert frame.equals(plain), f"{path.name}: quotes matter"
        assert len(frame) > 0 and all(len(line.split("\t")) == len(columns) for line in path.read_text().splitlines())
        for column, kind in columns.items():
            if kind in ("INTEGER", "FLOAT"):
                cells = frame[column].dropna()
                numbers = pd.to_numeric(cells)
                assert kind == "FLOAT" or (numbers == numbers.round()).all(), f"{path.name}: {column} is no {kind}"
        frames[labels] = frame
    events, mentions, gkg = frames["events2"], frames["mentions"], frames["gkg2"]
    assert events["GLOBALEVENTID"].is_unique
    assert (pd.to_numeric(events["GLOBALEVENTID"]) > 0).all()
    told = mentions.groupby("GLOBALEVENTID").size()
    assert (events.set_index("GLOBALEVENTID")["NumMentions"].astype(int) == told.reindex(events["GLOBALEVENTID"])).all()
    assert set(mentions["MentionIdentifier"]) <= set(gkg["DocumentIdentifier"])
    known = events["Actor1CountryCode"].dropna()
    assert len(known) > 10 and known.str.fullmatch("[A-Z]{3}").all()
    assert events["ActionGeo_CountryCode"].dropna().str.fullmatch("[A-Z]{2}").all()
    return f"{len(events)} events, {len(mentions)} mentions, {len(gkg)} documents"


def polecat(out: Path) -> str:
    """The same rows with and without quoting, and no column without a name."""
    path = out / "polecat.tsv"
    frame = pd.read_csv(path, sep="\t", dtype=str)
    assert frame.equals(pd.read_csv(path, sep="\t", dtype=str, quoting=csv.QUOTE_NONE))
    assert frame.shape[1] == 40 and not any(column.startswith("Unnamed") for column in frame.columns)
    assert frame["Event ID"].is_unique
    events = pl.read_parquet(out / "events.parquet").filter(pl.col("status").is_in(["actual", "historical"]))
    events = events.filter(pl.col("actor_id").is_not_null() | pl.col("recipient_id").is_not_null())
    assert frame["Event Type"].tolist() == events["event_type"].to_list()
    return f"{len(frame)} events"


def jsonl(out: Path) -> str:
    """Polars reads the same values as from Parquet."""
    rows = 0
    for table in TABLES.split():
        expected = pl.read_parquet(out / f"{table}.parquet")
        lines = [json.loads(line) for line in (out / f"{table}.jsonl").read_text(encoding="utf-8").splitlines()]
        assert [list(line) for line in lines] == [expected.columns] * expected.height, table
        assert lines == [plain(row) for row in expected.iter_rows(named=True)], table
        # Polars itself shuffles the names of objects with more than 32.
        assert set(pl.read_ndjson(out / f"{table}.jsonl").columns) == set(expected.columns), table
        rows += expected.height
    return f"{rows} rows"


def plain(row: dict) -> dict:
    """A row as JSON has it."""
    def cell(value):
        if hasattr(value, "tzinfo"):
            return value.isoformat().replace("+00:00", "Z")
        return value.isoformat() if hasattr(value, "isoformat") else value

    return {name: cell(value) for name, value in row.items()}


def sqlite(out: Path) -> str:
    """Python's own SQLite counts the same rows, through the views too."""
    with sqlite3.connect(f"file:{out / 'broadsheet.sqlite'}?mode=ro", uri=True) as connection:
        assert connection.execute("pragma integrity_check").fetchall() == [("ok",)]
        for table in TABLES.split():
            rows = connection.execute(f"select count(*) from {table}").fetchone()[0]
            assert rows == pl.read_parquet(out / f"{table}.parquet").height, table
        # Dates are what SQLite's functions take, lists what its JSON functions take.
        years = connection.execute("select distinct strftime('%Y', event_date) from events where event_date is not null")
        assert all(year.isdigit() for (year,) in years)
        contexts = connection.execute("select count(*) from events, json_each(events.contexts)").fetchone()[0]
        assert contexts == pl.read_parquet(out / "events.parquet")["contexts"].list.len().sum()
    return f"{len(TABLES.split())} tables"


def store(command: Path, folder: Path, out: Path) -> str:
    """Polars, pandas and DuckDB read the tables of a store through Delta Lake's own readers, as docs/store.md shows."""
    config = folder / "run.toml"
    config.write_text(f'[store]\npath = "store"\n[[source]]\npath = {json.dumps(str(ROOT / "data" / "articles"))}\n')
    for _ in range(2):
        subprocess.run([command, "run", config, "--quiet"], check=True)
    rows = 0
    current = json.loads((folder / "store" / "_broadsheet" / "current.json").read_text())
    for table in "articles actors mentions events figures times quotes".split():
        path, expected = str(folder / "store" / table), pl.read_parquet(out / f"{table}.parquet")
        found = pl.scan_delta(path, version=current["tables"][table]).collect()
        assert found.height == expected.height and set(found.columns) == {*expected.columns, "published_month"}, table
        key = [column for column in expected.columns if expected[column].dtype != pl.List]
        same = [frame.select(expected.columns).sort(key, nulls_last=True) for frame in (found, expected)]
        assert same[0].equals(same[1]), table
        assert len(DeltaTable(path).to_pandas()) == expected.height, table
        # DuckDB's own extension comes from the network; the files that the log names are plain Parquet.
        files = DeltaTable(path).file_uris()
        assert duckdb.sql(f"select count(*) from read_parquet({files})").fetchall() == [(expected.height,)], table
        rows += found.height
    month = pl.scan_delta(str(folder / "store" / "events")).filter(pl.col("published_month") == "2024-08").collect()
    assert 0 < month.height < rows
    return f"{rows} rows"


def database(out: Path) -> str:
    """DuckDB finds the same rows as in Parquet, in the same order, with keys, indexes, views and comments."""
    connection = duckdb.connect(str(out / "broadsheet.duckdb"), read_only=True)
    for table in TABLES.split():
        expected = connection.sql(f"select * from '{out / table}.parquet'").fetchall()
        assert connection.sql(f"select * from {table}").fetchall() == expected, table
    one = lambda query: connection.sql(query).fetchall()
    assert one("select constraint_column_names from duckdb_constraints() where constraint_type = 'PRIMARY KEY'") == [(["article_id"],)]
    assert one("select count(*) from duckdb_indexes() where table_name = 'events'")[0][0] > 3
    assert one("select comment from duckdb_columns() where table_name = 'events' and column_name = 'trigger'") == [
        ("The words that tell the event",)
    ]
    assert one("select count(*) from events_in_articles") == one("select count(*) from events")
    assert not (out / "broadsheet.duckdb.wal").exists()
    return f"{len(TABLES.split())} tables"


if __name__ == "__main__":
    main()
