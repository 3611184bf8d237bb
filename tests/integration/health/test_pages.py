"""The form, the result and the health page, and who may not see or make them."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from app.accounts.models import Account
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import AssessmentDraft, HealthAssessment

TODAY = local_today()
START = {"assessed_on": f"{TODAY:%d/%m/%Y}", "has_equipment": "tidak", "off_season": "tidak"}
FOOD = {"declared_non_halal": "tidak", "incident": "tidak", "sold_outside_home": "ya"}
PAGES = {
    "keu": ["KEU1", "KEU2", "KEU3", "KEU4"],
    "psr": ["PSR1", "PSR2", "PSR3", "PSR4"],
    "prd": ["PRD1", "PRD2", "PRD3", "PRD4"],
    "kms": ["KMS1", "KMS2", "KMS3"],
    "lgl": ["LGL1", "LGL2", "LGL3", "LGL4"],
    "mnj": ["MNJ1", "MNJ2", "MNJ3", "MNJ4"],
    "mdl": ["MDL1", "MDL2", "MDL3", "MDL4"],
    "sdm": ["SDM1", "SDM2", "SDM3", "SDM4"],
}


@pytest.fixture
def enterprise(factories):
    return factories.enterprise(sector="A", started_on=TODAY - timedelta(days=900))


@pytest.fixture
def mentor(as_role, factories, enterprise):
    """A mentor who has this enterprise."""
    client = as_role(Role.MENTOR)
    with transaction():
        row = db.session.get(Enterprise, enterprise.id)
        row.mentor_id = client.account_id
    return client


def url(enterprise, step="") -> str:
    return f"/penilaian/baru/{enterprise.id}" + (f"/{step}" if step else "")


def fill(client, enterprise, points=4, **changes):
    """Fill in every page of a food maker's form; `changes` are single fields."""
    client.post(url(enterprise), data={**START, **FOOD, **changes})
    for step, codes in PAGES.items():
        fields = {code: str(points) for code in codes}
        fields |= {f"{code}_bukti": "dilihat" for code in codes}
        fields |= {k: v for k, v in changes.items() if k[:3].lower() == step}
        response = client.post(url(enterprise, step), data=fields)
        assert response.status_code == 303, response.text
    return client.post(url(enterprise, "periksa"))


def test_a_mentor_fills_in_every_page_and_sees_the_result(mentor, enterprise):
    response = fill(mentor, enterprise, main_problem="Susah dapat bahan")

    page = mentor.get(response.location)
    stored = db.session.scalars(select(HealthAssessment)).one()
    assert response.location == f"/penilaian/{stored.id}"
    assert (stored.final_class, stored.score, stored.status) == ("sehat", 1000, "final")
    assert (stored.assessed_by, stored.evidence_strength) == (mentor.account_id, "kuat")
    assert "Sehat" in page.text
    assert "Susah dapat bahan" in page.text
    assert db.session.scalars(select(AssessmentDraft)).all() == []
    assert db.session.get(Enterprise, enterprise.id).sold_outside_home is True


def test_the_result_says_why_and_what_lifts_it(mentor, enterprise):
    response = fill(mentor, enterprise, LGL3="0", MDL2="0", MDL2_angka="135")

    text = mentor.get(response.location).text

    assert "Sertifikat halal belum diurus" in text
    assert "Tunggakan terlama 135 hari." in text
    assert "Tunggakan terlama 120 hari atau kurang" in text
    assert "Langkah terkecil menuju kurang sehat" in text
    assert "Menurut skor saja kelasnya <strong>sehat</strong>" in text
    assert not re.search(r"KO-\d|\bT\d\d\b", text)


def test_each_page_keeps_a_draft_and_says_what_is_left(mentor, enterprise):
    mentor.post(url(enterprise), data={**START, **FOOD})
    answer = {"SDM1": "3", "SDM1_bukti": "buku", "SDM2": "tidak_tahu"}
    stopped = mentor.post(url(enterprise, "sdm"), data={**answer, "berhenti": "ya"})

    form = mentor.get(url(enterprise, "sdm")).text
    review = mentor.get(url(enterprise, "periksa")).text

    assert stopped.location == f"/usaha/{enterprise.id}/kesehatan"
    assert "<strong>1 dari 31</strong>" in review
    assert "Pengganti pemilik, Dana darurat, Rencana pemilik" in review
    assert re.search(r'<input checked[^>]*name="SDM1"[^>]*value="3"', form)
    assert re.search(r'<input checked[^>]*name="SDM2"[^>]*value="tidak_tahu"', form)
    assert "Lanjutkan penilaian" in mentor.get(f"/usaha/{enterprise.id}/kesehatan").text


def test_the_browser_keeps_each_page_until_it_is_sent(mentor, enterprise):
    pages = [mentor.get(f"/penilaian/baru/{enterprise.id}{step}").text for step in ("", "/keu")]

    assert f'data-draft="penilaian-{enterprise.id}-keu"' in pages[1]
    assert all("data-draft-offer" in page for page in pages)


def test_too_few_answers_give_no_class_but_a_list_of_what_to_ask(mentor, enterprise):
    mentor.post(url(enterprise), data={**START, **FOOD})
    mentor.post(url(enterprise, "keu"), data={"KEU1": "3"})

    text = mentor.get(mentor.post(url(enterprise, "periksa")).location).text

    assert "Belum dapat dinilai: tanyakan" in text
    assert "Kapan penjualan terakhir?" in text
    assert db.session.scalars(select(HealthAssessment)).one().answer_states[1] == "belum"


@pytest.mark.parametrize(
    ("step", "fields", "says"),
    [
        ("psr", {"PSR2": "0"}, "isi angkanya, karena menentukan kelas."),
        ("keu", {"KEU2": "0"}, "isi angkanya, karena menentukan kelas."),
        ("mdl", {"MDL2": "0"}, "isi angkanya, karena menentukan kelas."),
        ("mdl", {"MDL1": "1"}, "isi angkanya, karena menentukan kelas."),
        ("psr", {"PSR2": "4", "PSR2_angka": "20"}, "angka ini berarti"),
        ("mdl", {"MDL1": "4", "MDL1_angka": "24"}, "angka ini berarti"),
        ("mdl", {"MDL1": "3", "installments_without_surplus": "ya"}, "pilih jawaban pertama"),
        ("psr", {"PSR2": "0", "PSR2_angka": "lama"}, "Ada isian yang perlu diperbaiki"),
        ("keu", {"loss_months": "4"}, "Angka paling besar 3."),
        ("keu", {"KEU1": "9"}, "Ada isian yang perlu diperbaiki"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(mentor, enterprise, step, fields, says):
    response = mentor.post(url(enterprise, step), data=fields)

    assert response.status_code == 422
    assert says in response.text
    assert "Ada isian yang perlu diperbaiki" in response.text
    assert db.session.scalars(select(AssessmentDraft)).all() == []


def test_a_number_alone_gives_the_answer(mentor, enterprise):
    mentor.post(url(enterprise), data={**START, **FOOD})
    mentor.post(url(enterprise, "mdl"), data={"MDL1_angka": "24", "MDL2_angka": "0"})

    kept = db.session.scalars(select(AssessmentDraft)).one().answers

    assert (kept["MDL1"], kept["MDL2"]) == ("3", "4")


def test_only_questions_of_the_sector_are_asked(as_role, factories):
    tailor = factories.enterprise(sector="D")
    officer = as_role(Role.LABOUR_OFFICER)

    start, legal = officer.get(url(tailor)).text, officer.get(url(tailor, "lgl")).text

    assert "Produk dinyatakan tidak halal" not in start
    assert "Sertifikat halal" not in legal
    assert "Apakah usaha punya NIB?" in legal
    assert officer.get(url(tailor, "kms")).location == url(tailor)


def test_without_a_sector_the_form_asks_for_it_first(as_role, factories):
    unknown = factories.enterprise(sector=None)

    response = as_role(Role.LABOUR_OFFICER).get(url(unknown))

    assert "Isi sektor usaha lebih dulu." in response.text


def test_a_draft_can_be_thrown_away(mentor, enterprise):
    mentor.post(url(enterprise), data={**START, **FOOD})

    response = mentor.post(url(enterprise, "hapus"))

    assert response.status_code == 303
    assert db.session.scalars(select(AssessmentDraft)).all() == []


def test_finishing_twice_records_once(mentor, enterprise):
    fill(mentor, enterprise)

    again = mentor.post(url(enterprise, "periksa"))

    assert again.location == url(enterprise)
    assert len(db.session.scalars(select(HealthAssessment)).all()) == 1


def test_a_day_in_the_future_is_refused_at_its_field(mentor, enterprise):
    later = TODAY + timedelta(days=2)

    response = mentor.post(
        url(enterprise), data={**START, **FOOD, "assessed_on": f"{later:%d/%m/%Y}"}
    )

    assert response.status_code == 422
    assert 'id="assessed_on-error"' in response.text


def test_the_health_page_shows_class_trend_and_past(as_role, factories, enterprise):
    officer = as_role(Role.LABOUR_OFFICER)
    for days, health_class in ((60, "sakit"), (2, "kurang_sehat")):
        factories.assessment(
            enterprise=enterprise,
            health_class=health_class,
            assessed_on=TODAY - timedelta(days=days),
            by=db.session.get(Account, officer.account_id),
        )

    response = officer.get(f"/usaha/{enterprise.id}/kesehatan")

    assert "Kurang sehat" in response.text
    assert "<polyline" in response.text
    assert "naik 25,0" in response.text
    assert "Semua penilaian" in response.text
    assert db.session.get(Account, officer.account_id).name in response.text
    assert len(response.data) < 60_000


def test_an_enterprise_that_was_never_assessed_says_so(as_role, enterprise):
    response = as_role(Role.VILLAGE_OFFICER, "33.02.04.2005").get(
        f"/usaha/{enterprise.id}/kesehatan"
    )

    assert "belum pernah dinilai" in response.text
    assert "Nilai sekarang" not in response.text


def test_a_class_that_has_expired_is_called_so(as_role, factories, enterprise):
    factories.assessment(
        enterprise=enterprise, health_class="sakit", assessed_on=TODAY - timedelta(days=70)
    )

    response = as_role(Role.LABOUR_OFFICER).get(f"/usaha/{enterprise.id}/kesehatan")

    assert "kedaluwarsa" in response.text


@pytest.mark.parametrize(
    ("role", "area"),
    [(Role.MENTOR, "33.02"), (Role.LABOUR_OFFICER, "35"), (Role.VILLAGE_OFFICER, "33.02.04.2006")],
)
def test_what_lies_outside_the_reach_is_not_there(as_role, factories, enterprise, role, area):
    stored = factories.assessment(enterprise=enterprise)
    stranger = as_role(role, area)

    own, unknown = (
        [
            stranger.get(f"/usaha/{key}/kesehatan").status_code,
            stranger.get(f"/penilaian/{assessment}").status_code,
        ]
        for key, assessment in ((enterprise.id, stored.id), (uuid4(), uuid4()))
    )

    assert own == unknown == [404, 404]


@pytest.mark.parametrize("step", ["", "keu", "periksa", "hapus"])
def test_nobody_assesses_an_enterprise_outside_the_reach(as_role, enterprise, step):
    stranger = as_role(Role.MENTOR)

    response = stranger.post(url(enterprise, step), data={**START, **FOOD})

    assert response.status_code == 404
    assert db.session.scalars(select(AssessmentDraft)).all() == []


@pytest.mark.parametrize("step", ["", "keu", "periksa"])
def test_a_village_officer_reads_but_does_not_assess(as_role, enterprise, step):
    reader = as_role(Role.VILLAGE_OFFICER, "33.02.04.2005")

    assert reader.get(url(enterprise, step)).status_code == 403
    assert reader.post(url(enterprise, step)).status_code == 403


def test_an_entrepreneur_sees_no_health_page(as_role, enterprise):
    response = as_role(Role.ENTREPRENEUR).get(f"/usaha/{enterprise.id}/kesehatan")

    assert response.status_code == 403


def test_drafts_of_others_are_not_shown(as_role, mentor, enterprise):
    mentor.post(url(enterprise), data={**START, **FOOD, "main_problem": "rahasia pendamping"})

    text = as_role(Role.LABOUR_OFFICER).get(url(enterprise)).text

    assert "rahasia pendamping" not in text


def test_a_stranger_is_asked_to_sign_in(client, enterprise):
    response = client.get(f"/usaha/{enterprise.id}/kesehatan")

    assert response.status_code == 303
    assert "/masuk" in response.location
