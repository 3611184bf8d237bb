"""What became of areas by decree: heirs of a code that isn't used any more, and its origin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Row, select

from app.core.day_words import short_day
from app.db import db
from app.places.models import AreaDecree, AreaDecreeLine
from app.places.queries.areas import path_labels
from app.places.rules.decrees import Step, current_of, heirs_in


def applied_steps() -> list[Step]:
    """All that applied decrees did, the oldest first. A country has few of them."""
    return [
        Step(
            old=row.old_code,
            new=row.new_code,
            on=row.decided_on,
            hamlets=tuple(row.hamlets),
            is_part=bool(row.hamlets or row.enterprises),
        )
        for row in _applied()
    ]


def current_code(code: str, on: date | None = None, hamlet: str | None = None) -> str:
    """The code that stands today for one that was written on a day (default: today).

    A code that was written before a decree means what it meant then; one written later is only
    changed when it isn't used any more. A hamlet decides where a village was split.
    """
    return current_of(code, applied_steps(), on=on, hamlet=hamlet)


def replaced_codes() -> dict[str, str]:
    """Each code that isn't used any more, with the one that took its place."""
    steps = applied_steps()
    olds = {step.old for step in steps}
    return {old: current_of(old, steps) for old in olds if heirs_in(old, steps)}


def heirs_of(codes: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """(Code, label) of the areas that stand today for each code that isn't used any more."""
    steps = applied_steps()
    if not steps:
        return {}
    found = {code: heirs for code in codes if (heirs := heirs_in(code, steps))}
    labels = path_labels(heir for heirs in found.values() for heir in heirs)
    return {code: [(heir, labels[heir]) for heir in heirs] for code, heirs in found.items()}


def origins_of(code: str) -> list[tuple[str, str, str]]:
    """(Code, label, decree) of the areas that an area came from."""
    rows = [row for row in _applied() if row.new_code == code and row.old_code != code]
    labels = path_labels(row.old_code for row in rows)
    return [
        (
            row.old_code,
            labels[row.old_code],
            f"{row.number}, {short_day(row.decided_on)}",
        )
        for row in rows
    ]


def _applied() -> list[Row[*tuple[Any, ...]]]:
    statement = (
        select(
            AreaDecreeLine.old_code,
            AreaDecreeLine.new_code,
            AreaDecreeLine.hamlets,
            AreaDecreeLine.enterprises,
            AreaDecree.decided_on,
            AreaDecree.number,
        )
        .join(AreaDecree, AreaDecree.id == AreaDecreeLine.decree_id)
        .where(AreaDecree.applied_at.is_not(None), AreaDecreeLine.old_code.is_not(None))
        .order_by(AreaDecree.decided_on, AreaDecree.applied_at, AreaDecree.id, AreaDecreeLine.n)
    )
    return list(db.session.execute(statement))
