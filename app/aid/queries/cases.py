"""Aids as pages show them: the case with its gates and steps, those of an enterprise, the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true

from app.accounts.models import Account
from app.aid.models import AidCase, AidStep, GateFinding, Handover
from app.aid.queries.reach import case as case_within
from app.aid.queries.tools import ToolLine, tools_of
from app.aid.rules.gates import GATES, Gate
from app.aid.rules.steps import ENDED, HELD, STATE_LABELS, STEPS, check_due, may_take
from app.core.errors import InvalidInput
from app.core.scope import Scope
from app.db import db
from app.db.keyset import Key, behind, ordering, words_of
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.queries import within
from app.interventions.rules import FUNDING_SOURCES
from app.interventions.rules.diagnosis import SICK
from app.places.queries import path_label, path_labels
from app.web.paging import Page, decode_cursor, encode_cursor

PAGE_SIZE = 50
_TONES = {"selesai": "good", "ditolak": "bad", "batal": "muted", "realokasi": "warn"}
# What an officer has to do next; the rest is with the mentor.
OFFICE_STATES = ("analisis_kebutuhan", "verifikasi_lapangan", "disetujui", "evaluasi_180")
# The order of the queue: its pile, then this.
_at_office = case((AidCase.state.in_(OFFICE_STATES), 0), else_=1)
_OLDEST = (Key(column=AidCase.last_step_on), Key(column=AidCase.id))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One aid in a list."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    village: str
    tool_name: str
    value: int
    state: str
    last_step_on: date
    version: int

    @property
    def state_label(self) -> str:
        """The state in words."""
        return STATE_LABELS[self.state]

    @property
    def tone(self) -> str:
        """The colour of the state."""
        return _TONES.get(self.state, "info")


@dataclass(frozen=True, slots=True, kw_only=True)
class GateLine:
    """A gate with what was found, if it was looked at."""

    gate: Gate
    is_met: bool | None
    reason: str
    evidence: str
    found_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """A step that was taken."""

    id: UUID
    words: str
    happened_on: date
    acted_by: str
    acted_at: datetime
    note: str
    document: str
    has_photo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A numbered paper of the aid."""

    id: UUID
    document: str
    handed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """One stage of the way: done, now, or to come."""

    label: str
    is_done: bool
    is_now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything on the page of one aid."""

    line: CaseLine
    need: str
    funding: str
    units_before: int | None
    sales_before: int | None
    requested_by: str
    requested_by_id: UUID
    approved_by: str
    mentor_id: UUID | None
    therapy_id: UUID
    is_sick: bool
    gates: tuple[GateLine, ...]
    steps: tuple[StepLine, ...]
    stages: tuple[StageLine, ...]
    tools: tuple[ToolLine, ...]
    papers: tuple[PaperLine, ...]
    due_day: int | None
    due_on: date | None

    def may(self, step: str) -> bool:
        """Whether a step follows now."""
        return may_take(step, self.line.state)

    @property
    def is_held(self) -> bool:
        """Whether the owner has the tool by this aid."""
        return self.line.state in HELD

    @property
    def is_ended(self) -> bool:
        """Whether nothing follows any more."""
        return self.line.state in ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseAid:
    """The aids and tools of one enterprise."""

    enterprise_id: UUID
    enterprise_name: str
    is_sick: bool
    cases: tuple[CaseLine, ...]
    tools: tuple[ToolLine, ...]

    @property
    def may_request(self) -> bool:
        """Whether no request is open."""
        return all(one.state in ENDED for one in self.cases)


def case_page(scope: Scope, case_id: UUID) -> CasePage:
    """The page of one aid.

    Raises:
        NotFound: unknown or outside the scope.
    """
    row = case_within(scope, case_id)
    enterprise = enterprise_within(scope, row.enterprise_id)
    steps = _steps(row.id)
    findings = _findings(row.id)
    names = _names(
        [
            row.requested_by,
            row.approved_by,
            *(step.acted_by for step in steps),
            *(finding.found_by for finding in findings.values()),
        ]
    )
    due = None if row.handed_over_on is None else check_due(row.handed_over_on, row.state)
    return CasePage(
        line=_line(row, enterprise, path_label(enterprise.village_code)),
        need=row.need,
        funding=FUNDING_SOURCES[row.funding_source],
        units_before=row.units_before,
        sales_before=row.sales_before,
        requested_by=names.get(row.requested_by, ""),
        requested_by_id=row.requested_by,
        approved_by=names.get(row.approved_by, "") if row.approved_by else "",
        mentor_id=enterprise.mentor_id,
        therapy_id=row.intervention_id,
        is_sick=enterprise.health_class == SICK,
        gates=tuple(_gate_line(gate, findings.get(gate.code), names) for gate in GATES),
        steps=tuple(_step_line(step, names) for step in steps),
        stages=_stages(row, steps),
        tools=tuple(tools_of(enterprise.id)) if row.state in HELD else (),
        papers=_papers(row.id),
        due_day=None if due is None else due[0],
        due_on=None if due is None else due[1],
    )


def enterprise_aid(scope: Scope, enterprise_id: UUID) -> EnterpriseAid:
    """The aids and tools of an enterprise.

    Raises:
        NotFound: unknown or outside the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    return EnterpriseAid(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        is_sick=enterprise.health_class == SICK,
        cases=tuple(cases_of(enterprise)),
        tools=tuple(tools_of(enterprise.id)),
    )


def cases_of(enterprise: Enterprise) -> list[CaseLine]:
    """All aids of an enterprise that the caller has found within its scope, newest first."""
    rows = db.session.scalars(
        select(AidCase)
        .where(AidCase.enterprise_id == enterprise.id)
        .order_by(AidCase.requested_at.desc(), AidCase.id)
    )
    village = path_label(enterprise.village_code)
    return [_line(row, enterprise, village) for row in rows]


def waiting_cases(
    scope: Scope, states: Sequence[str], *, cursor: str | None = None
) -> Page[CaseLine]:
    """One page of the aids in these states; first what waits for the office, the oldest first.

    Raises:
        InvalidInput: code "cursor_unknown".
    """
    place = decode_cursor(cursor, key_count=1 + len(_OLDEST))
    following = _behind(place.keys) if place else true()
    found = _cases(scope, states, following, most=PAGE_SIZE + 1)
    if len(found) <= PAGE_SIZE:
        return Page(rows=found)
    last = found[PAGE_SIZE - 1]
    return Page(
        rows=found[:PAGE_SIZE],
        next_cursor=encode_cursor(_pile(last.state), *words_of(_OLDEST, last)),
    )


def all_cases(scope: Scope, states: Sequence[str]) -> list[CaseLine]:
    """All aids in these states, in the same order, for a file."""
    return _cases(scope, states, true(), most=None)


def case_count(scope: Scope, states: Sequence[str]) -> int:
    """How many aids are in these states."""
    return (
        db.session.scalar(
            select(func.count(AidCase.id))
            .join(Enterprise, Enterprise.id == AidCase.enterprise_id)
            .where(AidCase.state.in_(states), within(scope))
        )
        or 0
    )


def _cases(
    scope: Scope, states: Sequence[str], following: ColumnElement[bool], *, most: int | None
) -> list[CaseLine]:
    rows = db.session.execute(
        select(AidCase, Enterprise)
        .join(Enterprise, Enterprise.id == AidCase.enterprise_id)
        .where(AidCase.state.in_(states), within(scope), following)
        .order_by(_at_office, *ordering(_OLDEST))
        .limit(most)
    ).all()
    villages = path_labels(enterprise.village_code for _, enterprise in rows)
    return [_line(row, enterprise, villages[enterprise.village_code]) for row, enterprise in rows]


def _pile(state: str) -> int:
    """What waits for the office stands before the rest."""
    return 0 if state in OFFICE_STATES else 1


def _behind(words: Sequence[str | int | None]) -> ColumnElement[bool]:
    pile, *place = words
    if pile not in (0, 1):
        raise InvalidInput(
            "cursor_unknown", message="Alamat halaman ini tidak lengkap. Buka lagi dari daftar."
        )
    here = and_(_at_office == pile, behind(_OLDEST, place))
    return here if pile else or_(here, _at_office == 1)


def waiting_count(scope: Scope) -> int:
    """How many aids wait for a step of the office."""
    return case_count(scope, OFFICE_STATES)


def _line(row: AidCase, enterprise: Enterprise, village: str) -> CaseLine:
    return CaseLine(
        id=row.id,
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        village=village,
        tool_name=row.tool_name,
        value=row.estimated_value,
        state=row.state,
        last_step_on=row.last_step_on,
        version=row.version,
    )


def _findings(case_id: UUID) -> dict[str, GateFinding]:
    rows = db.session.scalars(
        select(GateFinding).where(GateFinding.case_id == case_id).order_by(GateFinding.gate)
    )
    return {row.gate: row for row in rows}


def _gate_line(gate: Gate, found: GateFinding | None, names: dict[UUID, str]) -> GateLine:
    return GateLine(
        gate=gate,
        is_met=None if found is None else found.is_met,
        reason="" if found is None else found.reason,
        evidence="" if found is None else found.evidence,
        found_by="" if found is None else names.get(found.found_by, ""),
    )


def _steps(case_id: UUID) -> list[AidStep]:
    return list(
        db.session.scalars(
            select(AidStep).where(AidStep.case_id == case_id).order_by(AidStep.acted_at, AidStep.id)
        )
    )


_STEP_WORDS = {
    "request": "Diusulkan",
    "assess": "Kebutuhan dianalisis",
    "verify": "Diperiksa di lapangan",
    "approve": "Disetujui",
    "refuse": "Ditolak",
    "cancel": "Dibatalkan",
    "hand_over": "Diserahkan",
    "install": "Dipasang",
    "use": "Mulai dipakai",
    "check_30": "Dicek hari ke-30",
    "check_90": "Dicek hari ke-90",
    "check_180": "Dicek hari ke-180",
    "finish": "Selesai",
    "move": "Dipindahkan",
    "paper": "Berkas ditambahkan",
}


def _step_line(step: AidStep, names: dict[UUID, str]) -> StepLine:
    return StepLine(
        id=step.id,
        words=_STEP_WORDS[step.step],
        happened_on=step.happened_on,
        acted_by=names.get(step.acted_by, "") if step.acted_by else "Sistem",
        acted_at=step.acted_at,
        note=step.note,
        document=step.document,
        has_photo=step.photo_id is not None,
    )


_WAY = ("usul", *(after for _, after in STEPS.values() if after not in ENDED), "selesai")


def _stages(row: AidCase, steps: list[AidStep]) -> tuple[StageLine, ...]:
    reached = {step.state for step in steps}
    way = [*_WAY[:-1], row.state if row.state in ENDED else "selesai"]
    return tuple(
        StageLine(label=STATE_LABELS[state], is_done=state in reached, is_now=state == row.state)
        for state in dict.fromkeys(way)
    )


def _papers(case_id: UUID) -> tuple[PaperLine, ...]:
    rows = db.session.scalars(
        select(Handover)
        .where(Handover.case_id == case_id)
        .order_by(Handover.handed_on, Handover.number, Handover.id)
    )
    return tuple(
        PaperLine(id=row.id, document=row.document, handed_on=row.handed_on) for row in rows
    )


def _names(ids: Sequence[UUID | None]) -> dict[UUID, str]:
    wanted = {one for one in ids if one is not None}
    rows = db.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}
