"""Rules of lending: in force on a day, and all that were ever set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound
from app.credit.models import LoanRule
from app.credit.rules.lenders import LENDER_KINDS
from app.credit.rules.loan_rules import (
    DAYS,
    FOR_ALL,
    ORDER,
    RULES,
    SETTLING,
    FirstValue,
    RuleKind,
    checked,
    first_values,
    in_words,
    is_usable,
    kind_words,
)
from app.db import db

_NEWEST_FIRST = (LoanRule.valid_from.desc(), LoanRule.set_at.desc(), LoanRule.id.desc())


@dataclass(frozen=True, slots=True)
class LoanRules:
    """What all rules say on one day, by rule and kind of lender."""

    _values: Mapping[tuple[str, str], Sequence[Any]]

    def bounds(self, lender_kind: str) -> tuple[int, ...]:
        """The last days in arrears of collectability 1 to 4."""
        found: tuple[int, ...] = self._of(DAYS, lender_kind)
        return found

    def order(self, lender_kind: str) -> tuple[str, ...]:
        """In which order a sum pays what is due."""
        found: tuple[str, ...] = self._of(ORDER, lender_kind)
        return found

    def ahead(self, lender_kind: str) -> int | None:
        """At how many payments ahead interest is still due on settling early; None: at all."""
        found: int | None = self._of(SETTLING, lender_kind)
        return found

    def _of(self, code: str, lender_kind: str) -> Any:
        own = self._values.get((code, lender_kind))
        return checked(code, self._values[(code, FOR_ALL)] if own is None else own)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleState:
    """What a rule said, says or will say for a kind of lender; `set_at` is empty for the first."""

    for_whom: str
    words: str
    source: str
    doubt: str
    valid_from: date | None
    set_by: str
    set_at: datetime | None
    is_in_force: bool
    is_ahead: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage:
    """One rule with all its states."""

    kind: RuleKind
    now: tuple[RuleState, ...]
    ahead: tuple[RuleState, ...]
    past: tuple[RuleState, ...]

    @property
    def states(self) -> tuple[RuleState, ...]:
        """Those ahead, those in force, and the rest."""
        return self.ahead + self.now + self.past


def loan_rules(*, on: date) -> LoanRules:
    """What the rules say on a day. One statement."""
    found: dict[tuple[str, str], Sequence[Any]] = {
        key: first.value for key, first in first_values().items()
    }
    rows = db.session.scalars(
        select(LoanRule)
        .where(LoanRule.valid_from <= on)
        .order_by(LoanRule.valid_from, LoanRule.set_at, LoanRule.id)
    )
    for row in rows:
        if row.code in RULES and is_usable(row.code, row.value):
            found[(row.code, row.lender_kind)] = row.value
    return LoanRules(found)


def rule_pages() -> list[RulePage]:
    """Every rule with its states."""
    rows = db.session.scalars(select(LoanRule).order_by(*_NEWEST_FIRST)).all()
    people = names([row.set_by for row in rows])
    return [
        _page(kind, [row for row in rows if row.code == kind.code], people)
        for kind in RULES.values()
    ]


def rule_page(code: str) -> RulePage:
    """One rule with its states.

    Raises:
        NotFound: there is no such rule.
    """
    kind = RULES.get(code)
    if kind is None:
        raise NotFound("rule_unknown", message="Aturan ini tidak ditemukan.")
    rows = db.session.scalars(
        select(LoanRule).where(LoanRule.code == code).order_by(*_NEWEST_FIRST)
    ).all()
    return _page(kind, rows, names([row.set_by for row in rows]))


def _page(kind: RuleKind, rows: Sequence[LoanRule], people: Mapping[Any, str]) -> RulePage:
    states: list[RuleState] = []
    for lender_kind in (FOR_ALL, *LENDER_KINDS):
        own = [row for row in rows if row.lender_kind == lender_kind]
        usable = [row for row in own if is_usable(kind.code, row.value)]
        current = next((row for row in usable if row.valid_from <= local_today()), None)
        states += [_state(row, people, is_in_force=row is current) for row in usable]
        first = first_values().get((kind.code, lender_kind))
        if first is not None:
            states.append(_first(kind, lender_kind, first, is_in_force=current is None))
    return RulePage(
        kind=kind,
        now=tuple(one for one in states if one.is_in_force),
        ahead=tuple(one for one in states if one.is_ahead),
        past=tuple(one for one in states if not one.is_in_force and not one.is_ahead),
    )


def _state(row: LoanRule, people: Mapping[Any, str], *, is_in_force: bool) -> RuleState:
    return RuleState(
        for_whom=kind_words(row.lender_kind),
        words=in_words(row.code, row.value),
        source=row.source,
        doubt="",
        valid_from=row.valid_from,
        set_by=people.get(row.set_by, ""),
        set_at=row.set_at,
        is_in_force=is_in_force,
        is_ahead=row.valid_from > local_today(),
    )


def _first(kind: RuleKind, lender_kind: str, first: FirstValue, *, is_in_force: bool) -> RuleState:
    return RuleState(
        for_whom=kind_words(lender_kind),
        words=in_words(kind.code, first.value),
        source=first.source,
        doubt=first.doubt,
        valid_from=None,
        set_by="",
        set_at=None,
        is_in_force=is_in_force,
        is_ahead=False,
    )
