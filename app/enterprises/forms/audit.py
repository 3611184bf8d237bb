"""The fields that narrow the pages of who did what."""

from __future__ import annotations

from app.web.forms import BaseForm, ChoiceField, DateField, TextField


class AuditForm(BaseForm):
    """A person, a time, an action; names are those of the address."""

    class Meta(BaseForm.Meta):
        """It is sent by GET and changes nothing."""

        csrf = False

    who = TextField("Nama orang", name="orang")
    since = DateField("Dari tanggal", name="dari")
    until = DateField("Sampai tanggal", name="sampai")
    action = ChoiceField("Yang dilakukan", name="tindakan", blank_label="Semua")
