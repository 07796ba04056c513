"""Progress in terminals and notebooks, through tqdm where it is installed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


class Progress:
    """A bar that is there as long as the block runs; without tqdm, or where nobody would see it, there is none."""

    def __init__(self, wanted: bool | None, unit: str, total: int | None = None) -> None:
        self.bar: Any = None
        shown = wanted if wanted is not None else _is_seen()
        if shown:
            try:
                from tqdm.auto import tqdm
            except ImportError:
                return
            self.bar = tqdm(total=total, unit=unit, unit_scale=unit == "B", leave=False)

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def records(self) -> Callable[[int], None] | None:
        """What is told how many records have been read."""
        if self.bar is None:
            return None
        return lambda done: self._to(done)

    def bytes(self) -> Callable[[int, int | None, int], None] | None:
        """What is told how many bytes of how many, and how many records, have been read."""
        if self.bar is None:
            return None

        def told(read: int, total: int | None, records: int) -> None:
            self.bar.total = total
            self.bar.set_postfix_str(f"{records} articles", refresh=False)
            self._to(read)

        return told

    def _to(self, done: int) -> None:
        self.bar.update(done - self.bar.n)


def _is_seen() -> bool:
    return "ipykernel" in sys.modules or sys.stderr.isatty()
