"""How facts are counted and listed: one statement a table, and the same condition for both."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnClause,
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    not_,
    or_,
    select,
)
from sqlalchemy.sql.visitors import iterate

from app.core.clock import LOCAL_ZONE
from app.core.period import Period
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import within_area
from app.enterprises.rules.life_cycle import RESTING
from app.health.models import HealthAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Whose reach, which area, which days."""

    scope: Scope
    area: str
    period: Period
    today: date

    @property
    def reached(self) -> ColumnElement[bool]:
        """The condition on `Enterprise` that it is counted here at all."""
        return within_area(self.scope, self.area)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What holds for an enterprise; `words` name its list."""

    words: str
    holds: Callable[[Any], ColumnElement[bool]]


def _always(c: Any) -> ColumnElement[bool]:
    return c.id.is_not(None)  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number of other things than enterprises: rows, different values of a column, or a sum.

    `words` name its list, `kind` says how the list shows a line.
    """

    words: str
    kind: str
    holds: Callable[[Any], ColumnElement[bool]] = _always
    each: str = ""
    summed: Callable[[Any], ColumnElement[int]] | None = None

    def number(self, c: Any) -> ColumnElement[int]:
        """The number, from the columns of the rows."""
        if self.summed is not None:
            return func.coalesce(func.sum(self.summed(c)).filter(self.holds(c)), 0)
        if self.each:
            return func.count(c[self.each].distinct()).filter(self.holds(c))
        return func.count(c.id).filter(self.holds(c))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactTable:
    """Rows that begin with an `id`, the enterprise's, and what is counted from their columns.

    `is_many` says that an enterprise may have several rows. `amounts` are numbers of other things
    than enterprises; `named` are columns whose values people wrote, with the words of their lists.
    """

    rows: Callable[[Around], Select[*tuple[Any, ...]]]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    amounts: Mapping[str, Amount] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    is_many: bool = False

    def counts(self, around: Around, wanted: Container[str]) -> dict[str, int]:
        """The facts and amounts that are wanted, by one statement."""
        rows = self.rows(around)
        used = _named_in(self._numbers(rows.cte().c, wanted).values())
        columns = self._numbers(_once(_narrowed(rows, used)).c, wanted)
        if not columns:
            return {}
        row = db.session.execute(
            select(*(column.label(f"n{at}") for at, column in enumerate(columns.values())))
        ).one()
        return {key: int(value or 0) for key, value in zip(columns, row, strict=True)}

    def _numbers(self, c: Any, wanted: Container[str]) -> dict[str, ColumnElement[int]]:
        """What is wanted, counted from the columns of the rows."""
        each = c.id.distinct() if self.is_many else c.id
        facts = {key: one for key, one in self.facts.items() if key in wanted}
        amounts = {key: one for key, one in self.amounts.items() if key in wanted}
        return {
            **{key: func.count(each).filter(one.holds(c)) for key, one in facts.items()},
            **{key: one.number(c) for key, one in amounts.items()},
        }

    def names(self, around: Around, key: str, *, most: int) -> list[tuple[str, int]]:
        """The names of a column with how many enterprises have them, the most frequent first."""
        rows = self.once(around)
        name, number = rows.c[key], func.count(rows.c.id.distinct())
        statement = (
            select(name, number)
            .where(name.is_not(None), name != "")
            .group_by(name)
            .order_by(number.desc(), name)
            .limit(most)
        )
        return [(row[0], row[1]) for row in db.session.execute(statement)]

    def listed(self, around: Around, key: str, name: str) -> ColumnElement[bool]:
        """The condition on `Enterprise` of the list behind a fact, or behind a name."""
        rows = self.once(around)
        holds = rows.c[key] == name if key in self.named else self.facts[key].holds(rows.c)
        return Enterprise.id.in_(select(rows.c.id).where(holds))

    def once(self, around: Around) -> CTE:
        """The rows, worked out once for a whole statement."""
        return _once(self.rows(around))


def _once(rows: Select[*tuple[Any, ...]]) -> CTE:
    # Kept as it is: else SQLite works the columns out again for every number.
    return rows.cte("rows").prefix_with("MATERIALIZED")


def _named_in(numbers: Iterable[ColumnElement[int]]) -> set[str]:
    """The columns of the rows that these numbers look at."""
    parts = (part for number in numbers for part in iterate(number))
    return {part.key for part in parts if isinstance(part, ColumnClause) and part.key is not None}


def _narrowed(rows: Select[*tuple[Any, ...]], used: set[str]) -> Select[*tuple[Any, ...]]:
    """The same rows without what nobody looks at: to take an answer out of an assessment costs."""
    columns = [one for one in rows.selected_columns if one.key in used or one.key == "id"]
    return rows.with_only_columns(*columns)


def is_alive(day: date) -> ColumnElement[bool]:
    """Whether an enterprise was in the register and looked after at the end of a day.

    Of one that is no longer looked after only the last such state is known. One that was
    registered later, but had been assessed before, was there.
    """
    following = day + timedelta(days=1)
    midnight = datetime(following.year, following.month, following.day, tzinfo=LOCAL_ZONE)
    is_gone = and_(Enterprise.life_cycle.in_(sorted(RESTING)), Enterprise.life_cycle_on <= day)
    was_assessed = exists().where(
        HealthAssessment.enterprise_id == Enterprise.id, HealthAssessment.assessed_on <= day
    )
    return and_(not_(is_gone), or_(Enterprise.created_at < midnight, was_assessed))


def served(around: Around) -> ColumnElement[bool]:
    """The condition that an enterprise is counted and was looked after at the end."""
    return and_(around.reached, is_alive(around.period.until_on))


def equal(column: str, value: str) -> Callable[[Any], ColumnElement[bool]]:
    """The condition that a column of the rows has a value."""
    return lambda c: c[column] == value


def is_true(*columns: str) -> Callable[[Any], ColumnElement[bool]]:
    """The condition that all of these columns of the rows are true."""
    return lambda c: and_(*(c[column] for column in columns))


def is_named(column: str) -> Callable[[Any], ColumnElement[bool]]:
    """The condition that people wrote something into a column of the rows."""
    return lambda c: and_(c[column].is_not(None), c[column] != "")
