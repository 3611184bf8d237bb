"""Reading areas. They are no personal data, so no scope is asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Executable,
    Select,
    and_,
    literal,
    select,
    union_all,
)

from app.core.errors import NotFound
from app.core.scope import WHOLE_COUNTRY, is_within
from app.core.text import search_text
from app.db import db
from app.db.areas import lies_in
from app.places.models import Area, AreaWord, VillageProgram
from app.places.rules import (
    CHILDREN_LABELS,
    COUNTRY_LABEL,
    KIND_LABELS,
    PROGRAM_LABELS,
    is_area_code,
    label_of,
    lineage,
    match_rank,
    typed_words,
)

# Above every word: no letter sorts behind it.
_LAST = "\uffff"
# More than are shown, because the best fit is decided after the look-up.
_LOOK_AHEAD = 60
# Names with a later word that begins as typed; more have only beginnings of two letters.
_MOST_LATER = 3000
# Districts whose villages are offered when the words name no village.
_DISTRICTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """One area, as shown; `label` names its regency too."""

    code: str
    name: str
    level: str
    kind: str
    parent_code: str | None
    label: str
    lat: float | None
    lng: float | None

    @property
    def kind_label(self) -> str:
        """The word for what it is: Kabupaten, Kota, Desa, Kelurahan …"""
        return KIND_LABELS[self.kind]

    @property
    def children_label(self) -> str:
        """The word for what lies right below it."""
        return CHILDREN_LABELS[self.level]

    @property
    def is_below_regency(self) -> bool:
        """Whether its label says more than its name."""
        return self.level in ("kecamatan", "desa")

    @property
    def is_village(self) -> bool:
        """Whether it is of the lowest level."""
        return self.level == "desa"


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageHit:
    """A village that a text may mean."""

    code: str
    name: str
    label: str
    search_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramRow:
    """A programme of a village, as shown."""

    id: UUID
    village_code: str
    program: str
    label: str
    year: int | None
    source: str


def area(code: str) -> AreaRow:
    """One area.

    Raises:
        NotFound: there is no such code.
    """
    found = find_area(code)
    if found is None:
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")
    return found


def find_area(code: str) -> AreaRow | None:
    """One area, or None for a code that is none."""
    row = db.session.get(Area, code) if is_area_code(code) else None
    return None if row is None else _row(row, path_label(code))


def children(code: str = WHOLE_COUNTRY) -> list[AreaRow]:
    """The areas right below one, by name; the provinces for the whole country."""
    statement = (
        select(Area)
        .where(Area.parent_code == code if code else Area.parent_code.is_(None))
        .order_by(Area.search_name, Area.code)
    )
    rows = list(db.session.scalars(statement))
    labels = path_labels(row.code for row in rows)
    return [_row(row, labels[row.code]) for row in rows]


def ancestors(code: str) -> list[AreaRow]:
    """The areas above one, province first."""
    above = lineage(code)[:-1]
    rows = db.session.scalars(select(Area).where(Area.code.in_(above)).order_by(Area.code))
    return [_row(row, row.name) for row in rows]


def path_label(code: str) -> str:
    """ "Losari, Rawalo, Kabupaten Banyumas"; "Indonesia" for the whole country."""
    return path_labels([code])[code]


def path_labels(codes: Iterable[str]) -> dict[str, str]:
    """The labels of many areas by code, with one look-up; an unknown code labels itself."""
    wanted = list(dict.fromkeys(codes))
    needed = sorted({part for code in wanted for part in lineage(code)})
    names: dict[str, str] = {}
    for start in range(0, len(needed), 500):
        part = needed[start : start + 500]
        rows = db.session.execute(select(Area.code, Area.name).where(Area.code.in_(part)))
        names.update((code, name) for code, name in rows)
    return {code: _label(code, names) for code in wanted}


def search_villages(text: str, *, within: str = WHOLE_COUNTRY, limit: int = 10) -> list[VillageHit]:
    """The villages that `text` may mean, best first: "losari rawalo", "rawalo losari".

    Every typed word must begin a word of the name of the village, its district, regency or
    province; at least one of them should begin a word of the village's own name, else the
    villages of the districts that fit are given. `within` is an area code.
    """
    by_code = find_area(text.strip())
    if by_code is not None and by_code.is_village and is_within(by_code.code, within):
        return [VillageHit(code=by_code.code, name=by_code.name, label=by_code.label)]
    words = typed_words(text)
    if not words:
        return []
    found = _codes_and_names(_named_like(words, within, level="desa"))
    if len(found) < limit:
        found = _villages_of_districts(words, within) | found
    typed = search_text(text)
    best = sorted(
        found, key=lambda code: (match_rank(found[code], typed, words), found[code], code)
    )
    return _hits({code: found[code] for code in best[:limit]})


def villages_in(area_code: str) -> list[VillageHit]:
    """All villages of an area, by code: for matching a list of names at once."""
    statement = (
        select(Area.code, Area.search_name)
        .where(Area.level == "desa", _inside(area_code))
        .order_by(Area.code)
    )
    return _hits(_codes_and_names(statement))


def village_programs(village_code: str) -> list[ProgramRow]:
    """The programmes of a village, oldest first."""
    statement = (
        select(VillageProgram)
        .where(VillageProgram.village_code == village_code)
        .order_by(VillageProgram.year, VillageProgram.program, VillageProgram.id)
    )
    return [_program_row(row) for row in db.session.scalars(statement)]


def village_program(village_code: str, program_id: UUID) -> VillageProgram:
    """One programme of a village.

    Raises:
        NotFound: there is none of that id in this village.
    """
    row = db.session.get(VillageProgram, program_id)
    if row is None or row.village_code != village_code:
        raise NotFound("program_unknown", message="Program tidak ditemukan.")
    return row


def program_label(program: VillageProgram) -> str:
    """How a programme is called: its own name, or that of the programme."""
    return program.name or PROGRAM_LABELS[program.program]


def villages_with_program(area_code: str = WHOLE_COUNTRY) -> list[ProgramRow]:
    """The programmes of all villages of an area, by village."""
    statement = select(VillageProgram).order_by(VillageProgram.village_code, VillageProgram.id)
    statement = statement.where(lies_in(VillageProgram.village_code, area_code))
    return [_program_row(row) for row in db.session.scalars(statement)]


def _named_like(words: list[str], within: str, *, level: str) -> CompoundSelect[str, str]:
    """Areas of a level by each word in each place that it may have in their names, in one go."""
    level_is = and_(Area.level == level, _inside(within))
    parts: list[Select[str, str]] = []
    for word in words:
        others = [_on_path(other) for other in words if other != word]
        parts.append(
            select(Area.code, Area.search_name)
            .where(level_is, Area.search_name >= word, Area.search_name < word + _LAST, *others)
            .order_by(Area.search_name, Area.code)
            .limit(_LOOK_AHEAD)
        )
        parts.append(_with_later_word(word, [level_is, *others]))
    bounded = [part.subquery() for part in parts]
    return union_all(*(select(part.c.code, part.c.search_name) for part in bounded))


def _with_later_word(word: str, conditions: list[ColumnElement[bool]]) -> Select[str, str]:
    """Areas with a word after their first that begins like `word`.

    Each is looked up by its code in a query of its own: left to plan a join, both engines would
    rather judge every village before they look at the word.
    """
    near = (
        select(AreaWord.area_code, AreaWord.word)
        .where(AreaWord.word >= word, AreaWord.word < word + _LAST)
        .order_by(AreaWord.word, AreaWord.area_code)
        .limit(_MOST_LATER)
        .subquery()
    )
    name = select(Area.search_name).where(Area.code == near.c.area_code, *conditions)
    named = select(
        near.c.area_code.label("code"), near.c.word, name.scalar_subquery().label("search_name")
    ).subquery()
    return (
        select(named.c.code, named.c.search_name)
        .where(named.c.search_name.is_not(None))
        .order_by(named.c.word, named.c.code)
        .limit(_LOOK_AHEAD)
    )


def _villages_of_districts(words: list[str], within: str) -> dict[str, str]:
    near = _named_like(words, _district_or_above(within), level="kecamatan")
    districts = sorted(_codes_and_names(near).items(), key=lambda pair: (pair[1], pair[0]))
    codes = [code for code, _ in districts[:_DISTRICTS]]
    statement = (
        select(Area.code, Area.search_name)
        .where(Area.parent_code.in_(codes), _inside(within))
        .order_by(Area.search_name, Area.code)
        .limit(_LOOK_AHEAD)
    )
    return _codes_and_names(statement) if codes else {}


def _district_or_above(code: str) -> str:
    return ".".join(code.split(".")[:3])


def _on_path(word: str) -> ColumnElement[bool]:
    # A word holds letters and digits only, so nothing in it is a wildcard.
    return (literal(" ") + Area.search_path).like(f"% {word}%")


def _inside(area_code: str) -> ColumnElement[bool]:
    return lies_in(Area.code, area_code)


def _codes_and_names(statement: Executable) -> dict[str, str]:
    return {row.code: row.search_name for row in db.session.execute(statement)}


def _hits(names: dict[str, str]) -> list[VillageHit]:
    labels = path_labels(names)
    return [
        VillageHit(
            code=code, name=labels[code].partition(",")[0], label=labels[code], search_name=name
        )
        for code, name in names.items()
    ]


def _label(code: str, names: dict[str, str]) -> str:
    if code == WHOLE_COUNTRY:
        return COUNTRY_LABEL
    known = [names[part] for part in lineage(code) if part in names]
    return label_of(known) if code in names else code


def _row(row: Area, label: str) -> AreaRow:
    return AreaRow(
        code=row.code,
        name=row.name,
        level=row.level,
        kind=row.kind,
        parent_code=row.parent_code,
        label=label,
        lat=row.lat,
        lng=row.lng,
    )


def _program_row(row: VillageProgram) -> ProgramRow:
    return ProgramRow(
        id=row.id,
        village_code=row.village_code,
        program=row.program,
        label=program_label(row),
        year=row.year,
        source=row.source,
    )
