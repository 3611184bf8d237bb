"""The five ways in which a use case refuses, each with a code, a field and a text for people."""

from __future__ import annotations

from typing import Any


class PulihError(Exception):
    """A refusal that a person can understand; `app.web.errors` turns it into a page.

    `message` is Indonesian and says what to do; `field` names the form field it concerns.
    """

    def __init__(
        self, code: str, *, message: str = "", field: str | None = None, **values: Any
    ) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.values = values


class NotFound(PulihError):
    """There is no such thing, or it lies outside the person's scope: the answer is the same."""


class NotAllowed(PulihError):
    """The person is known but may not do this."""


class InvalidInput(PulihError):
    """What was given can't be meant; `field` says where to mend it."""


class Conflict(PulihError):
    """Somebody else was there first: a duplicate, or a stale version."""


class WrongState(PulihError):
    """The thing exists but is not in a state that allows this."""
