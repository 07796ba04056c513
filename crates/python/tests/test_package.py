"""The package as its users see it."""

import datetime
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import broadsheet

ROOT = Path(__file__).resolve().parents[3]
TEXT = "Ceasefire\n\nSudan's army agreed to talks on Monday. At least 40 people were killed in Khartoum, doctors said."


def test_texts_dicts_and_tables_give_the_same_rows():
    day = datetime.date(2024, 5, 14)
    body = TEXT.split("\n\n")[1]
    asked = {"tables": ("events", "figures")}
    record = {"title": "Ceasefire", "text": body, "published_at": day}
    frame = pl.DataFrame({"headline": ["Ceasefire"], "body": [body], "date": [day]})
    fields = {"title": "headline", "text": "body", "published_at": "date"}
    found = [
        broadsheet.extract([record], **asked),
        broadsheet.extract(iter([record]), **asked),
        broadsheet.extract(frame, fields=fields, **asked),
        broadsheet.extract(frame.to_arrow(), fields=fields, **asked),
        broadsheet.extract(frame.to_pandas(), fields=fields, **asked),
    ]
    first = pl.from_arrow(found[0].events)
    assert first.height > 0 and found[0].figures.num_rows > 0
    for tables in found[1:]:
        assert pl.from_arrow(tables.events).equals(first)
        assert pl.from_arrow(tables.figures).equals(pl.from_arrow(found[0].figures))
    # A text is a body without a title.
    alone = broadsheet.extract(body, published_at=day, **asked)
    assert pl.from_arrow(alone.figures)["text"].to_list() == pl.from_arrow(found[0].figures)["text"].to_list()
    assert pl.from_arrow(alone.events)["event_date"].to_list() == first["event_date"].to_list()


def test_the_rows_are_those_of_the_command(tmp_path):
    tables = ("articles", "actors", "mentions", "events", "figures", "times", "quotes", "tokens", "rejects")
    source = tmp_path / "in.jsonl"
    lines = ['{"id": "a", "title": "Ceasefire", "text": "Sudan\'s army agreed to talks."}', '{"title": "Nothing"}', '{"id": "b", "text": "No news."}']
    source.write_text("\n".join([*lines, lines[0]]))
    summary = broadsheet.export(source, tmp_path / "out", format="parquet", tables=tables)
    assert (summary.read, summary.articles, summary.refused) == (4, 2, {"no_text": 1, "duplicate": 1})
    import json

    found = broadsheet.extract(map(json.loads, source.read_text().splitlines()), tables=tables, source=str(source))
    for name in tables:
        assert pl.read_parquet(tmp_path / "out" / f"{name}.parquet").equals(pl.from_arrow(found[name])), name


def test_offsets_slice_the_text():
    tables = broadsheet.extract(TEXT)
    text = pl.from_arrow(tables.articles)["text"][0]
    figure = pl.from_arrow(tables.figures).row(0, named=True)
    assert text[figure["start"] : figure["end"]] == figure["text"] == "At least 40"


def test_arrow_libraries_take_the_tables():
    events = broadsheet.extract(TEXT).events
    assert pa.table(events).num_rows == pl.DataFrame(events).height == len(events.to_pandas()) == events.num_rows > 0
    assert pa.schema(broadsheet.schema("events")).names == events.columns == [c.name for c in broadsheet.schema("events").columns]
    import duckdb

    arrow = events.to_arrow()
    assert duckdb.sql("select count(*) from arrow").fetchall() == [(events.num_rows,)]
    # And ours take theirs.
    again = broadsheet.extract(broadsheet.extract(TEXT).articles, tables="events")
    assert again.events.num_rows == events.num_rows


def test_any_number_of_threads_and_callers_gives_the_same_rows(articles):
    some = articles[:120]
    expected = pl.from_arrow(broadsheet.extract(some, jobs=1).events)
    found = []
    callers = [threading.Thread(target=lambda: found.append(broadsheet.extract(some, jobs=2))) for _ in range(3)]
    [caller.start() for caller in callers]
    [caller.join() for caller in callers]
    assert len(found) == 3 and all(pl.from_arrow(tables.events).equals(expected) for tables in found)


def test_the_lock_is_free_while_articles_are_read(articles):
    counted = 0
    reader = threading.Thread(target=lambda: broadsheet.extract(articles[:400], tables="events"))
    reader.start()
    while reader.is_alive():
        counted += 1
        time.sleep(0.001)
    assert counted > 50, "another thread did not get to run"


def test_errors_tell_the_place(tmp_path):
    with pytest.raises(broadsheet.InputError, match="no such file") as error:
        broadsheet.export(tmp_path / "nothing", tmp_path / "out")
    assert error.value.place == str(tmp_path / "nothing") and error.value.hint
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.place, again.hint) == (str(error.value), error.value.place, error.value.hint)
    (tmp_path / "file").write_text("x")
    (tmp_path / "in.txt").write_text(TEXT)
    with pytest.raises(broadsheet.OutputError):
        broadsheet.export(tmp_path / "in.txt", tmp_path / "file")
    for wrong in (
        lambda: broadsheet.extract(TEXT, tables="event"),
        lambda: broadsheet.extract(TEXT, tables="dyad_days"),
        lambda: broadsheet.extract(TEXT, fields={"txt": "body"}),
        lambda: broadsheet.extract([1]),
        lambda: broadsheet.extract(7),
        lambda: broadsheet.export(tmp_path / "in.txt", tmp_path / "out", since="soon"),
        lambda: broadsheet.export(tmp_path / "in.txt", tmp_path / "out", match="("),
    ):
        with pytest.raises(broadsheet.Error) as error:
            wrong()
        assert not isinstance(error.value, broadsheet.InputError)
    with pytest.raises(broadsheet.InputError, match="no_text"):
        broadsheet.read({"title": "Nothing"})

    def broken():
        yield TEXT
        raise RuntimeError("mine")

    with pytest.raises(RuntimeError, match="mine"):
        broadsheet.extract(broken())
    # What cannot be read is a row, and no exception.
    tables = broadsheet.extract([TEXT, {"title": "Nothing"}, ""], tables="events")
    assert pl.from_arrow(tables.rejects)["code"].to_list() == ["no_text"] * 2 or tables.rejects.num_rows == 2


def test_ctrl_c_ends_a_call_soon(tmp_path):
    script = tmp_path / "long.py"
    script.write_text(
        "import itertools, sys, time, broadsheet\n"
        f"text = {TEXT * 30!r}\n"
        "print('begun', flush=True)\n"
        "try:\n"
        "    broadsheet.extract(itertools.repeat(text), tables='events')\n"
        "except KeyboardInterrupt:\n"
        "    print('interrupted', flush=True)\n"
    )
    child = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "begun\n"
    time.sleep(1.5)
    child.send_signal(signal.SIGINT)
    out, _ = child.communicate(timeout=30)
    assert out == "interrupted\n"


def test_progress_is_told(capsys):
    pytest.importorskip("tqdm")
    broadsheet.extract([TEXT] * 40, progress=True, tables="events")
    assert "articles" in capsys.readouterr().err
    broadsheet.extract([TEXT] * 40, tables="events")
    assert capsys.readouterr().err == "", "not where nobody sees it"


def test_the_wheel_brings_the_command(tmp_path):
    (tmp_path / "in.txt").write_text(TEXT)
    command = [sys.executable, "-m", "broadsheet", "export", tmp_path / "in.txt", "--out", tmp_path / "out", "--quiet"]
    assert subprocess.run(command).returncode == 0
    assert pl.read_csv(tmp_path / "out" / "articles.csv").height == 1
    assert subprocess.run([sys.executable, "-m", "broadsheet", "nonsense"], stderr=subprocess.DEVNULL).returncode == 2


def test_the_wheel_installs_without_a_compiler(tmp_path):
    wheel = os.environ.get("BROADSHEET_WHEEL")
    assert wheel, "`make python` names the wheel"
    subprocess.run([sys.executable, "-m", "venv", tmp_path / "venv"], check=True)
    python = tmp_path / "venv" / "bin" / "python"
    nothing = {"PATH": str(tmp_path / "venv" / "bin"), "HOME": str(tmp_path)}
    install = [python, "-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check", wheel]
    subprocess.run(install, check=True, env=nothing)
    code = "import broadsheet; t = broadsheet.extract('Norway sent troops to Iceland.'); print(t.actors.num_rows)"
    done = subprocess.run([python, "-c", code], check=True, env=nothing, capture_output=True, text=True)
    assert done.stdout == "2\n"


def test_pandas_without_dates_is_read():
    frame = pd.DataFrame({"text": ["Sudan's army agreed to talks."], "published_at": [pd.NaT]})
    assert broadsheet.extract(frame, tables="events").events.num_rows == 1
