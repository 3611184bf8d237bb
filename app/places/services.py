"""Loading the bundled areas, and keeping the programmes of villages."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml
from sqlalchemy import delete, select, update

from app.core.clock import utc_now
from app.core.errors import InvalidInput, NotFound
from app.core.ids import new_id
from app.core.outlines import Ring, middle_of, simplified
from app.core.scope import Scope
from app.db import db
from app.db.upsert import bulk_copy, insert_once, insert_or_update
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.places.models import Area, AreaEdition, AreaOutline, AreaWord, VillageProgram
from app.places.queries import area, village_program
from app.places.rules import (
    OTHER_PROGRAM,
    OUTLINE_STEPS,
    PROGRAM_LABELS,
    AreaEntry,
    ProgramEntry,
    level_of,
    read_areas,
    read_edition,
    read_outlines,
    read_programs,
)

BUNDLED = Path(__file__).parent / "bundled"
AREAS_FILE = BUNDLED / "areas.tsv.gz"
PROGRAMS_FILE = BUNDLED / "desmigratif.yaml"
OUTLINES_FILE = BUNDLED / "provinces.geojson.gz"
# A file of outlines, as it lies there and unpacked.
_MOST_BYTES, _MOST_UNPACKED = 25_000_000, 80_000_000
_GZIP = b"\x1f\x8b"
_STORED = ("code", "name", "level", "kind", "parent_code", "search_name", "search_path")

register_actions(
    {
        "village_program.added": "Program desa dicatat",
        "village_program.changed": "Program desa diubah",
        "village_program.removed": "Program desa dihapus",
    }
)


register_fields(
    "village_program",
    {
        "program": FieldWording(label="Program", say=PROGRAM_LABELS.__getitem__),
        "name": FieldWording(label="Nama program"),
        "year": FieldWording(label="Sejak tahun"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What loading did; zero areas when this edition was there already."""

    area_count: int
    program_count: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedOutlines:
    """What loading outlines did; `unnamed` and `unknown` were left out."""

    count: int
    unnamed: tuple[str, ...]
    unknown: tuple[str, ...]


def load_bundled(areas_file: Path = AREAS_FILE, programs_file: Path = PROGRAMS_FILE) -> Loaded:
    """Store the bundled areas and programmes, unless this very edition was stored before.

    Areas that are in the table and not in the bundle are kept: enterprises may stand in them.
    """
    with gzip.open(areas_file, "rt", encoding="utf-8") as file:
        about = read_edition(file.readline())
        source = f"{about['source']}, {about['decree']}"
        area_count = 0
        if _is_news("areas", areas_file, source):
            area_count = _store_areas(list(read_areas(file)))
    program_count = 0
    if _is_news("programs", programs_file, programs_file.name):
        document = yaml.safe_load(programs_file.read_text(encoding="utf-8"))
        program_count = _store_programs(read_programs(document))
    # New areas may be those that an outline waited for.
    if _is_news("outlines", OUTLINES_FILE, OUTLINES_FILE.name) or area_count:
        _load_bundled_outlines()
    return Loaded(area_count=area_count, program_count=program_count, source=source)


def load_outlines(file: Path, *, source: str) -> LoadedOutlines:
    """Store the outlines of a GeoJSON file (plain or gzip); those of the same areas are replaced.

    Raises:
        InvalidInput: too large, no GeoJSON, a broken shape, or not one known area.
    """
    found, unnamed = read_outlines(_read_json(file))
    known = _known(found)
    if not known:
        raise InvalidInput(
            "outlines_unknown",
            message="Tidak ada wilayah yang dikenal. Tiap bentuk perlu kode Kemendagri, misalnya "
            '"kode": "33.02".',
        )
    rows = [_outline_row(code, found[code], source, is_bundled=False) for code in sorted(known)]
    changing = [name for name in rows[0] if name != "code"]
    insert_or_update(AreaOutline.__table__, rows, key=["code"], update=changing)
    return LoadedOutlines(
        count=len(rows), unnamed=tuple(unnamed), unknown=tuple(sorted(set(found) - known))
    )


def _read_json(file: Path) -> Any:
    content = _content(file)
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as broken:
        raise InvalidInput(
            "outlines_no_json", message="Isi berkas ini bukan GeoJSON yang dapat dibaca."
        ) from broken


def _content(file: Path) -> bytes:
    """The file's bytes, unpacked; never more of them than a file may have."""
    if file.stat().st_size > _MOST_BYTES:
        raise _too_large()
    content = file.read_bytes()
    if not content.startswith(_GZIP):
        return content
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacking.decompress(content, _MOST_UNPACKED)
    except zlib.error as broken:
        raise InvalidInput("outlines_no_gzip", message="Berkas .gz ini rusak.") from broken
    if not unpacking.eof:
        raise _too_large()
    return unpacked


def _too_large() -> InvalidInput:
    return InvalidInput(
        "outlines_large",
        message="Berkas terlalu besar atau terpotong: paling besar 25 MB, 80 MB bila dibuka. "
        "Bagi per provinsi atau kabupaten.",
    )


def _load_bundled_outlines() -> None:
    """The default outlines, for areas of which no office loaded any."""
    document = _read_json(OUTLINES_FILE)
    found, _ = read_outlines(document)
    db.session.execute(delete(AreaOutline).where(AreaOutline.is_bundled.is_(True)))
    rows = [
        _outline_row(code, found[code], document["sumber"], is_bundled=True)
        for code in sorted(_known(found))
    ]
    insert_once(AreaOutline.__table__, rows, key=["code"])


def _known(found: Iterable[str]) -> set[str]:
    """Those codes that are areas."""
    wanted = sorted(found)
    known: set[str] = set()
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        known.update(db.session.scalars(select(Area.code).where(Area.code.in_(part))))
    return known


def _outline_row(code: str, rings: list[Ring], source: str, *, is_bundled: bool) -> dict[str, Any]:
    made = simplified(rings, step=OUTLINE_STEPS[level_of(code)])
    centre = middle_of(made)
    return {
        "code": code,
        "rings": [[round(part, 5) for point in ring for part in point] for ring in made],
        "lat": round(centre.lat, 6),
        "lng": round(centre.lng, 6),
        "source": source,
        "is_bundled": is_bundled,
        "loaded_at": utc_now(),
    }


def must_reach(village_code: str, scope: Scope) -> None:
    """Refuse what is no village or lies outside the scope, both as unknown.

    Raises:
        NotFound: see above.
    """
    if not scope.covers_area(village_code) or not area(village_code).is_village:
        raise NotFound("area_unknown", message="Wilayah tidak ditemukan.")


def add_program(
    *, village_code: str, program: str, name: str | None, year: int | None, scope: Scope, by: UUID
) -> VillageProgram:
    """Note that a village is in a programme.

    Raises:
        NotFound: no village, or outside the scope.
        InvalidInput: another programme without a name.
        Conflict: it is noted already.
    """
    must_reach(village_code, scope)
    row = VillageProgram(
        id=new_id(),
        village_code=village_code,
        program=program,
        name=_program_name(program, name),
        year=year,
        source="",
    )
    db.session.add(row)
    _note(row, "village_program.added", by, {"program": [None, program], "year": [None, year]})
    return row


def change_program(
    *,
    village_code: str,
    program_id: UUID,
    name: str | None,
    year: int | None,
    scope: Scope,
    by: UUID,
) -> VillageProgram:
    """Correct the year or the name of a village's programme. Raises as `add_program`."""
    must_reach(village_code, scope)
    row = village_program(village_code, program_id)
    new_name = _program_name(row.program, name)
    changes: dict[str, list[Any]] = {"year": [row.year, year], "name": [row.name, new_name]}
    row.year, row.name = year, new_name
    _note(
        row,
        "village_program.changed",
        by,
        {field: pair for field, pair in changes.items() if pair[0] != pair[1]},
    )
    return row


def remove_program(*, village_code: str, program_id: UUID, scope: Scope, by: UUID) -> None:
    """Take back that a village is in a programme. Raises as `add_program`."""
    must_reach(village_code, scope)
    row = village_program(village_code, program_id)
    _note(row, "village_program.removed", by, {"program": [row.program, None]})
    db.session.delete(row)


def _program_name(program: str, name: str | None) -> str:
    if program != OTHER_PROGRAM:
        return ""
    if not name:
        raise InvalidInput("program_unnamed", field="name", message="Isi nama program.")
    return name


def _note(row: VillageProgram, action: str, by: UUID, changes: dict[str, Any]) -> None:
    record(
        subject_type="village_program",
        subject_id=row.id,
        area_code=row.village_code,
        action=action,
        by=by,
        changes=changes,
    )


def _is_news(bundle: str, file: Path, source: str) -> bool:
    """Whether this content was not loaded last; from now on it was."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    known = db.session.scalar(
        select(AreaEdition.content_sha256).where(AreaEdition.bundle == bundle)
    )
    if known == digest:
        return False
    edition = {
        "bundle": bundle,
        "content_sha256": digest,
        "source": source,
        "loaded_at": utc_now(),
    }
    insert_or_update(
        AreaEdition.__table__,
        [edition],
        key=["bundle"],
        update=["content_sha256", "source", "loaded_at"],
    )
    return True


def _store_areas(entries: list[AreaEntry]) -> int:
    columns = [Area.__table__.c[name] for name in _STORED]
    known = {row.code: tuple(row) for row in db.session.execute(select(*columns))}
    rows = [_area_row(entry) for entry in entries]
    bulk_copy(Area.__table__, (row for row in rows if row["code"] not in known))
    changed = [
        row for row in rows if row["code"] in known and known[row["code"]] != tuple(row.values())
    ]
    insert_or_update(Area.__table__, changed, key=["code"], update=_STORED[1:])
    db.session.execute(delete(AreaWord))
    own = {entry.code for entry in entries}
    # Areas that a decree made, or that the bundle no longer has, are found by all their words too.
    kept = [
        AreaEntry(**dict(zip(_STORED, row, strict=True)))
        for code, row in known.items()
        if code not in own
    ]
    bulk_copy(AreaWord.__table__, _later_words([*entries, *kept]))
    return len(rows)


def _area_row(entry: AreaEntry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _STORED}


def _later_words(entries: Iterable[AreaEntry]) -> list[dict[str, str]]:
    return [
        {"word": word, "area_code": entry.code}
        for entry in entries
        if entry.level in ("desa", "kecamatan")
        for word in sorted(set(entry.search_name.split(" ")[1:]))
    ]


def _store_programs(entries: list[ProgramEntry]) -> int:
    rows = [
        {
            "id": new_id(),
            "village_code": entry.village_code,
            "program": entry.program,
            "name": "",
            "year": entry.year,
            "source": entry.source,
        }
        for entry in entries
    ]
    count = insert_once(VillageProgram.__table__, rows, key=["village_code", "program", "name"])
    for entry in entries:
        db.session.execute(
            update(Area).where(Area.code == entry.village_code).values(lat=entry.lat, lng=entry.lng)
        )
    return count
