"""The form by which a rule gets another value."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.web.forms import DateField, NoteField, OnceForm, TextField


class RuleForm(OnceForm):
    """Another value of one rule from a day on; the value is read as its rule wants it."""

    value = TextField("Nilai baru", [InputRequired(), Length(max=60)])
    valid_from = DateField("Berlaku sejak", [InputRequired()], may_be_future=True)
    source = TextField(
        "Sumber",
        [InputRequired(), Length(max=300)],
        description="Peraturan, nomor dan pasalnya, contoh: PP 42/2024 Pasal 160",
    )
    note = NoteField("Catatan", [Length(max=500, message="Paling banyak 500 huruf.")])


def rule_form(example: str) -> RuleForm:
    """The form with the way a value of this rule is typed."""
    form = RuleForm()
    form.value.description = example
    return form
