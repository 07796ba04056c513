"""Times typical questions to the Parquet files of a folder (events and figures), in DuckDB and Polars, cold caches aside:
the best of five. Make a folder of any size with `cargo run --release --example generate -p broadsheet-export -- 10000000 DIR`.
"""

import sys
import time
from datetime import date
from pathlib import Path

import duckdb
import polars as pl


def main() -> None:
    folder = Path(sys.argv[1])
    events, figures = folder / "events.parquet", folder / "figures.parquet"
    # A rare and a frequent actor, and an event in the middle of the file.
    actors = duckdb.sql(f"select actor_id, count(*) n from '{figures}' group by all order by n").fetchall()
    rare, frequent = actors[len(actors) // 3][0], actors[-1][0]
    middle = duckdb.sql(f"select event_id from '{events}' limit 1 offset (select count(*) // 2 from '{events}')").fetchall()[0][0]
    month = [date(2023, 5, 1), date(2023, 5, 31)]
    scan = lambda path: pl.scan_parquet(path)
    between = pl.col("event_date").is_between(*month) & (pl.col("actor_country") == "RUS") & (pl.col("recipient_country") == "USA")
    questions = {
        "events between two countries in a month": (
            f"select * from '{events}' where actor_country = 'RUS' and recipient_country = 'USA' "
            f"and event_date between '{month[0]}' and '{month[1]}'",
            scan(events).filter(between),
        ),
        "figures of a rare actor": (f"select * from '{figures}' where actor_id = '{rare}'", scan(figures).filter(pl.col("actor_id") == rare)),
        "figures of a frequent actor": (
            f"select * from '{figures}' where actor_id = '{frequent}'",
            scan(figures).filter(pl.col("actor_id") == frequent),
        ),
        "one event by its id": (f"select * from '{events}' where event_id = '{middle}'", scan(events).filter(pl.col("event_id") == middle)),
        "events per type": (
            f"select event_type, count(*) from '{events}' group by all",
            scan(events).group_by("event_type").len(),
        ),
    }
    print(f"{folder}: events {events.stat().st_size / 1e6:.0f} MB, figures {figures.stat().st_size / 1e6:.0f} MB")
    for name, (sql, frame) in questions.items():
        rows = len(duckdb.sql(sql).fetchall())
        assert rows == frame.collect().height, name
        in_duckdb = best(lambda: duckdb.sql(sql).fetchall())
        in_polars = best(lambda: frame.collect())
        print(f"  {name:42} {rows:7} rows  DuckDB {in_duckdb * 1000:7.1f} ms  Polars {in_polars * 1000:7.1f} ms")


def best(ask) -> float:
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        ask()
        times.append(time.perf_counter() - begun)
    return min(times)


if __name__ == "__main__":
    main()
