"""Lines of a day before, ticked to be written once more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from wtforms.validators import InputRequired

from app.cashbook.queries.days import RepeatLine
from app.cashbook.rules.amounts import amount_of
from app.cashbook.rules.entries import CATEGORIES
from app.cashbook.rules.lines import Said
from app.cashbook.services.sheets import SheetLine
from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.web.filters import angka
from app.web.forms import DateField, OnceForm


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatRow:
    """One line as the page shows it: what stands in its box, and why that was refused."""

    line: RepeatLine
    is_taken: bool
    typed: str
    problem: str = ""


class RepeatForm(OnceForm):
    """The day for which the lines are written."""

    happened_on = DateField("Untuk tanggal", [InputRequired()])

    def rows(
        self, lines: Iterable[RepeatLine], posted: Mapping[str, str] | None
    ) -> tuple[RepeatRow, ...]:
        """The lines with what was typed beside them."""
        if posted is None:
            return tuple(
                RepeatRow(line=line, is_taken=True, typed=angka(line.amount)) for line in lines
            )
        return tuple(
            RepeatRow(
                line=line,
                is_taken=f"ambil_{line.id}" in posted,
                typed=posted.get(f"jumlah_{line.id}", "")[:40],
                problem=_problem(posted.get(f"jumlah_{line.id}", "")),
            )
            for line in lines
        )

    def lines(self, rows: Iterable[RepeatRow]) -> list[SheetLine]:
        """What is to be written.

        Raises:
            InvalidInput: no line is ticked, or a sum can't be read.
        """
        taken = [row for row in rows if row.is_taken]
        if not taken:
            raise InvalidInput("nothing_ticked", message="Centang yang mau dicatat lagi.")
        return [self._line(row) for row in taken]

    def _line(self, row: RepeatRow) -> SheetLine:
        place = CATEGORIES[row.line.category]
        if row.problem:
            raise InvalidInput("amount_unread", message=f"{place}: {row.problem}")
        day: date = self.happened_on.data or local_today()
        return SheetLine(
            key=row_key(self.key, str(row.line.id)),
            place=place,
            said=Said(
                happened_on=day,
                category=row.line.category,
                amount=amount_of(row.typed),
                channel_id=row.line.channel_id,
                note=row.line.note,
            ),
        )


def row_key(form_key: UUID, row: str) -> UUID:
    """The id of one row of a form: the same whenever the form is sent."""
    return uuid5(form_key, row)


def _problem(typed: str) -> str:
    try:
        amount_of(typed)
    except InvalidInput as refusal:
        return refusal.message
    return ""
