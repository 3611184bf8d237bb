"""Which letterhead a report bears, and what may stand in one."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.errors import InvalidInput
from app.core.scope import is_within

NIP_DIGITS = 18


def letterhead_for(area: str, own: Iterable[str], kept: Iterable[str]) -> str | None:
    """The area whose letterhead a report on `area` bears: the office that makes it.

    `own` are the maker's areas, `kept` the areas that have a letterhead. The maker's own office
    comes first; who answers for a wider area borrows the narrowest at or above the one reported.

    >>> letterhead_for("33.02.14", ["33.02"], ["33.02", "33.02.14"])
    '33.02'
    >>> letterhead_for("33.02.14", [""], ["33", "33.02"])
    '33.02'
    """
    owned = list(own)
    fitting = [
        code
        for code in kept
        if is_within(area, code) and any(is_within(code, one) for one in owned)
    ]
    mine = [code for code in fitting if code in owned]
    return max(mine or fitting, key=len, default=None)


def checked_nip(nip: str | None) -> str:
    """The civil servant's number without blanks; empty when none is given.

    Raises:
        InvalidInput: field "signer_nip".
    """
    digits = "".join((nip or "").split())
    if digits and not (digits.isascii() and digits.isdigit() and len(digits) == NIP_DIGITS):
        raise InvalidInput(
            "nip_wrong",
            field="signer_nip",
            message=f"NIP terdiri dari {NIP_DIGITS} angka. Kosongkan bila tidak ada.",
        )
    return digits


def shown_nip(nip: str) -> str:
    """The number as offices write it: "19800101 200501 1 001"."""
    parts = (nip[:8], nip[8:14], nip[14:15], nip[15:])
    return " ".join(part for part in parts if part)
