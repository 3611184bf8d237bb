"""Links for buyers."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.market.rules.cards import LIVES, USUAL_LIFE
from app.web.forms import BaseForm, RadiosField, TextField


class CardForm(BaseForm):
    """For how long a link lives."""

    days = RadiosField("Tautan berlaku", [InputRequired()], choices=LIVES, default=USUAL_LIFE)


class CardCodeForm(BaseForm):
    """The code of a link, where it did not come along by itself."""

    code = TextField("Kode kartu produk", [InputRequired(), Length(max=120)])
