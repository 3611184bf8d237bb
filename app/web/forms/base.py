"""The base of every form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, PasswordField, StringField, SubmitField

from app.core.errors import PulihError
from app.web.forms.messages import INDONESIAN, REQUIRED, IndonesianTranslations, inside_sentence

_CHOSEN = ("radios", "checkboxes", "select", "file", "place")


def stripped(value: Any) -> Any:
    """The text without the blanks around it and without signs that nobody sees.

    NUL is refused by PostgreSQL; invisible signs make a name that can't be clicked, or turn the
    text around them.
    """
    if not isinstance(value, str):
        return value
    return "".join(one for one in value if _is_seen(one)).strip()


def _is_seen(character: str) -> bool:
    return character in "\n\r\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")


class BaseForm(FlaskForm):
    """A form whose texts are stripped, whose refusals are Indonesian, whose values are typed."""

    class Meta(FlaskForm.Meta):
        """How WTForms builds the fields of these forms."""

        def get_translations(self, form: Any) -> IndonesianTranslations:
            """Indonesian, whatever the browser asks for."""
            return INDONESIAN

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Bind one field, with stripping for everything typed that is no password."""
            kind = unbound_field.field_class
            if issubclass(kind, StringField) and not issubclass(kind, PasswordField):
                filters: Sequence[Callable[[Any], Any]] = unbound_field.kwargs.get("filters", ())
                options = {**options, "filters": [stripped, *filters]}
                unbound_field.kwargs.pop("filters", None)
            return unbound_field.bind(form=form, **options)

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Check all fields; a missing one is named in its message ("Isi nama usaha.")."""
        is_valid: bool = super().validate(extra_validators)
        for field in self:
            # WTForms looks at what was sent: blanks pass there, and are nothing once stripped.
            if field.flags.required and field.data in (None, "") and not field.errors:
                field.errors = [REQUIRED]
                is_valid = False
            if REQUIRED in field.errors:
                field.errors = [
                    _ask_for(field) if text == REQUIRED else text for text in field.errors
                ]
        return is_valid

    def values(self) -> dict[str, Any]:
        """Typed values by field name; what was left empty is None."""
        return {
            field.short_name: None if field.data == "" else field.data
            for field in self
            if field.name != self.meta.csrf_field_name and not isinstance(field, SubmitField)
        }

    def take_refusal(self, refusal: PulihError) -> None:
        """Show why a service refused, and what else it found wrong at the same time."""
        self.add_errors(refusal, *refusal.values.get("also", ()))

    def add_errors(self, *refusals: PulihError) -> None:
        """Show refusals of a service at their fields, or above the form when they have none."""
        for refusal in refusals:
            text = refusal.message or "Isian ini belum benar. Periksa lagi."
            if refusal.field and refusal.field in self:
                field = self[refusal.field]
                field.errors = [*field.errors, text]
            else:
                self.form_errors.append(text)


def _ask_for(field: Field) -> str:
    if isinstance(field, BooleanField):
        return "Centang pernyataan ini untuk melanjutkan."
    verb = "Pilih" if getattr(field, "component", "") in _CHOSEN else "Isi"
    return f"{verb} {inside_sentence(field.label.text.rstrip('?'))}."
