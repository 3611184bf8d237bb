"""The plan of one enterprise, and one therapy of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.clock import local_today
from app.core.scope import Scope
from app.enterprises.queries import enterprise as enterprise_within
from app.enterprises.rules.labels import LIFE_CYCLE_LABELS
from app.enterprises.rules.life_cycle import RESTING
from app.enterprises.rules.shown import is_expired
from app.interventions.queries.facts import Needs, needs_of, rows_of
from app.interventions.queries.items import ItemView, items_of, reason
from app.interventions.queries.referrals import ReferralView, latest_referrals
from app.interventions.rules import Proposal, Sum, Totals, current_catalogue, totals_of


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedView:
    """A therapy that the assessment asks for and that is not in the plan."""

    code: str
    name: str
    stage: str
    purpose: str
    duration: str
    reasons: tuple[str, ...]
    closed_reasons: tuple[str, ...]
    costs_money: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything on the therapy page of an enterprise."""

    enterprise_id: UUID
    enterprise_name: str
    health_class: str | None
    assessed_on: date | None
    is_expired: bool
    # The state in words where nobody treats the enterprise, else empty.
    resting: str
    protocol: str
    limit: int
    active_count: int
    room: int
    now: tuple[NeedView, ...]
    later: tuple[NeedView, ...]
    closed: tuple[NeedView, ...]
    reminders: tuple[str, ...]
    proposed: tuple[ItemView, ...]
    active: tuple[ItemView, ...]
    ended: tuple[ItemView, ...]
    money: Totals
    # By therapy: the latest referral to another office.
    referrals: Mapping[UUID, ReferralView]

    @property
    def approved(self) -> tuple[ItemView, ...]:
        """Approved and not begun."""
        return tuple(one for one in self.active if not one.is_running)

    @property
    def running(self) -> tuple[ItemView, ...]:
        """Begun and not ended."""
        return tuple(one for one in self.active if one.is_running)

    @property
    def done(self) -> tuple[ItemView, ...]:
        """Ended with a result."""
        return tuple(one for one in self.ended if one.is_done)

    @property
    def dropped(self) -> tuple[ItemView, ...]:
        """Refused or cancelled."""
        return tuple(one for one in self.ended if not one.is_done)

    @property
    def has_assessment(self) -> bool:
        """Whether there is anything to propose from."""
        return self.assessed_on is not None


def plan(scope: Scope, enterprise_id: UUID) -> Plan:
    """The plan of an enterprise and what its latest assessment asks for.

    Raises:
        NotFound: no such enterprise within the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    needs = needs_of(enterprise)
    items = items_of(enterprise, rows_of(enterprise.id))
    catalogue = current_catalogue()
    return Plan(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        health_class=needs.diagnosis.health_class,
        assessed_on=None if needs.assessment is None else needs.assessment.assessed_on,
        is_expired=is_expired(enterprise.health_valid_until, local_today()),
        resting=_resting(enterprise.life_cycle),
        protocol=catalogue.protocols.get(needs.diagnosis.health_class or "", ""),
        limit=catalogue.limit_for(needs.diagnosis.health_class),
        active_count=needs.facts.active_count,
        room=needs.advice.room,
        now=_needs(needs.advice.now),
        later=_needs(needs.advice.later),
        closed=_needs(needs.advice.closed),
        reminders=needs.advice.reminders,
        proposed=tuple(one for one in items if one.is_proposed),
        active=tuple(one for one in items if one.is_active),
        ended=tuple(one for one in reversed(items) if not (one.is_proposed or one.is_active)),
        money=totals_of(
            Sum(
                state=one.state,
                funding_source=one.funding_source,
                budget=one.cost,
                spent=one.spent,
            )
            for one in items
        ),
        referrals=latest_referrals(scope, enterprise.id),
    )


def _resting(life_cycle: str) -> str:
    return LIFE_CYCLE_LABELS[life_cycle] if life_cycle in RESTING else ""


def therapy_choices() -> list[tuple[str, str]]:
    """Every therapy as a choice: its code and what it is called."""
    return [(therapy.code, therapy.name) for therapy in current_catalogue().therapies.values()]


def need(needs: Needs, code: str) -> Proposal | None:
    """What the advice says about one therapy, wherever it stands in it."""
    advice = needs.advice
    everything = (*advice.now, *advice.later, *advice.closed)
    return next((proposal for proposal in everything if proposal.code == code), None)


def _needs(proposals: Iterable[Proposal]) -> tuple[NeedView, ...]:
    return tuple(
        NeedView(
            code=proposal.code,
            name=proposal.therapy.name,
            stage=proposal.therapy.stage,
            purpose=proposal.therapy.purpose,
            duration=proposal.therapy.duration,
            reasons=tuple(
                reason(cause.kind, cause.code, cause.points) for cause in proposal.causes
            ),
            closed_reasons=proposal.closed_reasons,
            costs_money=proposal.therapy.costs_money,
        )
        for proposal in proposals
    )
