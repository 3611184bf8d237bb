"""Registering a mentor and changing what is known of one."""

from __future__ import annotations

from wtforms.validators import InputRequired

from app.mentoring.rules import SKILLS
from app.web.forms import (
    BaseForm,
    ChoiceField,
    ManyChoicesField,
    PlaceField,
    PointField,
    WholeNumberField,
)


class MentorForm(BaseForm):
    """Village, skills and capacity."""

    village = PlaceField("Desa tempat tinggal", [InputRequired()])
    base = PointField(
        "Titik berangkat",
        description="Kalau tidak berangkat dari desanya. Lintang dan bujur, contoh: -7.421300, "
        "109.234500",
    )
    skills = ManyChoicesField("Keahlian", choices=list(SKILLS.items()))
    capacity = WholeNumberField(
        "Daya tampung",
        [InputRequired()],
        description="Paling banyak berapa usaha yang didampingi sekaligus, contoh: 25",
    )


class NewMentorForm(MentorForm):
    """The same, for an account that is no mentor yet."""

    account_id = ChoiceField(
        "Akun pendamping",
        [InputRequired()],
        description="Akun dengan peran pendamping yang belum terdaftar di sini",
    )
