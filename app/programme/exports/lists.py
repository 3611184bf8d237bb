"""The lists behind figures as workbooks: each line that the page shows.

Who withdrew keeps a line, so that the figure stays right, but is not named.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from io import BytesIO
from uuid import UUID

from app.core.clock import utc_now
from app.core.period import Period
from app.enterprises.queries import EnterpriseLine
from app.enterprises.rules.consents import WITHDRAWN
from app.programme.exports.figures import Cells, list_workbook
from app.programme.queries import AmountLine, AmountList, FigureList
from app.programme.rules import kinds
from app.web.filters import health_face, tanggal, tanggal_pendek, waktu

_ENTERPRISES = (
    "Usaha", "Desa", "Kecamatan", "Sektor", "Kesehatan", "Skor", "Pendamping",
    "Kunjungan terakhir",
)  # fmt: skip


def enterprises_workbook(
    found: FigureList, *, place: str, period: Period, withdrawn: Collection[UUID], made_by: str
) -> BytesIO:
    """The enterprises behind a figure."""
    rows = [_enterprise(line, is_named=line.id not in withdrawn) for line in found.page.rows]
    about = _about(place, period, made_by)
    return list_workbook(f"{found.words}: {found.count} usaha", about, _ENTERPRISES, rows)


def amounts_workbook(
    found: AmountList, *, place: str, period: Period, withdrawn: Collection[UUID], made_by: str
) -> BytesIO:
    """What else is counted or summed."""
    headings = [heading for heading, _ in found.kind.columns]
    rows = [list(_amount(found, line, withdrawn)) for line in found.page.rows]
    about = _about(place, period, made_by)
    return list_workbook(f"{found.words}: {found.count} {found.kind.unit}", about, headings, rows)


def _about(place: str, period: Period, made_by: str) -> tuple[str, ...]:
    return (
        place,
        f"Masa: {tanggal(period.from_on)} sampai {tanggal(period.until_on)}",
        f"Dibuat {waktu(utc_now())} oleh {made_by}",
    )


def _enterprise(line: EnterpriseLine, *, is_named: bool) -> Cells:
    if not is_named:
        return [WITHDRAWN, line.village_name, line.district_name]
    return [
        line.name,
        line.village_name,
        line.district_name,
        line.sector_label,
        health_face(line.shown_health).label,
        None if line.health_score is None or not line.health_class else f"{_tenths(line)}",
        line.mentor_name,
        _day(line.last_visit_on),
    ]


def _tenths(line: EnterpriseLine) -> str:
    whole, tenth = divmod(line.health_score or 0, 10)
    return f"{whole},{tenth}"


def _amount(
    found: AmountList, line: AmountLine, withdrawn: Collection[UUID]
) -> Iterator[str | int | None]:
    told: dict[str, str | int | None] = {
        kinds.ENTERPRISE: WITHDRAWN if line.enterprise_id in withdrawn else line.enterprise_name,
        kinds.TOOL_NAME: line.name,
        kinds.NAME: line.name,
        kinds.PLACE: line.place,
        kinds.DAY: _day(line.day),
        kinds.WORDS: line.words,
        kinds.MORE: line.more,
        kinds.NUMBER: line.number,
        kinds.RUPIAH: line.number,
        kinds.BEHIND: line.number,
    }
    return (told[what] for _, what in found.kind.columns)


def _day(day: date | None) -> str:
    return tanggal_pendek(day) if day else ""
