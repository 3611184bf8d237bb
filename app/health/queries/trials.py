"""What a draft of the instrument would change, within a person's reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import in_area, within
from app.health.models import ClassSpan, HealthAssessment, InstrumentTrial, TrialResult
from app.health.rules.explain import CLASS_WORDS
from app.health.rules.instrument import RANK, HealthClass
from app.places.queries import home_area, parts, path_labels, reached_area

UNRATED = "belum_dapat_dinilai"
CHANGED = "berubah"
UNRATED_WORDS = "belum dapat dinilai"
_CLASSES = (HealthClass.SICK, HealthClass.LESS_HEALTHY, HealthClass.HEALTHY)
_PAGE = 50
_RESULT = (
    TrialResult.class_now,
    TrialResult.class_then,
    TrialResult.score_now,
    TrialResult.score_then,
)
# Assessments that the computation reads at a time.
SLICE = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialCell:
    """How many enterprises would go from one class to another. tone: good, bad or nothing."""

    start: str
    end: str
    end_words: str
    count: int
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLine:
    """What would become of the enterprises that have one class now."""

    start: str
    words: str
    cells: tuple[TrialCell, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialMatrix:
    """From class to class; `ends` are the totals of the columns."""

    columns: tuple[str | tuple[str, str], ...]
    lines: tuple[TrialLine, ...]
    ends: tuple[TrialCell, ...]
    total: int
    changed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialArea:
    """The area that a page is about."""

    code: str
    name: str
    # Code and name of the areas right below it.
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which enterprises a list is about; empty is any. `end` may be `CHANGED`."""

    start: str
    end: str
    after: UUID | None

    @property
    def words(self) -> str:
        """What is listed, in words."""
        start = f"dari {CLASS_WORDS[HealthClass(self.start)]}" if self.start else ""
        end = "yang berubah kelas" if self.end == CHANGED else ""
        if self.end and not end:
            end = f"menjadi {_words(self.end)}"
        return " ".join(part for part in (start, end) if part) or "semua usaha"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialEnterprise:
    """One enterprise behind a number; scores in tenths."""

    id: UUID
    name: str
    village: str
    class_now: str
    class_then: str
    score_now: int | None
    score_then: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialPage:
    """A page of a list; `next_cursor` is empty on the last."""

    lines: tuple[TrialEnterprise, ...]
    next_cursor: str


def trial(scope: Scope, trial_id: UUID) -> InstrumentTrial:
    """A finished trial.

    Raises:
        NotFound: there is none, or it isn't finished, or the person reaches no enterprise at all.
    """
    found = db.session.get(InstrumentTrial, trial_id)
    if found is None or found.finished_at is None or scope.is_empty:
        raise NotFound("trial_unknown", message="Hasil percobaan ini tidak ditemukan.")
    return found


def matrix(scope: Scope, trial_id: UUID, area: str) -> TrialMatrix:
    """From which class to which the enterprises of an area would go. One statement."""
    rows = db.session.execute(
        select(TrialResult.class_now, TrialResult.class_then, func.count())
        .join(Enterprise, Enterprise.id == TrialResult.enterprise_id)
        .where(TrialResult.trial_id == trial_id, within(scope), in_area(area))
        .group_by(TrialResult.class_now, TrialResult.class_then)
    )
    counts = {(start, end or UNRATED): count for start, end, count in rows}
    ends = (*_CLASSES, UNRATED)
    lines = tuple(
        TrialLine(
            start=start,
            words=CLASS_WORDS[start],
            cells=tuple(_cell(start, end, counts.get((start, end), 0)) for end in ends),
            total=sum(counts.get((start, end), 0) for end in ends),
        )
        for start in _CLASSES
    )
    return TrialMatrix(
        columns=("Sekarang", *((_words(end), "angka") for end in ends), ("Jumlah", "angka")),
        lines=lines,
        ends=tuple(
            _cell("", end, sum(line.cells[place].count for line in lines))
            for place, end in enumerate(ends)
        ),
        total=sum(line.total for line in lines),
        changed=sum(one.count for line in lines for one in line.cells if one.start != one.end),
    )


def wanted_of(arguments: Mapping[str, str]) -> Wanted:
    """What a list's address asks for; what it can't mean is left out."""
    start, end, after = (arguments.get(name, "") for name in ("dari", "ke", "setelah"))
    return Wanted(
        start=start if start in RANK else "",
        end=end if end in RANK or end in (UNRATED, CHANGED) else "",
        after=_id_or_none(after),
    )


def enterprises(scope: Scope, trial_id: UUID, area: str, wanted: Wanted) -> TrialPage:
    """A page of the enterprises behind a number."""
    condition = [TrialResult.trial_id == trial_id, within(scope), in_area(area)]
    class_then = func.coalesce(TrialResult.class_then, UNRATED)
    if wanted.start:
        condition.append(TrialResult.class_now == wanted.start)
    if wanted.end == CHANGED:
        condition.append(class_then != TrialResult.class_now)
    elif wanted.end:
        condition.append(class_then == wanted.end)
    if wanted.after is not None:
        condition.append(Enterprise.id > wanted.after)
    rows = db.session.execute(
        select(Enterprise.id, Enterprise.name, Enterprise.village_code, *_RESULT)
        .join(TrialResult, Enterprise.id == TrialResult.enterprise_id)
        .where(*condition)
        .order_by(Enterprise.id)
        .limit(_PAGE + 1)
    ).all()
    shown = rows[:_PAGE]
    villages = path_labels({row.village_code for row in shown})
    return TrialPage(
        lines=tuple(
            TrialEnterprise(
                id=row.id,
                name=row.name,
                village=villages[row.village_code],
                class_now=row.class_now,
                class_then=row.class_then or UNRATED,
                score_now=row.score_now,
                score_then=row.score_then,
            )
            for row in shown
        ),
        next_cursor=str(shown[-1].id) if len(rows) > _PAGE else "",
    )


def area_of(scope: Scope, code: str) -> TrialArea:
    """An area within reach with the areas below it; by default the person's own.

    Raises:
        NotFound: unknown, or outside the scope: the answer is the same.
    """
    wanted = code or home_area(scope)
    name = reached_area(scope, wanted)
    if wanted == WHOLE_COUNTRY and not scope.covers_area(wanted):
        name = "seluruh wilayah Anda"
    below = [(one.code, one.name) for one in parts(scope, wanted) if one.code != wanted]
    return TrialArea(code=wanted, name=name, parts=tuple(below))


def current_assessments(today: date) -> Iterator[list[Row[Any]]]:
    """The assessments that count today, in slices by enterprise: for a job of the whole system."""
    last: UUID | None = None
    while True:
        statement = (
            select(
                Enterprise.id,
                HealthAssessment.instrument_version,
                HealthAssessment.sector,
                HealthAssessment.assessed_on,
                HealthAssessment.points,
                HealthAssessment.context,
                HealthAssessment.final_class,
                HealthAssessment.score,
            )
            .join(
                ClassSpan,
                (ClassSpan.enterprise_id == Enterprise.id)
                & (ClassSpan.from_on == Enterprise.assessed_on),
            )
            .join(HealthAssessment, HealthAssessment.id == ClassSpan.assessment_id)
            .where(Enterprise.health_valid_until >= today)
            .order_by(Enterprise.id)
            .limit(SLICE)
        )
        if last is not None:
            statement = statement.where(Enterprise.id > last)
        rows: list[Row[Any]] = [*db.session.execute(statement)]
        if not rows:
            return
        yield rows
        last = rows[-1].id


def current_count(today: date) -> tuple[int, int]:
    """How many enterprises have an assessment that counts today, and one that has expired."""
    is_current = Enterprise.health_valid_until >= today
    row = db.session.execute(
        select(
            func.count().filter(is_current),
            func.count().filter(Enterprise.health_valid_until < today),
        ).select_from(Enterprise)
    ).one()
    return int(row[0]), int(row[1])


def trials_of(version_id: UUID) -> list[tuple[UUID, datetime, str]]:
    """The finished trials of a version, newest first: id, when, hash of what was tried."""
    rows = db.session.execute(
        select(InstrumentTrial.id, InstrumentTrial.finished_at, InstrumentTrial.content_hash)
        .where(InstrumentTrial.version_id == version_id, InstrumentTrial.finished_at.is_not(None))
        .order_by(InstrumentTrial.finished_at.desc(), InstrumentTrial.id)
        .limit(10)
    )
    return [(row[0], row[1], row[2]) for row in rows if row[1] is not None]


def _id_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _cell(start: str, end: str, count: int) -> TrialCell:
    tone = ""
    if start in RANK and end in RANK and start != end:
        tone = "good" if RANK[HealthClass(end)] > RANK[HealthClass(start)] else "bad"
    return TrialCell(start=start, end=end, end_words=_words(end), count=count, tone=tone)


def _words(value: str) -> str:
    return UNRATED_WORDS if value == UNRATED else CLASS_WORDS[HealthClass(value)]
