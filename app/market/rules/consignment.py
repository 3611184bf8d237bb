"""Is a channel that takes goods before it pays worth entering? The calculator of therapy T06.

All money is whole rupiah, all days are days; what is divided stays a fraction until it is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from fractions import Fraction
from typing import Any

MERAH, KUNING, HIJAU = "merah", "kuning", "hijau"
VERDICTS = {
    MERAH: "Merah: jangan masuk",
    KUNING: "Kuning: hati-hati",
    HIJAU: "Hijau: layak",
}
DAYS_OF_MONTH = 30
SHOWN_MONTHS = 6
# So far above the break-even the share sold has to be, and so much of the free cash may be tied.
_SAFE_MARGIN = Fraction(10, 100)
_SAFE_SHARE_OF_CASH = Fraction(70, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is asked about a channel: pieces a month, rupiah a piece or a month, days.

    `sold_share` is the share of the delivered pieces that sells; `free_cash` is the cash at hand
    less 14 days of costs and next month's instalments.
    """

    pieces: int
    unit_cost: int
    net_price: int
    sold_share: Fraction
    fetch_cost: int = 0
    left_value: int = 0
    monthly_cost: int = 0
    entry_cost: int = 0
    making_days: int = 0
    shelf_days: int = 0
    waiting_days: int = 0
    supplier_days: int = 0
    free_cash: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthEnd:
    """Cash at the end of a month, the first being month 1."""

    month: int
    cash: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What comes out, with the reasons for the verdict in plain words.

    `break_even` is None where no share sold makes the channel break even, or where the share makes
    no difference; `safe_pieces` is None where the volume ties no cash, however large.
    """

    cycle_days: int
    tied_up: int
    profit: int
    break_even: Fraction | None
    safe_pieces: int | None
    verdict: str
    reasons: tuple[str, ...]
    months: tuple[MonthEnd, ...]

    @property
    def break_even_words(self) -> str:
        """ "77,5%"; more than all where not even that is enough."""
        if self.break_even is None:
            return "tidak ada"
        permille = whole(self.break_even * 1000)
        words = f"{permille // 10},{permille % 10}%"
        return f"{words} (lebih dari semua barang)" if self.break_even > 1 else words

    @property
    def empty_month(self) -> int | None:
        """The first month at whose end the cash is below nothing."""
        return next((one.month for one in self.months if one.cash < 0), None)


def calculate(terms: Terms) -> Result:
    """The whole of the calculator."""
    profit = monthly_profit(terms)
    tied_up = capital_tied(terms)
    share = break_even(terms)
    reds = _reds(terms, profit, tied_up)
    yellows = _yellows(terms, tied_up, share)
    return Result(
        cycle_days=cash_cycle(terms),
        tied_up=whole(tied_up),
        profit=whole(profit),
        break_even=share,
        safe_pieces=largest_safe_volume(terms),
        verdict=MERAH if reds else KUNING if yellows else HIJAU,
        reasons=reds or yellows or (_GREEN,),
        months=tuple(cash_line(terms)),
    )


def cash_cycle(terms: Terms) -> int:
    """Days from paying for the making until the money is back."""
    return terms.making_days + terms.shelf_days + terms.waiting_days - terms.supplier_days


def capital_tied(terms: Terms) -> Fraction:
    """Rupiah that lie in the channel once it runs."""
    a_day = Fraction(terms.unit_cost * terms.pieces, DAYS_OF_MONTH)
    return a_day * cash_cycle(terms) + terms.entry_cost


def monthly_profit(terms: Terms) -> Fraction:
    """Rupiah that a month leaves."""
    return _settled(terms) - terms.pieces * terms.unit_cost - terms.monthly_cost


def break_even(terms: Terms) -> Fraction | None:
    """The share that has to sell; above 1 where not even selling all is enough."""
    gain = terms.net_price + terms.fetch_cost - terms.left_value
    if terms.pieces == 0 or gain <= 0:
        return None
    fixed = Fraction(terms.monthly_cost, terms.pieces)
    return (terms.unit_cost + terms.fetch_cost - terms.left_value + fixed) / gain


def largest_safe_volume(terms: Terms) -> int | None:
    """Pieces a month that the free cash carries."""
    per_piece = terms.unit_cost * cash_cycle(terms)
    if per_piece <= 0:
        return None
    return max(0, DAYS_OF_MONTH * (terms.free_cash - terms.entry_cost) // per_piece)


def cash_line(terms: Terms, months: int = SHOWN_MONTHS) -> Iterator[MonthEnd]:
    """The free cash at each month's end, with one delivery made at the beginning of each month.

    The making is paid when the supplier wants it, the monthly cost each month, and what sold less
    what fetching back costs comes when the shop pays.
    """
    cash = Fraction(terms.free_cash - terms.entry_cost)
    pays_after = terms.supplier_days // DAYS_OF_MONTH
    paid_after = (terms.making_days + terms.shelf_days + terms.waiting_days) // DAYS_OF_MONTH
    for month in range(months):
        cash -= terms.monthly_cost
        if month >= pays_after:
            cash -= terms.pieces * terms.unit_cost
        if month >= paid_after:
            cash += _settled(terms)
        yield MonthEnd(month=month + 1, cash=whole(cash))


def whole(amount: Fraction) -> int:
    """The nearest whole rupiah, halves away from nothing."""
    doubled = 2 * abs(amount.numerator) + amount.denominator
    rounded = doubled // (2 * amount.denominator)
    return -rounded if amount < 0 else rounded


def inputs_of(terms: Terms) -> dict[str, int]:
    """What was asked, as it is kept: the share sold in permille."""
    return {**asdict(terms), "sold_share": int(terms.sold_share * 1000)}


def terms_of(inputs: Mapping[str, Any]) -> Terms:
    """What was asked, as it is calculated with; what is missing or no number counts as nothing."""
    numbers: dict[str, Any] = {
        one.name: value if isinstance(value := inputs.get(one.name), int) else 0
        for one in fields(Terms)
    }
    return Terms(**numbers | {"sold_share": Fraction(numbers["sold_share"], 1000)})


def _settled(terms: Terms) -> Fraction:
    """What one month's delivery brings once the shop has counted and paid."""
    sold = terms.pieces * terms.sold_share
    unsold = terms.pieces - sold
    return sold * terms.net_price - unsold * (terms.fetch_cost - terms.left_value)


_GREEN = "Untung, jauh dari titik impas, dan uang yang tertahan masih terjangkau."


def _reds(terms: Terms, profit: Fraction, tied_up: Fraction) -> tuple[str, ...]:
    found = []
    if terms.pieces == 0:
        found.append("Belum ada barang yang dititipkan.")
    elif profit <= 0:
        found.append("Tiap bulan rugi: hasil penjualan tidak menutup biayanya.")
    if tied_up > terms.free_cash:
        found.append(
            "Uang yang tertahan lebih besar daripada kas yang bebas: "
            "kiriman berikutnya tidak dapat dibuat."
        )
    return tuple(found)


def _yellows(terms: Terms, tied_up: Fraction, share: Fraction | None) -> tuple[str, ...]:
    found = []
    if share is None:
        found.append(
            "Barang yang kembali ditulis sama atau lebih berharga daripada yang laku. "
            "Periksa harga bersih dan nilai barang kembali."
        )
    elif terms.sold_share - share < _SAFE_MARGIN:
        found.append("Bagian yang laku kurang dari 10 poin di atas titik impas.")
    if tied_up > _SAFE_SHARE_OF_CASH * terms.free_cash:
        found.append("Uang yang tertahan lebih dari 70% kas yang bebas.")
    return tuple(found)
