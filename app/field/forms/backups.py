"""Handing in a backup of a phone."""

from __future__ import annotations

from flask_wtf.file import FileRequired

from app.web.forms import BaseForm, UploadField


class BackupForm(BaseForm):
    """One file."""

    file = UploadField(
        "Berkas cadangan",
        [FileRequired("Pilih berkas cadangannya.")],
        description="Berkas pulih-cadangan dari ponsel pendamping",
        render_kw={"accept": ".json"},
    )

    def content(self) -> bytes:
        """What the file holds."""
        found: bytes = self.file.data.stream.read()
        return found
