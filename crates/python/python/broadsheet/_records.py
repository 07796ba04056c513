"""Records are what the program reads articles from: one JSON object each, as bytes. Everything that holds articles becomes
an iterator over them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from . import _broadsheet
from ._errors import UsageError

FIELDS = ("text", "title", "published_at", "url", "publisher", "authors", "language", "section", "id")


def mapping(fields: Mapping[str, str | None]) -> str | None:
    """The names of fields as the command's `--map` takes them.

    >>> mapping({"text": "body", "title": None, "url": "link"})
    'text=body,url=link'
    """
    unknown = [name for name in fields if name not in FIELDS + ("modified_at",)]
    if unknown:
        raise UsageError(f"no field `{unknown[0]}`: the fields are {', '.join(FIELDS)}", place=unknown[0])
    return ",".join(f"{field}={name}" for field, name in fields.items() if name is not None) or None


def records(articles: Any, published_at: Any = None) -> Iterator[bytes]:
    """An iterator over records.

    Args:
        articles: A text, a dict, an iterable of texts or dicts, or a table with `__arrow_c_stream__`.
        published_at: The time of publication of texts that come without one.
    """
    if isinstance(articles, (str, Mapping)):
        articles = [articles]
    if hasattr(articles, "__arrow_c_stream__") and not is_column(articles):
        if published_at is not None:
            raise UsageError("`published_at` is for texts: name the column of a table with `published_at=` in `fields`")
        return iter(_broadsheet.Records(articles))
    if type(articles).__module__.startswith("pandas.") and hasattr(articles, "to_dict") and getattr(articles, "ndim", 1) == 2:
        articles = ({k: v for k, v in row.items() if v == v} for row in articles.to_dict("records"))
    if not isinstance(articles, Iterable):
        raise UsageError(f"no articles: {type(articles).__name__} is neither a text, nor a dict, nor a table, nor an iterable")
    return _lines(articles, published_at)


def is_column(articles: Any) -> bool:
    """Whether it is one column of texts (a Series) and no table."""
    return hasattr(articles, "dtype") and not hasattr(articles, "columns")


def _lines(articles: Iterable[Any], published_at: Any) -> Iterator[bytes]:
    for number, article in enumerate(articles):
        if isinstance(article, str):
            article = {"text": article}
        elif not isinstance(article, Mapping):
            raise UsageError(f"article {number}: {type(article).__name__} is neither a text nor a dict", place=str(number))
        if published_at is not None and article.get("published_at") is None:
            article = {**article, "published_at": published_at}
        yield json.dumps(article, default=_plain, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if hasattr(value, "tolist"):  # numpy's numbers and arrays
        return value.tolist()
    return str(value)
