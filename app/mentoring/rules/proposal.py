"""What a proposal of assignments aims at, in kilometres, and what it would change, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

OFFERED = "diusulkan"
TAKEN = "diterima"
DECLINED = "ditolak"
LINE_STATES = {OFFERED: "Diusulkan", TAKEN: "Sudah diserahkan", DECLINED: "Tidak berlaku lagi"}

# Everything is weighed as if it were a way to go, in km. What an officer reads is this list.
COST_OTHER_SKILL = 3.0
COST_MOVE = 4.0
# Somebody who is ill has told their story once already.
COST_MOVE_SICK = 6.0
# Beyond the capacity: only where somebody carries more than that already.
COST_OVER_CAPACITY = 60.0
# The last place of a mentor's capacity; the first costs nothing, those between in proportion.
COST_FULL_LOAD = 8.0
COST_NOBODY = 1000.0
# Where a point is missing: by how much of the area code agrees (village, district, regency).
GUESSED_KM = {13: 1.0, 8: 6.0, 5: 20.0, 0: 80.0}

AIMS = (
    "Jarak dari tempat pendamping ke usaha sependek mungkin.",
    f"Keahlian yang tidak cocok dihitung seperti jalan {COST_OTHER_SKILL:g} km lebih jauh.",
    (
        f"Pindah pendamping dihitung seperti {COST_MOVE:g} km, dan {COST_MOVE_SICK:g} km kalau "
        "usahanya sakit, supaya pasangan yang sudah berjalan tetap."
    ),
    (
        f"Makin penuh beban pendamping, makin dihindari: tempat terakhir dihitung seperti "
        f"{COST_FULL_LOAD:g} km. Daya tampung tidak dilampaui, kecuali yang sekarang sudah lebih "
        "dan tidak ada tempat lain."
    ),
    "Usaha tanpa pendamping hanya tersisa kalau semua tempat sudah penuh.",
)

# Which skills help whom, by the sector of the instrument; those who are not well need the books.
_SKILLS_OF_SECTOR = {
    "A": ("kemasan", "perizinan", "produksi"),
    "B": ("produksi", "perizinan"),
    "C": ("produksi", "pemasaran"),
    "D": ("pemasaran", "digital"),
    "E": ("pencatatan", "pemasaran"),
    "F": ("pertanian",),
}


def needed_skills(sector: str | None, health_class: str | None) -> frozenset[str]:
    """The skills of which one helps this enterprise; empty when any mentor will do."""
    needed = set(_SKILLS_OF_SECTOR.get(sector or "", ()))
    if health_class == "sakit":
        needed |= {"pencatatan", "permodalan"}
    return frozenset(needed)


def fits(skills: Iterable[str], needed: frozenset[str]) -> bool:
    """Whether one of the skills is among those that help."""
    return not needed or not needed.isdisjoint(skills)


def guessed_km(one: str, other: str) -> float:
    """A rough way between two villages of which no point is known, by their codes."""
    for length, km in GUESSED_KM.items():
        if length == 0 or one[:length] == other[:length]:
            return km
    return GUESSED_KM[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An enterprise and the mentor who has it, or would; km is None where a point is missing."""

    mentor_id: UUID | None
    km: float | None
    fits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """How an area stands under an assignment. Kilometres are tenths, shares counts."""

    enterprises: int
    without_mentor: int
    # The fullest mentor: enterprises and capacity.
    most: int
    most_capacity: int
    least: int
    over_capacity: int
    known_ways: int
    average_km: float
    fitting: int


def balance_of(pairs: Iterable[Pair], capacities: Mapping[UUID, int]) -> Balance:
    """The figures of an assignment over the mentors of these capacities."""
    known = list(pairs)
    loads = dict.fromkeys(capacities, 0)
    for pair in known:
        if pair.mentor_id in loads:
            loads[pair.mentor_id] += 1
    held = [pair for pair in known if pair.mentor_id is not None]
    ways = [pair.km for pair in held if pair.km is not None]
    fullest = max(loads, key=lambda one: (loads[one] / capacities[one], str(one)), default=None)
    return Balance(
        enterprises=len(known),
        without_mentor=len(known) - len(held),
        most=loads[fullest] if fullest else 0,
        most_capacity=capacities[fullest] if fullest else 0,
        least=min(loads.values(), default=0),
        over_capacity=sum(loads[one] > capacities[one] for one in loads),
        known_ways=len(ways),
        average_km=round(sum(ways) / len(ways), 1) if ways else 0.0,
        fitting=sum(pair.fits for pair in held),
    )


def balance_words(one: Balance) -> dict[str, str]:
    """The figures as an officer reads them."""
    held = one.enterprises - one.without_mentor
    km = f"{one.average_km:.1f} km".replace(".", ",") if one.known_ways else "belum diketahui"
    return {
        "Usaha tanpa pendamping": str(one.without_mentor),
        "Beban paling penuh": f"{one.most} usaha dari daya tampung {one.most_capacity}",
        "Beban paling ringan": f"{one.least} usaha",
        "Pendamping melebihi daya tampung": str(one.over_capacity),
        "Rata-rata jarak": km,
        "Keahlian cocok": f"{one.fitting} dari {held} usaha",
    }


def figures(before: Balance, after: Balance, *, moved: int) -> dict[str, Any]:
    """Both states, to be stored with the proposal."""
    return {"before": asdict(before), "after": asdict(after), "moved": moved}


def stored_balance(values: Mapping[str, Any]) -> Balance:
    """A state as it was stored."""
    return Balance(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A line that an officer wants to take, with the mentor who has the enterprise now."""

    line_id: UUID
    present_id: UUID | None
    to_mentor: UUID


def beyond_capacity(
    offers: Iterable[Offer], *, loads: Mapping[UUID, int], capacities: Mapping[UUID, int]
) -> set[UUID]:
    """The lines that find no room, when all the others are taken together.

    Who gives some away makes room for others in the same step. The last lines of a mentor who
    would be too full are left out, and what they would have freed elsewhere with them.
    """
    taken = list(offers)
    left_out: set[UUID] = set()
    while True:
        after = dict(loads)
        for offer in taken:
            if offer.present_id in after:
                after[offer.present_id] -= 1
            after[offer.to_mentor] = after.get(offer.to_mentor, 0) + 1
        over = {one for one in after if after[one] > capacities.get(one, 0)}
        last = next((offer for offer in reversed(taken) if offer.to_mentor in over), None)
        if last is None:
            return left_out
        left_out.add(last.line_id)
        taken.remove(last)
