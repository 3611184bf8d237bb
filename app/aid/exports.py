"""The register of tools and the list of aids as workbooks: the lines that the pages show."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from io import BytesIO
from uuid import UUID

from app.aid.queries import CaseLine, ToolLine
from app.enterprises.rules.consents import WITHDRAWN
from app.web.filters import tanggal
from app.web.workbooks import one_sheet

_VALUE = "Nilai (Rp)"
_CASES = (
    ("Alat", 28), ("Usaha", 28), ("Desa", 40), ("Keadaan", 24), ("Langkah terakhir", 18),
    (_VALUE, 14),
)  # fmt: skip
_HEADINGS = (
    "Alat",
    "Nomor seri",
    _VALUE,
    "Sumber dana",
    "Tahun dana",
    "Pemegang",
    "Wilayah",
    "Tempat",
    "Dipegang sejak",
    "Keadaan",
    "Hari dipakai dalam 30 hari",
    "Dicek pada",
    "Menganggur (hari)",
)
_WIDTHS = (28, 18, 14, 18, 10, 28, 40, 24, 18, 18, 14, 18, 14)


def workbook(
    lines: Iterable[ToolLine], *, withdrawn: Collection[UUID], about: list[tuple[str, str]]
) -> BytesIO:
    """A workbook of one sheet; it says what it shows, for when, and who made it.

    Every tool stands in it, but no holder whose enterprise is among `withdrawn`.
    """
    return one_sheet(
        "Alat",
        "Daftar alat bantuan",
        about,
        tuple(zip(_HEADINGS, _WIDTHS, strict=True)),
        (_values(line, withdrawn) for line in lines),
    )


def cases_workbook(
    lines: Sequence[CaseLine], *, withdrawn: Collection[UUID], about: list[tuple[str, str]]
) -> BytesIO:
    """The aids of a list, in its order; no name of an enterprise that is among `withdrawn`."""
    rows: Iterable[list[str | int | None]] = (
        [
            line.tool_name,
            line.enterprise_name if line.enterprise_id not in withdrawn else WITHDRAWN,
            line.village,
            line.state_label,
            tanggal(line.last_step_on),
            line.value,
        ]
        for line in lines
    )
    return one_sheet("Bantuan", f"Bantuan alat: {len(lines)} bantuan", about, _CASES, rows)


def _values(line: ToolLine, withdrawn: Collection[UUID]) -> list[str | int | None]:
    is_named = line.holder_id not in withdrawn
    return [
        line.name,
        line.serial_number,
        line.value,
        line.funding,
        line.funded_year,
        line.holder_name if is_named else WITHDRAWN,
        line.village,
        line.place if is_named else "",
        tanggal(line.held_from),
        line.condition_label,
        line.days_used,
        tanggal(line.checked_on),
        line.idle_days,
    ]
