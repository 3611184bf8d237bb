"""Reading a sum that was typed where "Rp" stands beside the box."""

from __future__ import annotations

import re

from app.core.errors import InvalidInput
from app.core.rupiah import parse_rupiah

_WHOLE = re.compile(r"(?:[Rr]p\.? ?)?(\d{1,12}|\d{1,3}(?:\.\d{3}){1,3})", re.ASCII)


def amount_of(text: str) -> int:
    """The sum in whole rupiah: "25.000", "25rb", "2,5 jt".

    >>> amount_of("7.500"), amount_of("15rb"), amount_of("2,5 jt")
    (7500, 15000, 2500000)

    Raises:
        InvalidInput: nothing there, or nothing that has one reading; field "amount".
    """
    typed = text.strip()
    whole = _WHOLE.fullmatch(typed)
    if whole is not None:
        return int(whole.group(1).replace(".", ""))
    try:
        amount = parse_rupiah(typed).amount
    except InvalidInput as refusal:
        refusal.field = "amount"
        raise
    if amount is None:
        raise InvalidInput("amount_missing", field="amount", message="Isi jumlah uangnya.")
    return amount
