"""Bringing in a spreadsheet."""

from __future__ import annotations

from flask_wtf.file import FileField, FileRequired

from app.web.forms import BaseForm


class SheetField(FileField):
    """One spreadsheet; what it really is decides the reader, not its name."""

    component = "file"
    button_text = "Pilih berkas"


class ImportForm(BaseForm):
    """The file with the enterprises."""

    file = SheetField(
        "Berkas Excel atau CSV",
        [FileRequired("Pilih berkas yang akan diimpor.")],
        description="Format .xlsx atau .csv, satu usaha satu baris. Urutan kolom bebas.",
        render_kw={"accept": ".xlsx,.csv"},
    )
