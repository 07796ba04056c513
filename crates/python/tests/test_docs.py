"""Every Python snippet of the documents runs as it stands, one after the other, in a folder with an export and a store. In a
process of its own: Spark's Java machine stays in the folder that it was started in."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import broadsheet

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = ["README.md", "crates/python/README.md", "docs/python.md", "docs/clusters.md", "docs/store.md", "docs/formats.md"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs")
    shutil.copytree(ROOT / "data" / "articles", folder / "articles")
    broadsheet.export(folder / "articles", folder / "out")
    (folder / "run.toml").write_text('[store]\npath = "store"\n[[source]]\npath = "articles"\n')
    subprocess.run([sys.executable, "-m", "broadsheet", "run", folder / "run.toml", "--quiet"], check=True)
    return folder


@pytest.mark.parametrize("document", DOCUMENTS)
def test_snippets_run(document, folder, monkeypatch):
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    text = (ROOT / document).read_text(encoding="utf-8")
    snippets = re.findall(r"^```python\n(.*?)^```", text, re.S | re.M)
    assert snippets or document in ("docs/formats.md",)
    names: dict = {}
    for snippet in snippets:
        if "pyspark" in snippet and shutil.which("java") is None:
            pytest.skip(f"left out: a snippet of {document} needs a Java machine")
        exec(compile(snippet, document, "exec"), names)
