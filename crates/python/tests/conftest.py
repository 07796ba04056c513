"""Articles to test with: stories put together from the sentences of our own samples, each of its own, and some copies."""

import json
import random
import re
from pathlib import Path

import pytest

import broadsheet

ROOT = Path(__file__).resolve().parents[3]


def stories(count: int) -> list[dict]:
    sentences = []
    for path in sorted((ROOT / "data" / "articles").glob("*.txt")) + sorted((ROOT / "data" / "articles").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        sentences += [s for s in re.split(r"(?<=[.!?])\s+", text) if 40 < len(s) < 300 and "\n" not in s and ": " not in s]
    assert len(sentences) > 40
    random.seed(3)
    articles = []
    for n in range(count):
        published = f"2024-{1 + n % 12:02d}-{1 + n % 28:02d}T{n % 24:02d}:{n // 60 % 60:02d}:{n % 60:02d}Z"
        if n % 20 == 19:  # cut from the end, under another name
            former = articles[n - 7]
            body = former["text"].rsplit(" ", 12)[0] + "."
            articles.append({**former, "url": f"https://copies.example.org/{n}", "title": "Again", "text": body, "published_at": published})
        else:
            body = " ".join(random.sample(sentences, 7))
            articles.append({"url": f"https://example.org/{n}", "title": f"Story {n}", "text": body, "published_at": published})
    return articles


@pytest.fixture(scope="session")
def articles() -> list[dict]:
    return stories(2000)


@pytest.fixture(scope="session")
def tables(articles):
    """What one machine makes of them."""
    return broadsheet.extract(articles)


def rows(frame) -> list[str]:
    """The rows of a polars frame in an order of their own, without what tells of places and copies."""
    kept = [name for name in frame.columns if name not in ("source_path", "source_offset", "duplicate_of")]
    return sorted(json.dumps(row, default=str) for row in frame.select(sorted(kept)).to_dicts())
