"""What answers known beforehand share: bounds of options, and the words of shares.

The bounds are those of the instrument's options (domain reference 2.4). They hold for the options
as version 1 words them: where a later version offers other options to a question, nothing is
answered beforehand until somebody gives bounds for those too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction
from math import ceil, floor

from app.health.rules.instrument import Code, Instrument
from app.health.rules.instrument_file import first_instrument

BOOK = "buku"
# What money and goods say of the last 30 days is asked again after this.
MOVEMENTS_HOLD = timedelta(days=7)

Bounds = Iterable[tuple[int, Fraction | int]]
# From the best: so many points up to, and with, this bound. Beyond the last it is 0.
DAYS_TO_PAYMENT = ((4, 7), (3, 30), (2, 45), (1, 60))
BURDEN = (
    (4, Fraction(20, 100)),
    (3, Fraction(35, 100)),
    (2, Fraction(50, 100)),
    (1, Fraction(70, 100)),
)
_LARGEST_SHARE = ((3, Fraction(60, 100)), (2, Fraction(80, 100)), (1, Fraction(1)))
_SPREAD_SHARE, _SPREAD_CHANNELS = Fraction(40, 100), 3


def is_asked_so(instrument: Instrument, code: Code, sector: str) -> bool:
    """Whether a sector is asked a question with the options that the bounds are of."""
    try:
        asked = instrument.indicator(code)
    except KeyError:
        return False
    if sector not in asked.sectors:
        return False
    return asked.options_for(sector) == first_instrument().indicator(code).options_for(sector)


def up_to(bounds: Bounds, value: Fraction | int) -> int:
    """The points of the first bound that a value does not exceed."""
    return next((points for points, bound in bounds if value <= bound), 0)


def from_on(bounds: Bounds, value: Fraction | int) -> int:
    """The points of the first bound that a value reaches."""
    return next((points for points, bound in bounds if value >= bound), 0)


def spread_points(count: int, share: Fraction) -> int:
    """What so many channels are worth of which the largest sells such a part."""
    is_spread = share <= _SPREAD_SHARE and count >= _SPREAD_CHANNELS
    return 4 if is_spread else up_to(_LARGEST_SHARE, share)


def percent(share: Fraction) -> str:
    """A share in percent, rounded up to a tenth: so it stays beyond a bound that it exceeds."""
    return _tenths(ceil(share * 1000))


def percent_below(share: Fraction) -> str:
    """The same rounded down: so it stays below a bound that it does not reach."""
    return _tenths(floor(share * 1000))


def _tenths(tenths: int) -> str:
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole},{rest}%" if rest else f"{sign}{whole}%"
