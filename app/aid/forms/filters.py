"""What a list of tools can be narrowed to."""

from __future__ import annotations

from wtforms import HiddenField
from wtforms.validators import Length, Optional

from app.aid.forms.cases import PAID_SOURCES
from app.aid.queries import ToolFilter
from app.aid.queries.tools import USES
from app.places.rules import is_area_code
from app.web.forms import BaseForm, ChoiceField, TextField, YearField

_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class ToolFilterForm(BaseForm):
    """Words, use, source and year of the money."""

    class Meta(BaseForm.Meta):
        """A form of a list changes nothing."""

        csrf = False

    cari = TextField("Nama alat", [Length(max=80)])
    keadaan = ChoiceField("Keadaan", [Optional()], choices=USES, blank_label="Semua")
    dana = ChoiceField("Sumber dana", [Optional()], choices=PAID_SOURCES, blank_label="Semua")
    tahun = YearField("Tahun dana", min=_FIRST_YEAR, max=_LAST_YEAR)
    wilayah = HiddenField()

    def asked(self) -> ToolFilter:
        """The filter; a word that means nothing asks for anything."""
        year = self.tahun.data
        area = self.wilayah.data or ""
        return ToolFilter(
            text=(self.cari.data or "")[:80],
            use=self.keadaan.data if self.keadaan.data in USES else "",
            funding=self.dana.data if self.dana.data in PAID_SOURCES else "",
            year=year if isinstance(year, int) and year >= _FIRST_YEAR else None,
            area=area if is_area_code(area) else "",
        )
