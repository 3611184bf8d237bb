"""The way of each permit and certificate, read from `bundled/jalur-izin.yaml`.

A state machine for each track: who holds it in a state, how long that takes as a rule, which
papers and what of the record must be there, what must be given to enter, and where it may go.
Some states come by a date alone; nobody chooses them.
Source: domain reference 4.1 and 4.2; docs/decisions/certificates.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from app.core.errors import InvalidInput, WrongState
from app.market.rules.dated_rules import rule_kinds
from app.market.rules.facts import IN_FORCE, STANDINGS

FILE = Path(__file__).parents[1] / "bundled" / "jalur-izin.yaml"

FIRST_STATE = "belum"
HOLDERS: dict[str, str] = {
    "pemilik": "Pemilik",
    "pendamping": "Pendamping",
    "dinas": "Dinas",
    "penerbit": "Penerbit izin",
    "lph": "Lembaga pemeriksa halal",
}
OF_ENTERPRISE, OF_PRODUCT = "usaha", "produk"
NUMBER, ISSUED, EXPIRES = "nomor", "terbit", "habis"
NUMBER_KINDS = ("nib", "pirt", "halal", "md", "merek", "bebas")
# States that a date brings: the limit it compares with is a dated rule of the track.
BY_EXPIRY_SOON, BY_EXPIRY, BY_COMMITMENT = "akan_habis", "habis", "komitmen"
RECORD_FACTS: dict[str, str] = {
    "nib": "NIB",
    "nik": "NIK pemilik",
    "hp": "Nomor HP",
    "kbli": "KBLI",
    "alamat": "Alamat",
    "modal": "Modal usaha",
    "tenaga_kerja": "Tenaga kerja",
}
VALIDITY, SOON, COMMITMENT, REVIEW = "berlaku", "akan_habis", "komitmen", "surveilan"
_RULES = (VALIDITY, SOON, COMMITMENT, REVIEW)
_GIVEN = frozenset({NUMBER, ISSUED, EXPIRES})
_STATE_KEYS = frozenset(
    {"nama", "pemegang", "hari", "berdiri", "berkas", "data", "perlu", "boleh", "otomatis"}
    | {"akhir", "langsung", "ulang", "nomor", "berikut", "ke"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of a track. `days` is how long it takes as a rule; None has no clock."""

    code: str
    name: str
    holder: str
    days: int | None
    standing: str
    papers: tuple[str, ...]
    record: tuple[str, ...]
    needs: frozenset[str]
    takes: frozenset[str]
    # The date that brings it; empty for a state that people choose.
    automatic: str
    is_final: bool
    # A paper that exists already may be noted here at once.
    is_entry: bool
    # What was issued is being issued anew: number and dates must be given again.
    is_renewal: bool
    # Which of two shapes the number has, for marks.
    number_shape: str
    next_step: str
    goes_to: tuple[str, ...]

    @property
    def holder_name(self) -> str:
        """Who holds it, in words."""
        return HOLDERS[self.holder]

    @property
    def has_clock(self) -> bool:
        """Whether it can be stuck here."""
        return self.days is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """One kind of permit; `rules` are the codes of its dated rules."""

    code: str
    name: str
    of: tuple[str, ...]
    number_kind: str
    issuer: str
    source: str
    papers: Mapping[str, str]
    rules: Mapping[str, str]
    states: Mapping[str, State]

    def state(self, code: str) -> State:
        """A state; KeyError for one that the track does not have."""
        return self.states[code]

    @property
    def entries(self) -> tuple[State, ...]:
        """Where a paper that exists already may be noted."""
        return tuple(one for one in self.states.values() if one.is_entry)

    @property
    def is_of_products(self) -> bool:
        """Whether it stands for a product, never for an enterprise as a whole."""
        return self.of == (OF_PRODUCT,)

    def automatic(self, by: str) -> State | None:
        """The state that a date brings, if the track has it."""
        return next((one for one in self.states.values() if one.automatic == by), None)


@lru_cache(maxsize=1)
def tracks() -> Mapping[str, Track]:
    """Every track by its code, in the order of the file. Raises as `read_tracks`."""
    return read_tracks(yaml.safe_load(FILE.read_text("utf-8")))


def track(code: str) -> Track:
    """One track.

    Raises:
        InvalidInput: there is none of that code; field "track".
    """
    found = tracks().get(code)
    if found is None:
        raise InvalidInput("track_unknown", field="track", message="Pilih jenis izin.")
    return found


def check_move(of: Track, state: str, to_state: str, *, shown: str | None = None) -> State:
    """The state moved to. `shown` is the state that a date has brought, if it differs.

    Raises:
        WrongState: the track has no way from here to there, or there is no such state.
    """
    target = of.states.get(to_state)
    if target is None or to_state not in ways(of, state, shown=shown):
        here = of.states[shown or state].name
        there = target.name if target else to_state
        raise WrongState(
            "certificate_move",
            field="to_state",
            message=f"{of.name} tidak dapat berpindah dari “{here}” ke “{there}”.",
        )
    return target


def ways(of: Track, state: str, *, shown: str | None = None) -> tuple[str, ...]:
    """Where it may go: from the state it was moved to, and from the one that a date has brought."""
    found = of.states[state].goes_to
    if shown is not None and shown != state:
        found += tuple(one for one in of.states[shown].goes_to if one not in found)
    return found


def read_tracks(source: Mapping[str, Any]) -> Mapping[str, Track]:
    """The tracks of a parsed file.

    Raises:
        ValueError: it names what isn't there, or a state that can't be reached or left.
    """
    found = {code: _track(code, fields) for code, fields in source.items()}
    for one in found.values():
        _check(one)
    return found


def _track(code: str, fields: Mapping[str, Any]) -> Track:
    return Track(
        code=code,
        name=fields["nama"],
        of=tuple(fields["milik"]),
        number_kind=fields["nomor"],
        issuer=fields["penerbit"],
        source=fields["sumber"],
        papers=fields.get("berkas", {}),
        rules={name: fields[name] for name in _RULES if name in fields},
        states={name: _state(name, state) for name, state in fields["keadaan"].items()},
    )


def _state(code: str, fields: Mapping[str, Any]) -> State:
    if unknown := set(fields) - _STATE_KEYS:
        raise ValueError(f"{code}: {sorted(unknown)} is unknown")
    return State(
        code=code,
        name=fields["nama"],
        holder=fields["pemegang"],
        days=fields.get("hari"),
        standing=fields["berdiri"],
        papers=tuple(fields.get("berkas", ())),
        record=tuple(fields.get("data", ())),
        needs=frozenset(fields.get("perlu", ())),
        takes=frozenset(fields.get("boleh", fields.get("perlu", ()))),
        automatic=fields.get("otomatis", ""),
        is_final=fields.get("akhir", False),
        is_entry=fields.get("langsung", False),
        is_renewal=fields.get("ulang", False),
        number_shape=fields.get("nomor", ""),
        next_step=fields["berikut"],
        goes_to=tuple(fields.get("ke", ())),
    )


def _check(one: Track) -> None:
    faults = [
        *_track_faults(one),
        *(fault for state in one.states.values() for fault in _state_faults(one, state)),
    ]
    if faults:
        raise ValueError(f"{one.code}: {'; '.join(faults)}")


def _track_faults(one: Track) -> list[str]:
    reached = {to for state in one.states.values() for to in state.goes_to}
    reached |= {FIRST_STATE} | {code for code, state in one.states.items() if state.automatic}
    faults = [f"{code} can't be reached" for code in one.states if code not in reached]
    if FIRST_STATE not in one.states:
        faults.append(f"there is no {FIRST_STATE}")
    if not one.of or set(one.of) - {OF_ENTERPRISE, OF_PRODUCT}:
        faults.append("whose is it?")
    if one.number_kind not in NUMBER_KINDS:
        faults.append(f"{one.number_kind} is no kind of number")
    faults += [f"{code} is no rule" for code in one.rules.values() if code not in rule_kinds()]
    return faults


def _state_faults(of: Track, one: State) -> list[str]:
    faults = [f"{one.code} goes to {to}" for to in one.goes_to if to not in of.states]
    faults += [
        f"{one.code} goes to {to}, which only a date brings"
        for to in one.goes_to
        if to in of.states and of.states[to].automatic
    ]
    if one.holder not in HOLDERS or one.standing not in STANDINGS:
        faults.append(f"{one.code}: {one.holder} or {one.standing} is unknown")
    faults += [f"{one.code}: paper {code}" for code in one.papers if code not in of.papers]
    faults += [f"{one.code}: record {code}" for code in one.record if code not in RECORD_FACTS]
    if one.takes - _GIVEN or one.needs - one.takes:
        faults.append(f"{one.code}: needs what it does not take")
    has_way = bool(one.goes_to) or (
        one.standing == IN_FORCE and of.automatic(BY_EXPIRY) is not None
    )
    if one.is_final == has_way:
        faults.append(f"{one.code}: an end has no way out, all else has one")
    if one.days is not None and (one.is_final or one.automatic or one.days < 1):
        faults.append(f"{one.code}: a clock that never runs")
    return faults
