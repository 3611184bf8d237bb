"""A file that is chosen, and a photo taken with the phone or chosen from it."""

from __future__ import annotations

from typing import Any

from flask_wtf.file import FileAllowed, FileField

# What phones make; the file store decides by content, this only helps the person choose.
PHOTO_ENDINGS = ("jpg", "jpeg", "png", "webp")


class UploadField(FileField):
    """One file; `data` is the uploaded file or None."""

    component = "file"
    button_text = "Pilih berkas"


class PhotoField(UploadField):
    """One photo."""

    button_text = "Pilih foto"

    def __init__(self, label: str, validators: Any = (), **options: Any) -> None:
        options.setdefault("render_kw", {"accept": "image/jpeg,image/png,image/webp"})
        refusal = "Pakai foto berjenis JPG, PNG, atau WebP."
        super().__init__(label, [*validators, FileAllowed(PHOTO_ENDINGS, refusal)], **options)
