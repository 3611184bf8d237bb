"""Looking through a whole installation: can everything be read, and does it agree with itself?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, exists, func, select, text

from app.backup import on_postgresql, on_sqlite
from app.backup.contents import TableFacts
from app.core import settings
from app.core.sealing import SealBroken, blind_index, unseal
from app.db import db
from app.db.schema import expected_revision, present_revision
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.phones import opened_phone
from app.files.models import StoredFile
from app.files.queries import folder
from app.files.rules import photo_path
from app.history.models import HistoryCounter
from app.history.services import verify as verify_history
from app.history.services.anchoring import anchors_file, anchors_in
from app.interventions.models import Intervention
from app.interventions.rules import ACTIVE_STATES
from app.mentoring.models import Assignment, Visit
from app.mentoring.rules import MET

_NAMED = 5
_ORPHANS = """
SELECT conrelid::regclass::text AS child, confrelid::regclass::text AS parent, conname,
    (SELECT array_agg(quote_ident(attname) ORDER BY place) FROM unnest(conkey)
        WITH ORDINALITY AS keys(number, place)
        JOIN pg_attribute ON attrelid = conrelid AND attnum = number) AS own,
    (SELECT array_agg(quote_ident(attname) ORDER BY place) FROM unnest(confkey)
        WITH ORDINALITY AS keys(number, place)
        JOIN pg_attribute ON attrelid = confrelid AND attnum = number) AS theirs
FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace
ORDER BY 1, 3
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: its name, and what is wrong, line by line."""

    name: str
    problems: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


def verify() -> list[Finding]:
    """Look at the database and the data folder of this application; changes nothing."""
    return [Finding(name=name, problems=tuple(look())) for name, look in _LOOKS.items()]


def totals() -> dict[str, int]:
    """How many rows each table has, in the order of their names."""
    return {name: facts.rows for name, facts in _tables().items()}


def _integrity() -> Iterator[str]:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            rows = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
            yield from (f"basis data: {row}" for row in rows if row != "ok")
        else:
            # Reading every row of every table meets each damaged page.
            for name in on_postgresql.table_facts(connection):
                connection.scalar(text(f"SELECT count(t::text) FROM {name} t"))  # noqa: S608


def _references() -> Iterator[str]:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            for row in connection.exec_driver_sql("PRAGMA foreign_key_check").all()[:_NAMED]:
                yield f"tabel {row[0]}, baris {row[1]}: acuan ke {row[2]} tidak ada"
        else:
            yield from _orphans(connection)


def _orphans(connection: Connection) -> Iterator[str]:
    for child, parent, name, own, theirs in connection.execute(text(_ORPHANS)).all():
        joined = " AND ".join(
            f"c.{mine} = p.{other}" for mine, other in zip(own, theirs, strict=True)
        )
        filled = " AND ".join(f"c.{mine} IS NOT NULL" for mine in own)
        count = connection.scalar(
            text(
                f"SELECT count(*) FROM {child} c WHERE {filled} "  # noqa: S608
                f"AND NOT EXISTS (SELECT 1 FROM {parent} p WHERE {joined})"
            )
        )
        if count:
            yield f"tabel {child}: {count} baris mengacu ke {parent} yang tidak ada ({name})"


def _schema() -> Iterator[str]:
    with db.engine.connect() as connection:
        present = present_revision(connection)
    if present != expected_revision():
        yield f"versi {present or 'tidak ada'}, seharusnya {expected_revision()}"


def _history() -> Iterator[str]:
    """The chain from its first row to its end, and through the anchors that lie here."""
    try:
        anchors = anchors_in(anchors_file())
    except ValueError as broken:
        yield f"berkas jangkar tidak dapat dibaca: {broken}"
        anchors = []
    verdict = verify_history(anchors=anchors)
    if not verdict.is_whole:
        yield f"rantai putus di baris {verdict.broken_n}: {verdict.problem}"
    given = db.session.scalar(select(HistoryCounter.last_n)) or 0
    if given != verdict.last_n:
        yield f"nomor terakhir yang diberikan {given}, yang tersimpan {verdict.last_n}"


def _files() -> Iterator[str]:
    wrong = 0
    for sha256 in db.session.scalars(select(StoredFile.sha256).distinct().order_by("sha256")):
        photo = folder() / photo_path(sha256)
        thumbnail = folder() / photo_path(sha256, is_thumbnail=True)
        if not thumbnail.exists() or not photo.exists():
            problem = "tidak ada"
        elif _digest(photo) != sha256:
            problem = "isinya berubah"
        else:
            continue
        wrong += 1
        if wrong <= _NAMED:
            yield f"foto {photo_path(sha256)} {problem}"
    if wrong > _NAMED:
        yield f"dan {wrong - _NAMED} foto lain"


def _personal_numbers() -> Iterator[str]:
    """Whether the keys of this environment open what is sealed, and find it again."""
    keys = settings.current()
    closed = lost = silent = 0
    rows = select(Owner.id, Owner.nik_sealed, Owner.nik_index, Owner.phone_sealed)
    for owner_id, sealed, index, phone in db.session.execute(rows.order_by(Owner.id)):
        try:
            opened_phone(owner_id, phone)
        except SealBroken:
            silent += 1
        if sealed is None:
            continue
        try:
            nik = unseal(sealed, (keys.nik_key, *keys.nik_key_fallbacks), owner_id.bytes)
        except SealBroken:
            closed += 1
            continue
        lost += blind_index(nik, keys.nik_index_key) != index
    if closed:
        yield f"{closed} NIK tidak dapat dibuka dengan NIK_KEY ini"
    if silent:
        yield f"{silent} nomor HP tidak dapat dibuka dengan NIK_KEY ini"
    if lost:
        yield f"{lost} NIK tidak akan ditemukan dengan NIK_INDEX_KEY ini"


def _carried_down() -> Iterator[str]:
    """What enterprise rows say of higher features, against what these say themselves."""
    is_treated = exists().where(
        Intervention.enterprise_id == Enterprise.id, Intervention.state.in_(ACTIVE_STATES)
    )
    is_assigned = exists().where(
        Assignment.enterprise_id == Enterprise.id,
        Assignment.until_on.is_(None),
        Assignment.mentor_id == Enterprise.mentor_id,
    )
    last_visit = (
        select(func.max(Visit.visited_on))
        .where(Visit.enterprise_id == Enterprise.id, Visit.outcome == MET)
        .scalar_subquery()
    )
    wrong: dict[str, ColumnElement[bool]] = {
        "rencana terapinya": Enterprise.has_plan != is_treated,
        "pendampingnya": Enterprise.mentor_id.is_not(None) & ~is_assigned,
        "kunjungan terakhirnya": Enterprise.last_visit_on.is_distinct_from(last_visit),
    }
    for what, condition in wrong.items():
        count = db.session.scalar(select(func.count()).select_from(Enterprise).where(condition))
        if count:
            yield f"{count} usaha keliru menyebut {what}"


_LOOKS: dict[str, Callable[[], Iterator[str]]] = {
    "Keutuhan basis data": _integrity,
    "Acuan antartabel": _references,
    "Versi skema": _schema,
    "Riwayat": _history,
    "Foto": _files,
    "NIK dan nomor HP": _personal_numbers,
    "Ringkasan di data usaha": _carried_down,
}


def _tables() -> dict[str, TableFacts]:
    with db.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            return on_sqlite.table_facts(connection.connection.dbapi_connection)  # type: ignore[arg-type]
        return on_postgresql.table_facts(connection)


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
