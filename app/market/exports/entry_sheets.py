"""What SIHALAL or SPP-IRT asks for, as a workbook in which what is missing stands out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from io import BytesIO
from uuid import UUID

from app.enterprises.rules.consents import WITHDRAWN
from app.market.queries.entry_sheets import HEADINGS, EntryRow
from app.web.workbooks import new_workbook

MISSING = "BELUM ADA"
_WIDTH = 22


def entry_workbook(
    title: str,
    rows: Iterable[EntryRow],
    *,
    withdrawn: Collection[UUID],
    about: list[tuple[str, str]],
) -> BytesIO:
    """A workbook of one sheet; nothing of an enterprise that is among `withdrawn`."""
    stream = BytesIO()
    book = new_workbook(stream)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    lacking = book.add_format({"bg_color": "#F8D7DA", "font_color": "#7A0010", "bold": True})
    sheet = book.add_worksheet("Isian")
    sheet.write_string(0, 0, title, bold)
    notes = [*about, ("Sel merah", f"“{MISSING}” di data usaha; lengkapi sebelum mengisi")]
    for place, (what, which) in enumerate(notes, start=1):
        sheet.write_string(place, 0, f"{what}: {which}")
    head = len(notes) + 2
    sheet.set_column(0, len(HEADINGS) - 1, _WIDTH)
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(head, column, heading, bold)
    for place, row in enumerate(rows, start=head + 1):
        if row.enterprise_id in withdrawn:
            sheet.write_string(place, 0, WITHDRAWN)
            continue
        for column, cell in enumerate(row.cells):
            if cell is None or cell == "":
                sheet.write_string(place, column, MISSING, lacking)
            elif isinstance(cell, int):
                sheet.write_number(place, column, cell)
            else:
                sheet.write_string(place, column, cell)
    sheet.freeze_panes(head + 1, 1)
    book.close()
    stream.seek(0)
    return stream
