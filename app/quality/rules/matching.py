"""Which two enterprises are likely one that was entered twice.

Pairs are looked for inside blocks only (same NIK, same phone, same birth day in a regency, same
village, same words of the owner's name in a regency): comparing all with all would take hours. Each
pair is then weighed; the weights were set on invented doubles with the slips of real lists
(tests/unit/quality), so that nearly all are found and few wrong ones are shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

from rapidfuzz import fuzz

from app.enterprises.rules.similar import name_nearness

LIKELY = 28
# A block larger than this (a shop's number given for everybody) says nothing.
MOST_IN_BLOCK = 400
_DISTRICT, _REGENCY = 8, 5
_SURE, _NEAR, _PERHAPS = 95.0, 86.0, 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One enterprise with its owner, as far as it tells who they are. Names are search texts."""

    id: UUID
    owner_id: UUID
    name: str
    owner_name: str
    village_code: str
    nik_index: str | None = None
    phone_index: str | None = None
    born_on: date | None = None
    sex: str | None = None
    sector: str | None = None
    product: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two records that may be one, how likely (points), and what speaks for it."""

    first_id: UUID
    second_id: UUID
    points: int
    reasons: tuple[str, ...]


def likely_pairs(
    records: Sequence[Record], *, report: Callable[[int], None] = lambda _: None
) -> list[Pair]:
    """The pairs that are likely one enterprise, the likeliest first."""
    found = []
    for number, (one, other) in enumerate(_candidates(records)):
        pair = weigh(one, other)
        if pair.points >= LIKELY:
            found.append(pair)
        if number % 50_000 == 0:
            report(number)
    return sorted(found, key=lambda pair: (-pair.points, pair.first_id, pair.second_id))


def weigh(one: Record, other: Record) -> Pair:
    """How likely two records are one."""
    first, second = sorted((one, other), key=lambda record: record.id)
    parts = [
        _of_name(_alike(one.name, other.name)),
        *_of_person(one, other),
        _of_place(one.village_code, other.village_code),
        _of_product(one, other),
    ]
    return Pair(
        first_id=first.id,
        second_id=second.id,
        points=sum(points for points, _ in parts),
        reasons=tuple(reason for _, reason in parts if reason),
    )


def _candidates(records: Sequence[Record]) -> Iterator[tuple[Record, Record]]:
    seen: set[tuple[int, int]] = set()
    for key in _KEYS:
        blocks: dict[Hashable, list[int]] = defaultdict(list)
        for place, record in enumerate(records):
            for value in key(record):
                blocks[value].append(place)
        for block in blocks.values():
            if 1 < len(block) <= MOST_IN_BLOCK:
                for pair in combinations(block, 2):
                    if pair not in seen:
                        seen.add(pair)
                        yield records[pair[0]], records[pair[1]]


def _by_nik(record: Record) -> Iterable[Hashable]:
    return (record.nik_index,) if record.nik_index else ()


def _by_phone(record: Record) -> Iterable[Hashable]:
    return (record.phone_index,) if record.phone_index else ()


def _by_birth(record: Record) -> Iterable[Hashable]:
    if record.born_on is None:
        return ()
    return ((record.village_code[:_REGENCY], record.born_on),)


def _by_village(record: Record) -> Iterable[Hashable]:
    # The first letters of each word keep a big village from being one big block.
    return {(record.village_code, word[:2]) for word in record.owner_name.split()}


def _by_owner(record: Record) -> Iterable[Hashable]:
    words = sorted(word[:4] for word in record.owner_name.split())
    return ((record.village_code[:_REGENCY], *words[:2]),) if words else ()


_KEYS = (_by_nik, _by_phone, _by_birth, _by_village, _by_owner)


def _of_name(nearness: float) -> tuple[int, str]:
    if nearness >= _SURE:
        return 24, "nama usaha sama"
    if nearness >= _NEAR:
        return 16, "nama usaha mirip"
    if nearness >= _PERHAPS:
        return 6, "nama usaha agak mirip"
    return -14, ""


def _of_person(one: Record, other: Record) -> list[tuple[int, str]]:
    if one.owner_id == other.owner_id:
        # One person may well have two enterprises: only what they are called can tell.
        return [(8, "pemilik sama")]
    parts = [
        _of_owner(one, other),
        _of_exact(one.nik_index, other.nik_index, 45, -8, "NIK sama"),
        _of_exact(one.phone_index, other.phone_index, 25, -3, "nomor HP sama"),
        _of_exact(one.born_on, other.born_on, 16, -10, "tanggal lahir sama"),
    ]
    if one.sex and other.sex and one.sex != other.sex:
        parts.append((-15, ""))
    return parts


def _of_owner(one: Record, other: Record) -> tuple[int, str]:
    nearness = _alike(one.owner_name, other.owner_name)
    if nearness >= _SURE:
        return 24, "nama pemilik sama"
    if nearness >= _NEAR:
        return 16, "nama pemilik mirip"
    if nearness >= _PERHAPS:
        return 4, "nama pemilik agak mirip"
    return -20, ""


def _alike(one: str, other: str) -> float:
    """How alike two names are, 0 to 100, with a space in the wrong place or a word left out."""
    together = float(fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")))
    return max(name_nearness(one, other), together, _short_form(one, other))


def _short_form(one: str, other: str) -> float:
    """How near names are when the shorter leaves words of the longer out ("Siti N" or "Siti")."""
    few, many = sorted((one.split(), other.split()), key=len)
    has_initial = any(len(word) == 1 for word in (*few, *many))
    if not few or (len(few) == len(many) and not has_initial):
        return 0.0
    left = list(many)
    total = 0.0
    for word in few:
        nearest = max(left, key=lambda known: _word_nearness(word, known), default="")
        total += _word_nearness(word, nearest)
        if nearest:
            left.remove(nearest)
    # One common first name says little of a person with three.
    return total / len(few) * (0.92 if len(few) > 1 else 0.8)


def _word_nearness(one: str, other: str) -> float:
    if len(one) == 1 or len(other) == 1:
        return 90.0 if one[:1] == other[:1] else 0.0
    return float(fuzz.ratio(one, other))


def _of_exact(
    one: Hashable, other: Hashable, same: int, different: int, reason: str
) -> tuple[int, str]:
    if one is None or other is None:
        return 0, ""
    return (same, reason) if one == other else (different, "")


def _of_place(one: str, other: str) -> tuple[int, str]:
    if one == other:
        return 8, "desa sama"
    if one[:_DISTRICT] == other[:_DISTRICT]:
        return 0, "kecamatan sama"
    return (-6, "") if one[:_REGENCY] == other[:_REGENCY] else (-28, "")


def _of_product(one: Record, other: Record) -> tuple[int, str]:
    points = 0
    if one.sector and other.sector:
        points += 2 if one.sector == other.sector else -8
    if one.product and other.product:
        is_near = name_nearness(one.product, other.product) >= _PERHAPS
        return (points + 4, "produk mirip") if is_near else (points - 4, "")
    return points, ""
