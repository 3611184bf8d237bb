"""Forms about a running loan: money that came, undoing, setting out anew, taking off the books."""

from __future__ import annotations

from decimal import Decimal

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, Optional

from app.credit.rules.offers import MOST_RATE
from app.credit.rules.refunds import REFUND_WAYS
from app.credit.rules.schedules import MONTH, MOST_PAYMENTS
from app.credit.services.restructuring import NewTerms
from app.web.forms import (
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

USUAL, SETTLING = "angsuran", "pelunasan"
_LONG = "Paling banyak 500 huruf."


class RepaymentForm(OnceForm):
    """Money that came back."""

    way = RadiosField(
        "Untuk apa?",
        [InputRequired()],
        choices={USUAL: "Membayar angsuran", SETTLING: "Melunasi seluruhnya lebih awal"},
    )
    amount = RupiahField("Jumlah yang diterima", [InputRequired()])
    paid_on = DateField("Tanggal bayar", [InputRequired()])
    note = TextField("Catatan", [Optional(), Length(max=200)])


class RefundForm(OnceForm):
    """How an overpayment went back."""

    way = RadiosField("Bagaimana dikembalikan?", [InputRequired()], choices=REFUND_WAYS)
    amount = RupiahField("Jumlah yang dikembalikan", [InputRequired()])
    given_on = DateField("Tanggal", [InputRequired()])
    note = TextField("Catatan", [Optional(), Length(max=200)])


class UndoForm(OnceForm):
    """Why a payment, or giving one back, is undone."""

    reason = TextField("Mengapa dibatalkan?", [InputRequired(), Length(max=200)])


class RestructureForm(OnceForm):
    """How what is left is paid from now on."""

    version = HiddenField()
    count = WholeNumberField(
        "Banyaknya angsuran baru", [InputRequired()], min=1, max=MOST_PAYMENTS[MONTH]
    )
    rate = CommaDecimalField("Bunga setahun", [Optional()], min=0, max=MOST_RATE, suffix="%")
    first_due_on = DateField("Angsuran pertama", [InputRequired()], may_be_future=True)
    gives_up = YesNoField("Bebaskan bunga yang sudah jatuh tempo?", [InputRequired()])
    reason = NoteField("Alasan", [InputRequired(), Length(max=500, message=_LONG)])

    def terms(self) -> NewTerms:
        """What was said, typed; only for a form that was validated."""
        percent: Decimal | None = self.rate.data
        said = self.values()
        return NewTerms(
            count=said["count"],
            rate=0 if percent is None else round(percent * 100),
            first_due_on=said["first_due_on"],
            gives_up_interest=bool(said["gives_up"]),
        )


class WriteOffForm(OnceForm):
    """Why a loan is taken off the books."""

    version = HiddenField()
    reason = NoteField("Alasan", [InputRequired(), Length(max=500, message=_LONG)])
