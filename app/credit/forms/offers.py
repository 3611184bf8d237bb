"""The form by which a lender's offer is set."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from wtforms.validators import InputRequired, Length, Optional

from app.credit.rules.offers import LENDERS, MOST_RATE, Offer
from app.credit.rules.schedules import EVERY, METHODS, MONTH, MOST_PAYMENTS
from app.web.forms import (
    ChoiceField,
    CommaDecimalField,
    DateField,
    NoteField,
    OnceForm,
    RadiosField,
    RupiahField,
    TextField,
    WholeNumberField,
    YesNoField,
)

_LONG = "Paling banyak 1.000 huruf."


class OfferForm(OnceForm):
    """What a lender offers from a day on."""

    name = TextField("Nama tawaran", [InputRequired(), Length(max=120)])
    lender = ChoiceField("Pemberi pinjaman", [InputRequired()], choices=LENDERS)
    least = RupiahField("Paling sedikit", [Optional()])
    most = RupiahField(
        "Paling banyak", [Optional()], description="Kosongkan bila menurut pemberi pinjaman"
    )
    method = RadiosField("Cara menghitung", [InputRequired()], choices=METHODS)
    percent = CommaDecimalField(
        "Bunga setahun",
        [Optional()],
        min=0,
        max=MOST_RATE,
        suffix="%",
        description="Kosongkan bila belum tentu atau memakai margin. 1,5% sebulan = 18% setahun",
    )
    every = RadiosField("Diangsur", [InputRequired()], choices=EVERY)
    most_months = WholeNumberField(
        "Paling lama", [Optional()], min=1, max=MOST_PAYMENTS[MONTH], suffix="bulan"
    )
    conditions = NoteField("Syarat", [Length(max=1000, message=_LONG)])
    source = TextField(
        "Sumber",
        [InputRequired(), Length(max=300)],
        description="Peraturan, brosur, atau surat beserta tanggalnya",
    )
    doubt = NoteField("Yang belum pasti", [Length(max=500, message="Paling banyak 500 huruf.")])
    is_offered = YesNoField("Masih ditawarkan?", [InputRequired()])
    valid_from = DateField("Berlaku sejak", [InputRequired()], may_be_future=True)

    def offer(self, code: str) -> Offer:
        """What was said, typed; only for a form that was validated."""
        percent: Decimal | None = self.percent.data
        said: dict[str, Any] = self.values()
        return Offer(
            code=code,
            name=said["name"],
            lender=said["lender"],
            method=said["method"],
            source=said["source"] or "",
            least=said["least"] or 0,
            most=said["most"],
            rate=None if percent is None else round(percent * 100),
            every=said["every"],
            most_months=said["most_months"],
            conditions=said["conditions"] or "",
            doubt=said["doubt"] or "",
            is_offered=said["is_offered"],
            valid_from=said["valid_from"],
        )

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The questions in the order of the page."""
        return [
            ("Tawaran", [self.name, self.lender, self.least, self.most]),
            ("Biaya dan lama", [self.method, self.percent, self.every, self.most_months]),
            ("Syarat dan sumber", [self.conditions, self.source, self.doubt]),
            ("Berlaku", [self.is_offered, self.valid_from]),
        ]


def first_answers(offer: Offer | None, today: date) -> dict[str, Any]:
    """What the boxes hold at first: what counts now, to be valid from today."""
    if offer is None:
        return {"every": MONTH, "is_offered": True, "valid_from": today}
    return {
        "name": offer.name,
        "lender": offer.lender,
        "least": offer.least or None,
        "most": offer.most,
        "method": offer.method,
        "percent": offer.percent,
        "every": offer.every,
        "most_months": offer.most_months,
        "conditions": offer.conditions,
        "source": offer.source,
        "doubt": offer.doubt,
        "is_offered": offer.is_offered,
        "valid_from": today,
    }
