"""An office's list of channels as a workbook: the lines that the page shows."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from io import BytesIO
from uuid import UUID

from app.enterprises.rules.consents import WITHDRAWN
from app.market.queries.market_desk import DeskLine
from app.market.rules.consignment import VERDICTS
from app.web.filters import tanggal
from app.web.workbooks import one_sheet

_COLUMNS = (
    ("Kanal", 28), ("Jenis", 20), ("Usaha", 28), ("Desa", 40), ("Uang tertahan (Rp)", 16),
    ("Terlambat (Rp)", 16), ("Kiriman tertua belum dibayar", 18), ("Umur (hari)", 12),
    ("Hasil uji", 20), ("Diizinkan oleh", 22), ("Alasan", 48),
)  # fmt: skip


def workbook(
    title: str,
    lines: Iterable[DeskLine],
    *,
    withdrawn: Collection[UUID],
    about: list[tuple[str, str]],
) -> BytesIO:
    """A workbook of one sheet; no name of an enterprise that is among `withdrawn`."""
    rows = (_values(line, withdrawn) for line in lines)
    return one_sheet("Kanal", title, about, _COLUMNS, rows)


def _values(line: DeskLine, withdrawn: Collection[UUID]) -> list[str | int | None]:
    is_named = line.enterprise_id not in withdrawn
    return [
        line.name if is_named else WITHDRAWN,
        line.kind_label,
        line.enterprise_name if is_named else WITHDRAWN,
        line.village,
        line.tied_up,
        line.late,
        tanggal(line.oldest_on) if line.oldest_on else "",
        line.oldest_days,
        VERDICTS[line.verdict] if line.verdict else "belum diuji",
        line.allowed_by,
        line.allowed_reason if is_named else "",
    ]
