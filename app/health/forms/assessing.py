"""The assessment form, one page a dimension; made from the instrument."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast

from wtforms import Field
from wtforms.validators import DataRequired, Length

from app.core.clock import local_today
from app.health.rules.answers import NOT_ASKED, NOT_KNOWN
from app.health.rules.evidence import CLAIMED
from app.health.rules.instrument import Dimension, Indicator, Instrument
from app.health.rules.questionnaire import (
    CORRECTION,
    EVIDENCE,
    NUMBER,
    PERCENT_FACTS,
    Draft,
    Known,
    is_corrected,
    needs_number,
    points_for,
    questions,
)
from app.web.forms import (
    BaseForm,
    ChoiceField,
    CommaDecimalField,
    DateField,
    NoteField,
    RadiosField,
    TextField,
    WholeNumberField,
    YesNoField,
)

_YES_NO = [("ya", "Ya"), ("tidak", "Tidak")]
_MAX_DAYS = 20_000
_MAX_RATIO = 100_000
_SUFFIX = {
    "days_since_last_sale": "hari",
    "arrears_days": "hari",
    "debt_service_ratio": "%",
    "quick_ratio": "kali",
}
_ASK_NUMBER = "isi angkanya, karena menentukan kelas. Perkiraan boleh."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question on the page: its fields and what stands beside it."""

    indicator: Indicator
    items: tuple[str, ...]
    answer: Field
    evidence: Field
    number: Field | None
    # What is known already, and where the assessor says why it is not so.
    known: Known | None
    known_answer: str
    correction: Field | None

    @property
    def is_contradicted(self) -> bool:
        """Whether the answer says something else than what is known."""
        return self.known is not None and is_corrected(
            {self.indicator.code: self.answer.data}, self.indicator.code, self.known.points
        )


class StepForm(BaseForm):
    """What all pages of the form can do."""

    def draft_values(self) -> dict[str, Any]:
        """The typed values as plain JSON, for the draft."""
        return {name: _plain(value) for name, value in self.values().items()}


class StartForm(StepForm):
    """The first page. Made by `start_form`."""

    # Yes or no fits on one line of a phone.
    inline_names = frozenset(
        {"has_equipment", "declared_non_halal", "sold_outside_home", "off_season"}
    )

    def shown(self) -> list[Field]:
        """The fields to be filled in, in order."""
        return [field for field in self if field.short_name != self.meta.csrf_field_name]


class DimensionForm(StepForm):
    """The questions of one dimension. Made by `dimension_form`."""

    instrument: Instrument
    asked: tuple[Indicator, ...]
    sector: str
    known: Mapping[str, Known]
    optional_names = frozenset({"loss_months", "book_coverage"})

    def questions(self) -> list[Question]:
        """The questions in order, each with its fields."""
        return [
            Question(
                indicator=one,
                items=one.items_for(self.sector),
                answer=self[one.code],
                evidence=self[one.code + EVIDENCE],
                number=self[one.code + NUMBER] if one.raw else None,
                known=self.known.get(one.code),
                known_answer=self._known_answer(one),
                correction=self[one.code + CORRECTION] if one.code in self.known else None,
            )
            for one in self.asked
        ]

    def _known_answer(self, one: Indicator) -> str:
        known = self.known.get(one.code)
        return one.options_for(self.sector).get(known.points, "") if known else ""

    def extras(self) -> list[Field]:
        """Fields of the page that are no question of the instrument."""
        return [self[name] for name in _EXTRAS.get(self.asked[0].dimension, {})]

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Check each field, then that numbers and answers say the same."""
        is_valid = super().validate(cast("Any", extra_validators))
        for one in self.asked:
            if one.raw is not None and not self[one.code + NUMBER].errors:
                is_valid = self._number_fits(one) and is_valid
        return self._corrections_explained() and is_valid

    def _corrections_explained(self) -> bool:
        said = {name: field.data for name, field in self._fields.items()}
        wrong = [
            code
            for code, known in self.known.items()
            if is_corrected(said, code, known.points) and not said[code + CORRECTION]
        ]
        for code in wrong:
            self[code + CORRECTION].errors = ["Isi alasan jawaban ini berbeda dari data."]
        return not wrong

    def _number_fits(self, one: Indicator) -> bool:
        answer, number = self[one.code], self[one.code + NUMBER]
        scale = one.raw
        is_answered = answer.data not in (None, NOT_ASKED, NOT_KNOWN)
        is_certain = one.code == "MDL1" and self["installments_without_surplus"].data is True
        if scale is None or (number.data is None and not is_answered and not is_certain):
            return True
        if is_certain:
            return self._without_surplus_fits(answer)
        if number.data is None:
            if needs_number(self.instrument, one, int(answer.data)):
                number.errors = [f"{one.name}: {_ASK_NUMBER}"]
                return False
            return True
        value = number.data / Decimal(100) if scale.name in PERCENT_FACTS else number.data
        points = points_for(scale, value)
        if is_answered and int(answer.data) != points:
            said = one.options_for(self.sector)[points]
            number.errors = [f"{one.name}: angka ini berarti “{said}”. Perbaiki salah satunya."]
            return False
        answer.data = str(points)
        return True

    def _without_surplus_fits(self, answer: Field) -> bool:
        if answer.data not in (None, NOT_ASKED, NOT_KNOWN, "0"):
            answer.errors = ["Bila tidak ada sisa usaha, pilih jawaban pertama."]
            return False
        answer.data = "0"
        return True


def start_form(sector: str, draft: Draft, *, is_start_known: bool) -> StartForm:
    """The first page: facts about the enterprise and the questions that are not scored."""
    fields: dict[str, Any] = {
        "assessed_on": DateField(
            "Tanggal penilaian",
            [DataRequired()],
            default=_day(draft.get("assessed_on")) or local_today(),
        ),
        "has_equipment": _yes_no("Ada alat utama atau alat bantuan?", draft, "has_equipment"),
    }
    if sector in ("A", "B"):
        fields |= _food_fields(draft)
    if sector == "A":
        fields["sold_outside_home"] = _yes_no(
            "Dijual di luar rumah?",
            draft,
            "sold_outside_home",
            description="Misalnya di warung, pasar, toko, atau lewat kurir.",
        )
    fields["off_season"] = _yes_no(
        "Usaha musiman dan sekarang di luar musimnya?", draft, "off_season"
    )
    if not is_start_known:
        fields["started_on"] = DateField(
            "Usaha mulai tanggal berapa?", default=_day(draft.get("started_on"))
        )
    fields["main_problem"] = NoteField(
        "Apa masalah utama menurut pemilik? (satu kalimat)",
        [Length(max=500, message="Paling banyak 500 huruf.")],
        default=draft.get("main_problem"),
    )
    return cast("StartForm", type("StartForm", (StartForm,), fields)())


def dimension_form(
    instrument: Instrument,
    dimension: Dimension,
    sector: str,
    draft: Draft,
    known: Mapping[str, Known] | None = None,
    told: Mapping[str, Any] | None = None,
) -> DimensionForm:
    """The page of one dimension with the questions that apply, filled from the draft.

    What is `known` elsewhere, or what the cash book has `told`, stands there until the draft says
    something else.
    """
    asked = questions(instrument, dimension, sector, draft)
    here = {one.code: known[one.code] for one in asked if known and one.code in known}
    begun: Draft = {
        **(told or {}),
        **{code + NUMBER: one.number for code, one in here.items() if code not in draft},
        **{code: str(one.points) for code, one in here.items()},
        **{code + EVIDENCE: one.evidence for code, one in here.items()},
        **draft,
    }
    fields: dict[str, Any] = {
        "instrument": instrument,
        "asked": asked,
        "sector": sector,
        "known": here,
    }
    for one in asked:
        fields |= _question_fields(instrument, one, sector, begun)
    for code in here:
        fields[code + CORRECTION] = TextField(
            "Alasan, bila jawabannya berbeda dari data",
            [Length(max=300, message="Paling banyak 300 huruf.")],
            default=draft.get(code + CORRECTION),
        )
    for name, make in _EXTRAS.get(dimension.code, {}).items():
        fields[name] = make(begun, name)
    return cast("DimensionForm", type("DimensionForm", (DimensionForm,), fields)())


class FinishForm(BaseForm):
    """The button at the end: nothing to fill in."""


def _question_fields(
    instrument: Instrument, one: Indicator, sector: str, draft: Draft
) -> dict[str, Any]:
    options = [(str(points), label) for points, label in one.options_for(sector).items()]
    fields: dict[str, Any] = {
        one.code: RadiosField(
            one.question_for(sector),
            choices=[
                *options,
                (NOT_KNOWN, "Pemilik tidak tahu"),
                (NOT_ASKED, "Belum ditanya"),
            ],
            default=draft.get(one.code) or NOT_ASKED,
            description=one.help,
        )
    }
    if one.raw is not None:
        make = _whole if _SUFFIX[one.raw.name] == "hari" else _decimal
        fields[one.code + NUMBER] = make(
            one.raw.question, draft.get(one.code + NUMBER), _SUFFIX[one.raw.name]
        )
    fields[one.code + EVIDENCE] = ChoiceField(
        "Dasar jawaban",
        choices=list(instrument.evidence_kinds.items())[::-1],
        default=draft.get(one.code + EVIDENCE) or CLAIMED,
        blank_label=None,
    )
    return fields


def _food_fields(draft: Draft) -> dict[str, Any]:
    return {
        "declared_non_halal": _yes_no(
            "Produk dinyatakan tidak halal dan diberi keterangan tidak halal?",
            draft,
            "declared_non_halal",
        ),
        "incident": RadiosField(
            "Dalam 6 bulan terakhir, apakah ada keracunan, penarikan produk, atau pemakaian bahan "
            "terlarang?",
            choices=[
                ("tidak", "Tidak ada"),
                ("selesai", "Ada, sudah dinyatakan selesai oleh Dinkes atau BPOM"),
                ("ya", "Ada, belum selesai"),
                ("belum", "Belum ditanya"),
            ],
            default=draft.get("incident") or "belum",
            description="Bahan terlarang misalnya boraks, formalin, rhodamin B, metanil yellow.",
        ),
    }


def _yes_no(label: str, draft: Draft, name: str, description: str = "") -> Any:
    return YesNoField(
        label,
        choices=_YES_NO,
        default="ya" if draft.get(name) else "tidak",
        description=description,
    )


def _whole(label: str, value: Any, suffix: str, most: int = _MAX_DAYS) -> Any:
    return WholeNumberField(
        label, max=most, suffix=suffix, default=None if value is None else int(Decimal(str(value)))
    )


def _decimal(label: str, value: Any, suffix: str, most: int = _MAX_RATIO) -> Any:
    return CommaDecimalField(
        label,
        min=0,
        max=most,
        suffix=suffix,
        default=None if value is None else Decimal(str(value)),
    )


def _loss_months(draft: Draft, name: str) -> Any:
    return _whole(
        "Menurut buku kas, berapa dari 3 bulan penuh terakhir yang rugi?",
        draft.get(name),
        "bulan",
        3,
    )


def _book_coverage(draft: Draft, name: str) -> Any:
    return _decimal(
        "Di bulan yang paling jarang dicatat, berapa persen hari buka yang ada catatannya?",
        draft.get(name),
        "%",
        100,
    )


def _without_surplus(draft: Draft, name: str) -> Any:
    return _yes_no("Ada cicilan, tetapi 3 bulan terakhir tidak ada sisa usaha?", draft, name)


_EXTRAS: dict[str, dict[str, Any]] = {
    "KEU": {"loss_months": _loss_months, "book_coverage": _book_coverage},
    "MDL": {"installments_without_surplus": _without_surplus},
}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
