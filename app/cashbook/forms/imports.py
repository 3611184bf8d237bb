"""A book that comes in as a file."""

from __future__ import annotations

from flask_wtf.file import FileRequired
from wtforms import HiddenField

from app.web.forms import BaseForm, UploadField


class BookFileForm(BaseForm):
    """The file with the book."""

    file = UploadField(
        "Berkas Excel atau CSV",
        [FileRequired("Pilih berkas bukunya.")],
        description="Format .xlsx atau .csv, satu catatan satu baris",
        render_kw={"accept": ".xlsx,.csv"},
    )


class LinesForm(BaseForm):
    """Lines, or rows to mend, that a page carries to its button."""

    lines = HiddenField()
