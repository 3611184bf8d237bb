"""Why an enterprise stands on a mentor's list today, and in what order the list is walked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.credit.rules.arrears import VISIT_DAYS
from app.credit.rules.collectability import days_in_arrears
from app.health.rules.protocol import VisitFacts, is_first_visit_when_sick

VISIT = "kunjungan"
ASSESS = "penilaian"
THERAPY = "terapi"

WITHOUT_HAMLET = "Dusun belum diisi"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: a short text, what it calls for, and how pressing it is (lower comes first)."""

    text: str
    calls_for: str
    rank: int
    is_late: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What is known of one enterprise when the day is planned.

    `promises_due_on` and `therapies_due_on` are the due days of what is still open;
    `is_asked_again` says that the office wants the newest assessment made anew (it upheld an
    objection; of whom is not told). `unpaid_since` is when the oldest payment of a loan was due.
    """

    visit: VisitFacts
    next_visit_due_on: date | None
    health_valid_until: date | None
    promises_due_on: tuple[date, ...] = ()
    therapies_due_on: tuple[date, ...] = ()
    is_asked_again: bool = False
    unpaid_since: date | None = None


def why_today(facts: CaseFacts, *, today: date) -> list[Reason]:
    """The reasons to go there today, the most pressing first; empty when there are none."""
    reasons = [
        *_visit_reasons(facts, today),
        *_promise_reasons(facts.promises_due_on, today),
        *_arrears_reasons(facts.unpaid_since, today),
        *_assessment_reasons(facts, today),
        *_therapy_reasons(facts.therapies_due_on, today),
    ]
    return sorted(reasons, key=lambda reason: reason.rank)


def _visit_reasons(facts: CaseFacts, today: date) -> list[Reason]:
    due_on = facts.next_visit_due_on
    is_first = is_first_visit_when_sick(facts.visit)
    reasons = []
    if is_first:
        reasons.append(Reason(text="sakit, kunjungan pertama", calls_for=VISIT, rank=1))
    if due_on is not None and due_on < today:
        text = f"kunjungan terlambat {(today - due_on).days} hari"
        reasons.append(Reason(text=text, calls_for=VISIT, rank=0, is_late=True))
    elif due_on == today:
        reasons.append(Reason(text="jadwal kunjungan hari ini", calls_for=VISIT, rank=2))
    return reasons


def _promise_reasons(due_days: tuple[date, ...], today: date) -> list[Reason]:
    due = [day for day in due_days if day <= today]
    if not due:
        return []
    late_days = (today - min(due)).days
    text = "janji jatuh tempo hari ini" if late_days == 0 else f"janji lewat {late_days} hari"
    if len(due) > 1:
        text = f"{len(due)} {text}"
    return [Reason(text=text, calls_for=VISIT, rank=3, is_late=late_days > 0)]


def _arrears_reasons(since: date | None, today: date) -> list[Reason]:
    """A visit, not a threat: nobody there is late but the money, and the mentor asks why."""
    days = days_in_arrears(since, today)
    if days < VISIT_DAYS:
        return []
    text = f"angsuran lewat {days} hari, tanya sebabnya"
    return [Reason(text=text, calls_for=VISIT, rank=3)]


def _assessment_reasons(facts: CaseFacts, today: date) -> list[Reason]:
    if facts.visit.assessed_on is None:
        return [Reason(text="belum dinilai", calls_for=ASSESS, rank=4)]
    if facts.is_asked_again:
        return [Reason(text="kantor meminta nilai ulang", calls_for=ASSESS, rank=4)]
    valid_until = facts.health_valid_until
    if valid_until is not None and valid_until < today:
        return [Reason(text="penilaian kedaluwarsa", calls_for=ASSESS, rank=4, is_late=True)]
    return []


def _therapy_reasons(due_days: tuple[date, ...], today: date) -> list[Reason]:
    due = [day for day in due_days if day <= today]
    if not due:
        return []
    late_days = (today - min(due)).days
    text = "terapi jatuh tempo hari ini" if late_days == 0 else f"terapi lewat {late_days} hari"
    if len(due) > 1:
        text = f"{len(due)} {text}"
    return [Reason(text=text, calls_for=THERAPY, rank=5, is_late=late_days > 0)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayLine:
    """One enterprise on the list of the day."""

    enterprise_id: UUID
    name: str
    owner_name: str
    phone: str | None
    health_class: str | None
    is_expired: bool = False
    village_label: str
    hamlet: str
    address: str | None
    reasons: tuple[Reason, ...]

    @property
    def is_late(self) -> bool:
        """Whether something there is overdue."""
        return any(reason.is_late for reason in self.reasons)

    @property
    def wants_visit(self) -> bool:
        """Whether a visit is called for."""
        return any(reason.calls_for == VISIT for reason in self.reasons)

    @property
    def wants_assessment(self) -> bool:
        """Whether an assessment is called for."""
        return any(reason.calls_for == ASSESS for reason in self.reasons)

    @property
    def wants_therapy(self) -> bool:
        """Whether a therapy is to be looked after."""
        return any(reason.calls_for == THERAPY for reason in self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class HamletGroup:
    """The lines of one hamlet of one village."""

    village_label: str
    hamlet: str
    lines: tuple[TodayLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayCounts:
    """What is open, in enterprises."""

    total: int
    late: int
    visits: int
    assessments: int
    therapies: int


def group_by_hamlet(lines: Iterable[TodayLine]) -> list[HamletGroup]:
    """The lines by village and hamlet, so that one walk does them.

    The hamlet with the most pressing line comes first; within it the most pressing line.
    """
    groups: dict[tuple[str, str], list[TodayLine]] = {}
    for line in sorted(lines, key=_line_key):
        groups.setdefault((line.village_label, line.hamlet), []).append(line)
    return [
        HamletGroup(village_label=village, hamlet=hamlet, lines=tuple(members))
        for (village, hamlet), members in groups.items()
    ]


def counts_of(lines: Iterable[TodayLine]) -> TodayCounts:
    """How many enterprises want what."""
    known = list(lines)
    return TodayCounts(
        total=len(known),
        late=sum(line.is_late for line in known),
        visits=sum(line.wants_visit for line in known),
        assessments=sum(line.wants_assessment for line in known),
        therapies=sum(line.wants_therapy for line in known),
    )


def _line_key(line: TodayLine) -> tuple[int, str, str, str, str]:
    rank = min((reason.rank for reason in line.reasons), default=9)
    return (rank, line.village_label, line.hamlet, line.name, str(line.enterprise_id))
