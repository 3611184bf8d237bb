"""One box for a business field (KBLI): its code, or words of its title."""

from __future__ import annotations

import re

from wtforms.validators import StopValidation

from app.core.errors import InvalidInput
from app.core.identity import parse_kbli
from app.enterprises.rules.kbli import Field as BusinessField
from app.enterprises.rules.kbli import field_of, search_fields
from app.web.forms import PlaceField, PlaceMatch

_CODE_FIRST = re.compile(r"(\d{5})(?!\d)")
_NOT_FOUND = "Tidak ada KBLI dengan kata itu. Tulis kata lain, atau kode lima angkanya."


class KbliField(PlaceField):
    """A business field; `data` is its code or None.

    Five digits are taken as they are; words bring titles to choose from.
    """

    search_url = "/usaha/kbli"
    suggestions_label = "Saran KBLI"
    choose_label = "Pilih bidang usaha yang dimaksud"

    def pre_validate(self, form: object) -> None:
        """Ask for a choice when words may mean several fields, or none."""
        if not self.text or self.data is not None:
            return
        if any(letter.isalpha() for letter in self.text):
            raise StopValidation(f"{self.choose_label}." if self.matches else _NOT_FOUND)
        try:
            parse_kbli(self.text)
        except InvalidInput as refusal:
            raise StopValidation(refusal.message) from refusal

    def _take_posted(self, *, text: str, code: str, chosen: str) -> None:
        self.text = text[:200]
        typed = _CODE_FIRST.match(self.text)
        if chosen and field_of(chosen):
            self._show(chosen)
        elif code and self.text == _label(code):
            self._show(code)
        elif typed:
            self._show(typed.group(1))
        elif any(letter.isalpha() for letter in self.text):
            self.matches = matches_of(self.text)

    def _show(self, code: str) -> None:
        self.code = code
        self.data = code or None
        self.text = _label(code)


def matches_of(text: str) -> list[PlaceMatch]:
    """What a text may mean, as the box offers it."""
    return [_match(field) for field in search_fields(text)]


def _match(field: BusinessField) -> PlaceMatch:
    return PlaceMatch(code=field.code, label=field.label)


def _label(code: str) -> str:
    field = field_of(code)
    return field.label if field else code
