"""What therapies achieved, as a workbook: the same figures that the pages show."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

import xlsxwriter

from app.core.clock import utc_now
from app.enterprises.rules.consents import WITHDRAWN
from app.interventions.queries import (
    CaseList,
    ComparedView,
    CostView,
    EffectPage,
    Spread,
    SpreadList,
)
from app.interventions.queries.effects import DAYS
from app.interventions.rules.comparison import UNLIKE
from app.web.filters import angka, health_face, waktu

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FIRST_ROW = 6
_COMPARED = (
    "Terapi", "Pelaksana", "Yang diukur", "Dengan terapi: dinilai lagi", "Membaik", "Bagian",
    "Rata-rata sebelum", "Rata-rata sesudah", "Belum dinilai lagi", "Tutup atau berhenti",
    "Tanpa terapi: dinilai lagi", "Membaik", "Bagian", "Bagian bila disamakan", "Beda (poin)",
    "Rentang", "Kesimpulan", "Catatan",
)  # fmt: skip
_COSTS = (
    "Terapi", "Pelaksana", "Terapi selesai", "Uang (rupiah)", "Tanpa catatan terpakai", "Usaha",
    "Naik kelas", "Rupiah per usaha yang naik kelas",
)  # fmt: skip
_SPREAD = ("Kode", "Tempat", "Pilar", "Sumber dana", "Terapi", "Anggaran", "Terpakai")
_PLACES = (
    "Kode", "Tempat", "Terapi", "Anggaran", "Terpakai", "Usaha dengan tumpang tindih",
    "Usaha dengan celah",
)  # fmt: skip
_HELPS = (
    "Terapi", "Keadaan", "Usaha", "Desa", "Pelaksana", "Sumber dana", "Anggaran", "Terpakai",
)  # fmt: skip
_OVERLAPS = ("Usaha", "Desa", "Kebutuhan dan terapinya")
_GAPS = ("Usaha", "Desa", "Kesehatan", "Temuan tanpa terapi")
_CURVE = ("Hari", "Diikuti", "Keluar dari sakit", "Tidak diikuti lagi", "Masih sakit", "Dari",
          "Sampai")  # fmt: skip


def effects_workbook(page: EffectPage, *, made_by: str) -> BytesIO:
    """Three sheets: comparisons, costs, and how long enterprises stay sakit."""
    counts = f"{page.enterprise_count} usaha dan {page.assessment_count} penilaian"
    about = (
        f"{page.area_name}. Dihitung {waktu(page.made_at)} dari {counts}.",
        _made(made_by),
        f"Kelompok disebut berbeda bila beda bakunya lebih dari {angka(UNLIKE)}.",
    )
    return _workbook(
        about,
        ("Manfaat", _COMPARED, [_compared(line) for line in page.lines]),
        ("Biaya naik kelas", _COSTS, [_cost(cost) for cost in page.costs]),
        ("Lama sakit", _CURVE, _points(page)),
    )


def cases_workbook(cases: CaseList, *, withdrawn: Collection[UUID], made_by: str) -> BytesIO:
    """The enterprises behind a figure, in the order of the page.

    Each has its line, so that the figure stays right; those among `withdrawn` are not named.
    """
    last = ("Lama",) if cases.unit == DAYS else ("Sebelum", "Sesudah")
    rows = [
        [
            WITHDRAWN if line.enterprise_id in withdrawn else line.enterprise_name,
            *(line.village, line.before, line.after)[: 1 + len(last)],
        ]
        for line in cases.lines
    ]
    about = (cases.about, f"{cases.title}: {cases.total} usaha.", _made(made_by))
    return _workbook(about, ("Daftar usaha", ("Usaha", "Desa", *last), rows))


def spread_workbook(found: Spread, *, made_by: str) -> BytesIO:
    """Two sheets: each cell of the matrix, and each place with what is to be checked."""
    cells = [
        [place.code, place.name, pillar_name, source_name, cell.count, cell.budget, cell.spent]
        for place in found.places
        for pillar, pillar_name in found.pillars
        for source, source_name in found.sources
        if (cell := place.cell(pillar, source)).count
    ]
    places = [
        [place.code, place.name, place.total.count, place.total.budget, place.total.spent,
         place.overlaps, place.gaps]
        for place in found.places
    ]  # fmt: skip
    about = (f"{found.area_name}, tahun anggaran {found.year}.", _made(made_by))
    return _workbook(about, ("Sebaran", _SPREAD, cells), ("Menurut tempat", _PLACES, places))


def helps_workbook(
    found: SpreadList, about: Sequence[str], *, withdrawn: Collection[UUID], made_by: str
) -> BytesIO:
    """The therapies behind a cell, in the order of the page."""
    rows = [
        [line.therapy, line.state, _named(line, withdrawn), line.village, line.provider,
         line.funding, line.budget, line.spent]
        for line in found.lines
    ]  # fmt: skip
    count = f"{found.total} terapi, anggaran Rp{found.budget}."
    return _workbook((*about, count, _made(made_by)), ("Daftar terapi", _HELPS, rows))


def overlaps_workbook(
    found: SpreadList, about: Sequence[str], *, withdrawn: Collection[UUID], made_by: str
) -> BytesIO:
    """The enterprises that are helped twice for one need, in the order of the page."""
    rows = [[_named(line, withdrawn), line.village, "; ".join(line.pairs)] for line in found.lines]
    return _workbook(
        (*about, f"{found.total} usaha.", _made(made_by)), ("Tumpang tindih", _OVERLAPS, rows)
    )


def gaps_workbook(
    found: SpreadList, about: Sequence[str], *, withdrawn: Collection[UUID], made_by: str
) -> BytesIO:
    """The enterprises with findings that no therapy answers, in the order of the page."""
    rows = [
        [
            _named(line, withdrawn),
            line.village,
            f"{health_face(line.health_class).label}{', kedaluwarsa' if line.is_expired else ''}",
            ", ".join(line.findings),
        ]
        for line in found.lines
    ]
    return _workbook((*about, f"{found.total} usaha.", _made(made_by)), ("Celah", _GAPS, rows))


def _named(line: Any, withdrawn: Collection[UUID]) -> str:
    return WITHDRAWN if line.enterprise_id in withdrawn else str(line.enterprise_name)


def _made(made_by: str) -> str:
    return f"Dibuat {waktu(utc_now())} oleh {made_by}."


def _workbook(about: Sequence[str], *sheets: tuple[str, Sequence[str], list[list[Any]]]) -> BytesIO:
    stream = BytesIO()
    # Names of people and offices are text, whatever sign they begin with.
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    for title, headings, rows in sheets:
        sheet = book.add_worksheet(title)
        sheet.set_column(0, len(headings) - 1, 18)
        sheet.write_string(0, 0, title, bold)
        for row, words in enumerate(about, start=1):
            sheet.write_string(row, 0, words)
        sheet.write_row(_FIRST_ROW - 1, 0, headings, bold)
        for row, values in enumerate(rows, start=_FIRST_ROW):
            sheet.write_row(row, 0, values)
    book.close()
    stream.seek(0)
    return stream


def _compared(line: ComparedView) -> list[Any]:
    treated, others = line.treated, line.others
    return [
        line.therapy,
        line.provider or "Semua",
        line.measure,
        treated.count,
        treated.improved,
        treated.share,
        treated.before,
        treated.after,
        treated.waiting,
        treated.gone,
        others.count,
        others.improved,
        others.share,
        line.evened,
        line.difference,
        line.between,
        line.verdict,
        " ".join(line.warnings),
    ]


def _cost(cost: CostView) -> list[Any]:
    return [
        cost.therapy,
        cost.provider or "Semua",
        cost.count,
        cost.money,
        cost.unstated,
        cost.enterprises,
        cost.moved,
        cost.per_mover,
    ]


def _points(page: EffectPage) -> list[list[Any]]:
    points = page.sick.get("curve", {}).get("points", ())
    return [
        [one[name] for name in ("day", "at_risk", "out", "left", "share", "low", "high")]
        for one in points
    ]
