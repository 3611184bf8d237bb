"""Printed sheets of loans."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from app.core.clock import utc_now
from app.core.day_words import long_day
from app.core.money import format_rupiah
from app.credit.queries.loan_pages import LoanPage, ShownSchedule
from app.credit.queries.members import Receipt
from app.credit.queries.readiness import ReadinessSheet
from app.credit.rules.calculation import Calculation
from app.credit.rules.offers import Offer
from app.printing import render_pdf
from app.web.filters import angka, tanggal

_PRINTS = Path(__file__).parent / "prints"


def schedule_pdf(one: Calculation, offer: Offer | None) -> bytes:
    """The schedule of a loan as a sheet, with its totals and what it truly costs."""
    return render_pdf(
        _PRINTS / "schedule.typ", _content(one, offer), title="Jadwal angsuran", made_at=utc_now()
    )


def readiness_pdf(sheet: ReadinessSheet) -> bytes:
    """How ready an enterprise is, as a sheet for the lender that may have it."""
    lender = "" if sheet.lender is None else sheet.lender.name
    content = {
        "about": f"Untuk {lender}, keadaan {tanggal(sheet.on)}",
        "facts": [list(one) for one in sheet.facts],
        "parts": [
            {
                "heading": part.heading,
                "missing": part.missing,
                "rows": [[line.label, line.value, line.note] for line in part.lines],
            }
            for part in sheet.parts
        ],
        "remark": "Diperlihatkan dengan izin pemilik hanya untuk menilai permohonannya. "
        "Jangan diteruskan kepada pihak lain.",
    }
    return render_pdf(
        _PRINTS / "readiness.typ", content, title="Lembar kesiapan usaha", made_at=utc_now()
    )


def receipt_pdf(found: Receipt) -> bytes:
    """The receipt of a saving as a sheet."""
    line = found.line
    content = {
        "about": found.lender.name,
        "facts": [
            ["Nomor bukti", line.receipt],
            ["Anggota", f"{found.owner_name} (nomor {found.member.number})"],
            ["Tanggal", tanggal(line.happened_on)],
            [f"{line.direction_words} {line.kind_words.lower()}", format_rupiah(line.amount)],
            [f"{line.kind_words} sekarang", format_rupiah(line.balance)],
            *([["Catatan", line.note]] if line.note else []),
            *([["Dibatalkan dengan", line.undone]] if line.undone else []),
            *([["Membatalkan", line.undoes]] if line.undoes else []),
        ],
        "member": found.owner_name,
        "clerk": found.clerk,
    }
    return render_pdf(_PRINTS / "receipt.typ", content, title="Bukti simpanan", made_at=utc_now())


def loan_schedule_pdf(page: LoanPage, plan: ShownSchedule) -> bytes:
    """A schedule of a loan with its totals; one that was replaced says so."""
    total, principal, interest, paid = plan.sums
    remark = "" if plan.number == 1 else "Jadwal sesudah pinjaman ditata ulang."
    if not plan.is_current:
        remark = "Jadwal lama, sudah diganti. Bayarlah menurut jadwal yang baru."
    content = {
        "office": [page.lender.name, page.lender.address],
        "about": f"{page.name}, {page.enterprise}",
        "facts": [
            ["Pinjaman", format_rupiah(page.loan.amount)],
            # The loan carries the terms of the schedule in force alone.
            *([["Cara menghitung", page.price_words]] if plan.is_current else []),
            ["Dicairkan", long_day(page.loan.disbursed_on) if page.loan.disbursed_on else ""],
            ["Sisa pokok hari ini", format_rupiah(page.loan.principal_left)],
        ],
        "headings": ["Ke", "Jatuh tempo", "Angsuran", "Pokok", page.gain_word, "Dibayar"],
        "rows": [
            [
                str(one.number),
                long_day(one.due_on),
                *map(angka, (one.total, one.principal, one.interest, one.paid)),
            ]
            for one in plan.lines
        ]
        + [["Jumlah", "", *map(angka, (total, principal, interest, paid))]],
        "remark": remark,
    }
    return render_pdf(
        _PRINTS / "loan_schedule.typ",
        content,
        title="Jadwal angsuran" if plan.is_current else f"Jadwal angsuran lama ke-{plan.number}",
        made_at=utc_now(),
    )


def repayment_pdf(page: LoanPage, repayment_id: UUID) -> bytes:
    """The receipt of one payment: what came, what it paid, what is left today."""
    row = next(one for one in page.payments if one.id == repayment_id)
    facts = [
        ["Nomor", row.receipt],
        ["Peminjam", page.name],
        ["Tanggal", long_day(row.paid_on)],
        ["Jumlah", format_rupiah(row.amount)],
        ["Untuk pokok", format_rupiah(abs(row.principal))],
        [f"Untuk {page.gain_word.lower()}", format_rupiah(abs(row.interest))],
        *([["Lebih bayar", format_rupiah(abs(row.beyond))]] if row.beyond else []),
        ["Sisa pokok hari ini", format_rupiah(page.loan.principal_left)],
    ]
    remark = ""
    if row.undone:
        remark = f"Pembayaran ini dibatalkan dengan nomor {row.undone}."
    elif row.undoes:
        remark = f"Pembatalan pembayaran nomor {row.undoes}: tidak ada uang yang diterima."
    content = {
        "office": [page.lender.name, page.lender.address],
        "facts": facts,
        "remark": remark,
        "signatures": [["Yang membayar", page.name, ""], ["Petugas", "", page.lender.name]],
    }
    title = "Pembatalan pembayaran" if row.undoes else "Kuitansi angsuran"
    return render_pdf(_PRINTS / "repayment.typ", content, title=title, made_at=utc_now())


def refund_pdf(page: LoanPage, refund_id: UUID) -> bytes:
    """The receipt of an overpayment that was given back."""
    row = next(one for one in page.refunds if one.id == refund_id)
    remark = ""
    if row.undone:
        remark = f"Pengembalian ini dibatalkan dengan nomor {row.undone}."
    elif row.undoes:
        remark = f"Pembatalan pengembalian nomor {row.undoes}: tidak ada uang yang diserahkan."
    content = {
        "office": [page.lender.name, page.lender.address],
        "facts": [
            ["Nomor", row.receipt],
            ["Peminjam", page.name],
            ["Tanggal", long_day(row.given_on)],
            ["Jumlah", format_rupiah(row.amount)],
            ["Cara", row.way_words],
            *([["Catatan", row.note]] if row.note else []),
        ],
        "remark": remark,
        "signatures": [["Yang menerima", page.name, ""], ["Petugas", "", page.lender.name]],
    }
    title = "Pembatalan pengembalian" if row.undoes else "Bukti pengembalian lebih bayar"
    return render_pdf(_PRINTS / "repayment.typ", content, title=title, made_at=utc_now())


def _content(one: Calculation, offer: Offer | None) -> dict[str, Any]:
    planned = one.schedule
    return {
        "about": "" if offer is None else offer.name,
        "facts": [
            ["Pinjaman", format_rupiah(one.terms.amount)],
            ["Cara menghitung", one.method_words],
            ["Angsuran", f"{len(planned.payments)} kali, {one.payment_words}"],
            *([["Diterima", format_rupiah(one.terms.received)]] if one.terms.fee else []),
            [f"Seluruh {one.gain_word.lower()}", format_rupiah(planned.interest)],
            ["Seluruhnya dibayar", format_rupiah(planned.total)],
            ["Bunga efektif", one.effective_words],
        ],
        "warning": one.warning,
        "headings": ["Ke", "Angsuran", "Pokok", one.gain_word, "Sisa pokok"],
        "rows": [
            [
                str(each.number),
                *map(angka, (each.total, each.principal, each.interest, each.balance)),
            ]
            for each in planned.payments
        ]
        + [["Jumlah", *map(angka, (planned.total, planned.principal, planned.interest)), ""]],
        "doubt": "" if offer is None else offer.doubt,
        "source": "" if offer is None else offer.source,
    }
