"""Numbers of people and enterprises: right in shape, and such that nobody real can have them.

NIK: real serial numbers begin at 0001 in each district and day and never come near 9000.
Phone: 0810 is not given to any operator. NIB: real ones do not begin with 99.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

PHONE_PREFIX = "+62810"
NIB_PREFIX = "99"
_FIRST_SERIAL = 9000
_WOMAN_DAY = 40


class NikMaker:
    """Gives NIKs that fit district, birth day and sex, no number twice."""

    def __init__(self) -> None:
        self._used: defaultdict[str, int] = defaultdict(int)

    def make(self, village_code: str, born_on: date, *, is_woman: bool) -> str:
        """The next NIK of that district and day.

        Raises:
            ValueError: more than a thousand people of one sex born there on one day.
        """
        day = born_on.day + _WOMAN_DAY * is_woman
        stem = village_code.replace(".", "")[:6] + f"{day:02d}{born_on:%m%y}"
        serial = _FIRST_SERIAL + self._used[stem]
        if serial > 9999:
            raise ValueError("no serial number is left for that day")
        self._used[stem] += 1
        return f"{stem}{serial}"


def phone_number(number: int) -> str:
    """An unassigned mobile number, as it is kept (+62…), another one for every `number`."""
    return f"{PHONE_PREFIX}{_scattered(number, 8):08d}"


def nib_number(number: int) -> str:
    """A NIB that OSS never gave, another one for every `number`."""
    return f"{NIB_PREFIX}{_scattered(number, 11):011d}"


def _scattered(number: int, digits: int) -> int:
    # The factor has no divisor in common with ten, so no two numbers below 10^digits meet.
    return int((number * 48_271_003 + 12_345_677) % 10**digits)
