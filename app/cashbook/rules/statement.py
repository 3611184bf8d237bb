"""The sheet of a month as rows: the same on the page, on paper and in the workbook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.cashbook.rules.entries import CATEGORIES, DRAWING
from app.cashbook.rules.sheet import CashFlow, Earnings, SheetRow

PART, TOTAL, RESULT = "part", "total", "result"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One row; `kind` says whether it is a part, a total of parts or what comes out."""

    label: str
    amount: int
    kind: str = PART
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One table of the sheet, with what it leaves out said below it."""

    heading: str
    rows: tuple[StatementRow, ...]
    remark: str = ""


def earned_statement(earnings: Earnings) -> Statement:
    """Sales, costs and what is left."""
    drawn = _drawn(earnings)
    return Statement(
        heading="Laba rugi",
        rows=(
            *_parts(earnings.sales),
            StatementRow(label="Jumlah penjualan", amount=earnings.sales_total, kind=TOTAL),
            *_parts(earnings.costs),
            StatementRow(label="Jumlah biaya usaha", amount=earnings.costs_total, kind=TOTAL),
            StatementRow(label="Surplus usaha", amount=earnings.surplus, kind=RESULT),
            *drawn,
        ),
        remark="Dihitung pada tanggal jual atau beli, sudah dibayar atau belum. Cicilan pokok dan "
        "pembelian alat tidak termasuk biaya.",
    )


def flow_statement(flow: CashFlow, *, is_estimate: bool, until: str) -> Statement:
    """Cash before, in, out and after."""
    difference = (
        [StatementRow(label="Selisih saat uang dihitung", amount=flow.difference)]
        if flow.difference
        else []
    )
    return Statement(
        heading="Arus kas",
        rows=(
            StatementRow(label="Kas awal", amount=flow.opening, kind=RESULT),
            *_parts(flow.ins),
            StatementRow(label="Jumlah uang masuk", amount=flow.in_total, kind=TOTAL),
            *_parts(flow.outs),
            StatementRow(label="Jumlah uang keluar", amount=flow.out_total, kind=TOTAL),
            *difference,
            StatementRow(label=f"Kas {until}", amount=flow.closing, kind=RESULT),
        ),
        remark=_cash_remark(has_difference=bool(difference), is_estimate=is_estimate),
    )


def owed_statement(*, owed_to: int, owed_by: int, until: str) -> Statement:
    """What is still to be paid."""
    return Statement(
        heading=f"Belum dibayar, {until}",
        rows=(
            StatementRow(label="Pembeli belum membayar", amount=owed_to),
            StatementRow(label="Usaha belum membayar", amount=owed_by),
        ),
        remark="Tanpa barang yang dititipkan di kanal penjualan.",
    )


def _drawn(earnings: Earnings) -> tuple[StatementRow, ...]:
    if not earnings.drawn:
        return ()
    return (
        StatementRow(label=CATEGORIES[DRAWING], amount=earnings.drawn, category=DRAWING),
        StatementRow(label="Sisa setelah diambil", amount=earnings.left, kind=RESULT),
    )


def _parts(rows: Iterable[SheetRow]) -> list[StatementRow]:
    return [StatementRow(label=row.label, amount=row.amount, category=row.category) for row in rows]


def _cash_remark(*, has_difference: bool, is_estimate: bool) -> str:
    words = []
    if has_difference:
        words.append("Uang yang dihitung berbeda dari yang tercatat; selisihnya ditulis terpisah.")
    if is_estimate:
        words.append("Kas belum pernah dihitung, jadi angka kas adalah perkiraan dari catatan.")
    return " ".join(words)
