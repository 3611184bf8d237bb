"""Who may not: other areas, other roles, other steps."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from app.aid.models import AidCase, AidStep, Handover, ToolCheck
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.web.filters import tanggal
from tests.browserless import as_told


def today():
    return tanggal(local_today())


def case_of(enterprise_id):
    return db.session.scalars(
        select(AidCase)
        .where(AidCase.enterprise_id == enterprise_id)
        .execution_options(populate_existing=True)
    ).one()


PAGES = (
    "/usaha/{enterprise}/alat",
    "/usaha/{enterprise}/alat/usul",
    "/usaha/{enterprise}/alat/catat",
    "/bantuan/{case}",
    "/bantuan/{case}/kebutuhan",
    "/bantuan/{case}/lapangan",
    "/bantuan/{case}/setujui",
    "/bantuan/{case}/tolak",
    "/bantuan/{case}/batal",
    "/bantuan/{case}/serahkan",
    "/bantuan/{case}/pasang",
    "/bantuan/{case}/pakai",
    "/bantuan/{case}/berkas",
    "/bantuan/{case}/selesai",
    "/bantuan/{case}/foto/{step}",
    "/alat/{tool}",
    "/alat/{tool}/cek",
    "/alat/{tool}/foto",
    "/alat/{tool}/cek/{check}/foto",
    "/alat/{tool}/pindahkan",
    "/alat/{tool}/tarik",
    "/alat/berita-acara/{paper}.pdf",
)


@pytest.mark.parametrize("page", PAGES)
def test_another_area_is_answered_like_an_unknown_thing(
    factories, enterprise, mentor, officer, officer_client, as_role, page
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    factories.tool_check(factories.tool_of(enterprise), mentor, days_used=3)
    known = {
        "enterprise": enterprise.id,
        "case": row.id,
        "tool": factories.tool_of(enterprise).id,
        "step": db.session.scalars(select(AidStep.id).where(AidStep.step == "use")).one(),
        "check": db.session.scalars(select(ToolCheck.id)).one(),
        "paper": db.session.scalars(select(Handover.id)).one(),
    }
    stranger = as_role(Role.LABOUR_OFFICER, "35.07")

    own = officer_client.get(page.format(**known))
    foreign = stranger.get(page.format(**known))
    unknown = stranger.get(page.format(**{name: uuid4() for name in known}))

    own.close()
    assert own.status_code == (404 if "{step}" in page else 200)
    assert (foreign.status_code, unknown.status_code) == (404, 404)
    assert as_told(foreign) == as_told(unknown)


@pytest.mark.parametrize("role", [Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER])
def test_others_have_no_business_with_tools(as_role, role):
    assert as_role(role).get("/alat").status_code == 403
    assert as_role(role).get("/bantuan").status_code == 403


@pytest.mark.parametrize("page", ["lapangan", "setujui", "tolak", "batal", "serahkan", "selesai"])
def test_a_mentor_decides_nothing(factories, enterprise, mentor, mentor_client, page):
    row = factories.aid_request(enterprise, mentor)

    answer = mentor_client.post(
        f"/bantuan/{row.id}/{page}", data={"version": "1", "note": "x", "due_on": today()}
    )

    assert answer.status_code == 403
    assert case_of(enterprise.id).state == "usul"


def test_a_village_officer_looks_on(factories, enterprise, mentor, as_role):
    row = factories.aid_request(enterprise, mentor)
    client = as_role(Role.VILLAGE_OFFICER, enterprise.village_code)

    assert client.get(f"/bantuan/{row.id}").status_code == 200
    assert client.get(f"/bantuan/{row.id}/kebutuhan").status_code == 403
