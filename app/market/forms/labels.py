"""What is asked about a label."""

from __future__ import annotations

from typing import Any

from wtforms.validators import InputRequired, Length

from app.market.rules.labels import (
    ELEMENTS,
    FORBIDDEN_SIGN,
    HALAL,
    MISSING,
    PERMIT,
    PRESENT,
    VALID,
    LabelFacts,
    Need,
    needs,
)
from app.web.forms import DateField, NoteField, OnceForm, PhotoField, RadiosField, YesNoField

_CHOICES = {PRESENT: "Ada", MISSING: "Belum ada"}


class _LabelForm(OnceForm):
    """A pack looked at: each element that it needs, brand and contact, a picture."""

    checked_on = DateField("Tanggal periksa", [InputRequired()])
    has_brand = YesNoField("Ada merek di kemasan?")
    has_contact = YesNoField(
        "Ada kontak pemesanan di kemasan?", description="Nomor telepon, akun, atau kode QR"
    )
    note = NoteField("Catatan", [Length(max=500)])
    photo = PhotoField("Foto label", description="JPG, PNG, atau WebP, paling besar 20 MB")
    needed: tuple[Need, ...] = ()

    def ask(self, asked: tuple[Need, ...]) -> None:
        """Ask about these elements, in the words for this product."""
        self.needed = tuple(one for one in asked if one.is_needed)
        for one in asked:
            self[one.element.code].label.text = one.label
            self[one.element.code].description = one.element.look_for

    def questions(self) -> list[tuple[Need, Any]]:
        """Each element that is asked about, with its field."""
        return [(one, self[one.element.code]) for one in self.needed]

    @property
    def sign(self) -> Any:
        """The question after a halal sign that nobody allowed."""
        return self[HALAL]

    @property
    def lost_photo(self) -> bool:
        """Whether a photo was chosen that the browser will not send again by itself."""
        return bool(self.photo.data) and bool(self.errors)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, then that everything asked has its answer."""
        is_valid = super().validate(extra_validators)
        for _, field in self.questions():
            if field.data is None and not field.errors:
                field.errors = ["Pilih ada atau belum ada."]
                is_valid = False
        return is_valid

    def findings(self) -> dict[str, str]:
        """What was found. Only for a form that was validated."""
        return {one.code: self[one.code].data for one in ELEMENTS if self[one.code].data}


LabelForm: type[_LabelForm] = type(
    "LabelForm",
    (_LabelForm,),
    {one.code: RadiosField(one.label, choices=_CHOICES) for one in ELEMENTS},
)


def first_answers(last: dict[str, str], facts: LabelFacts) -> dict[str, str]:
    """What the form begins with: the last check, and what the record knows to be missing."""
    known = {code: found for code, found in last.items() if found in _CHOICES}
    if last.get(HALAL) == FORBIDDEN_SIGN:
        known[HALAL] = PRESENT
    is_asked = any(one.element.code == PERMIT and one.is_needed for one in needs(facts))
    if is_asked and facts.permit != VALID:
        known[PERMIT] = MISSING
    return known
