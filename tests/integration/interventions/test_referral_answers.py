import re

import pytest
from sqlalchemy import select

from app.core.clock import local_today
from app.db import db
from app.enterprises.models import Enterprise, Owner
from app.history.models import HistoryEntry
from app.interventions.models import Intervention, Referral
from app.web.filters import tanggal
from tests.integration.interventions.conftest import FORM

TODAY = local_today()


def enter(client, code):
    return client.post("/rujukan", data={"code": code})


def stored():
    db.session.rollback()
    return db.session.scalars(select(Referral)).one()


def actions():
    db.session.rollback()
    return list(db.session.scalars(select(HistoryEntry.action).order_by(HistoryEntry.n)))


def shown_referral(page):
    return re.search(r'name="\w+-referral" type="hidden" value="([^"]+)"', page.text)[1]


def test_answer_goes_to_the_referral_on_the_page_though_another_was_opened_since(
    guest, sent, officer_client, factories, item
):
    enter(guest, sent)
    first = shown_referral(guest.get("/rujukan/isi"))
    owner_id = db.session.get(Enterprise, stored().enterprise_id).owner_id
    shop = factories.enterprise(name="Abon Pak Darto", owner=db.session.get(Owner, owner_id))
    other = factories.intervention(enterprise=shop, therapy_code="T14", state="berjalan").id
    page = officer_client.post(f"/terapi/{other}/rujuk", data={**FORM, "version": "1"})
    code = re.search(r"/rujukan#([\w-]+)", officer_client.get(page.location).text)[1]
    enter(guest, code)

    told = guest.post(
        "/rujukan/isi/terima", data={"terima-person": "dr. Ani", "terima-referral": first}
    )
    seen = guest.get(told.location).text
    strange = guest.post(
        "/rujukan/isi/tolak",
        data={"tolak-person": "A", "tolak-reason": "B", "tolak-referral": str(item)},
    )

    db.session.rollback()
    states = dict(db.session.execute(select(Referral.intervention_id, Referral.state)).all())
    assert states == {item: "diterima", other: "menunggu"}
    assert "Keripik Bu Sri" in seen
    assert "Abon Pak Darto" not in seen
    assert strange.status_code == 404


@pytest.mark.parametrize(
    ("answers", "step", "left"),
    [
        ([], "batal", "dicabut"),
        (["terima"], "batal", "dicabut"),
        ([], "selesai", "dicabut"),
        (["terima"], "selesai", "diterima"),
    ],
)
def test_no_office_is_asked_for_a_therapy_that_is_over(
    guest, sent, officer_client, item, answers, step, left
):
    enter(guest, sent)
    for answer in answers:
        guest.post(f"/rujukan/isi/{answer}", data={f"{answer}-person": "dr. Ani"})
    version = str(db.session.get(Intervention, item, populate_existing=True).version)
    said = {"reason": "Pemilik berhenti", "result": "berhasil", "closed_on": tanggal(TODAY)}

    ended = officer_client.post(f"/terapi/{item}/{step}", data={**said, "version": version})

    assert ended.status_code == 303, ended.text
    assert stored().state == left
    assert guest.get("/rujukan/isi").status_code == (404 if left == "dicabut" else 200)
    assert ("referral.revoked" in actions()) == (left == "dicabut")


def test_plan_tells_what_the_other_office_answered(guest, sent, officer_client, as_role):
    enter(guest, sent)
    plan = f"/usaha/{stored().enterprise_id}/terapi"
    waiting = officer_client.get(plan).text
    guest.post(
        "/rujukan/isi/tolak", data={"tolak-person": "A", "tolak-reason": "Kuota tahun ini habis"}
    )

    answered = officer_client.get(plan).text

    assert "Dirujuk ke Dinkes Banyumas" in waiting
    assert "Menunggu jawaban" in waiting
    assert "Kuota tahun ini habis" in answered
