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
from app.rights.rules.copy_words import COLUMNS, TABLES
from app.rights.rules.held_groups import NEVER_TOLD

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
    "product": "Produk",
    "product_photo": "Foto produk",
    "product_card": "Kartu produk",
    "unit_cost": "Hitungan biaya",
    "label_check": "Pemeriksaan label",
    "curation_check": "Kesiapan kurasi",
    "sales_channel": "Kanal penjualan",
    "consignment_trial": "Uji kelayakan kanal",
    "delivery": "Kiriman ke kanal",
    "channel_count": "Barang laku di kanal",
    "channel_payment": "Pembayaran kanal",
    "channel_return": "Barang kembali",
    "receivable": "Uang tertahan",
    "event_participant": "Pameran dan bazar",
    "cash_entry": "Buku kas",
    "cash_count": "Uang di tangan",
    "diary_month": "Catatan bulanan",
    "book_habit": "Hari buka",
    "owner_message": "Pesan ke kantor",
    "owner_card": "Kartu masuk",
    "visit_confirmation": "Kata pemilik tentang kunjungan",
    "assessment_objection": "Keberatan atas penilaian",
}
# Columns of the market that no page of the register names.
_COLUMN_LABELS = {
    "added_at": "Ditambahkan pada",
    "added_by": "Ditambahkan oleh",
    "allowed_at": "Waktu diizinkan",
    "allowed_by": "Diizinkan oleh",
    "allowed_reason": "Alasan mengizinkan",
    "amount": "Jumlah uang",
    "answers": "Jawaban",
    "applicable": "Yang perlu",
    "brand": "Merek",
    "capacity_per_month": "Sanggup sebulan",
    "channel_id": "Kanal",
    "checked_by": "Diperiksa oleh",
    "checked_on": "Diperiksa pada",
    "closed_on": "Tutup sejak",
    "corrects_id": "Membetulkan catatan",
    "cost_per_piece": "Biaya per kemasan",
    "counted_on": "Dihitung pada",
    "delivered_on": "Dikirim pada",
    "delivery_id": "Kiriman",
    "description": "Keterangan",
    "due_on": "Jatuh tempo",
    "elements": "Unsur label",
    "energy": "Gas dan listrik",
    "event_id": "Acara",
    "expires_on": "Berlaku sampai",
    "file_id": "Berkas",
    "food_type": "Jenis pangan",
    "for_delivery_id": "Untuk kiriman",
    "goods_cost": "Modal barang yang laku",
    "has_brand": "Ada merek",
    "has_contact": "Ada kontak",
    "ingredient_flags": "Sifat bahan",
    "ingredients": "Bahan",
    "is_active": "Masih dijual",
    "is_consignment": "Titip jual",
    "is_main": "Produk utama",
    "is_void": "Dibatalkan",
    "labour": "Upah",
    "lead_time_days": "Lama menyiapkan (hari)",
    "listing_fee": "Biaya daftar",
    "made_at": "Dibuat pada",
    "made_by": "Dibuat oleh",
    "margin_permille": "Potongan (per seribu)",
    "materials": "Bahan sekali membuat",
    "net_amount": "Isi bersih",
    "net_unit": "Satuan isi",
    "opened_on": "Mulai",
    "orders": "Pesanan sesudah acara",
    "other": "Biaya lain",
    "pack": "Kemasan",
    "pack_kind": "Bahan kemasan",
    "paid_on": "Dibayar pada",
    "payment_days": "Dibayar setelah (hari)",
    "photo_id": "Foto",
    "pieces": "Jumlah barang",
    "present": "Yang ada",
    "price": "Harga jual",
    "price_then": "Harga jual waktu itu",
    "processes": "Cara membuat",
    "product_id": "Produk",
    "returned_on": "Kembali pada",
    "returns_accepted": "Barang tidak laku dikembalikan",
    "revoked_at": "Dicabut pada",
    "revoked_by": "Dicabut oleh",
    "shelf_life_days": "Tahan (hari)",
    "sold": "Penjualan",
    "stand_cost": "Biaya tempat",
    "storage": "Disimpan di",
    "taken_on": "Tanggal foto",
    "tied_up": "Uang tertahan",
    "trip_cost": "Biaya perjalanan",
    "value": "Nilai",
    "verdict": "Hasil uji",
    "verdict_at": "Waktu uji",
}
# The same for the cash book, whose columns have names that mean something else elsewhere.
_BOOK_LABELS = {
    "category": "Untuk apa",
    "costs": "Biaya usaha",
    "direction": "Masuk atau keluar",
    "happened_on": "Tanggal",
    "is_current": "Masih berlaku",
    "is_owed": "Belum dibayar",
    "is_seasonal": "Musiman",
    "keeps_record": "Dicatat di buku",
    "month": "Bulan",
    "open_weekdays": "Hari buka (0 Senin)",
    "produced": "Barang yang dibuat",
    "recorded_at": "Dicatat pada",
    "recorded_by": "Dicatat oleh",
    "sales": "Hasil jualan",
    "settles_id": "Melunasi catatan",
    "way": "Cara mencatat",
    "workers": "Orang yang bekerja",
}
_BOOK = frozenset({"book_habit", "cash_count", "cash_entry", "diary_month"})
_HIDDEN_ENDINGS = ("_sealed", "_index", "_sha256", "_hash", "_order")
_HIDDEN = frozenset({"search_name", "search_words", "version"})
_SHEET_NAME_MOST = 31


def copy_for(owner_id: UUID) -> bytes:
    """A ZIP of all that is held on an owner: as JSON, as a workbook, and the photos.

    The caller has found the owner within the scope and noted that a copy is made.
    """
    held = held_on(owner_id)
    sections = _sections(held)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr("data.json", _as_json(sections))
        pack.writestr("data.xlsx", _workbook(sections))
        for number, photo in enumerate(sorted(photo_ids(held), key=str), start=1):
            try:
                pack.write(open_photo(photo), f"foto/{number:03d}.jpg")
            except NotFound:
                continue
    return out.getvalue()


def copy_as_workbook(owner_id: UUID) -> bytes:
    """All that is held on an owner as a workbook; the caller noted it as for `copy_for`."""
    return _workbook(_sections(held_on(owner_id)))


def copy_as_json(owner_id: UUID) -> bytes:
    """All that is held on an owner as JSON; the caller noted it as for `copy_for`."""
    return _as_json(_sections(held_on(owner_id))).encode()


def _sections(held: Sequence[Held]) -> dict[str, list[dict[str, Any]]]:
    sections = {_label(one): _rows(one) for one in held if one.table.name not in NEVER_TOLD}
    sections["Riwayat pemrosesan"] = _history(held)
    return sections


def _as_json(sections: dict[str, list[dict[str, Any]]]) -> str:
    told = {"dibuat": moment(utc_now()), "data": sections}
    return json.dumps(told, ensure_ascii=False, indent=1, default=str)


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
    return TABLE_LABELS.get(name) or TABLES.get(name, name.replace("_", " ").capitalize())


def _rows(held: Held) -> list[dict[str, Any]]:
    people = names(_accounts(held))
    labels = column_labels(held.table)
    rows = []
    for row in held.rows:
        told = {label: _worded(name, row[name], people) for name, label in labels.items()}
        if held.table is Owner.__table__:
            told |= _numbers(row)
        rows.append(told)
    return rows


def column_labels(table: Any) -> dict[str, str]:
    """How the columns of a table that the copy shows are called in it, by their names."""
    shown = [column.name for column in table.columns if _is_shown(column)]
    return {name: _column_label(table.name, name) for name in shown}


def _column_label(table: str, name: str) -> str:
    if table in _BOOK and name in _BOOK_LABELS:
        return _BOOK_LABELS[name]
    return _COLUMN_LABELS.get(name) or COLUMNS.get(name) or field_label(name)


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
    if value is None or value == "":
        return None
    # Numbers stay numbers, so that they can be added up.
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if is_number or isinstance(value, dict | list):
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
