"""What is asked about a debt outside the books of lenders: no name, no more than is needed."""

from __future__ import annotations

from typing import Any

from wtforms.validators import InputRequired

from app.credit.queries.debts import DebtLine
from app.credit.rules.debts import DEBT_KINDS, MOST_OVERDUE, ToldDebt
from app.web.forms import ChoiceField, DateField, OnceForm, RupiahField, WholeNumberField

_ASKED = ("kind", "amount", "monthly", "overdue_days", "told_on")


class DebtForm(OnceForm):
    """One debt as the owner tells it."""

    kind = ChoiceField("Utang kepada siapa?", [InputRequired()], choices=list(DEBT_KINDS.items()))
    amount = RupiahField("Sisa utang", [InputRequired()], description="Contoh: 2,5 jt")
    monthly = RupiahField(
        "Dibayar tiap bulan",
        [InputRequired()],
        description="Dijadikan sebulan: Rp 50.000 seminggu ditulis 217rb. Tulis 0 bila tidak ada",
    )
    overdue_days = WholeNumberField(
        "Sudah lewat berapa hari?",
        max=MOST_OVERDUE,
        suffix="hari",
        description="0 bila tidak menunggak. Kosongkan bila belum ditanyakan",
    )
    told_on = DateField("Kapan diceritakan?", [InputRequired()])

    def told(self) -> ToldDebt:
        """What was told. Only for a form that was validated."""
        return ToldDebt(**{name: self.values()[name] for name in _ASKED})


def shown_debt(line: DebtLine) -> dict[str, Any]:
    """A debt as the form shows it, to be told anew."""
    return {name: getattr(line, name) for name in ("kind", "amount", "monthly")}
