"""What is asked about a product that wants onto the shelves of others."""

from __future__ import annotations

from typing import Any

from wtforms.validators import Length

from app.market.rules.curation import ASKED
from app.web.forms import NoteField, OnceForm, RadiosField


class _CurationForm(OnceForm):
    """Yes or no to each demand that no record tells."""

    note = NoteField("Catatan", [Length(max=500)])

    def questions(self, asked: frozenset[str]) -> list[Any]:
        """The fields of the demands that apply."""
        return [self[one.code] for one in ASKED if one.code in asked]

    def answers(self) -> dict[str, str]:
        """What was answered."""
        return {one.code: self[one.code].data for one in ASKED if self[one.code].data}


CurationForm: type[_CurationForm] = type(
    "CurationForm",
    (_CurationForm,),
    {one.code: RadiosField(one.label, choices={"ya": "Ya", "tidak": "Belum"}) for one in ASKED},
)
