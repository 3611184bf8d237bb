"""What a channel owes: which delivery was paid by what, what is still open and since when.

What was returned unpaid is no longer owed; what is paid settles what is left. Either goes first to
the delivery that it names and otherwise to the oldest one. What finds nothing to settle stands
beside: paid ahead or too much, returned more than was delivered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.market.rules.channels import AGES, age_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """Goods that a channel got, worth `value` rupiah to the enterprise when all of it sells."""

    id: UUID
    on: date
    value: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A payment, or goods returned unpaid; `delivery_id` is the delivery that it names."""

    id: UUID
    on: date
    value: int
    delivery_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPart:
    """What is still owed for one delivery."""

    delivery_id: UUID
    delivered_on: date
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart:
    """What was paid of one delivery on one day; paid ahead waited no day."""

    delivery_id: UUID
    payment_id: UUID
    paid_on: date
    amount: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One channel's account. `unmatched_paid` and `unmatched_returned` found nothing to settle."""

    open: tuple[OpenPart, ...]
    paid: tuple[PaidPart, ...]
    unmatched_paid: int
    unmatched_returned: int

    @property
    def owed(self) -> int:
        """What is still open of all deliveries."""
        return sum(part.amount for part in self.open)

    @property
    def tied_up(self) -> int:
        """Delivered less paid less returned: below nothing where the channel paid too much."""
        return self.owed - self.unmatched_paid - self.unmatched_returned


def settle(
    deliveries: Iterable[Delivered], payments: Iterable[Settled], returns: Iterable[Settled]
) -> Account:
    """Match payments and unpaid returns with deliveries."""
    ordered = sorted(deliveries, key=lambda one: (one.on, one.id))
    left = {one.id: one.value for one in ordered}
    days = {one.id: one.on for one in ordered}
    taken_back = _matched(returns, left)
    paid = _matched(payments, left)
    return Account(
        open=tuple(
            OpenPart(delivery_id=one.id, delivered_on=one.on, amount=left[one.id])
            for one in ordered
            if left[one.id]
        ),
        paid=tuple(_paid_part(settled, key, amount, days) for settled, key, amount in paid.parts),
        unmatched_paid=paid.unmatched,
        unmatched_returned=taken_back.unmatched,
    )


def ageing(parts: Iterable[OpenPart], *, on: date) -> dict[str, int]:
    """What is open by its age, in rupiah, every bracket named."""
    found = dict.fromkeys(AGES, 0)
    for part in parts:
        found[age_of((on - part.delivered_on).days)] += part.amount
    return found


# Payments longer ago say nothing about how a channel pays now.
PAID_WITHIN_DAYS = 180


def waits(paid: Iterable[PaidPart], still_open: Iterable[OpenPart], *, on: date) -> tuple[int, int]:
    """Rupiah times days from goods to money, and the rupiah; what is open counts up to `on`."""
    since = on - timedelta(days=PAID_WITHIN_DAYS)
    waited = [(part.amount, part.days) for part in paid if part.paid_on > since]
    waited += [(part.amount, max(0, (on - part.delivered_on).days)) for part in still_open]
    return sum(amount * days for amount, days in waited), sum(amount for amount, _ in waited)


def days_to_payment(
    paid: Iterable[PaidPart], still_open: Iterable[OpenPart], *, on: date
) -> int | None:
    """Days from goods to money, each weighed by its amount; what is open counts up to `on`."""
    weighed, total = waits(paid, still_open, on=on)
    return (2 * weighed + total) // (2 * total) if total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matched:
    parts: tuple[tuple[Settled, UUID, int], ...]
    unmatched: int


def _matched(settled: Iterable[Settled], left: dict[UUID, int]) -> _Matched:
    """Take from what is left: first all that name a delivery, then the oldest first."""
    ordered = sorted(settled, key=lambda one: (one.on, one.id))
    rest = {one.id: one.value for one in ordered}
    parts: list[tuple[Settled, UUID, int]] = []
    for one in ordered:
        if one.delivery_id in left:
            parts += _take(one, [one.delivery_id], rest, left)
    for one in ordered:
        parts += _take(one, list(left), rest, left)
    return _Matched(parts=tuple(parts), unmatched=sum(rest.values()))


def _take(
    one: Settled, keys: Sequence[UUID], rest: dict[UUID, int], left: dict[UUID, int]
) -> list[tuple[Settled, UUID, int]]:
    taken = []
    for key in keys:
        amount = min(rest[one.id], left[key])
        if amount:
            rest[one.id] -= amount
            left[key] -= amount
            taken.append((one, key, amount))
    return taken


def _paid_part(payment: Settled, key: UUID, amount: int, days: Mapping[UUID, date]) -> PaidPart:
    return PaidPart(
        delivery_id=key,
        payment_id=payment.id,
        paid_on=payment.on,
        amount=amount,
        days=max(0, (payment.on - days[key]).days),
    )
