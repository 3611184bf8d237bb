"""Shapes of the forms of trainings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import BooleanField
from wtforms.validators import InputRequired, Length

from app.interventions.rules import FUNDING_SOURCES
from app.trainings.queries import AttendanceLine
from app.trainings.rules import COMPETENCES, KINDS, PILLARS
from app.trainings.services import NewSession
from app.web.forms import (
    BaseForm,
    ChoiceField,
    DateField,
    ManyChoicesField,
    OnceForm,
    PhotoField,
    PlaceField,
    RadiosField,
    RupiahField,
    TextField,
)


class SessionForm(OnceForm):
    """A session as it is planned, or as it was."""

    kind = RadiosField("Jenis", [InputRequired()], choices=KINDS, default="pelatihan")
    topic = TextField(
        "Topik", [InputRequired(), Length(max=160)], description="Contoh: menghitung harga jual"
    )
    practice = TextField(
        "Praktik yang diharapkan dikerjakan sesudahnya",
        [Length(max=200)],
        description="Satu hal yang bisa dilihat, contoh: menulis biaya setiap produk",
    )
    pillar = ChoiceField("Pilar Desmigratif", [InputRequired()], choices=PILLARS, default="2")
    provider = TextField(
        "Pelaksana", [InputRequired(), Length(max=160)], description="Contoh: PLUT, BLK, Dinkes"
    )
    village = PlaceField("Desa tempat pelaksanaan", [InputRequired()])
    place = TextField("Tempat", [Length(max=160)], description="Contoh: balai desa")
    held_on = DateField("Hari pertama", [InputRequired()], may_be_future=True)
    until_on = DateField(
        "Hari terakhir", may_be_future=True, description="Kosongkan bila hanya satu hari"
    )
    cost = RupiahField("Biaya", description="Kosongkan bila tanpa biaya")
    funding_source = ChoiceField("Sumber dana", choices=FUNDING_SOURCES, blank_label=None)

    def session(self) -> NewSession:
        """What was said, typed. Only for a form that was validated."""
        values = self.values()
        return NewSession(village_code=values.pop("village"), **values)


class ListForm(BaseForm):
    """Who was there, as boxes to tick; `shown` are those that stood on the page."""

    present = ManyChoicesField("Hadir")
    shown = ManyChoicesField("Ditampilkan")
    with_me = BooleanField("Saya sendiri hadir")

    def offer(self, lines: Iterable[AttendanceLine]) -> None:
        """Set who may be ticked."""
        choices = [
            (str(one.enterprise_id), f"{one.name}, {one.owner_name} ({one.village})")
            for one in lines
        ]
        self.present.offer(choices)
        self.shown.offer(choices)


def ids_of(field: Any) -> set[UUID]:
    """What was ticked, as keys."""
    return {UUID(one) for one in field.data or ()}


class MentorsForm(BaseForm):
    """Which mentors were there, and what they can do. Made by `mentors_form`."""

    def lines(self) -> list[tuple[UUID, Any, Any]]:
        """Each mentor with the box and the result."""
        return [
            (UUID(name.removeprefix("hadir_")), self[name], self[f"hasil_{name[6:]}"])
            for name in self._fields
            if name.startswith("hadir_")
        ]

    def present(self) -> set[UUID]:
        """Who was ticked."""
        return {key for key, box, _ in self.lines() if box.data}

    def competences(self) -> dict[UUID, str | None]:
        """The result by mentor."""
        return {key: result.data for key, _, result in self.lines()}


def mentors_form(people: Iterable[tuple[UUID, str]]) -> type[MentorsForm]:
    """The form with a box and a result for each mentor."""
    fields: dict[str, Any] = {}
    for key, name in people:
        fields[f"hadir_{key.hex}"] = BooleanField(name)
        fields[f"hasil_{key.hex}"] = ChoiceField(
            f"Hasil {name}", choices=COMPETENCES, blank_label="Tanpa ujian"
        )
    return type("MentorsFormOfSession", (MentorsForm,), fields)


class PracticeForm(BaseForm):
    """Whether what was taught is done."""

    state = RadiosField(
        "Diterapkan?",
        [InputRequired()],
        choices=[("diterapkan", "Diterapkan"), ("tidak_diterapkan", "Tidak diterapkan")],
    )


class PaperForm(BaseForm):
    """A photo of the signed list."""

    photo = PhotoField("Foto daftar hadir yang ditandatangani", [InputRequired()])
