"""What speaks against lending to an enterprise at all: features above tell it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Protocol
from uuid import UUID

from app.credit.rules.judging import Block


class TellsBlocks(Protocol):
    """Tells what blocks some enterprises on a day; those without a block are left out.

    The words are read by lenders: no note of health, no figure.
    """

    def __call__(
        self, enterprise_ids: Collection[UUID], *, on: date
    ) -> dict[UUID, tuple[Block, ...]]: ...


_TELLING: list[TellsBlocks] = []


def register_block(function: TellsBlocks) -> TellsBlocks:
    """Have a function tell what blocks."""
    _TELLING.append(function)
    return function


def blocks(enterprise_ids: Collection[UUID], *, on: date) -> dict[UUID, tuple[Block, ...]]:
    """What blocks enterprises that the caller has found within its scope."""
    found: dict[UUID, tuple[Block, ...]] = {}
    for tell in _TELLING:
        for key, told in tell(enterprise_ids, on=on).items():
            found[key] = (*found.get(key, ()), *told)
    return found
