"""What can go wrong: a small family of exceptions, each with the place and, where there is one, a hint."""

from __future__ import annotations


class Error(Exception):
    """Something went wrong in Broadsheet.

    Attributes:
        place: The file or the value that it is about, if there is one.
        hint: What can be done about it, if that is known.
    """

    def __init__(self, message: str, place: str | None = None, hint: str | None = None) -> None:
        super().__init__(message if hint is None else f"{message}\nhint: {hint}")
        self.place = place
        self.hint = hint

    def __reduce__(self):  # exceptions travel between processes
        message = self.args[0] if self.hint is None else self.args[0][: -len(f"\nhint: {self.hint}")]
        return (type(self), (message, self.place, self.hint))


class InputError(Error):
    """An input cannot be opened, or an article cannot be read."""


class OutputError(Error):
    """The output cannot be written."""


class UsageError(Error, ValueError):
    """An argument cannot be right."""


# As users see them.
for _class in (Error, InputError, OutputError, UsageError):
    _class.__module__ = "broadsheet"
