"""What the field components need to know of a field; registered as Jinja filters."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields.simple import FileField
from wtforms.form import BaseForm as AnyForm

_KINDS: tuple[tuple[type[Field], str], ...] = (
    (HiddenField, "hidden"),
    (SelectMultipleField, "checkboxes"),
    (RadioField, "radios"),
    (SelectField, "select"),
    (BooleanField, "checkbox"),
    (TextAreaField, "textarea"),
    (FileField, "file"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One line of the error summary; `anchor` is the id of the box, empty for the whole form."""

    anchor: str
    message: str


def field_kind(field: Field) -> str:
    """Which component draws the field."""
    named: str | None = getattr(field, "component", None)
    if named:
        return named
    return next((kind for shape, kind in _KINDS if isinstance(field, shape)), "text")


def field_errors(field: Field) -> list[str]:
    """The refusals of one field, as texts."""
    return [str(error) for error in field.errors]


def field_described(field: Field, hint: str | None = None) -> str:
    """Ids of the hint and the error that describe the box, parted by a blank."""
    ids = []
    if hint or field.description:
        ids.append(f"{field.id}-hint")
    if field.errors:
        ids.append(f"{field.id}-error")
    return " ".join(ids)


def field_attributes(field: Field, hint: str | None = None) -> dict[str, str]:
    """ARIA attributes of the box."""
    attributes = {}
    described = field_described(field, hint)
    if described:
        attributes["aria-describedby"] = described
    if field.errors:
        attributes["aria-invalid"] = "true"
    return attributes


def input_class(field: Field, width: str = "") -> str:
    """Classes of a text box; `width` is a width class such as "govuk-input--width-10"."""
    classes = ["govuk-input", width or getattr(field, "default_width", "")]
    if field.errors:
        classes.append("govuk-input--error")
    return " ".join(part for part in classes if part)


def form_problems(form: AnyForm) -> list[Problem]:
    """Every refusal in a form, those of the whole form first."""
    problems = [Problem(anchor="", message=str(text)) for text in form.form_errors]
    for field in form:
        problems += [Problem(anchor=_anchor(field), message=text) for text in field_errors(field)]
    return problems


def _anchor(field: Field) -> str:
    is_group = field_kind(field) in ("radios", "checkboxes")
    return f"{field.id}-0" if is_group else field.id
