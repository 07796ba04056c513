"""An article with its findings marked, opened and used in headless Chromium."""

import http.server
import json
import re
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

import pytest

import broadsheet

TEXT = "Ceasefire <b>\n\nSudan's army agreed to talks on Monday. \"We want peace & quiet,\" General Osman Idris told Reuters.\n\nAt least 40 people were killed in Khartoum."


def test_the_page_is_complete_in_itself(tmp_path):
    article = broadsheet.read(TEXT, published_at="2024-05-14")
    article.save(tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert "<script" not in page and "<link" not in page and "src=" not in page and "url(" not in page
    assert "Ceasefire &lt;b&gt;" in page and "peace &amp; quiet" in page
    assert article._repr_html_() in page
    assert "AGREE" in page and "class=\"m figure\"" in page


class Chromium:
    """A page in Chromium, through chromedriver's own protocol (W3C WebDriver)."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.driver = subprocess.Popen(["chromedriver", f"--port={self.port}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        flags = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --window-size=900,900"
        options = {"args": [*flags.split(), f"--user-data-dir={folder / 'profile'}"]}
        for _ in range(100):
            try:
                self.session = self.ask("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})["sessionId"]
                return
            except ConnectionError:
                time.sleep(0.1)
            except urllib.error.URLError:
                time.sleep(0.1)
        raise RuntimeError("chromedriver does not answer")

    def ask(self, method: str, path: str, body: dict | None = None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, {"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)["value"]

    def do(self, method: str, path: str, body: dict | None = None):
        return self.ask(method, f"/session/{self.session}{path}", body)

    def run(self, script: str):
        return self.do("POST", "/execute/sync", {"script": script, "args": []})

    def click(self, selector: str) -> None:
        element = self.do("POST", "/element", {"using": "css selector", "value": selector})
        self.do("POST", f"/element/{next(iter(element.values()))}/click", {})

    def close(self) -> None:
        try:
            self.do("DELETE", "")
        finally:
            self.driver.terminate()


@pytest.fixture
def chromium(tmp_path):
    if shutil.which("chromedriver") is None:
        pytest.skip("left out: there is no chromedriver (Debian: chromium-driver)")
    browser = Chromium(tmp_path)
    yield browser
    browser.close()


def test_details_come_on_a_click_and_marks_go_with_their_box(chromium, tmp_path):
    broadsheet.read(TEXT, published_at="2024-05-14").save(tmp_path / "page.html")
    chromium.do("POST", "/url", {"url": (tmp_path / "page.html").as_uri()})
    shown = "return [...document.querySelectorAll('.tip')].filter(t => getComputedStyle(t).display != 'none').map(t => t.textContent)"
    assert chromium.run(shown) == []
    chromium.click(".m.event")
    tips = chromium.run(shown)
    assert len(tips) == 1 and "AGREE" in tips[0], tips
    weight = "return getComputedStyle(document.querySelector('.text .event')).fontWeight"
    assert chromium.run(weight) == "700"
    chromium.click(".k-event")
    assert chromium.run(weight) == "400"
    chromium.click(".k-event")
    assert chromium.run(weight) == "700"
    # What is read is the text, without the details.
    text = chromium.run("const t = document.querySelector('.text').cloneNode(true); t.querySelectorAll('.tip').forEach(x => x.remove()); return t.textContent")
    assert re.sub(r"\s", "", text) == re.sub(r"\s", "", TEXT)
