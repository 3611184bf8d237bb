"""Proposals as pages show them, and their lines as they are taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.errors import NotFound
from app.core.scope import Scope
from app.db import db
from app.db.areas import lies_in_any
from app.enterprises.models import Enterprise
from app.enterprises.queries import within
from app.enterprises.rules.shown import is_expired
from app.mentoring.models import AssignmentProposal, ProposalLine
from app.mentoring.rules.proposal import (
    LINE_STATES,
    OFFERED,
    TAKEN,
    balance_words,
    stored_balance,
)
from app.places.queries import path_labels

SHOWN_PROPOSALS = 10
SHOWN_LINES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalSummary:
    """A proposal in a list."""

    id: UUID
    area_label: str
    maker_name: str
    created_at: datetime
    is_finished: bool
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedVillage:
    """The lines of one village: how many, how many still open, kilometres before and after."""

    code: str
    label: str
    lines: int
    offered: int
    taken: int
    km_before: float | None
    km_after: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalPage:
    """A proposal with its figures in words and its villages."""

    id: UUID
    area_label: str
    maker_name: str
    created_at: datetime
    is_finished: bool
    moved: int
    rows: tuple[tuple[str, str, str], ...]
    villages: tuple[ProposedVillage, ...]
    refused: int

    def village(self, code: str) -> ProposedVillage:
        """One of its villages.

        Raises:
            NotFound: it proposes nothing there.
        """
        for one in self.villages:
            if one.code == code:
                return one
        raise NotFound("village_unknown", message="Tidak ada usulan untuk desa ini.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedLine:
    """One enterprise that should change hands."""

    id: UUID
    enterprise_id: UUID
    enterprise_name: str
    health_class: str | None
    is_expired: bool
    from_name: str | None
    to_id: UUID
    to_name: str
    km_before: float | None
    km_after: float | None
    fits_before: bool
    fits_after: bool
    state: str
    state_label: str
    refusal: str | None

    @property
    def is_open(self) -> bool:
        """Whether it can still be taken."""
        return self.state == OFFERED


def proposals(scope: Scope) -> list[ProposalSummary]:
    """The last proposals for areas of the scope, newest first."""
    rows = db.session.scalars(
        select(AssignmentProposal)
        .where(_area_within(scope))
        .order_by(AssignmentProposal.created_at.desc(), AssignmentProposal.id)
        .limit(SHOWN_PROPOSALS)
    ).all()
    known = names(row.made_by for row in rows)
    return [
        ProposalSummary(
            id=row.id,
            area_label=_area_label(row.area_code),
            maker_name=known[row.made_by],
            created_at=row.created_at,
            is_finished=row.finished_at is not None,
            moved=row.figures.get("moved", 0),
        )
        for row in rows
    ]


def proposal_within(scope: Scope, proposal_id: UUID) -> AssignmentProposal:
    """The row of a proposal.

    Raises:
        NotFound: unknown, or for an area that the scope does not cover.
    """
    found = db.session.scalars(
        select(AssignmentProposal).where(AssignmentProposal.id == proposal_id, _area_within(scope))
    ).one_or_none()
    if found is None:
        raise NotFound("proposal_unknown", message="Usulan ini tidak ditemukan.")
    return found


def proposal_page(scope: Scope, proposal_id: UUID) -> ProposalPage:
    """A proposal whole; the lines stand on the pages of its villages."""
    row = proposal_within(scope, proposal_id)
    villages = _proposed_villages(proposal_id)
    refused = select(func.count()).where(
        ProposalLine.proposal_id == proposal_id, ProposalLine.refusal.is_not(None)
    )
    return ProposalPage(
        id=row.id,
        area_label=_area_label(row.area_code),
        maker_name=names([row.made_by])[row.made_by],
        created_at=row.created_at,
        is_finished=row.finished_at is not None,
        moved=row.figures.get("moved", 0),
        rows=_before_and_after(row.figures),
        villages=villages,
        refused=int(db.session.scalar(refused) or 0),
    )


def proposed_lines(scope: Scope, proposal_id: UUID, village: str) -> list[ProposedLine]:
    """The lines of one village."""
    proposal_within(scope, proposal_id)
    statement = _lines(scope).where(
        ProposalLine.proposal_id == proposal_id, ProposalLine.village_code == village
    )
    return _shown(statement.limit(SHOWN_LINES))


def refused_lines(scope: Scope, proposal_id: UUID) -> list[ProposedLine]:
    """The lines that could not be taken, with the reasons."""
    proposal_within(scope, proposal_id)
    statement = _lines(scope).where(
        ProposalLine.proposal_id == proposal_id, ProposalLine.refusal.is_not(None)
    )
    return _shown(statement.limit(SHOWN_LINES))


def asked_lines(
    proposal_id: UUID, *, line_ids: Iterable[UUID], villages: Iterable[str], most: int
) -> list[ProposalLine]:
    """The open lines of a proposal that are asked for, one by one or by village, locked."""
    statement = (
        select(ProposalLine)
        .where(
            ProposalLine.proposal_id == proposal_id,
            ProposalLine.state == OFFERED,
            or_(
                ProposalLine.id.in_(list(line_ids)),
                ProposalLine.village_code.in_(list(villages)),
            ),
        )
        .order_by(ProposalLine.id)
        .limit(most + 1)
        .with_for_update()
    )
    return list(db.session.scalars(statement))


def _lines(scope: Scope) -> Select[*tuple[Any, ...]]:
    return (
        select(
            ProposalLine,
            Enterprise.name,
            Enterprise.health_class,
            Enterprise.health_valid_until,
        )
        .join(Enterprise, Enterprise.id == ProposalLine.enterprise_id)
        .where(within(scope))
        .order_by(Enterprise.search_name, Enterprise.id)
    )


def _shown(statement: Select[*tuple[Any, ...]]) -> list[ProposedLine]:
    rows = list(db.session.execute(statement))
    known = names(mentor for row in rows for mentor in (row[0].from_mentor_id, row[0].to_mentor_id))
    return [
        ProposedLine(
            id=line.id,
            enterprise_id=line.enterprise_id,
            enterprise_name=name,
            health_class=health_class,
            is_expired=is_expired(valid_until, local_today()),
            from_name=known.get(line.from_mentor_id),
            to_id=line.to_mentor_id,
            to_name=known[line.to_mentor_id],
            km_before=line.km_before,
            km_after=line.km_after,
            fits_before=line.fits_before,
            fits_after=line.fits_after,
            state=line.state,
            state_label=LINE_STATES[line.state],
            refusal=line.refusal,
        )
        for line, name, health_class, valid_until in rows
    ]


def _proposed_villages(proposal_id: UUID) -> tuple[ProposedVillage, ...]:
    def counted(state: str) -> Any:
        return func.sum(case((ProposalLine.state == state, 1), else_=0))

    rows = db.session.execute(
        select(
            ProposalLine.village_code,
            func.count(),
            counted(OFFERED),
            counted(TAKEN),
            func.avg(ProposalLine.km_before),
            func.avg(ProposalLine.km_after),
        )
        .where(ProposalLine.proposal_id == proposal_id)
        .group_by(ProposalLine.village_code)
        .order_by(ProposalLine.village_code)
    ).all()
    labels = path_labels(row[0] for row in rows)
    return tuple(
        ProposedVillage(
            code=code,
            label=", ".join(labels[code].split(", ")[:2]),
            lines=count,
            offered=int(offered),
            taken=int(taken),
            km_before=_tenths(before),
            km_after=_tenths(after),
        )
        for code, count, offered, taken, before, after in rows
    )


def _before_and_after(figures: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    if "before" not in figures:
        return ()
    before, after = (balance_words(stored_balance(figures[key])) for key in ("before", "after"))
    return tuple((what, before[what], after[what]) for what in before)


def _tenths(km: float | None) -> float | None:
    return None if km is None else round(float(km), 1)


def _area_label(code: str) -> str:
    return path_labels([code])[code] if code else "Seluruh Indonesia"


def _area_within(scope: Scope) -> ColumnElement[bool]:
    return lies_in_any(AssignmentProposal.area_code, scope.areas)
