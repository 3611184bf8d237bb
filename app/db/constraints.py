"""Violated constraint → the refusal it means.

Duplicates are found by the constraint and not by asking first, so two people who save at the
same moment can't both win.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from app.core.errors import PulihError

_MEANINGS: dict[str, Callable[[], PulihError]] = {}
_SQLITE_COLUMNS: dict[str, str] = {}


def means(constraint: str, refusal: Callable[[], PulihError], *, columns: str = "") -> None:
    """Say what violating `constraint` means.

    `columns` is how SQLite names a unique constraint: "owner.nik_index" or, for several columns,
    "visit.enterprise_id, visit.n".
    """
    _MEANINGS[constraint] = refusal
    if columns:
        _SQLITE_COLUMNS[columns] = constraint


def translated(error: IntegrityError) -> Exception:
    """The refusal that was registered for the violated constraint, or the error itself."""
    name = _violated(error)
    meaning = _MEANINGS.get(name or "")
    return meaning() if meaning else error


def _violated(error: IntegrityError) -> str | None:
    diagnostics = getattr(error.orig, "diag", None)
    if diagnostics is not None:
        return str(diagnostics.constraint_name)
    text = str(error.orig)
    _, _, tail = text.partition("constraint failed: ")
    return _SQLITE_COLUMNS.get(tail, tail.removeprefix("index '").removesuffix("'") or None)
