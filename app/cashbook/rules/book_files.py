"""A book that was kept in a spreadsheet: its header, its rows, what is wrong with which cell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import TypeVar

from app.cashbook.rules.amounts import amount_of
from app.cashbook.rules.categories import category_in, category_of
from app.cashbook.rules.channels import BookChannel, channel_named, owed_by_ledger_words
from app.cashbook.rules.entries import DIRECTION_OF, IN, OUT, SALES, SHEET
from app.cashbook.rules.lines import MAX_NOTE, Said, check_said
from app.core.errors import InvalidInput
from app.core.local_dates import parse_day
from app.core.text import search_text
from app.enterprises.rules.sheet.addresses import cell_name

Value = TypeVar("Value")
Cells = Sequence[object]
# The words of a header by what stands below them.
HEADERS = {
    "tanggal": ("tanggal", "tgl", "hari tanggal", "tanggal transaksi"),
    "jenis": ("jenis", "kategori", "untuk apa", "pos"),
    "jumlah": ("jumlah", "nominal", "jumlah rp", "jumlah uang", "rupiah", "nilai"),
    "masuk": ("masuk", "uang masuk", "pemasukan", "debet", "debit", "penerimaan"),
    "keluar": ("keluar", "uang keluar", "pengeluaran", "kredit"),
    "catatan": ("catatan", "keterangan", "uraian", "transaksi"),
    "status": ("status", "lunas", "belum dibayar", "utang"),
    "kanal": ("kanal", "kanal penjualan", "dijual lewat", "dijual di", "tempat jual", "saluran"),
}
LABELS = {
    "tanggal": "Tanggal",
    "jenis": "Jenis",
    "jumlah": "Jumlah",
    "masuk": "Uang masuk",
    "keluar": "Uang keluar",
    "catatan": "Keterangan",
    "status": "Belum dibayar",
    "kanal": "Kanal",
}
# The columns by the names of what a line says; the sum stands in one of three.
_SAID_IN = {
    "happened_on": "tanggal",
    "note": "catatan",
    "is_owed": "status",
    "channel": "kanal",
}
_OWED = {"belum", "belum dibayar", "belum lunas", "utang", "hutang", "piutang", "tempo", "ya"}
_PAID = {"", "lunas", "dibayar", "sudah", "sudah dibayar", "tunai", "tidak"}
_CARRIED = ("total", "jumlah", "saldo", "sisa")
_SUM_OR_LINE = "Ini jumlah atau satu catatan? Bila catatan, isi kolom Jenis."
# What was there before is never a line, whichever day stands beside it.
_BALANCE = "saldo"
_LOOKED_AT = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """What is wrong, and in which cell."""

    cell: str
    value: str
    message: str

    @property
    def words(self) -> str:
        """The cell and what is wrong with it."""
        return f"{self.cell}: {self.message}"


@dataclass(slots=True, kw_only=True)
class SheetRow:
    """One row of the file: what it says, or what is wrong with it."""

    number: int
    cells: Cells
    said: Said | None = None
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class BookSheet:
    """One sheet with its columns by meaning (from 1) and its rows; totals are passed over, and
    `passed` has their numbers."""

    name: str
    columns: dict[str, int]
    titles: list[str]
    rows: list[SheetRow]
    passed: list[int] = field(default_factory=list)

    @property
    def good(self) -> list[SheetRow]:
        """Rows that can be written."""
        return [row for row in self.rows if row.said is not None]

    @property
    def bad(self) -> list[SheetRow]:
        """Rows to mend."""
        return [row for row in self.rows if row.problems]


def read_book(
    name: str,
    rows: Iterable[tuple[int, Cells]],
    *,
    today: date,
    oddities: Mapping[tuple[int, int], str],
    epoch1904: bool = False,
    channels: Sequence[BookChannel] = (),
) -> BookSheet | None:
    """One sheet; None where no row of its first ones is a header.

    `oddities` are cells (row, column) that hold an error or a formula that was never calculated;
    `channels` are those of the enterprise, that a row may name.
    """
    walk = iter(rows)
    for _ in range(_LOOKED_AT):
        found = next(walk, None)
        if found is None:
            return None
        columns = _columns(found[1])
        if "tanggal" in columns and columns.keys() & {"jumlah", "masuk", "keluar"}:
            titles = [str(cell or "") for cell in found[1]]
            reader = _Reader(
                columns=columns,
                today=today,
                oddities=oddities,
                epoch1904=epoch1904,
                channels=channels,
            )
            read = list(reader.read(walk))
            return BookSheet(
                name=name, columns=columns, titles=titles, rows=read, passed=reader.passed
            )
    return None


def _columns(cells: Cells) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, cell in enumerate(cells, start=1):
        words = search_text(str(cell or "").replace("(", " ").replace(")", " ")).removesuffix(" rp")
        for meaning, known in HEADERS.items():
            if words in known:
                found.setdefault(meaning, place)
    return found


@dataclass(slots=True, kw_only=True)
class _Reader:
    columns: dict[str, int]
    today: date
    oddities: Mapping[tuple[int, int], str]
    epoch1904: bool
    channels: Sequence[BookChannel]
    day: date | None = None
    passed: list[int] = field(default_factory=list)

    def read(self, rows: Iterator[tuple[int, Cells]]) -> Iterator[SheetRow]:
        """Every row that says something."""
        for number, cells in rows:
            row = SheetRow(number=number, cells=cells)
            if self._is_blank(row):
                continue
            if self._adds_up(row):
                if not self._may_be_line(row):
                    self.passed.append(number)
                    continue
                self._refuse(row, "catatan", _SUM_OR_LINE)
            self._fill(row)
            yield row

    def _is_blank(self, row: SheetRow) -> bool:
        told = [self._cell(row, name) for name in ("jumlah", "masuk", "keluar", "jenis")]
        is_noted = search_text(str(self._cell(row, "catatan") or ""))
        return not is_noted and all(map(_is_nothing, told)) and not self._begin(row)

    def _begin(self, row: SheetRow) -> str:
        """The first word with which a row says that it adds up or carries over, if it does."""
        first = next((one for one in row.cells if one not in ("", None)), "")
        told = (search_text(str(one or "")) for one in (self._cell(row, "catatan"), first))
        return next((word for text in told for word in _CARRIED if text.startswith(word)), "")

    def _adds_up(self, row: SheetRow) -> bool:
        return bool(self._begin(row)) and not self._cell(row, "jenis")

    def _may_be_line(self, row: SheetRow) -> bool:
        """Whether a row that begins like a total has a day and a sum of its own, as lines have
        ("Sisa bayar Bu Ani")."""
        day = search_text(str(self._cell(row, "tanggal") or ""))
        sums = [self._cell(row, name) for name in ("jumlah", "masuk", "keluar")]
        has_sum = not all(map(_is_nothing, sums))
        return (
            has_sum and day != "" and not day.startswith(_CARRIED) and self._begin(row) != _BALANCE
        )

    def _fill(self, row: SheetRow) -> None:
        for name in self.columns:
            kind = self.oddities.get((row.number, self.columns[name]))
            if kind is not None:
                self._refuse(row, name, "Sel ini galat atau rumusnya belum dihitung. Tulis isinya.")
        day = self._tried(row, "tanggal", lambda: self._day(row))
        amount, direction, column = self._sum(row)
        category = self._tried(
            row,
            "jenis" if "jenis" in self.columns else "catatan",
            lambda: self._kind(row, direction),
        )
        is_owed = self._tried(row, "status", lambda: self._owed(row))
        channel = self._tried(row, "kanal", lambda: self._channel(row))
        if row.problems or day is None or amount is None or category is None:
            return
        if direction is not None and DIRECTION_OF[category] != direction:
            self._refuse(row, column, f"Jenisnya tidak cocok dengan kolom {LABELS[column]}.")
            return
        said = Said(
            happened_on=day,
            category=category,
            amount=amount,
            channel_id=channel.id if channel is not None else None,
            is_owed=bool(is_owed),
            note=str(self._cell(row, "catatan") or "").strip()[:MAX_NOTE],
        )
        self._keep(row, said, channel, column)

    def _keep(self, row: SheetRow, said: Said, channel: BookChannel | None, column: str) -> None:
        """Let the row say this, if a line can; `column` is that of its sum."""
        try:
            check_said(said, way=SHEET, today=self.today)
        except InvalidInput as refusal:
            asked = column if refusal.field == "amount" else "jenis"
            self._refuse(row, _SAID_IN.get(refusal.field or "", asked), refusal.message)
            return
        if channel is not None and channel.is_on_ledger and said.is_owed:
            self._refuse(row, "status", owed_by_ledger_words(channel.name))
            return
        row.said = said

    def _day(self, row: SheetRow) -> date:
        cell = self._cell(row, "tanggal")
        if cell not in ("", None):
            self.day = None
            self.day = parse_day(cell, today=self.today, epoch1904=self.epoch1904).day
        if self.day is None:
            raise InvalidInput("day_missing", message="Isi tanggalnya.")
        return self.day

    def _sum(self, row: SheetRow) -> tuple[int | None, str | None, str]:
        """The sum, the way that its column says (None: it says none), and that column."""
        ways = (("masuk", IN), ("keluar", OUT))
        told = [one for one in ways if not _is_nothing(self._cell(row, one[0]))]
        if len(told) > 1:
            words = "Uang masuk dan keluar ada di satu baris. Pisahkan jadi dua baris."
            self._refuse(row, "keluar", words)
        for name, direction in told:
            return self._amount(row, name), direction, name
        asked = ("jumlah", "masuk", "keluar")
        name = next(one for one in asked if one in self.columns)
        return self._amount(row, name), None, name

    def _amount(self, row: SheetRow, name: str) -> int | None:
        return self._tried(row, name, lambda: _amount(self._cell(row, name)))

    def _kind(self, row: SheetRow, direction: str | None) -> str:
        written = str(self._cell(row, "jenis") or "").strip()
        if written:
            return category_of(written)
        found = category_in(str(self._cell(row, "catatan") or ""))
        if found is not None and direction in (None, DIRECTION_OF[found]):
            return found
        if direction == IN and found is None:
            return SALES
        raise InvalidInput(
            "category_missing", message="Isi jenisnya, misalnya penjualan, bahan, atau upah."
        )

    def _owed(self, row: SheetRow) -> bool:
        words = search_text(str(self._cell(row, "status") or ""))
        if words in _PAID:
            return False
        if words in _OWED:
            return True
        raise InvalidInput("status_unread", message="Tulis lunas atau belum dibayar.")

    def _channel(self, row: SheetRow) -> BookChannel | None:
        written = str(self._cell(row, "kanal") or "").strip()
        return channel_named(written, self.channels) if search_text(written) else None

    def _cell(self, row: SheetRow, name: str) -> object:
        place = self.columns.get(name, 0)
        return row.cells[place - 1] if 0 < place <= len(row.cells) else ""

    def _tried(self, row: SheetRow, name: str, read: Callable[[], Value]) -> Value | None:
        try:
            return read()
        except InvalidInput as refusal:
            self._refuse(row, name, refusal.message)
            return None

    def _refuse(self, row: SheetRow, name: str, message: str) -> None:
        refuse_row(row, self.columns.get(name) or self.columns["tanggal"], message)


def refuse_row(row: SheetRow, place: int, message: str) -> None:
    """Say what is wrong with the cell in a column (from 1); its row no longer says anything."""
    row.said = None
    cell = cell_name(row.number, place)
    if all(problem.cell != cell for problem in row.problems):
        value = str(row.cells[place - 1] if place <= len(row.cells) else "")[:60]
        row.problems.append(CellProblem(cell=cell, value=value, message=message))


def _is_nothing(cell: object) -> bool:
    """Whether no sum stands there: "", 0, "-", "Rp 0,00"."""
    return search_text(str(cell or "")).removeprefix("rp").strip(" 0") == ""


def _amount(cell: object) -> int:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if not isfinite(cell) or cell != int(cell):
            raise InvalidInput("amount_broken", message="Tulis rupiah penuh, tanpa pecahan.")
        return int(cell)
    return amount_of(str(cell or ""))
