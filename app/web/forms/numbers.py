"""Numbers as Indonesians write them: dots between thousands, a comma before the fraction."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from app.core.errors import InvalidInput
from app.core.rupiah import parse_rupiah
from app.web.filters import angka
from app.web.forms.typed import TypedField

_WHOLE = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)")
_FRACTION = re.compile(r"-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?")
_YEAR = re.compile(r"[0-9]{4}")
_LAST_YEAR = 2100
# Anything longer is a slip of the finger and would not fit a column.
_MAX_DIGITS = 15


class _TypedNumber(TypedField):
    """A box for a number."""

    prefix_text = ""
    suffix_text = ""
    input_mode = "numeric"
    default_width = "govuk-input--width-10"

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        self.suffix_text = options.pop("suffix", self.suffix_text)
        options.setdefault("render_kw", {"inputmode": self.input_mode})
        super().__init__(label, validators, **options)

    def shown(self, value: Any) -> str:
        """The number with dots between thousands."""
        return angka(value)


class WholeNumberField(_TypedNumber):
    """A whole number; `min` and `max` bound it."""

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        self.min: int | None = options.pop("min", 0)
        self.max: int | None = options.pop("max", None)
        super().__init__(label, validators, **options)

    def read(self, text: str) -> int:
        """The whole number within the bounds."""
        if not _WHOLE.fullmatch(text) or len(text) > _MAX_DIGITS:
            raise ValueError(self.gettext("Not a valid integer value."))
        number = int(text.replace(".", ""))
        if self.min is not None and number < self.min:
            raise ValueError(f"Angka paling kecil {angka(self.min)}.")
        if self.max is not None and number > self.max:
            raise ValueError(f"Angka paling besar {angka(self.max)}.")
        return number


class YearField(WholeNumberField):
    """A year of four digits between `min` and `max`, written without a dot."""

    default_width = "govuk-input--width-5"

    def read(self, text: str) -> int:
        """The year within the bounds."""
        # Pages once wrote years with a dot; somebody may have one open.
        digits = text.replace(".", "")
        first, last = self.min or 0, self.max or _LAST_YEAR
        if not (_YEAR.fullmatch(digits) and first <= int(digits) <= last):
            raise ValueError(f"Tulis tahun dengan empat angka, {first} sampai {last}.")
        return int(digits)

    def shown(self, value: Any) -> str:
        """The year as it is read."""
        return str(value)


class CommaDecimalField(_TypedNumber):
    """A number with a fraction after a comma; `data` is a Decimal. `min` and `max` bound it."""

    input_mode = "decimal"

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        self.min: Decimal | int | None = options.pop("min", None)
        self.max: Decimal | int | None = options.pop("max", None)
        super().__init__(label, validators, **options)

    def read(self, text: str) -> Decimal:
        """The number within the bounds."""
        if not _FRACTION.fullmatch(text) or len(text) > _MAX_DIGITS:
            raise ValueError(self.gettext("Not a valid decimal value."))
        number = Decimal(text.replace(".", "").replace(",", "."))
        if self.min is not None and number < self.min:
            raise ValueError(f"Angka paling kecil {angka(self.min)}.")
        if self.max is not None and number > self.max:
            raise ValueError(f"Angka paling besar {angka(self.max)}.")
        return number


class RupiahField(_TypedNumber):
    """An amount in whole rupiah, as "1.250.000" or "2,5 jt"; `unit` is the period it is about."""

    prefix_text = "Rp"
    input_mode = "text"

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        self.unit: str | None = options.pop("unit", None)
        super().__init__(label, validators, **options)

    def read(self, text: str) -> int | None:
        """The amount; a doubtful one is asked back, never guessed."""
        # Beside the box stands "Rp", so whole digits with dots have one reading only.
        if _WHOLE.fullmatch(text) and len(text) <= _MAX_DIGITS and not text.startswith("-"):
            return int(text.replace(".", ""))
        try:
            return parse_rupiah(text, unit=self.unit).amount
        except InvalidInput as refusal:
            raise ValueError(refusal.message) from refusal
