"""What therapies achieved, as a workbook: the same figures that the pages show."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from app.core.clock import utc_now
from app.interventions.queries import ComparedView, CostView, EffectPage
from app.interventions.rules.comparison import UNLIKE
from app.web.filters import angka, waktu

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
_CURVE = ("Hari", "Diikuti", "Keluar dari sakit", "Tidak diikuti lagi", "Masih sakit", "Dari",
          "Sampai")  # fmt: skip


def effects_workbook(page: EffectPage, *, made_by: str) -> BytesIO:
    """Three sheets: comparisons, costs, and how long enterprises stay sakit."""
    stream = BytesIO()
    # Names of offices are text, whatever sign they begin with.
    book = xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    counts = f"{page.enterprise_count} usaha dan {page.assessment_count} penilaian"
    about = (
        f"{page.area_name}. Dihitung {waktu(page.made_at)} dari {counts}.",
        f"Dibuat {waktu(utc_now())} oleh {made_by}.",
        f"Kelompok disebut berbeda bila beda bakunya lebih dari {angka(UNLIKE)}.",
    )
    sheets: tuple[tuple[str, Sequence[str], list[list[Any]]], ...] = (
        ("Manfaat", _COMPARED, [_compared(line) for line in page.lines]),
        ("Biaya naik kelas", _COSTS, [_cost(cost) for cost in page.costs]),
        ("Lama sakit", _CURVE, _points(page)),
    )
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
