"""Who works in an enterprise: the owner, those who are paid, family who help; women and men."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLine:
    """One kind of worker; None where nobody said it."""

    label: str
    women: int | None
    men: int | None
    total: int | None


def workforce(owner_sex: str | None, counts: Sequence[int | None]) -> tuple[WorkerLine, ...]:
    """A line for each kind and one for all; empty when nobody counted.

    `counts` are paid men, paid women, family men, family women. An owner of unknown sex counts in
    the total only.

    >>> [line.total for line in workforce("P", (0, 2, None, 1))]
    [1, 2, 1, 4]
    """
    if all(count is None for count in counts):
        return ()
    paid_men, paid_women, family_men, family_women = counts
    lines = (
        _line("Pemilik", int(owner_sex == "P"), int(owner_sex == "L"), total=1),
        _line("Pekerja dibayar", paid_women, paid_men),
        _line("Keluarga membantu, tidak dibayar", family_women, family_men),
    )
    return (*lines, _sum(lines))


def _line(label: str, women: int | None, men: int | None, total: int | None = None) -> WorkerLine:
    if total is None and (women is not None or men is not None):
        total = (women or 0) + (men or 0)
    return WorkerLine(label=label, women=women, men=men, total=total)


def _sum(lines: Sequence[WorkerLine]) -> WorkerLine:
    return WorkerLine(
        label="Jumlah",
        women=sum(line.women or 0 for line in lines),
        men=sum(line.men or 0 for line in lines),
        total=sum(line.total or 0 for line in lines),
    )
