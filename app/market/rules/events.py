"""Was it worth going? What an exhibition or bazaar brought, less what going there cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.core.errors import InvalidInput
from app.market.rules.consignment import whole

EVENT_KINDS = {"pameran": "Pameran", "bazar": "Bazar"}
WORTH, WITH_ORDERS, NOT_WORTH = "sepadan", "dengan_pesanan", "tidak"
WORTH_LABELS = {
    WORTH: "Sepadan",
    WITH_ORDERS: "Sepadan bila pesanannya jadi",
    NOT_WORTH: "Tidak sepadan",
}
WORTH_TONES = {WORTH: "good", WITH_ORDERS: "warn", NOT_WORTH: "bad"}
MAX_CHOSEN = 100
_LONGEST_DAYS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one enterprise sold at an event and what it cost, in whole rupiah.

    `goods_cost` is the cash cost of what sold, `orders` what was ordered for later.
    """

    sold: int
    goods_cost: int
    trip_cost: int
    stand_cost: int
    orders: int = 0

    @property
    def going_cost(self) -> int:
        """What going there cost."""
        return self.trip_cost + self.stand_cost

    @property
    def surplus(self) -> int:
        """What is left of the event itself."""
        return self.sold - self.goods_cost - self.going_cost

    @property
    def margin(self) -> Fraction | None:
        """What remains of each rupiah sold; None where nothing sold."""
        return Fraction(self.sold - self.goods_cost, self.sold) if self.sold else None

    @property
    def orders_surplus(self) -> int:
        """What the orders would leave, with the margin of what sold."""
        return whole(self.orders * self.margin) if self.margin is not None else 0

    @property
    def sales_needed(self) -> int | None:
        """Sales from which going was worth it; None where a sale leaves nothing."""
        if self.margin is None or self.margin <= 0:
            return None
        return -(-self.going_cost * self.margin.denominator // self.margin.numerator)

    @property
    def worth(self) -> str:
        """Whether it was worth going."""
        if self.surplus > 0:
            return WORTH
        return WITH_ORDERS if self.surplus + self.orders_surplus > 0 else NOT_WORTH


def check_days(starts_on: date, ends_on: date) -> None:
    """Refuse an event that ends before it starts, or goes on for months.

    Raises:
        InvalidInput: see above.
    """
    if ends_on < starts_on:
        raise InvalidInput(
            "event_ends_before", field="ends_on", message="Hari terakhir sebelum hari pertama."
        )
    if (ends_on - starts_on).days > _LONGEST_DAYS:
        raise InvalidInput(
            "event_too_long", field="ends_on", message="Acara paling lama 60 hari. Periksa lagi."
        )
