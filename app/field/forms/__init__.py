"""Deciding about what phones sent, and handing in what they saved."""

from __future__ import annotations

from collections.abc import Iterable

from wtforms import HiddenField
from wtforms.validators import DataRequired, Length

from app.core.errors import InvalidInput
from app.field.rules import DECISIONS
from app.web.forms import BaseForm, NoteField, RadiosField, TextField

_WORDS = {
    "pakai_tercatat": "Pakai yang tercatat",
    "pakai_kiriman": "Pakai kiriman dari ponsel",
    "isi_lain": "Isi dengan yang lain",
    "catat_keduanya": "Simpan keduanya sebagai catatan",
    "terima": "Terima",
    "tolak": "Tolak",
}


class DecideForm(BaseForm):
    """What becomes of one item; `version` is the one that the person saw."""

    version = HiddenField()
    decision = RadiosField("Keputusan", [DataRequired("Pilih keputusannya.")], choices=DECISIONS)
    value = TextField("Isian yang benar", [Length(max=300)])
    note = NoteField("Catatan", [Length(max=500)])

    def offer(self, choices: Iterable[str]) -> None:
        """Let the person choose among these."""
        self.decision.choices = [(one, _WORDS[one]) for one in choices]

    @property
    def seen_version(self) -> int:
        """The version that the person saw; 0 is none."""
        said = self.version.data or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0

    def typed(self) -> str | None:
        """What was typed instead.

        Raises:
            InvalidInput: nothing, where something else was chosen.
        """
        if self.decision.data != "isi_lain":
            return None
        if not self.value.data:
            raise InvalidInput("value_missing", field="value", message="Isi yang benar.")
        return str(self.value.data)
