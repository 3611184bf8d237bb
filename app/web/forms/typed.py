"""Boxes whose text means a value: a number, a day, a point."""

from __future__ import annotations

from typing import Any

from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput


class TypedField(Field):
    """A text box that is read into a value, and shows again what was typed when it can't be."""

    component = "text"
    widget = TextInput()

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        super().__init__(label, validators, **options)
        self._typed = ""
        self.raw_data: list[Any] | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the text; a refusal is kept for `validate`."""
        self._typed = valuelist[0].replace("\x00", "").strip() if valuelist else ""
        self.data = None
        if self._typed:
            self.data = self.read(self._typed)

    def pre_validate(self, form: Any) -> None:
        """Let the reason stand alone: "required" would hide why the text was refused."""
        if self.process_errors:
            raise StopValidation

    def read(self, text: str) -> Any:
        """The value that `text` means; ValueError with an Indonesian reason if none."""
        raise ValueError(text)

    def shown(self, value: Any) -> str:
        """The value as the box shows it."""
        return str(value)

    def show(self, value: Any) -> None:
        """Put a value into the box, in place of what was typed."""
        self.data = value
        self.raw_data = None

    def _value(self) -> str:
        if self.raw_data:
            return self._typed
        return "" if self.data is None else self.shown(self.data)
