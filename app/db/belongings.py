"""What becomes of rows that belong to an enterprise or its owner when two of these become one.

Each feature says it of its own tables, beside its models, so that merging knows no table by name:

    register_belongings({"visit": MOVES, "promise": MOVES})

and, where moving alone would break what the feature keeps true, what to do before and after:

    @settling
    def close_open_care(pair: Pair) -> None: ...

A table that refers to an enterprise or an owner and about which nobody said anything makes a
merger fail, and a test before that (tests/architecture/test_belongings.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import MetaData, Table


class Fate(StrEnum):
    """What becomes of the rows of the one that goes."""

    # They belong to the kept one from now on; of two that would get one key the kept one's stays.
    MOVES = "moves"
    # They are taken away: computed anew, or worthless without their enterprise.
    RENEWED = "renewed"
    # They tell of what was, and go on naming the one that went.
    STAYS = "stays"


MOVES, RENEWED, STAYS = Fate.MOVES, Fate.RENEWED, Fate.STAYS
# Columns that name an enterprise or an owner, with or without a reference.
NAMES = frozenset({"enterprise_id", "owner_id"})
TARGETS = frozenset({"enterprise", "owner"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two that become one; `kept_mentor_id` is the mentor who was chosen for it."""

    kept_id: UUID
    gone_id: UUID
    kept_owner_id: UUID
    gone_owner_id: UUID
    kept_mentor_id: UUID | None = None


Settling = Callable[[Pair], None]
Renewing = Callable[[UUID], None]
_FATES: dict[str, Fate] = {}
_TOUCHED: set[str] = set()
_SETTLING: list[Settling] = []
_RENEWING: list[Renewing] = []


def register_belongings(fates: Mapping[str, Fate], *, touched: Iterable[str] = ()) -> None:
    """Say what becomes of the rows of some tables.

    `touched` are those of which settling may change rows of the kept one as well.
    """
    _FATES.update(fates)
    _TOUCHED.update(touched)


def settling(function: Settling) -> Settling:
    """Have a function make way before the rows of the one that goes move."""
    _SETTLING.append(function)
    return function


def renewing(function: Renewing) -> Renewing:
    """Have a function write down anew what the row of the kept one carries of its feature."""
    _RENEWING.append(function)
    return function


def settle(pair: Pair) -> None:
    """Let every feature make way."""
    for function in _SETTLING:
        function(pair)


def renew(kept_id: UUID) -> None:
    """Let every feature write its part of the kept one's row anew."""
    for function in _RENEWING:
        function(kept_id)


def fate_of(table: Table) -> Fate:
    """What becomes of the rows of a table.

    Raises:
        LookupError: no feature said it.
    """
    try:
        return _FATES[table.name]
    except KeyError:
        raise LookupError(f"what becomes of {table.name} when two become one?") from None


def is_touched(table: Table) -> bool:
    """Whether rows of the kept one may change too."""
    return table.name in _TOUCHED


def unanswered(metadata: MetaData) -> set[str]:
    """Tables that name an enterprise or an owner and about which nobody said anything."""
    return {table.name for table in _naming(metadata)} - set(_FATES)


def _naming(metadata: MetaData) -> Iterator[Table]:
    for table in metadata.sorted_tables:
        refers = {key.column.table.name for key in table.foreign_keys} & TARGETS
        if refers or NAMES & set(table.columns.keys()):
            yield table
