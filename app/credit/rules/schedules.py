"""What is paid when: a loan's schedule to the rupiah, by each way of counting interest.

Each payment is rounded up to Rp 100; the last one settles what is left, so that the principal is
paid back to the rupiah. Source: reference of the domain, chapter 6.3.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

FLAT, DECLINING, ANNUITY, MURABAHAH = "flat", "efektif_menurun", "anuitas", "murabahah"
METHODS = {
    FLAT: "Bunga flat",
    DECLINING: "Bunga efektif menurun",
    ANNUITY: "Anuitas (angsuran tetap)",
    MURABAHAH: "Murabahah (margin tetap)",
}
MONTH, WEEK = "bulan", "minggu"
EVERY = {MONTH: "Tiap bulan", WEEK: "Tiap minggu"}
PER_YEAR = {MONTH: 12, WEEK: 52}
STEP = 100

LEAST_AMOUNT, MOST_AMOUNT = 100_000, 10_000_000_000
# Ten years of months, three of weeks.
MOST_PAYMENTS = {MONTH: 120, WEEK: 156}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanTerms:
    """A loan as it is offered.

    `yearly_rate` is a share of the first amount (flat) or of what is still owed (declining,
    annuity); `margin` is the whole gain of a murabahah. `fee` is kept back when the money is given.
    """

    amount: int
    method: str
    count: int
    every: str = MONTH
    yearly_rate: Fraction = Fraction(0)
    margin: int = 0
    fee: int = 0

    @property
    def rate(self) -> Fraction:
        """The rate of one payment's period."""
        return self.yearly_rate / PER_YEAR[self.every]

    @property
    def received(self) -> int:
        """What the borrower gets into the hand."""
        return self.amount - self.fee

    @property
    def is_fixed(self) -> bool:
        """Whether the gain of the lender is counted once and not from what is still owed."""
        return self.method in (FLAT, MURABAHAH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One payment; `interest` is the margin's part in a murabahah, `balance` what is owed after."""

    number: int
    principal: int
    interest: int
    balance: int

    @property
    def total(self) -> int:
        """What is paid."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """All payments of a loan in their order."""

    payments: tuple[Payment, ...]

    @property
    def principal(self) -> int:
        """What is paid back."""
        return sum(one.principal for one in self.payments)

    @property
    def interest(self) -> int:
        """What is paid on top."""
        return sum(one.interest for one in self.payments)

    @property
    def total(self) -> int:
        """All that is paid."""
        return self.principal + self.interest

    @property
    def largest(self) -> int:
        """The largest payment."""
        return max(one.total for one in self.payments)

    @property
    def first(self) -> Payment:
        """The first payment."""
        return self.payments[0]

    @property
    def last(self) -> Payment:
        """The payment that settles."""
        return self.payments[-1]


def first_payment(terms: LoanTerms) -> Fraction:
    """The first payment before any rounding: the largest one of every method."""
    if terms.method == MURABAHAH:
        return Fraction(terms.amount + terms.margin, terms.count)
    if terms.method == ANNUITY and terms.rate:
        return terms.amount * terms.rate / (1 - (1 + terms.rate) ** -terms.count)
    return Fraction(terms.amount, terms.count) + terms.amount * terms.rate


def payment_factor(terms: LoanTerms) -> Fraction:
    """The first payment for each rupiah lent."""
    return first_payment(terms) / terms.amount


def interest_before_rounding(terms: LoanTerms) -> Fraction:
    """All interest (or margin) as it would be if no payment were rounded."""
    if terms.method == MURABAHAH:
        return Fraction(terms.margin)
    if terms.method == FLAT:
        return terms.amount * terms.rate * terms.count
    if terms.method == DECLINING:
        return terms.amount * terms.rate * (terms.count + 1) / 2
    return first_payment(terms) * terms.count - terms.amount


def schedule(terms: LoanTerms) -> Schedule:
    """The payments as they are asked for.

    A loan so small that rounding pays it back before its time has fewer payments.
    """
    made = _fixed_gain(terms) if terms.is_fixed else _of_the_balance(terms)
    return Schedule(payments=tuple(made))


def for_amount(terms: LoanTerms, amount: int) -> LoanTerms:
    """The same offer for another amount; margin and fee grow and shrink with it."""
    return replace(
        terms,
        amount=amount,
        margin=nearest(Fraction(terms.margin * amount, terms.amount)),
        fee=nearest(Fraction(terms.fee * amount, terms.amount)),
    )


def rounded_up(amount: Fraction) -> int:
    """The next Rp 100."""
    return -(-amount.numerator // (amount.denominator * STEP)) * STEP


def nearest(amount: Fraction) -> int:
    """The nearest whole rupiah, halves up; for what is not below nothing."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def _fixed_gain(terms: LoanTerms) -> Iterator[Payment]:
    gain = nearest(interest_before_rounding(terms))
    regular = rounded_up(Fraction(terms.amount + gain, terms.count))
    balance, gain_left = terms.amount, gain
    for number in range(1, terms.count + 1):
        paid = min(regular, balance + gain_left)
        if paid == balance + gain_left or number == terms.count:
            yield Payment(number=number, principal=balance, interest=gain_left, balance=0)
            return
        # Of the whole gain each payment bears the same part, to the rupiah.
        part = gain * number // terms.count - gain * (number - 1) // terms.count
        principal = min(balance, paid - part)
        balance -= principal
        gain_left -= paid - principal
        yield Payment(
            number=number, principal=principal, interest=paid - principal, balance=balance
        )


def _of_the_balance(terms: LoanTerms) -> Iterator[Payment]:
    level = rounded_up(first_payment(terms))
    part = Fraction(terms.amount, terms.count)
    balance = terms.amount
    for number in range(1, terms.count + 1):
        owed = balance * terms.rate
        interest = nearest(owed)
        asked = level if terms.method == ANNUITY else rounded_up(part + owed)
        principal = balance if number == terms.count else min(balance, asked - interest)
        balance -= principal
        yield Payment(number=number, principal=principal, interest=interest, balance=balance)
        if balance == 0:
            return
