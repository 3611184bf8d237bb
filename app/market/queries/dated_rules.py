"""Values of rules that decrees may move: in force on a day, and all that ever were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound
from app.db import db
from app.market.models import DatedRuleValue
from app.market.rules.dated_rules import (
    DatedRule,
    RuleKind,
    first_rule,
    in_words,
    is_usable,
    rule_kinds,
    value_of_row,
)

_NEWEST_FIRST = (
    DatedRuleValue.valid_from.desc(),
    DatedRuleValue.set_at.desc(),
    DatedRuleValue.id.desc(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetValue:
    """One value that a rule had, has or will have; `set_at` is empty for the first one."""

    words: str
    source: str
    note: str
    valid_from: date | None
    set_by: str
    set_at: datetime | None
    is_in_force: bool
    is_ahead: bool
    is_usable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule with what counts today; `next_words` is what will count from `next_from` on."""

    code: str
    name: str
    note: str
    words: str
    source: str
    valid_from: date | None
    next_words: str
    next_from: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """One rule with all its values, newest first."""

    line: RuleLine
    example: str
    values: tuple[SetValue, ...]


def rule(code: str, *, on: date) -> DatedRule:
    """What a rule says on a day: the last value set of those valid from then or before.

    Raises:
        KeyError: there is no such rule.
    """
    return rules_on((code,), on=on)[code]


def rules_on(codes: tuple[str, ...], *, on: date) -> dict[str, DatedRule]:
    """What several rules say on a day. One statement."""
    found = {code: first_rule(code) for code in codes}
    rows = db.session.scalars(
        select(DatedRuleValue)
        .where(DatedRuleValue.code.in_(codes), DatedRuleValue.valid_from <= on)
        .order_by(DatedRuleValue.valid_from, DatedRuleValue.set_at, DatedRuleValue.id)
    )
    for row in rows:
        kind = rule_kinds()[row.code]
        kept = value_of_row(kind.kind, row.value)
        # A value beyond what can be counted with never counts: the one before it goes on.
        if not is_usable(kind, kept):
            continue
        found[row.code] = DatedRule(
            code=row.code,
            value=kept,
            source=row.source,
            valid_from=row.valid_from,
        )
    return found


def value(code: str, *, on: date) -> Any:
    """The value alone. Raises as `rule`."""
    return rule(code, on=on).value


def rule_lines() -> dict[str, list[RuleLine]]:
    """Every rule by its group. One statement."""
    rows = db.session.scalars(select(DatedRuleValue).order_by(*_NEWEST_FIRST)).all()
    groups: dict[str, list[RuleLine]] = {}
    for kind in rule_kinds().values():
        own = [row for row in rows if row.code == kind.code]
        groups.setdefault(kind.group, []).append(_line(kind, own, local_today()))
    return groups


def rule_page(code: str) -> RulePage:
    """One rule with its history.

    Raises:
        NotFound: there is no such rule.
    """
    kind = rule_kinds().get(code)
    if kind is None:
        raise NotFound("rule_unknown", message="Aturan ini tidak ditemukan.")
    today = local_today()
    rows = list(
        db.session.scalars(
            select(DatedRuleValue).where(DatedRuleValue.code == code).order_by(*_NEWEST_FIRST)
        )
    )
    people = names([row.set_by for row in rows])
    current = next(
        (row.id for row in rows if row.valid_from <= today and _is_usable(kind, row)), None
    )
    return RulePage(
        line=_line(kind, rows, today),
        example=kind.example,
        values=(
            *(_set_value(kind, row, people, current, today) for row in rows),
            _first(kind, current),
        ),
    )


def _line(kind: RuleKind, rows: list[DatedRuleValue], today: date) -> RuleLine:
    """`rows` are those of the rule, newest first."""
    rows = [row for row in rows if _is_usable(kind, row)]
    now = next((row for row in rows if row.valid_from <= today), None)
    ahead = [row for row in rows if row.valid_from > today]
    # Of the nearest day ahead the one set last, which stands first among them.
    following = min(ahead, key=lambda row: row.valid_from, default=None)
    return RuleLine(
        code=kind.code,
        name=kind.name,
        note=kind.note,
        words=in_words(kind, kind.first) if now is None else _words(kind, now),
        source=kind.first_source if now is None else now.source,
        valid_from=None if now is None else now.valid_from,
        next_words="" if following is None else _words(kind, following),
        next_from=None if following is None else following.valid_from,
    )


def _is_usable(kind: RuleKind, row: DatedRuleValue) -> bool:
    return is_usable(kind, value_of_row(kind.kind, row.value))


def _words(kind: RuleKind, row: DatedRuleValue) -> str:
    return in_words(kind, value_of_row(kind.kind, row.value))


def _set_value(
    kind: RuleKind, row: DatedRuleValue, people: dict[UUID, str], current: UUID | None, today: date
) -> SetValue:
    return SetValue(
        words=_words(kind, row),
        source=row.source,
        note=row.note,
        valid_from=row.valid_from,
        set_by=people.get(row.set_by, ""),
        set_at=row.set_at,
        is_in_force=row.id == current,
        is_ahead=row.valid_from > today,
        is_usable=_is_usable(kind, row),
    )


def _first(kind: RuleKind, current: UUID | None) -> SetValue:
    return SetValue(
        words=in_words(kind, kind.first),
        source=kind.first_source,
        note="",
        valid_from=None,
        set_by="",
        set_at=None,
        is_in_force=current is None,
        is_ahead=False,
        is_usable=True,
    )
