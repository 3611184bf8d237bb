"""What the rules said of a loan, as it is kept for those who decide.

Source: reference of the domain, chapter 6.2; docs/decisions/loan-applications.md.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from app.credit.rules.affordability import MET, REFUSED, Affordability, BadMonth, Finding

# Nothing stands against it; a committee says in writing why; nobody may lend.
CLEAR, EXCEPTION, NEVER = "lancar", "alasan", "tidak"
# Their places among the findings: payments of more than half of the surplus, and a purpose that
# brings nothing in, are no matter of exceptions.
_SHARE, _PURPOSE = 0, 3

# What helps an enterprise that should not borrow, by the codes of the catalogue of therapies.
LEADS = {
    "T20": "Tata ulang angsuran yang ada, dan berhenti menambah utang",
    "T21": "Alihkan utang rentenir ke koperasi",
    "T22": "Modal kerja kecil bertahap, sesudah usaha membaik",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Why an enterprise should not borrow now, and which therapies help instead."""

    code: str
    reason: str
    therapies: tuple[str, ...]


# Closed, gone abroad again or no longer told of: a lender need not know which.
RESTS = Block(
    code="tidak_berjalan",
    reason="Usaha ini tercatat tidak berjalan lagi. Bila sebenarnya berjalan, minta pendamping "
    "membetulkan keadaannya lebih dahulu.",
    therapies=(),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What the four rules said on a day, and what blocks the enterprise."""

    on: date
    carried: Affordability
    blocks: tuple[Block, ...]

    @property
    def need(self) -> str:
        """Whether it may be lent: at once, with a written reason, or not at all."""
        said = [one.verdict for one in self.carried.findings]
        if REFUSED in (said[_SHARE], said[_PURPOSE]):
            return NEVER
        is_clear = not self.blocks and self.carried.verdict == MET
        return CLEAR if is_clear else EXCEPTION

    @property
    def against(self) -> tuple[str, ...]:
        """All that speaks against it, in sentences."""
        told = [one.reason for one in self.carried.findings if one.verdict != MET]
        return tuple(dict.fromkeys([*(one.reason for one in self.blocks), *told]))

    def new_blocks(self, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
        """Of what blocks now that which was not known to those who decided."""
        known = {one.code for one in self.blocks}
        return tuple(one for one in blocks if one.code not in known)


def to_json(judged: Judged) -> dict[str, Any]:
    """As it is kept with the loan."""
    carried = judged.carried
    share = carried.share
    return {
        "on": judged.on.isoformat(),
        "installment": carried.installment,
        "findings": [asdict(one) for one in carried.findings],
        "share": None if share is None else [share.numerator, share.denominator],
        "room": carried.room,
        "largest": carried.largest,
        "bad_month": None if carried.bad_month is None else asdict(carried.bad_month),
        "blocks": [{**asdict(one), "therapies": list(one.therapies)} for one in judged.blocks],
    }


def from_json(kept: dict[str, Any]) -> Judged | None:
    """What was kept; None before it was judged."""
    if not kept:
        return None
    share, bad_month = kept["share"], kept["bad_month"]
    return Judged(
        on=date.fromisoformat(kept["on"]),
        carried=Affordability(
            installment=kept["installment"],
            findings=tuple(Finding(**one) for one in kept["findings"]),
            share=None if share is None else Fraction(*share),
            room=kept["room"],
            largest=kept["largest"],
            bad_month=None if bad_month is None else BadMonth(**bad_month),
        ),
        blocks=tuple(
            Block(code=one["code"], reason=one["reason"], therapies=tuple(one["therapies"]))
            for one in kept["blocks"]
        ),
    )
