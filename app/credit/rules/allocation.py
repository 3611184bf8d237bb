"""What a sum that came back pays: the order is data, a dated rule for each kind of lender.

First what is due is paid, in the order of the rule; what is then left pays the payments that are
not yet due, one after the other, interest first; what is left after all of them is beyond the loan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.core.errors import InvalidInput

EACH, INTEREST, PRINCIPAL = "angsuran", "bunga", "pokok"
STEPS = {
    EACH: "angsuran tertua lebih dulu, tiap angsuran bunga lalu pokok",
    INTEREST: "seluruh bunga yang sudah jatuh tempo",
    PRINCIPAL: "seluruh pokok yang sudah jatuh tempo",
}
ORDERS = ((EACH,), (INTEREST, PRINCIPAL), (PRINCIPAL, INTEREST))
# At how many payments not yet due a loan that is settled early still bears interest.
ALL = "semua"
_MOST_AHEAD = 12
SETTLING_EXAMPLE = f"Tulis banyaknya angsuran, 0 sampai {_MOST_AHEAD}, atau tulis semua."
ORDER_EXAMPLE = "Tulis salah satu: angsuran; bunga, pokok; atau pokok, bunga."


@dataclass(slots=True, kw_only=True)
class Owed:
    """What one payment of the schedule in force still asks for."""

    id: UUID
    number: int
    due_on: date
    principal: int
    interest: int

    @property
    def total(self) -> int:
        """Both parts."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What of a sum went where; no `instalment_id`: beyond all that was asked."""

    instalment_id: UUID | None
    principal: int = 0
    interest: int = 0
    beyond: int = 0


def allocated(
    amount: int, owed: Sequence[Owed], *, on: date, order: Iterable[str] = (EACH,)
) -> list[Part]:
    """Share a sum out; `owed` is in the order of the schedule. The parts add up to the sum."""
    share = _Share(amount)
    due = [one for one in owed if one.due_on <= on]
    for step in order:
        for one in due:
            share.pay(one, interest=step != PRINCIPAL, principal=step != INTEREST)
    for one in owed:
        share.pay(one)
    return share.parts(owed)


def settling(owed: Sequence[Owed], *, on: date, ahead: int | None) -> list[Part]:
    """What settles a loan before its time: all principal, the interest that is due, and that of
    `ahead` payments to come (None: of all)."""
    ahead_left = len(owed) if ahead is None else ahead
    parts = []
    for one in owed:
        is_due = one.due_on <= on
        interest = one.interest if is_due or ahead_left > 0 else 0
        ahead_left -= not is_due
        if one.principal or interest:
            parts.append(Part(instalment_id=one.id, principal=one.principal, interest=interest))
    return parts


def checked_order(value: Sequence[object]) -> tuple[str, ...]:
    """The order of a rule.

    Raises:
        InvalidInput: it is none of those known; field "value".
    """
    for order in ORDERS:
        if order == tuple(value):
            return order
    raise InvalidInput("rule_value", field="value", message=ORDER_EXAMPLE)


def checked_ahead(value: Sequence[object]) -> int | None:
    """At how many payments ahead interest is due on settling early; None: at all.

    Raises:
        InvalidInput: neither a small number nor "all"; field "value".
    """
    if len(value) == 1:
        one = value[0]
        if one == ALL:
            return None
        if type(one) is int and 0 <= one <= _MOST_AHEAD:
            return one
    raise InvalidInput("rule_value", field="value", message=SETTLING_EXAMPLE)


class _Share:
    """A sum that gets smaller as it pays."""

    def __init__(self, amount: int) -> None:
        self.left = amount
        self.interest: dict[UUID, int] = {}
        self.principal: dict[UUID, int] = {}

    def pay(self, one: Owed, *, interest: bool = True, principal: bool = True) -> None:
        if interest:
            self._take(self.interest, one.id, one.interest)
        if principal:
            self._take(self.principal, one.id, one.principal)

    def parts(self, owed: Sequence[Owed]) -> list[Part]:
        found = [
            Part(
                instalment_id=one.id,
                principal=self.principal.get(one.id, 0),
                interest=self.interest.get(one.id, 0),
            )
            for one in owed
            if self.principal.get(one.id) or self.interest.get(one.id)
        ]
        if self.left:
            found.append(Part(instalment_id=None, beyond=self.left))
        return found

    def _take(self, paid: dict[UUID, int], key: UUID, asked: int) -> None:
        known = paid.get(key, 0)
        more = min(self.left, asked - known)
        if more > 0:
            paid[key] = known + more
            self.left -= more
