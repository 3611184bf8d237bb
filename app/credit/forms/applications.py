"""What is asked when an enterprise wants a loan, and when a loan goes a step further."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, Optional

from app.core.clock import local_today
from app.core.ids import new_id
from app.core.months import add_months
from app.credit.forms.calculator import LOAN_BOXES, LoanForm
from app.credit.models import Loan
from app.credit.queries.reach import LenderRow
from app.credit.rules.affordability import PURPOSES
from app.credit.rules.asked import Asked
from app.credit.rules.offers import Offer
from app.web.forms import BaseForm, ChoiceField, DateField, NoteField, RupiahField, YesNoField

_HOUSEHOLD = ("penghasilan", "kebutuhan", "tunggakan")
_NOT_ASKED = (
    *(f"{name}2" for name in LOAN_BOXES),
    *("sisa", "cicilan", "penjualan", "bahan", "buku", "kelas"),
)
_WHAT_FOR = ("tujuan", "keterangan", "dihitung")


class ApplicationForm(LoanForm):
    """The terms of one loan, what it is for, and how the household stands."""

    class Meta(BaseForm.Meta):
        """What is posted here is kept: guarded as every other form is."""

        csrf = FlaskForm.Meta.csrf

    number = HiddenField(default=lambda: str(new_id()))
    version = HiddenField()
    lembaga = ChoiceField("Lembaga", [InputRequired()])
    keterangan = NoteField("Untuk membeli atau mengerjakan apa?", [Optional(), Length(max=300)])
    tujuan = ChoiceField("Uangnya untuk apa?", [InputRequired()], choices=PURPOSES)
    kebutuhan = RupiahField("Kebutuhan rumah tangga sebulan", [InputRequired()])
    dihitung = YesNoField("Sudah dihitung dan menguntungkan?", [InputRequired()])
    tunggakan = YesNoField("Ada tunggakan lebih dari 30 hari?", [InputRequired()])

    def __init__(self, *args: Any, **values: Any) -> None:
        """The form without the boxes of another loan, and of what book and office know."""
        super().__init__(*args, **values)
        for name in _NOT_ASKED:
            del self[name]

    def know(self, offers: list[Offer]) -> ApplicationForm:
        """The form with the offers of today."""
        self._offers = {one.code: one for one in offers}
        self.produk.offer([(one.code, one.name) for one in offers])
        return self

    def know_lenders(self, lenders: list[LenderRow]) -> ApplicationForm:
        """The form with the lenders that may be asked."""
        self.lembaga.offer([(str(one.id), f"{one.name} ({one.kind_words})") for one in lenders])
        return self

    @property
    def has_second(self) -> bool:
        """Only one loan is asked for."""
        return False

    @property
    def key(self) -> UUID:
        """The number of the application."""
        try:
            return UUID(self.number.data or "")
        except ValueError:
            return new_id()

    @property
    def seen_version(self) -> int:
        """The version that the person saw; 0, never a real one, when it was tampered with."""
        return _version(self.version.data)

    def asked(self) -> Asked:
        """What was asked for; only for a form that was validated."""
        terms = self.terms()
        return Asked(
            lender_id=UUID(self.lembaga.data),
            amount=terms.amount,
            method=terms.method,
            count=terms.count,
            every=terms.every,
            rate=round(terms.yearly_rate * 10_000),
            margin=terms.margin,
            fee=terms.fee,
            offer_code=self.produk.data or None,
            purpose=self.tujuan.data,
            purpose_note=self.keterangan.data or "",
            other_income=self.penghasilan.data or 0,
            needs=self.kebutuhan.data,
            is_calculated=self.dihitung.data,
            has_arrears=self.tunggakan.data,
        )

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The questions in the order of the page."""
        return [
            ("Pinjaman", [self.lembaga, self.jumlah, *self.loan_boxes()]),
            ("Tujuan", [self[name] for name in _WHAT_FOR]),
            ("Rumah tangga", [self[name] for name in _HOUSEHOLD]),
        ]


def loan_answers(loan: Loan) -> dict[str, Any]:
    """What the boxes hold when an application is changed."""
    return {
        "version": loan.version,
        "lembaga": str(loan.lender_id),
        "jumlah": loan.amount,
        "produk": loan.offer_code,
        "metode": loan.method,
        "bunga": float(Fraction(loan.rate, 100)),
        "per": "tahun",
        "margin": loan.margin or None,
        "diangsur": loan.every,
        "kali": loan.count,
        "biaya": loan.fee or None,
        "tujuan": loan.purpose,
        "keterangan": loan.purpose_note,
        "dihitung": loan.is_calculated,
        "penghasilan": loan.other_income or None,
        "kebutuhan": loan.needs,
        "tunggakan": loan.has_arrears,
    }


class StepForm(BaseForm):
    """The version that the person saw, and why."""

    version = HiddenField()
    reason = NoteField("Alasan atau catatan", [Optional(), Length(max=500)])

    @property
    def seen_version(self) -> int:
        """The version that the person saw; 0, never a real one, when it was tampered with."""
        return _version(self.version.data)


class PayOutForm(StepForm):
    """On which day the money is given, and when the first payment is due."""

    disbursed_on = DateField("Tanggal uang diberikan", [InputRequired()])
    first_due_on = DateField("Jatuh tempo angsuran pertama", [InputRequired()], may_be_future=True)

    def days(self) -> dict[str, Any]:
        """Both days, typed; only for a form that was validated."""
        return {name: self[name].data for name in ("disbursed_on", "first_due_on")}


def pay_out_answers(loan: Loan) -> dict[str, Any]:
    """What the first person said, or what is usual."""
    today = local_today()
    usual = add_months(today, 1) if loan.every == "bulan" else today + timedelta(days=7)
    return {
        "version": loan.version,
        "disbursed_on": loan.disbursed_on or today,
        "first_due_on": loan.first_due_on or usual,
    }


def _version(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
