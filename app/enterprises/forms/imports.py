"""Bringing in a spreadsheet."""

from __future__ import annotations

from flask_wtf.file import FileRequired

from app.web.forms import BaseForm, UploadField


class ImportForm(BaseForm):
    """The file with the enterprises; what it really is decides the reader, not its name."""

    file = UploadField(
        "Berkas Excel atau CSV",
        [FileRequired("Pilih berkas yang akan diimpor.")],
        description="Format .xlsx atau .csv, satu usaha satu baris. Urutan kolom bebas.",
        render_kw={"accept": ".xlsx,.csv"},
    )
