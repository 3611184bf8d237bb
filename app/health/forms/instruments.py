"""Drafting a version of the instrument."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, cast

from flask_wtf.file import FileField, FileRequired
from wtforms import Field, HiddenField
from wtforms.validators import DataRequired, Length

from app.health.rules.instrument import Indicator, Instrument
from app.health.rules.instrument_draft import IndicatorWording
from app.web.forms import (
    BaseForm,
    ChoiceField,
    CommaDecimalField,
    ManyChoicesField,
    NoteField,
    TextField,
    WholeNumberField,
)

_POINTS = (0, 1, 2, 3, 4)
_WORST, _BEST = 0, 4
_WEIGHT = "bobot_"
_OPTION = "jawaban_"
_LONG = Length(max=400, message="Paling banyak 400 huruf.")


class NewDraftForm(BaseForm):
    """A new draft: what it is for."""

    note = NoteField(
        "Apa yang ingin diubah, dan mengapa?",
        [DataRequired(), Length(max=500, message="Paling banyak 500 huruf.")],
    )


class SeenForm(BaseForm):
    """A button that concerns the content that the person has seen."""

    seen = HiddenField()


class DraftFileForm(SeenForm):
    """The whole draft as a file."""

    file = FileField(
        "Berkas rancangan (YAML)",
        [FileRequired("Pilih berkas rancangan.")],
        description="Unduh berkasnya, ubah dengan penyunting teks, lalu unggah kembali.",
        render_kw={"accept": ".yaml,.yml"},
    )


class NumbersForm(SeenForm):
    """Weights of all questions and the bounds of the classes. Made by `numbers_form`."""

    def weight_of(self, indicator: Indicator) -> Field:
        """The box for the weight of one question."""
        return self[_WEIGHT + indicator.code]

    def weights(self) -> dict[str, int]:
        """The weights by question."""
        return {
            name.removeprefix(_WEIGHT): value
            for name, value in self.values().items()
            if name.startswith(_WEIGHT)
        }


def numbers_form(instrument: Instrument, seen: str) -> NumbersForm:
    """The form with what the draft says now."""
    fields: dict[str, Any] = {
        "healthy": _bound("Batas terendah sehat", instrument.healthy_tenths),
        "less_healthy": _bound("Batas terendah kurang sehat", instrument.less_healthy_tenths),
    }
    for one in instrument.indicators:
        fields[_WEIGHT + one.code] = WholeNumberField(
            f"Bobot {one.name}", [DataRequired()], default=one.weight, min=0, max=100
        )
    form = cast("NumbersForm", type("NumbersForm", (NumbersForm,), fields)())
    form.seen.data = form.seen.data or seen
    return form


def _bound(label: str, tenths: int) -> CommaDecimalField:
    return CommaDecimalField(
        label,
        [DataRequired()],
        default=Decimal(tenths) / 10,
        min=Decimal("0.1"),
        max=100,
        description="Satu angka di belakang koma.",
    )


class WordingForm(SeenForm):
    """The words of one question. Made by `wording_form`."""

    def wording(self) -> IndicatorWording:
        """What was typed."""
        said = self.values()
        return IndicatorWording(
            name=said["name"],
            question=said["question"],
            help=said["help"] or "",
            options={
                points: said[f"{_OPTION}{points}"]
                for points in _POINTS
                if said[f"{_OPTION}{points}"]
            },
            sectors=tuple(said["sectors"]),
        )

    def options(self) -> list[Field]:
        """The boxes of the answers, worst first."""
        return [self[f"{_OPTION}{points}"] for points in _POINTS]


def wording_form(instrument: Instrument, one: Indicator | None, seen: str) -> WordingForm:
    """The form of one question, or of a new one, which also names its dimension."""
    fields: dict[str, Any] = {}
    if one is None:
        fields["dimension"] = ChoiceField(
            "Dimensi",
            [DataRequired()],
            choices=[(part.code, part.name) for part in instrument.dimensions],
            blank_label="Pilih",
        )
    fields |= {
        "name": TextField("Nama singkat", [DataRequired(), _LONG], default=one and one.name),
        "question": NoteField("Pertanyaan", [DataRequired(), _LONG], default=one and one.question),
        "help": NoteField("Penjelasan untuk pendamping", [_LONG], default=one and one.help),
        "sectors": ManyChoicesField(
            "Ditanyakan kepada sektor",
            [DataRequired("Pilih paling sedikit satu sektor.")],
            choices=list(instrument.sectors.items()),
            default=sorted(one.sectors if one else instrument.sectors),
        ),
    }
    for points in _POINTS:
        fields[f"{_OPTION}{points}"] = TextField(
            f"Jawaban bernilai {points} poin",
            [DataRequired(), _LONG] if points in (_WORST, _BEST) else [_LONG],
            default=one.options.get(points) if one else None,
        )
    form = cast("WordingForm", type("WordingForm", (WordingForm,), fields)())
    form.seen.data = form.seen.data or seen
    return form
