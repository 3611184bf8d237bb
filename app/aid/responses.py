"""Printed sheets of equipment aid."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.aid.queries import HandoverSheet
from app.core.errors import NotFound
from app.files.queries import open_photo
from app.printing import render_pdf
from app.web.filters import rupiah, tanggal

_TEMPLATE = Path(__file__).parent / "prints" / "handover.typ"
_TITLES = {
    "penyerahan": "Berita acara serah terima alat",
    "pemindahan": "Berita acara pemindahan alat",
    "pengembalian": "Berita acara penarikan alat",
}
_SENTENCES = {
    "penyerahan": "pihak pertama menyerahkan alat di bawah ini kepada pihak kedua, dan pihak "
    "kedua menerimanya dalam keadaan baik.",
    "pemindahan": "pihak pertama memindahkan alat di bawah ini, yang sebelumnya tidak terpakai di "
    "tempat lain, kepada pihak kedua, dan pihak kedua menerimanya.",
    "pengembalian": "pihak pertama menyerahkan kembali alat di bawah ini kepada pihak kedua untuk "
    "disimpan.",
}


def handover_pdf(sheet: HandoverSheet) -> bytes:
    """The paper of a handover; the same for ever, because what it says never changes."""
    pictures = {}
    try:
        pictures["foto"] = open_photo(sheet.photo_id).read_bytes()
    except NotFound:
        # A photo that was lost on disk must not keep the paper from being printed.
        pictures.clear()
    return render_pdf(
        _TEMPLATE,
        _content(sheet),
        title=_TITLES[sheet.kind],
        made_at=sheet.recorded_at,
        pictures=pictures,
    )


def _content(sheet: HandoverSheet) -> dict[str, Any]:
    is_return = sheet.kind == "pengembalian"
    return {
        "office": ["Dinas yang membidangi ketenagakerjaan", sheet.regency],
        "document": f"Nomor: {sheet.document}",
        "opening": f"Pada tanggal {tanggal(sheet.handed_on)}, {_SENTENCES[sheet.kind]}",
        "parties": [
            ["Pihak pertama", _party(sheet.giver_name, sheet.giver_post)],
            ["Pihak kedua", _party(sheet.receiver_name, sheet.receiver_post)],
            ["Usaha", sheet.enterprise_name],
            ["Pemilik", sheet.owner_name],
            ["Desa", sheet.village],
            ["Tempat alat", sheet.place],
            ["Catatan", sheet.note],
        ],
        "tools": [
            [
                number,
                tool.name,
                tool.serial_number,
                f"{tool.funding} {tool.funded_year}",
                rupiah(tool.value),
            ]
            for number, tool in enumerate(sheet.tools, start=1)
        ],
        "total": rupiah(sum(tool.value for tool in sheet.tools)),
        "promise": ""
        if is_return
        else "Pihak kedua memakai dan merawat alat ini untuk usahanya, tidak menjual atau "
        "meminjamkannya, bersedia dicek pada hari ke-30, ke-90, dan ke-180, dan setuju alat "
        "dipindahkan bila dipakai kurang dari 4 hari dalam 60 hari.",
        "photo_alt": f"Foto penyerahan {', '.join(tool.name for tool in sheet.tools)}",
        "photo_caption": f"Penyerahan pada {tanggal(sheet.handed_on)}",
        "signatures": [
            ["Pihak pertama", sheet.giver_name, sheet.giver_post],
            ["Pihak kedua", sheet.receiver_name, sheet.receiver_post],
            *([["Saksi", sheet.witness_name, ""]] if sheet.witness_name else []),
        ],
    }


def _party(name: str, post: str) -> str:
    return f"{name}, {post}" if post else name
