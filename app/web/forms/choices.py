"""Choices: one of a few (radios), one of many (select), several (checkboxes), yes or no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from markupsafe import Markup, escape
from wtforms import RadioField, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget, Select


def _shaped(choices: Any) -> Any:
    """Choices given as (value, label) pairs in the shape that WTForms wants."""
    if choices is None or callable(choices):
        return choices
    pairs: Iterable[Any] = choices.items() if isinstance(choices, dict) else choices
    return [
        SelectChoice(value=str(pair[0]), label=str(pair[1])) if isinstance(pair, tuple) else pair
        for pair in pairs
    ]


def _or_none(coerce: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`coerce`, but an empty choice is no choice, and blanks are as empty as nothing: to
    `Optional` they are, which would let them pass unseen."""
    return lambda value: None if value is None or not str(value).strip() else coerce(value)


class _OneOf(SelectField):
    """One of given (value, label) pairs; not chosen is None."""

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        self.blank_label: str | None = options.pop("blank_label", None)
        given = options.pop("choices", None)
        options["coerce"] = _or_none(options.pop("coerce", str))
        super().__init__(label, validators, choices=self._with_blank(given), **options)

    def _with_blank(self, choices: Any) -> Any:
        shaped = _shaped(choices)
        if self.blank_label is None or not isinstance(shaped, list):
            return shaped
        return [SelectChoice(value="", label=self.blank_label), *shaped]

    @property
    def choices(self) -> Any:
        """The choices, the empty one among them; set them on a form when they depend on it."""
        return SelectField.choices.fget(self)

    @choices.setter
    def choices(self, choices: Any) -> None:
        SelectField.choices.fset(self, self._with_blank(choices))

    def offer(self, choices: Any) -> None:
        """Set the choices of this one form, when they depend on who asks."""
        self.choices = choices

    def pre_validate(self, form: Any) -> None:
        """Check that the choice is one of those given; none at all is for validators to judge."""
        if self.data is not None:
            super().pre_validate(form)


class _OpeningList(Select):
    """The list as WTForms writes it, but quicker: filters offer a hundred areas and mentors."""

    @classmethod
    def render_option(cls, choice: Any, **attributes: Any) -> Markup:
        """One option."""
        if attributes or choice.render_kw:
            return Markup(super().render_option(choice, **attributes))  # noqa: S704 - is one already
        selected = "selected " if choice.selected else ""
        label = escape(choice.label or choice.value)
        return Markup(f'<option {selected}value="{escape(choice.value)}">{label}</option>')  # noqa: S704 - both are escaped


class ChoiceField(_OneOf):
    """One of many, as a list that opens."""

    component = "select"
    widget = _OpeningList()

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        options.setdefault("blank_label", "Pilih …")
        super().__init__(label, validators, **options)


class RadiosField(_OneOf, RadioField):
    """One of a few, all visible."""

    component = "radios"


def _yes_or_no(value: Any) -> bool:
    if value in (True, "ya"):
        return True
    if value in (False, "tidak"):
        return False
    raise ValueError(value)


class YesNoField(RadiosField):
    """Ya or Tidak; `data` is a bool, or None when not answered."""

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        options.setdefault("choices", [("ya", "Ya"), ("tidak", "Tidak")])
        super().__init__(label, validators, coerce=_yes_or_no, **options)


class ManyChoicesField(SelectMultipleField):
    """Several of a few, as checkboxes; `data` is a list, empty when none is ticked."""

    component = "checkboxes"
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        super().__init__(
            label, validators, choices=_shaped(options.pop("choices", None)), **options
        )
        # The group has a legend; a label would point nowhere.
        self.label.field_id = ""

    def offer(self, choices: Any) -> None:
        """Set the choices of this one form, when they depend on who asks."""
        self.choices = _shaped(choices)
