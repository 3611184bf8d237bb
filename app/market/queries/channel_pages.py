"""The channels of one enterprise and one of them, as their pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.day_words import long_day
from app.core.money import format_rupiah
from app.core.scope import Scope
from app.db import db
from app.enterprises.models import Enterprise
from app.enterprises.queries import enterprise as enterprise_within
from app.market.models import ConsignmentTrial, Receivable, SalesChannel
from app.market.queries.channels import channel as channel_within
from app.market.queries.facts_channels import moves_lately
from app.market.queries.ledger import accounts_of
from app.market.rules.channel_figures import Lately, largest_channel, return_rate
from app.market.rules.channels import (
    AGE_LABELS,
    CHANNEL_KINDS,
    CHANNEL_STATES,
    CLOSED,
    KIND_HINTS,
    PLANNED,
    RUNNING,
    is_gated,
    reasons_for_officer,
    state_of,
)
from app.market.rules.consignment import VERDICTS
from app.market.rules.receivables import Account, ageing, days_to_payment

VERDICT_TONES = {"merah": "bad", "kuning": "warn", "hijau": "good"}
_STATE_TONES = {PLANNED: "info", RUNNING: "good", CLOSED: "muted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLine:
    """One channel in a list: how it stands and what it owes."""

    id: UUID
    enterprise_id: UUID
    name: str
    kind: str
    is_consignment: bool
    is_gated: bool
    state: str
    verdict: str | None
    tied_up: int
    late: int
    oldest_days: int | None
    margin_permille: int | None
    payment_days: int | None
    returns_accepted: bool
    reasons: tuple[str, ...]
    version: int

    @property
    def kind_label(self) -> str:
        """The kind in words, and whether goods lie there unpaid."""
        label = CHANNEL_KINDS[self.kind]
        return f"{label}, titip jual" if self.is_consignment else label

    @property
    def state_label(self) -> str:
        """The state in words."""
        return CHANNEL_STATES[self.state]

    @property
    def state_tone(self) -> str:
        """The colour of the state."""
        return _STATE_TONES[self.state]

    @property
    def verdict_label(self) -> str:
        """The verdict in words."""
        return VERDICTS[self.verdict] if self.verdict else "Belum diuji"

    @property
    def verdict_tone(self) -> str:
        """The colour of the verdict."""
        return VERDICT_TONES.get(self.verdict or "", "muted")

    @property
    def payment_words(self) -> str:
        """When it pays."""
        if self.payment_days is None:
            return "belum ditulis"
        return "tunai" if self.payment_days == 0 else f"{self.payment_days} hari"

    @property
    def margin_words(self) -> str | None:
        """What it keeps of the price, as "20%" or "12,5%"."""
        if self.margin_permille is None:
            return None
        whole, tenth = divmod(self.margin_permille, 10)
        return f"{whole},{tenth}%" if tenth else f"{whole}%"

    @property
    def may_begin(self) -> bool:
        """Whether a planned channel can be begun without an officer."""
        is_tried = self.verdict is not None or not self.is_gated
        return self.state == PLANNED and is_tried and not self.reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class AgeLine:
    """What is open in one bracket of age."""

    code: str
    label: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What the ledgers of some channels say today."""

    tied_up: int
    owed: int
    late: int
    too_much_paid: int
    too_much_returned: int
    ages: tuple[AgeLine, ...]
    days_to_payment: int | None
    return_rate: Fraction | None
    returned_lately: int
    largest_id: UUID | None
    largest_share: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseChannels:
    """The page of one enterprise's channels."""

    enterprise_id: UUID
    enterprise_name: str
    is_sick: bool
    channels: tuple[ChannelLine, ...]
    figures: Figures
    largest_name: str

    @property
    def has_closed(self) -> bool:
        """Whether a channel was closed."""
        return any(line.state == CLOSED for line in self.channels)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLine:
    """One calculation that was kept."""

    id: UUID
    verdict: str
    tried_at: datetime
    tried_by: str

    @property
    def label(self) -> str:
        """The verdict in words."""
        return VERDICTS[self.verdict]

    @property
    def tone(self) -> str:
        """The colour of the verdict."""
        return VERDICT_TONES[self.verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPage:
    """The page of one channel."""

    line: ChannelLine
    enterprise_name: str
    is_sick: bool
    hint: str
    listing_fee: int
    note: str
    opened_on: date | None
    closed_on: date | None
    allowed_by: str
    allowed_at: datetime | None
    allowed_reason: str
    figures: Figures
    trials: tuple[TrialLine, ...]

    @property
    def facts(self) -> list[tuple[str, str | None]]:
        """The terms, as label and value."""
        shown: list[tuple[str, str | None]] = [
            ("Dibayar", self.line.payment_words),
            ("Potongan kanal", self.line.margin_words),
            (
                "Barang tidak laku",
                "dikembalikan" if self.line.returns_accepted else "tidak dikembalikan",
            ),
            ("Biaya daftar", format_rupiah(self.listing_fee)),
            ("Mulai", long_day(self.opened_on) if self.opened_on else "masih rencana"),
        ]
        if self.closed_on:
            shown.append(("Tutup", long_day(self.closed_on)))
        return [*shown, ("Catatan", self.note)] if self.note else shown


def enterprise_channels(scope: Scope, enterprise_id: UUID) -> EnterpriseChannels:
    """All channels of an enterprise, those that owe first.

    Raises:
        NotFound: no such enterprise within the scope.
    """
    enterprise = enterprise_within(scope, enterprise_id)
    rows = db.session.scalars(
        select(SalesChannel)
        .where(SalesChannel.enterprise_id == enterprise_id)
        .order_by(SalesChannel.closed_on.is_not(None), SalesChannel.tied_up.desc(), SalesChannel.id)
    ).all()
    figures = figures_of([row.id for row in rows])
    lines = channel_lines_of(rows, {enterprise_id: enterprise})
    return EnterpriseChannels(
        enterprise_id=enterprise.id,
        enterprise_name=enterprise.name,
        is_sick=enterprise.health_class == "sakit",
        channels=tuple(lines),
        figures=figures,
        largest_name=next((row.name for row in rows if row.id == figures.largest_id), ""),
    )


def channel_page(scope: Scope, channel_id: UUID) -> ChannelPage:
    """One channel.

    Raises:
        NotFound: unknown or outside the scope.
    """
    row = channel_within(scope, channel_id)
    enterprise = db.session.get_one(Enterprise, row.enterprise_id)
    people = names({row.allowed_by} - {None})
    return ChannelPage(
        line=channel_lines_of([row], {enterprise.id: enterprise})[0],
        enterprise_name=enterprise.name,
        is_sick=enterprise.health_class == "sakit",
        hint=KIND_HINTS[row.kind],
        listing_fee=row.listing_fee,
        note=row.note,
        opened_on=row.opened_on,
        closed_on=row.closed_on,
        allowed_by=people.get(row.allowed_by, "") if row.allowed_by else "",
        allowed_at=row.allowed_at,
        allowed_reason=row.allowed_reason or "",
        figures=figures_of([row.id]),
        trials=_trials(row.id),
    )


def channel_lines_of(
    rows: Sequence[SalesChannel], enterprises: dict[UUID, Enterprise]
) -> list[ChannelLine]:
    """Channels that the caller found within its scope, with what is carried of their ledgers."""
    today = local_today()
    late: dict[UUID, int] = {}
    oldest: dict[UUID, date] = {}
    for part in db.session.scalars(
        select(Receivable)
        .where(Receivable.channel_id.in_([row.id for row in rows]))
        .order_by(Receivable.delivered_on, Receivable.delivery_id)
    ):
        oldest.setdefault(part.channel_id, part.delivered_on)
        if part.due_on < today:
            late[part.channel_id] = late.get(part.channel_id, 0) + part.amount
    return [
        _line(row, enterprises[row.enterprise_id], late.get(row.id, 0), oldest.get(row.id), today)
        for row in rows
    ]


def figures_of(channel_ids: Sequence[UUID]) -> Figures:
    """What the ledgers of channels that the caller found say today."""
    today = local_today()
    accounts = accounts_of(channel_ids, on=today)
    moves = moves_lately(channel_ids, on=today)
    still_open = [part for one in accounts.values() for part in one.open]
    ages = ageing(still_open, on=today)
    largest = largest_channel(moves)
    return Figures(
        tied_up=sum(one.tied_up for one in accounts.values()),
        owed=sum(part.amount for part in still_open),
        late=_late(channel_ids, today),
        too_much_paid=sum(one.unmatched_paid for one in accounts.values()),
        too_much_returned=sum(one.unmatched_returned for one in accounts.values()),
        ages=tuple(
            AgeLine(code=code, label=label, amount=ages[code]) for code, label in AGE_LABELS.items()
        ),
        days_to_payment=_days(accounts, today),
        return_rate=return_rate(moves),
        returned_lately=_returned(moves),
        largest_id=None if largest is None else largest[0],
        largest_share=None if largest is None else largest[1],
    )


def _days(accounts: dict[UUID, Account], today: date) -> int | None:
    return days_to_payment(
        [part for one in accounts.values() for part in one.paid],
        [part for one in accounts.values() for part in one.open],
        on=today,
    )


def _returned(moves: dict[UUID, Lately]) -> int:
    return sum(one.returned_unpaid for one in moves.values())


def _late(channel_ids: Sequence[UUID], today: date) -> int:
    amounts = db.session.scalars(
        select(Receivable.amount).where(
            Receivable.channel_id.in_(channel_ids), Receivable.due_on < today
        )
    )
    return sum(amounts)


def _line(
    row: SalesChannel, enterprise: Enterprise, late: int, oldest: date | None, today: date
) -> ChannelLine:
    return ChannelLine(
        id=row.id,
        enterprise_id=row.enterprise_id,
        name=row.name,
        kind=row.kind,
        is_consignment=row.is_consignment,
        is_gated=is_gated(kind=row.kind, is_consignment=row.is_consignment),
        state=state_of(opened_on=row.opened_on, closed_on=row.closed_on),
        verdict=row.verdict,
        tied_up=row.tied_up,
        late=late,
        oldest_days=None if oldest is None else (today - oldest).days,
        margin_permille=row.margin_permille,
        payment_days=row.payment_days,
        returns_accepted=row.returns_accepted,
        reasons=reasons_for_officer(
            kind=row.kind,
            is_consignment=row.is_consignment,
            opened_on=row.opened_on,
            closed_on=row.closed_on,
            verdict=row.verdict,
            verdict_at=row.verdict_at,
            allowed_at=row.allowed_at,
            health_class=enterprise.health_class,
        ),
        version=row.version,
    )


def _trials(channel_id: UUID) -> tuple[TrialLine, ...]:
    rows = db.session.scalars(
        select(ConsignmentTrial)
        .where(ConsignmentTrial.channel_id == channel_id)
        .order_by(ConsignmentTrial.tried_at.desc(), ConsignmentTrial.id)
        .limit(10)
    ).all()
    people = names({row.tried_by for row in rows})
    return tuple(
        TrialLine(
            id=row.id,
            verdict=row.verdict,
            tried_at=row.tried_at,
            tried_by=people.get(row.tried_by, ""),
        )
        for row in rows
    )
