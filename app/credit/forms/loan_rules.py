"""The form by which a rule of lending gets another value."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.credit.rules.lenders import LENDER_KINDS
from app.credit.rules.loan_rules import EVERYBODY, kind_words
from app.web.forms import ChoiceField, DateField, OnceForm, TextField


class LoanRuleForm(OnceForm):
    """Another value of one rule from a day on, for one kind of lender or all."""

    lender_kind = ChoiceField(
        "Berlaku untuk", [InputRequired()], choices={EVERYBODY: kind_words(""), **LENDER_KINDS}
    )
    value = TextField("Nilai baru", [InputRequired(), Length(max=60)])
    valid_from = DateField("Berlaku sejak", [InputRequired()], may_be_future=True)
    source = TextField(
        "Sumber",
        [InputRequired(), Length(max=300)],
        description="Peraturan, AD/ART, atau surat beserta tanggalnya",
    )


def loan_rule_form(example: str) -> LoanRuleForm:
    """The form with the way a value of this rule is typed."""
    form = LoanRuleForm()
    form.value.description = example
    return form
