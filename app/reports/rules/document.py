"""What a report is made of, before it becomes a file: sections with words, tables and charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

TEXT, NUMBER, MONEY, SHARE, DAY = "text", "number", "money", "share", "day"
Value = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column; `kind` says what its values are, `share` being 0 to 1."""

    label: str
    kind: str = NUMBER


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under headings; `remark` stands below.

    No title where the section's heading says it. With `has_total` the last row is their sum.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    has_total: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars of (label, value, tone); its numbers stand in the table of the same section."""

    name: str
    title: str
    bars: Sequence[tuple[str, float, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a report; `sheet` is the name of its sheet in the workbook."""

    heading: str
    sheet: str
    sentences: Sequence[str] = ()
    tables: Sequence[Table] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Whose report it is: what stands above it and who signs below."""

    name: str
    above: str = ""
    address: str = ""
    place: str = ""
    signer_name: str = ""
    signer_post: str = ""
    signer_nip: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report. `named` are the enterprises that it names."""

    title: str
    subject: str
    span_label: str
    days: str
    number: str
    made_by: str
    made_at: datetime
    office: Office
    sections: Sequence[Section]
    named: Sequence[UUID] = field(default=())

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What the head of every file says."""
        return [
            ("Tentang", self.subject),
            ("Masa laporan", self.span_label),
            ("Hari yang dihitung", self.days),
            ("Dibuat oleh", self.made_by),
            ("Nomor laporan", self.number),
        ]


def column(label: str, kind: str = NUMBER) -> Column:
    """A column, in few signs."""
    return Column(label=label, kind=kind)


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None where there is no whole."""
    return part / whole if whole else None
