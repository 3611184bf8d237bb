"""The grid into which a paper month is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.cashbook.forms.repeating import row_key
from app.cashbook.rules.entries import PAPER
from app.cashbook.rules.paper import PaperRow, box_of, problems_of, read_paper
from app.cashbook.services.sheets import SheetLine
from app.core.clock import local_today
from app.core.day_words import long_month
from app.core.errors import InvalidInput, PulihError
from app.core.months import add_months, first_of, month_named
from app.web.forms import ChoiceField, OnceForm

ROWS, MORE_ROWS, MOST_ROWS = 31, 20, 150
_MONTHS = 36
_BOXES = ("tanggal", "jenis", "jumlah", "catatan")
_LONGEST = 200


class PaperForm(OnceForm):
    """The month of the page; its rows are read beside it."""

    bulan = ChoiceField("Bulan di buku")

    def offer_months(self) -> None:
        """Offer the present month and those before."""
        first = first_of(local_today())
        months = [add_months(first, -back) for back in range(_MONTHS)]
        self.bulan.offer([(f"{month:%Y-%m}", long_month(month)) for month in months])

    @property
    def month(self) -> date:
        """The month that was chosen."""
        return month_named(self.bulan.data or "") or first_of(local_today())

    def lines(self, rows: Iterable[PaperRow]) -> list[SheetLine]:
        """What is to be written; the problems of rows stand in them.

        Raises:
            InvalidInput: nothing was typed, or some of it can't be read.
        """
        typed = list(rows)
        count = read_paper(typed, month=self.month, way=PAPER, today=local_today())
        if any(row.problems for row in typed):
            raise InvalidInput("rows_unread", message="Belum ada yang tersimpan.")
        if count == 0:
            raise InvalidInput("rows_missing", message="Isi paling sedikit satu baris.")
        return [
            SheetLine(key=row_key(self.key, str(row.number)), place=str(row.number), said=row.said)
            for row in typed
            if row.said is not None
        ]


def typed_rows(posted: Mapping[str, str] | None, *, more: bool = False) -> list[PaperRow]:
    """The rows of the page with what was typed; as many as it had, and some more when asked."""
    count = ROWS if posted is None else _count(posted)
    count = min(MOST_ROWS, count + MORE_ROWS if more else count)
    told = posted or {}
    return [_row(number, told) for number in range(1, count + 1)]


def _row(number: int, told: Mapping[str, str]) -> PaperRow:
    date_, kind, sum_, note = (told.get(f"{box}_{number}", "").strip()[:_LONGEST] for box in _BOXES)
    return PaperRow(
        number=number,
        tanggal=date_,
        jenis=kind,
        jumlah=sum_,
        catatan=note,
        is_owed=f"utang_{number}" in told,
    )


def take_refusal(rows: Iterable[PaperRow], refusal: PulihError) -> None:
    """Put the refusal of a line at the box that it is about."""
    place = refusal.values.get("place")
    for row in rows:
        if str(row.number) == place:
            words = refusal.message.partition(": ")[2]
            row.problems[box_of(refusal.values.get("of"))] = words


def named_problems(rows: Iterable[PaperRow]) -> list[tuple[str, str]]:
    """Every problem, for the list above the grid."""
    return list(problems_of(rows))


def _count(posted: Mapping[str, str]) -> int:
    numbers = [
        int(name.removeprefix("jumlah_"))
        for name in posted
        if name.startswith("jumlah_")
        and name[7:].isascii()
        and name[7:].isdigit()
        and len(name) < 11
    ]
    return max(ROWS, *numbers) if numbers else ROWS
