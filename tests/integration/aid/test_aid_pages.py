"""Pages of equipment aid: the way from request to use, its paper, and who may not."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from sqlalchemy import select

from app.aid.models import AidCase, Handover, ToolCheck
from app.aid.rules.gates import GATE_CODES
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.health.models import AnswerCorrection
from app.web.filters import tanggal
from tests.factories.files import photo_upload
from tests.pdf_text import pdf_text

HOSTILE = 'Oven "A" #1 $x$ <script>alert(1)</script>'
NEED = {
    **{f"{code}_is_met": "ya" for code in GATE_CODES},
    **{f"{code}_reason": "Sudah dilihat di tempat" for code in GATE_CODES},
    **{f"{code}_evidence": "Catatan kunjungan 3 November" for code in GATE_CODES},
}


def today():
    return tanggal(local_today())


def paper(**values):
    return {
        "handed_on": today(),
        "giver_name": "Budi Santoso",
        "giver_post": "Kepala bidang",
        "receiver_name": "Siti Rahayu",
        "receiver_post": "Pemilik usaha",
        "photo": (photo_upload(), "serah.jpg"),
        **values,
    }


def case_of(enterprise_id):
    return db.session.scalars(
        select(AidCase)
        .where(AidCase.enterprise_id == enterprise_id)
        .execution_options(populate_existing=True)
    ).one()


def test_the_way_from_request_to_first_check_by_its_pages(
    enterprise, mentor_client, officer_client
):
    key = enterprise.id
    asked = mentor_client.post(
        f"/usaha/{key}/alat/usul",
        data={
            "tool_name": HOSTILE,
            "need": "Menutup kemasan lama",
            "estimated_value": "2.500.000",
            "funding_source": "dana_desa",
        },
    )
    case_id = case_of(key).id

    def step(client, page, **values):
        data = {"version": case_of(key).version, "happened_on": today(), **values}
        return client.post(
            f"/bantuan/{case_id}/{page}", data=data, content_type="multipart/form-data"
        ).status_code

    assert (asked.status_code, asked.location) == (303, f"/bantuan/{case_id}/kebutuhan")
    assert step(mentor_client, "kebutuhan", **NEED) == 303
    assert step(officer_client, "lapangan", note="Cocok dengan syarat") == 303
    assert step(officer_client, "setujui", due_on=today()) == 303
    assert (
        step(
            officer_client,
            "serahkan",
            funded_year="2026",
            tool_name_0=HOSTILE,
            tool_serial_0="SN-9",
            tool_value_0="2.400.000",
            **paper(),
        )
        == 303
    )
    assert step(mentor_client, "pasang", operator="pemilik") == 303
    assert step(mentor_client, "pakai") == 303
    assert case_of(key).state == "dipakai"
    shown = mentor_client.get(f"/bantuan/{case_id}").text
    assert "&lt;script&gt;" in shown
    assert "<script>alert" not in shown


def test_the_paper_says_what_was_handed_over(
    factories, enterprise, mentor, officer, officer_client
):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="diserahkan")
    row = db.session.scalars(select(Handover)).one()

    first = officer_client.get(f"/alat/berita-acara/{row.id}.pdf")
    second = officer_client.get(f"/alat/berita-acara/{row.id}.pdf")

    text = pdf_text(first.data)
    assert first.mimetype == "application/pdf"
    assert first.headers["Cache-Control"] == "private, no-store"
    for words in (
        f"BAST/001/33.02/{local_today().year}",
        "Alat penutup kemasan",
        "SN-001",
        "Rp 2.400.000",
        "Dana Desa",
        "Budi Santoso",
        "Siti Rahayu",
        "4 hari dalam 60 hari",
    ):
        assert words in text
    assert first.data == second.data


def test_a_name_that_looks_like_markup_is_printed_as_it_is(
    factories, enterprise, mentor, officer, officer_client
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")
    officer_client.post(
        f"/bantuan/{row.id}/serahkan",
        data={
            "version": row.version,
            "funded_year": "2026",
            "tool_name_0": HOSTILE,
            "tool_value_0": "1.000",
            **paper(witness_name='#read("/etc/passwd") 😀'),
        },
        content_type="multipart/form-data",
    )
    made = db.session.scalars(select(Handover)).one()

    text = pdf_text(officer_client.get(f"/alat/berita-acara/{made.id}.pdf").data)

    assert HOSTILE in text
    assert '#read("/etc/passwd") □' in text


def test_a_handover_names_the_value_of_each_tool(
    factories, enterprise, mentor, officer, officer_client
):
    row = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer, state="disetujui")

    answer = officer_client.post(
        f"/bantuan/{row.id}/serahkan",
        data={"version": row.version, "funded_year": "2026", "tool_name_1": "Meja", **paper()},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 422
    assert "Isi nilai alat ini." in answer.text


def test_an_unanswered_gate_is_asked_for_at_its_place(factories, enterprise, mentor, mentor_client):
    row = factories.aid_request(enterprise, mentor)
    data = {**NEED, "version": "1"}
    del data["biaya_is_met"]

    answer = mentor_client.post(f"/bantuan/{row.id}/kebutuhan", data=data)

    assert answer.status_code == 422
    assert 'id="biaya_is_met-error"' in answer.text


def test_a_form_without_the_version_that_was_seen_changes_nothing(
    factories, enterprise, mentor, mentor_client
):
    row = factories.aid_request(enterprise, mentor)

    answer = mentor_client.post(f"/bantuan/{row.id}/kebutuhan", data=NEED)

    assert answer.status_code == 409
    assert case_of(enterprise.id).version == 1


def test_the_second_of_two_people_is_told(factories, enterprise, mentor, officer_client):
    row = factories.aid_request(enterprise, mentor)
    data = {"version": "1", "note": "Sudah ada"}

    first = officer_client.post(f"/bantuan/{row.id}/tolak", data=data)
    second = officer_client.post(f"/bantuan/{row.id}/tolak", data=data)

    assert (first.status_code, second.status_code) == (303, 409)
    assert "baru saja diubah orang lain" in second.text


def test_who_asked_finds_no_button_to_approve(factories, enterprise, officer, officer_client):
    row = factories.aid_case(
        enterprise, asked_by=officer, decided_by=officer, state="verifikasi_lapangan"
    )

    shown = officer_client.get(f"/bantuan/{row.id}").text
    posted = officer_client.post(
        f"/bantuan/{row.id}/setujui", data={"version": row.version, "due_on": today()}
    )

    assert f"/bantuan/{row.id}/setujui" not in shown
    assert posted.status_code == 403
    assert "petugas lain" in posted.text


def test_a_check_from_a_phone_is_kept(factories, enterprise, mentor, officer, mentor_client):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    tool_id = factories.tool_of(enterprise).id

    answer = mentor_client.post(
        f"/alat/{tool_id}/cek",
        data={
            "checked_on": today(),
            "days_used": "12",
            "condition": "baik",
            "units": "1.200",
            "sales": "3.000.000",
            "photo": (photo_upload(), "cek.jpg"),
        },
        content_type="multipart/form-data",
    )

    check = db.session.scalars(select(ToolCheck)).one()
    assert answer.status_code == 303
    assert (check.days_used, check.units, check.sales) == (12, 1200, 3_000_000)
    photo = mentor_client.get(f"/alat/{tool_id}/cek/{check.id}/foto")
    photo.close()
    assert photo.mimetype == "image/jpeg"
    assert "12 hari dalam 30 hari" in mentor_client.get(f"/usaha/{enterprise.id}/alat").text


def test_a_check_beyond_thirty_days_is_refused(
    factories, enterprise, mentor, officer, mentor_client
):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    tool_id = factories.tool_of(enterprise).id

    answer = mentor_client.post(
        f"/alat/{tool_id}/cek",
        data={"checked_on": today(), "days_used": "31", "condition": "baik"},
    )

    assert answer.status_code == 422
    assert "Angka paling besar 30." in answer.text


def test_the_questionnaire_begins_with_the_check_and_asks_why_not(
    factories, enterprise, mentor, officer, mentor_client
):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    factories.tool_check(factories.tool_of(enterprise), mentor, days_used=10)
    page = f"/penilaian/baru/{enterprise.id}"
    mentor_client.post(page, data={"assessed_on": today(), "has_equipment": "ya"})
    shown = mentor_client.get(f"{page}/prd").text
    filled = {"PRD5": "1", "PRD5_bukti": "dilihat"}

    refused = mentor_client.post(f"{page}/prd", data=filled)
    kept = mentor_client.post(f"{page}/prd", data={**filled, "PRD5_alasan": "Rusak minggu ini"})
    done = mentor_client.post(f"{page}/periksa")

    assert "10 hari dipakai" in shown
    assert 'value="3" checked' in shown or 'checked value="3"' in shown or _checked(shown, "3")
    assert (refused.status_code, kept.status_code, done.status_code) == (422, 303, 303)
    assert "berbeda dari data" in refused.text
    row = db.session.scalars(select(AnswerCorrection)).one()
    assert (row.indicator, row.known_points, row.given_points, row.reason) == (
        "PRD5",
        3,
        1,
        "Rusak minggu ini",
    )
    assert "Rusak minggu ini" in mentor_client.get(done.location).text


def _checked(html, value):
    at = html.index('name="PRD5"')
    part = html[at : html.index('name="PRD5_bukti"', at)]
    return any("checked" in one and f'value="{value}"' in one for one in part.split("<input"))


def test_the_register_is_narrowed_and_its_file_says_the_same(
    factories, enterprise, mentor, officer, officer_client
):
    factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    factories.old_tool(None, officer, name='=HYPERLINK("x")')

    stored = officer_client.get("/alat?keadaan=disimpan").text
    everything = officer_client.get("/alat").text
    book = openpyxl.load_workbook(BytesIO(officer_client.get("/alat/unduh").data))

    cells = [cell for row in book.active.iter_rows() for cell in row if cell.value is not None]
    assert "HYPERLINK" in stored
    assert "Alat penutup kemasan" not in stored
    assert "Alat penutup kemasan" in everything
    assert "Rp 6.400.000" in everything
    assert {'=HYPERLINK("x")', "Alat penutup kemasan", 2_400_000} <= {one.value for one in cells}
    assert all(cell.data_type != "f" for cell in cells)


def test_a_stored_tool_belongs_to_its_area(factories, officer, as_role, officer_client):
    tool_id = factories.old_tool(None, officer).id

    assert officer_client.get(f"/alat/{tool_id}").status_code == 200
    assert as_role(Role.LABOUR_OFFICER, "35.07").get(f"/alat/{tool_id}").status_code == 404
    assert as_role(Role.MENTOR).get(f"/alat/{tool_id}").status_code == 404


def test_a_tool_that_moved_does_not_tell_of_the_holder_before(
    factories, enterprise, mentor, officer, as_role
):
    with_tool = factories.aid_case(enterprise, asked_by=mentor, decided_by=officer)
    tool = factories.tool_of(enterprise)
    other_mentor = factories.account(role=Role.MENTOR)
    target = factories.enterprise(mentor=other_mentor)
    factories.assessment(enterprise=target, health_class="sehat")
    case = factories.aid_case(target, asked_by=other_mentor, decided_by=officer, state="disetujui")
    first_paper = db.session.scalars(select(Handover.id)).one()
    client = as_role(Role.LABOUR_OFFICER, account=officer)
    moved = client.post(
        f"/alat/{tool.id}/pindahkan",
        data={
            "version": tool.version,
            "target": f"{case.id}.{case.version}",
            "reason": "Menganggur",
            **paper(),
        },
        content_type="multipart/form-data",
    )

    theirs = as_role(Role.MENTOR, account=other_mentor)
    shown = theirs.get(f"/alat/{tool.id}").text

    assert moved.status_code == 303
    assert enterprise.name not in shown
    assert "usaha di luar jangkauan Anda" in shown
    assert theirs.get(f"/alat/berita-acara/{first_paper}.pdf").status_code == 404
    assert theirs.get(f"/alat/{tool.id}/foto").status_code == 404
    assert theirs.get(f"/bantuan/{with_tool.id}").status_code == 404
