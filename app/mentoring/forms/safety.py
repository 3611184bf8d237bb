"""A note about safety."""

from __future__ import annotations

from wtforms.validators import InputRequired, Length

from app.web.forms import BaseForm, NoteField


class SafetyForm(BaseForm):
    """What to beware of."""

    text = NoteField(
        "Yang perlu diwaspadai",
        [InputRequired(), Length(max=1000)],
        description="Tulis yang perlu untuk keselamatan saja, tanpa dugaan. Contoh: datang berdua, "
        "pernah diancam penagih utang di rumah ini",
    )
