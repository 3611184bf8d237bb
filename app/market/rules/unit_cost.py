"""What one piece costs: materials, labour, energy, pack, and what is left of the price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FROM_RECORDS, ESTIMATED = "catatan", "perkiraan"
SOURCES: dict[str, str] = {
    FROM_RECORDS: "Nota atau catatan belanja",
    ESTIMATED: "Perkiraan pemilik",
}
# Digits after the comma that an amount may have.
AMOUNT_DIGITS = 3
MAX_AMOUNT = 1_000_000
MAX_RUPIAH = 100_000_000_000
MAX_PIECES = 10_000_000
_THIN = Fraction(1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """One material of a batch: how much of it in which unit, at which price for one unit."""

    name: str
    amount: Decimal
    unit: str
    price: int

    @property
    def cost(self) -> int:
        """Whole rupiah, half a rupiah rounded up."""
        exact = self.amount * self.price
        return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """All that goes into a batch of `pieces`; rupiah for the whole batch."""

    pieces: int
    materials: Sequence[Material] = ()
    labour: int = 0
    energy: int = 0
    pack: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a batch and one piece of it cost, and what of the price is left.

    `margin_permille` is the margin in thousandths of the price, rounded down; None without price.
    """

    materials: int
    total: int
    per_piece: int
    price: int | None
    margin: int | None
    margin_permille: int | None

    @property
    def is_loss(self) -> bool:
        """Whether each piece is sold for less than it costs."""
        return self.margin is not None and self.margin < 0

    @property
    def is_thin(self) -> bool:
        """Whether less than a fifth of the price is left, too little for a shop's commission."""
        return (
            self.margin is not None and bool(self.price) and self.margin < _THIN * (self.price or 0)
        )

    def price_for(self, share: Fraction) -> int:
        """The least price of which at least `share` is left; share < 1."""
        exact = Fraction(self.per_piece) / (1 - share)
        return -(-exact.numerator // exact.denominator)

    @property
    def price_for_fifth(self) -> int:
        """The price of which a fifth is left."""
        return self.price_for(_THIN)

    @property
    def price_for_third(self) -> int:
        """The price of which a third is left."""
        return self.price_for(Fraction(1, 3))


def cost_of(batch: Batch, *, price: int | None) -> Cost:
    """What a batch costs; a piece is rounded up, so that its cost is never understated.

    >>> tempe = Material(name="tempe", amount=Decimal("2.5"), unit="kg", price=12_000)
    >>> found = cost_of(Batch(pieces=40, materials=[tempe], labour=60_000, pack=20_000), price=4000)
    >>> found.total, found.per_piece, found.margin, found.margin_permille
    (110000, 2750, 1250, 312)
    """
    materials = sum(one.cost for one in batch.materials)
    total = materials + batch.labour + batch.energy + batch.pack + batch.other
    per_piece = -(-total // batch.pieces)
    margin = None if price is None else price - per_piece
    return Cost(
        materials=materials,
        total=total,
        per_piece=per_piece,
        price=price,
        margin=margin,
        margin_permille=None if margin is None or not price else margin * 1000 // price,
    )
