"""Asking for a proposal, keeping what was computed, taking parts of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.db.upsert import bulk_copy
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.rules.life_cycle import RESTING
from app.history.rules import register_actions
from app.history.services import record
from app.jobs import ask, register_titles
from app.mentoring.models import AssignmentProposal, ProposalLine
from app.mentoring.queries.mentors import carried, is_at_work, mentor_lines
from app.mentoring.queries.proposals import asked_lines, proposal_within
from app.mentoring.rules.proposal import DECLINED, OFFERED, TAKEN, Offer, beyond_capacity
from app.mentoring.services.assignments import move

PROPOSE_JOB = "mentoring.propose"
ASKED, ACCEPTED = "proposal.asked", "proposal.accepted"
REASON = "Usulan pembagian pendamping"
MOST_LINES = 1000
register_titles({PROPOSE_JOB: "Menyusun usulan pembagian pendamping"})
register_actions(
    {
        ASKED: "Usulan pembagian pendamping diminta",
        ACCEPTED: "Usulan pembagian pendamping diterima",
    }
)

FULL = "Pendamping tujuan sudah penuh. Bisa dicoba lagi setelah ada tempat."


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What came of taking lines: moved, refused for good, without room for now."""

    moved: int
    stale: int
    full: int

    @property
    def told(self) -> tuple[str, str]:
        """The message about it and its kind."""
        parts = [f"{self.moved} usaha diserahkan."]
        if self.stale:
            parts.append(f"{self.stale} tidak berlaku lagi.")
        if self.full:
            parts.append(f"{self.full} belum bisa karena pendampingnya penuh.")
        return " ".join(parts), "warning" if self.stale or self.full else "success"


def begin_proposal(*, scope: Scope, area_code: str, by: UUID) -> UUID:
    """Have a job compute a proposal for an area; while one does, gives that one.

    Raises:
        NotFound: the scope does not cover the area.
    """
    _check_covered(scope, area_code)
    proposal_id = new_id()
    asked = ask(
        PROPOSE_JOB,
        key=f"{PROPOSE_JOB}:wilayah-{area_code}",
        payload={"proposal_id": str(proposal_id)},
        by=by,
        area_code=area_code or None,
    )
    if asked.is_new:
        ask_proposal(scope=scope, area_code=area_code, by=by, proposal_id=proposal_id)
    return asked.job_id


def ask_proposal(
    *, scope: Scope, area_code: str, by: UUID, proposal_id: UUID | None = None
) -> UUID:
    """Take down that a proposal for an area is wanted; gives its id.

    Raises:
        NotFound: the scope does not cover the area.
    """
    _check_covered(scope, area_code)
    row = AssignmentProposal(
        id=proposal_id or new_id(),
        area_code=area_code,
        made_by=by,
        created_at=utc_now(),
        figures={},
    )
    db.session.add(row)
    db.session.flush()
    record(
        subject_type="proposal",
        subject_id=row.id,
        action=ASKED,
        by=by,
        area_code=area_code or None,
    )
    return row.id


def _check_covered(scope: Scope, area_code: str) -> None:
    if not scope.covers_area(area_code):
        raise NotFound("area_unknown", message="Wilayah ini tidak ditemukan.")


def keep_proposal(
    *, proposal_id: UUID, lines: Iterable[Mapping[str, Any]], figures: Mapping[str, Any]
) -> int:
    """Store the lines of a computed proposal; a second run replaces the first."""
    row = db.session.get_one(AssignmentProposal, proposal_id)
    db.session.execute(delete(ProposalLine).where(ProposalLine.proposal_id == proposal_id))
    count = bulk_copy(
        ProposalLine.__table__,
        (
            {
                "id": new_id(),
                "proposal_id": proposal_id,
                "state": OFFERED,
                "refusal": None,
                "decided_by": None,
                "decided_at": None,
                **line,
            }
            for line in lines
        ),
    )
    row.figures, row.finished_at = dict(figures), utc_now()
    return count


def take_lines(
    *,
    scope: Scope,
    proposal_id: UUID,
    line_ids: Iterable[UUID],
    villages: Iterable[str],
    by: UUID,
) -> Taken:
    """Carry out lines of a proposal; each that the world has overtaken is refused with its reason.

    Raises:
        NotFound: the proposal is unknown or for an area outside the scope.
        InvalidInput: nothing, or too much, is asked for.
    """
    row = proposal_within(scope, proposal_id)
    lines = asked_lines(proposal_id, line_ids=line_ids, villages=villages, most=MOST_LINES)
    _check_count(lines)
    rows = _enterprises(scope, lines)
    stale = _stale(scope, lines, rows)
    open_lines = [line for line in lines if line.id not in stale]
    full = _without_room(open_lines, rows)
    moving = [line for line in open_lines if line.id not in full]
    _settle(lines, stale, full, by=by)
    moved = _carry_out(moving, rows, by=by)
    record(
        subject_type="proposal",
        subject_id=proposal_id,
        action=ACCEPTED,
        by=by,
        area_code=row.area_code or None,
        changes={"moved": [None, moved], "stale": [None, len(stale)], "full": [None, len(full)]},
    )
    return Taken(moved=moved, stale=len(stale), full=len(full))


def _check_count(lines: Sequence[ProposalLine]) -> None:
    if not lines:
        raise InvalidInput(
            "nothing_chosen",
            message="Pilih paling sedikit satu desa atau usaha lebih dulu.",
        )
    if len(lines) > MOST_LINES:
        raise InvalidInput(
            "too_many_chosen", message=f"Terima paling banyak {MOST_LINES} usaha sekaligus."
        )


def _enterprises(scope: Scope, lines: Sequence[ProposalLine]) -> dict[UUID, Enterprise]:
    # Locked: what is decided here about an enterprise holds until it is written.
    statement = (
        select(Enterprise)
        .where(Enterprise.id.in_([line.enterprise_id for line in lines]), within(scope))
        .order_by(Enterprise.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id: row for row in db.session.scalars(statement)}


def _stale(
    scope: Scope, lines: Sequence[ProposalLine], rows: Mapping[UUID, Enterprise]
) -> dict[UUID, str]:
    """Why lines can't be carried out any more, by line."""
    can_take = {one.id for one in mentor_lines(scope) if one.can_take}
    gone = {
        one
        for one in {line.to_mentor_id for line in lines}
        if one not in can_take or not is_at_work(one)
    }
    found = {}
    for line in lines:
        reason = _reason(line, rows.get(line.enterprise_id), gone)
        if reason:
            found[line.id] = reason
    return found


def _reason(line: ProposalLine, row: Enterprise | None, gone: set[UUID]) -> str | None:
    if row is None:
        return "Usaha ini sudah tidak di wilayah Anda."
    if row.life_cycle in RESTING:
        return "Usaha ini sudah tidak didatangi lagi."
    if row.mentor_id != line.from_mentor_id:
        return "Pendampingnya sudah berganti sejak usulan dibuat."
    if line.to_mentor_id in gone:
        return "Pendamping yang diusulkan sudah tidak bertugas."
    return None


def _without_room(lines: Sequence[ProposalLine], rows: Mapping[UUID, Enterprise]) -> set[UUID]:
    ids = {line.to_mentor_id for line in lines} | {
        line.from_mentor_id for line in lines if line.from_mentor_id
    }
    known = carried(ids)
    offers = [
        Offer(
            line_id=line.id,
            present_id=rows[line.enterprise_id].mentor_id,
            to_mentor=line.to_mentor_id,
        )
        for line in lines
    ]
    return beyond_capacity(
        offers,
        loads={one.mentor_id: one.count for one in known},
        # Who is over already may still give away; only those who receive are measured.
        capacities={one.mentor_id: max(one.capacity, one.count) for one in known},
    )


def _settle(
    lines: Sequence[ProposalLine], stale: Mapping[UUID, str], full: set[UUID], *, by: UUID
) -> None:
    now = utc_now()
    for line in lines:
        if line.id in full:
            line.refusal = FULL
            continue
        line.state = DECLINED if line.id in stale else TAKEN
        line.refusal = stale.get(line.id)
        line.decided_by, line.decided_at = by, now


def _carry_out(lines: Sequence[ProposalLine], rows: Mapping[UUID, Enterprise], *, by: UUID) -> int:
    parts: dict[UUID, list[Enterprise]] = {}
    for line in lines:
        parts.setdefault(line.to_mentor_id, []).append(rows[line.enterprise_id])
    return sum(
        move(part, to_mentor=mentor, from_on=local_today(), reason=REASON, by=by)
        for mentor, part in sorted(parts.items(), key=lambda one: str(one[0]))
    )
