"""A picture of a product."""

from __future__ import annotations

from wtforms.validators import InputRequired

from app.market.rules.photos import PHOTO_KINDS
from app.web.forms import BaseForm, DateField, PhotoField, RadiosField


class ProductPhotoForm(BaseForm):
    """The picture, what it shows, and when it was taken."""

    kind = RadiosField("Foto ini menunjukkan", [InputRequired()], choices=PHOTO_KINDS)
    taken_on = DateField("Tanggal foto", [InputRequired()])
    photo = PhotoField(
        "Foto", [InputRequired()], description="JPG, PNG, atau WebP, paling besar 20 MB"
    )
