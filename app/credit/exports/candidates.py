"""Candidates for KUR as a workbook: whom to put forward, and what the others still lack."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from io import BytesIO
from typing import Any
from uuid import UUID

from app.credit.queries.candidates import CandidateLine
from app.enterprises.rules.consents import WITHDRAWN
from app.enterprises.rules.export_limits import safe_text
from app.web.filters import tanggal
from app.web.workbooks import new_workbook

_FITTING = ("Pemilik", "NIK", "Usaha", "Produk", "Desa", "NIB", "Mulai usaha", "Kelas")
_OTHERS = ("Usaha", "Pemilik", "Desa", "Yang belum terpenuhi")
_WIDTH, _WIDE = 24, 80


def candidate_workbook(
    fitting: Iterable[CandidateLine],
    others: Iterable[CandidateLine],
    *,
    withdrawn: Collection[UUID],
    about: str,
) -> BytesIO:
    """Two sheets; nothing of an enterprise that is among `withdrawn`."""
    stream = BytesIO()
    book = new_workbook(stream)
    fit = [_fitting(one) for one in fitting if one.enterprise_id not in withdrawn]
    rest = [
        (WITHDRAWN, "", "", "") if one.enterprise_id in withdrawn else _other(one) for one in others
    ]
    _write(book, "Memenuhi", _FITTING, fit, about)
    _write(book, "Belum memenuhi", _OTHERS, rest, about)
    book.close()
    stream.seek(0)
    return stream


def _fitting(one: CandidateLine) -> tuple[str, ...]:
    started = "" if one.started_on is None else tanggal(one.started_on)
    told = (one.owner, one.nik, one.name, one.product, one.village, one.nib, started, one.health)
    return tuple(word or "" for word in told)


def _other(one: CandidateLine) -> tuple[str, ...]:
    return (one.name, one.owner, one.village, "; ".join(one.reasons))


def _write(
    book: Any, name: str, headings: tuple[str, ...], rows: Iterable[tuple[str, ...]], about: str
) -> None:
    sheet, bold = book.add_worksheet(name), book.add_format({"bold": True})
    sheet.set_column(0, len(headings) - 1, _WIDTH)
    if headings is _OTHERS:
        sheet.set_column(len(headings) - 1, len(headings) - 1, _WIDE)
    sheet.write_string(0, 0, safe_text(about)[0])
    for column, heading in enumerate(headings):
        sheet.write_string(2, column, heading, bold)
    for place, row in enumerate(rows, start=3):
        for column, word in enumerate(row):
            sheet.write_string(place, column, safe_text(word)[0])
    sheet.freeze_panes(3, 0)
