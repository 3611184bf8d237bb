"""Forms of members: joining, saving, undoing, leaving."""

from __future__ import annotations

from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length

from app.core.clock import local_today
from app.credit.rules.savings import SAVING_KINDS, SAVING_WAYS
from app.web.forms import BaseForm, DateField, OnceForm, RadiosField, RupiahField, TextField


class JoinForm(OnceForm):
    """Since when somebody is a member."""

    joined_on = DateField("Menjadi anggota sejak", [InputRequired()], default=local_today)


class SavingForm(OnceForm):
    """What a member pays in or takes out."""

    direction = RadiosField("Setor atau tarik", [InputRequired()], choices=SAVING_WAYS)
    kind = RadiosField("Jenis simpanan", [InputRequired()], choices=SAVING_KINDS)
    amount = RupiahField("Jumlah", [InputRequired()])
    happened_on = DateField("Tanggal", [InputRequired()], default=local_today)
    note = TextField("Catatan", [Length(max=200)])

    def told(self) -> dict[str, Any]:
        """What was said, typed."""
        said: dict[str, Any] = self.values()
        return {**said, "note": said["note"] or ""}


class UndoForm(OnceForm):
    """Why a saving is taken back."""

    note = TextField("Mengapa dibatalkan", [InputRequired(), Length(max=200)])


class LeaveForm(BaseForm):
    """When a member left."""

    version = HiddenField(default="0")
    left_on = DateField("Keluar pada", [InputRequired()], default=local_today)
