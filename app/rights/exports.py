"""Everything that is held on one person, as they may take it along."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter
from sqlalchemy import LargeBinary, select

from app.accounts.queries import names
from app.core.clock import LOCAL_ZONE, utc_now
from app.core.day_words import moment
from app.core.errors import NotFound
from app.core.identity import shown_phone
from app.db import db
from app.enterprises.models import Owner
from app.enterprises.rules.export_limits import safe_text
from app.enterprises.rules.labels import field_label, value_label
from app.enterprises.services.owners import unsealed_nik
from app.files.queries import open_photo
from app.history.models import HistoryEntry
from app.history.rules import action_label
from app.rights.queries import Held, held_on, photo_ids
from app.rights.queries.breach import Breach

ZIP = "application/zip"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLE_LABELS = {
    "owner": "Pemilik",
    "enterprise": "Usaha",
    "consent": "Persetujuan",
    "person_request": "Permintaan",
    "health_assessment": "Penilaian",
    "assessment_draft": "Draf penilaian",
    "class_span": "Masa kelas",
    "intervention": "Terapi",
    "assignment": "Penugasan",
    "visit": "Kunjungan",
    "promise": "Janji",
    "visit_check": "Pemeriksaan kunjungan",
}
_HIDDEN_ENDINGS = ("_sealed", "_index", "_sha256", "_hash", "_order")
_HIDDEN = frozenset({"search_name", "search_words", "version"})
# What protects those who visit is told to nobody who was not meant to read it.
_NEVER_TOLD = frozenset({"safety_note"})
_SHEET_NAME_MOST = 31


def copy_for(owner_id: UUID) -> bytes:
    """A ZIP of all that is held on an owner: as JSON, as a workbook, and the photos.

    The caller has found the owner within the scope and noted that a copy is made.
    """
    held = held_on(owner_id)
    sections = {_label(one): _rows(one) for one in held if one.table.name not in _NEVER_TOLD}
    sections["Riwayat pemrosesan"] = _history(held)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        told = {"dibuat": moment(utc_now()), "data": sections}
        pack.writestr("data.json", json.dumps(told, ensure_ascii=False, indent=1, default=str))
        pack.writestr("data.xlsx", _workbook(sections))
        for number, photo in enumerate(sorted(photo_ids(held), key=str), start=1):
            try:
                pack.write(open_photo(photo), f"foto/{number:03d}.jpg")
            except NotFound:
                continue
    return out.getvalue()


def affected_workbook(found: Breach) -> bytes:
    """Who is to be told after a breach, one line each."""
    rows = [
        {
            "Pemilik": one.owner_name,
            "Pertama dilihat": moment(one.first_at),
            "Terakhir dilihat": moment(one.last_at),
            "Berapa kali": one.times,
            "Cara": one.ways,
        }
        for one in found.people
    ]
    return _workbook({"Terdampak": rows})


def _label(held: Held) -> str:
    name = held.table.name
    return TABLE_LABELS.get(name, name.replace("_", " ").capitalize())


def _rows(held: Held) -> list[dict[str, Any]]:
    people = names(_accounts(held))
    shown = [column for column in held.table.columns if _is_shown(column)]
    rows = []
    for row in held.rows:
        told = {
            field_label(column.name): _worded(column.name, row[column.name], people)
            for column in shown
        }
        if held.table is Owner.__table__:
            told |= _numbers(row)
        rows.append(told)
    return rows


def _is_shown(column: Any) -> bool:
    if isinstance(column.type, LargeBinary) or column.name in _HIDDEN:
        return False
    return not column.name.endswith(_HIDDEN_ENDINGS)


def _accounts(held: Held) -> set[UUID]:
    pointing = [
        each.parent.name
        for each in held.table.foreign_keys
        if each.column.table.name in ("account", "mentor")
    ]
    return {row[name] for row in held.rows for name in pointing if row[name] is not None}


def _numbers(row: dict[str, Any]) -> dict[str, Any]:
    owner = db.session.get_one(Owner, row["id"])
    nik = unsealed_nik(owner.id, owner.nik_sealed) if owner.nik_sealed else None
    return {"NIK": nik, "Nomor HP": shown_phone(owner.phone)}


def _worded(name: str, value: Any, people: dict[UUID, str]) -> Any:
    if isinstance(value, UUID):
        return people.get(value, str(value))
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, dict | list):
        return value
    return value_label(name, value)


def _history(held: Sequence[Held]) -> list[dict[str, Any]]:
    subjects = {row["id"] for one in held for row in one.rows if "id" in row}
    mine = {
        row["id"] for one in held for row in one.rows if one.table.name in ("owner", "enterprise")
    }
    statement = (
        select(HistoryEntry)
        .where(HistoryEntry.subject_id.in_(mine) | HistoryEntry.enterprise_id.in_(mine))
        .order_by(HistoryEntry.n)
    )
    entries = [
        entry
        for entry in db.session.scalars(statement)
        if entry.subject_id in subjects or entry.enterprise_id in mine
    ]
    people = names({entry.account_id for entry in entries})
    return [
        {
            "Waktu": entry.at.astimezone(LOCAL_ZONE).strftime("%d-%m-%Y %H.%M"),
            "Kejadian": action_label(entry.action),
            "Oleh": people.get(entry.account_id, "Sistem") if entry.account_id else "Sistem",
            "Catatan": entry.note,
        }
        for entry in entries
    ]


def _workbook(sections: dict[str, list[dict[str, Any]]]) -> bytes:
    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, options)
    bold = book.add_format({"bold": True})
    for label, rows in sections.items():
        sheet = book.add_worksheet(label[:_SHEET_NAME_MOST])
        headings = list(rows[0]) if rows else []
        for place, heading in enumerate(headings):
            sheet.write_string(0, place, heading, bold)
        sheet.set_column(0, max(len(headings) - 1, 0), 22)
        for line, row in enumerate(rows, start=1):
            for place, heading in enumerate(headings):
                _write(sheet, line, place, row[heading])
    book.close()
    return out.getvalue()


def _write(sheet: Any, line: int, place: int, value: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, int | float) and not isinstance(value, bool):
        sheet.write_number(line, place, value)
        return
    told = json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
    sheet.write_string(line, place, safe_text(told)[0])
