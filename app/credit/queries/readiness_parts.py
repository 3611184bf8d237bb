"""What the sheet of readiness tells of an enterprise: features above tell their own part of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

GOOD, BAD, PLAIN = "good", "bad", "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessLine:
    """One thing that the sheet says, in words; `tone` is whether it speaks for or against."""

    label: str
    value: str
    note: str = ""
    tone: str = PLAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadinessPart:
    """One heading of the sheet; `missing` says in words what is not known, when nothing is."""

    heading: str
    lines: tuple[ReadinessLine, ...] = ()
    missing: str = ""


class TellsPart(Protocol):
    """Tells one part for some enterprises at once; those it does not name have none.

    What it tells is read by lenders: no note of health, no line of the book, no other lender.
    """

    def __call__(
        self, enterprise_ids: Collection[UUID], *, on: date
    ) -> dict[UUID, ReadinessPart]: ...


_PARTS: dict[int, TellsPart] = {}


def register_part(order: int, tells: TellsPart) -> None:
    """Have a feature tell its part of the sheet; parts stand by `order`.

    Raises:
        ValueError: something else stands there.
    """
    if _PARTS.setdefault(order, tells) is not tells:
        raise ValueError(f"two parts of the readiness sheet at {order}")


def parts_of(enterprise_id: UUID, *, on: date) -> tuple[ReadinessPart, ...]:
    """All that the features tell of one enterprise, in order."""
    told = (_PARTS[order]([enterprise_id], on=on) for order in sorted(_PARTS))
    return tuple(one[enterprise_id] for one in told if enterprise_id in one)
