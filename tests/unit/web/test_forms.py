"""Forms read what Indonesians write, refuse in Indonesian, and keep what was typed."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import render_template_string
from wtforms import BooleanField, PasswordField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.core.clock import local_today
from app.core.errors import InvalidInput
from app.web.filters import tanggal
from app.web.forms import (
    BaseForm,
    ChoiceField,
    CommaDecimalField,
    DateField,
    ManyChoicesField,
    NoteField,
    PlaceField,
    Point,
    PointField,
    RadiosField,
    RupiahField,
    TextField,
    WholeNumberField,
    YearField,
    YesNoField,
)
from app.web.forms.rendering import form_problems

PAGE = """{% from "components/field.html" import field %}
{% from "components/error_summary.html" import error_summary %}
{{ error_summary(form) }}{% for one in form %}{{ field(one) }}{% endfor %}"""


class EnterpriseForm(BaseForm):
    """One field of each kind."""

    name = TextField("Nama usaha", [InputRequired(), Length(max=20)])
    started_on = DateField("Mulai usaha", [Optional()])
    next_on = DateField("Kunjungan berikutnya", [Optional()], may_be_future=True)
    sales = RupiahField("Penjualan", [Optional()])
    workers = WholeNumberField("Tenaga kerja", [Optional()], max=500)
    share = CommaDecimalField("Bagian", [Optional()])
    village = PlaceField("Desa", [InputRequired()])
    sector = ChoiceField("Sektor", [Optional()], choices=[("A", "Pangan"), ("B", "Kriya")])
    sex = RadiosField("Jenis kelamin", [InputRequired()], choices=[("L", "Laki-laki"), ("P", "P")])
    has_equipment = YesNoField("Punya alat?")
    skills = ManyChoicesField("Keahlian", choices=[("buku", "Pembukuan"), ("jual", "Pemasaran")])
    point = PointField("Titik")
    note = NoteField("Catatan")
    secret = PasswordField("Kata sandi")
    consent = BooleanField("Pemilik setuju", [DataRequired()])


GOOD = {
    "name": "  Keripik Bu Nur ",
    "village": "33.02.04.2001",
    "sex": "P",
    "consent": "y",
}


@pytest.fixture
def filled(bare_app):
    """Make a form from what was posted, inside a request."""

    def fill(**posted: Any) -> EnterpriseForm:
        context = bare_app.test_request_context(method="POST", data=posted)
        context.push()
        opened.append(context)
        return EnterpriseForm()

    opened: list[Any] = []
    yield fill
    for context in reversed(opened):
        context.pop()


def errors_of(form: BaseForm) -> dict[str, list[str]]:
    """Refusals by field."""
    form.validate()
    return {field.short_name: list(field.errors) for field in form if field.errors}


def test_values_are_stripped_and_what_was_left_empty_is_none(filled):
    form = filled(**GOOD, note="", sector=" ", started_on="")

    assert form.validate()
    assert form.values()["name"] == "Keripik Bu Nur"
    for name in ("note", "sector", "started_on", "sales", "has_equipment", "point"):
        assert form.values()[name] is None


def test_a_password_is_taken_as_it_was_typed(filled):
    form = filled(**GOOD, secret="  spasi itu sah  ")

    assert form.values()["secret"] == "  spasi itu sah  "


def test_a_zero_byte_never_reaches_the_database(filled):
    form = filled(**{**GOOD, "name": "Keripik\x00 Bu Nur"})

    assert form.values()["name"] == "Keripik Bu Nur"


@pytest.mark.parametrize(
    "typed", ["17 Agustus 2023", "17/8/2023", "17-08-2023", "17 Agt 2023", "2023-08-17"]
)
def test_a_day_may_be_written_in_many_ways(filled, typed):
    form = filled(**GOOD, started_on=typed)

    assert form.validate()
    assert form.values()["started_on"] == date(2023, 8, 17)


@pytest.mark.parametrize("typed", ["31/2/2023", "8/17/2023", "kemarin", "2023"])
def test_a_day_that_cannot_be_meant_stays_in_its_box_with_the_reason(filled, typed):
    form = filled(**GOOD, started_on=typed)

    assert list(errors_of(form)) == ["started_on"]
    assert f'value="{typed}"' in form.started_on()


def test_only_a_day_that_lies_ahead_by_nature_may_be_in_the_future(filled):
    tomorrow = local_today() + timedelta(days=1)
    form = filled(**GOOD, started_on=tanggal(tomorrow), next_on=tanggal(tomorrow))

    assert list(errors_of(form)) == ["started_on"]
    assert form.values()["next_on"] == tomorrow


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1.250.000", 1_250_000), ("5.000", 5_000), ("2,5 jt", 2_500_000), ("Rp 750.000", 750_000)],
)
def test_an_amount_may_be_written_in_many_ways(filled, typed, amount):
    form = filled(**GOOD, sales=typed)

    assert form.validate()
    assert form.values()["sales"] == amount


@pytest.mark.parametrize("typed", ["10M", "-5.000", "banyak", "9" * 30])
def test_a_doubtful_amount_is_asked_back(filled, typed):
    form = filled(**GOOD, sales=typed)

    assert list(errors_of(form)) == ["sales"]
    assert f'value="{typed}"' in form.sales()


@pytest.mark.parametrize("typed", ["12,5", "1.2", "-1", "501", "dua", "1e3", "1" * 40])
def test_a_whole_number_is_whole_and_within_its_bounds(filled, typed):
    assert list(errors_of(filled(**GOOD, workers=typed))) == ["workers"]


def test_a_fraction_has_a_comma_and_a_dot_is_no_comma(filled):
    assert filled(**GOOD, share="1.234,5").values()["share"] == Decimal("1234.5")
    assert list(errors_of(filled(**GOOD, share="12.5"))) == ["share"]


def test_yes_and_no_are_true_and_false_and_silence_is_neither(filled):
    assert filled(**GOOD, has_equipment="ya").values()["has_equipment"] is True
    assert filled(**GOOD, has_equipment="tidak").values()["has_equipment"] is False
    assert filled(**GOOD).values()["has_equipment"] is None
    assert list(errors_of(filled(**GOOD, has_equipment="mungkin"))) == ["has_equipment"]


def test_no_is_shown_as_chosen_when_a_form_opens_with_it(bare_app):
    with bare_app.test_request_context():
        form = EnterpriseForm(data={"has_equipment": False})

        assert [choice.checked for choice in form.has_equipment] == [False, True]


@pytest.mark.parametrize(("field", "value"), [("sector", "Z"), ("sex", "X"), ("skills", "lain")])
def test_a_choice_that_was_not_offered_is_refused(filled, field, value):
    assert list(errors_of(filled(**{**GOOD, field: value}))) == [field]


@pytest.mark.parametrize("typed", ["-7.4213, 109.2345", "-7.4213;109.2345", "-7.4213 109.2345"])
def test_a_point_may_be_pasted_from_a_map(filled, typed):
    assert filled(**GOOD, point=typed).values()["point"] == Point(lat=-7.4213, lng=109.2345)


@pytest.mark.parametrize("typed", ["109.2345, -7.4213", "0,0,0", "rumah", "51.5, -0.1"])
def test_a_point_outside_the_country_is_refused(filled, typed):
    assert list(errors_of(filled(**GOOD, point=typed))) == ["point"]


def test_a_village_written_in_full_or_by_its_code_is_taken(filled):
    full = filled(**{**GOOD, "village": "losari, rawalo, kabupaten banyumas"})

    assert full.values()["village"] == "33.02.04.2001"
    assert filled(**GOOD).values()["village"] == "33.02.04.2001"


def test_a_village_that_may_be_several_is_offered_for_choice_and_never_guessed(filled):
    form = filled(**{**GOOD, "village": "losari"})

    assert errors_of(form) == {"village": ["Pilih desa yang dimaksud."]}
    assert [match.code for match in form.village.matches] == ["33.02.04.2001", "33.02.04.2002"]


def test_even_a_single_near_match_is_only_offered(filled):
    form = filled(**{**GOOD, "village": "tipar"})

    assert errors_of(form) == {"village": ["Pilih desa yang dimaksud."]}


def test_the_chosen_match_is_taken(filled):
    form = filled(**{**GOOD, "village": "losari", "village-pilih": "33.02.04.2002"})

    assert form.validate()
    assert form.values()["village"] == "33.02.04.2002"


def test_a_suggested_code_counts_only_with_its_own_text(filled):
    form = filled(**{**GOOD, "village": "tipar", "village-kode": "33.02.04.2001"})

    assert form.values()["village"] is None


def test_an_unknown_village_is_refused_with_an_example(filled):
    for village in ({"village": "atlantis"}, {"village": "x", "village-pilih": "99.99.99.9999"}):
        assert "Desa tidak ditemukan" in errors_of(filled(**{**GOOD, **village}))["village"][0]


def test_a_missing_answer_is_asked_for_by_its_name(filled):
    errors = errors_of(filled())

    assert errors["name"] == ["Isi nama usaha."]
    assert errors["sex"] == ["Pilih jenis kelamin."]
    assert errors["village"] == ["Pilih desa."]
    assert errors["consent"] == ["Centang pernyataan ini untuk melanjutkan."]


def test_refusals_of_a_service_stand_at_their_field_or_above_the_form(filled):
    form = filled(**GOOD)
    form.validate()

    form.add_errors(
        InvalidInput("name_taken", field="name", message="Nama ini sudah ada."),
        InvalidInput("other", message="Tidak dapat disimpan."),
    )

    assert [(one.anchor, one.message) for one in form_problems(form)] == [
        ("", "Tidak dapat disimpan."),
        ("name", "Nama ini sudah ada."),
    ]


def test_every_problem_links_to_a_box_that_names_its_hint_and_error(filled):
    form = filled(started_on="kemarin")
    form.validate()

    page = render_template_string(PAGE, form=form)

    assert 'href="#sex-0"' in page
    assert 'id="sex-0"' in page
    assert 'aria-describedby="started_on-hint started_on-error"' in page
    assert 'id="started_on-hint"' in page
    assert 'id="started_on-error"' in page
    assert '<span class="govuk-visually-hidden">Galat:</span>' in page


def test_typed_markup_stays_text(filled):
    mark = '"><img src=x onerror=alert(1)>'
    form = filled(name=mark, started_on=mark, sales=mark, village=mark, note=mark, point=mark)
    form.validate()

    page = render_template_string(PAGE, form=form)

    assert "<img" not in page


def test_a_day_too_far_ahead_is_not_said_to_be_still_to_come(filled):
    form = filled(**GOOD, next_on="1/1/2090")

    assert not form.validate()
    assert form.next_on.errors == ["Tanggal ini lebih dari tiga tahun lagi. Periksa tahunnya."]


class YearForm(BaseForm):
    """A year."""

    funded_year = YearField("Tahun dana", min=1990, max=2100)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2026", 2026),
        ("2.026", 2026),
        ("1989", None),
        ("26", None),
        ("20261", None),
        ("-2026", None),
    ],
)
def test_a_year_has_four_digits_and_no_dot(bare_app, text, year):
    with bare_app.test_request_context(method="POST", data={"funded_year": text}):
        form = YearForm()
        errors = errors_of(form)
        said = form.values()["funded_year"]

    refusal = "Tulis tahun dengan empat angka, 1990 sampai 2100."
    assert errors.get("funded_year") == (None if year else [refusal])
    assert said == year


def test_a_year_that_is_offered_is_written_without_a_dot(bare_app):
    with bare_app.test_request_context():
        assert 'value="2026"' in str(YearForm(data={"funded_year": 2026}).funded_year())
