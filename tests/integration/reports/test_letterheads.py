"""The letterhead of an office: printed, checked, kept by those who answer for the area."""

from __future__ import annotations

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from app.db import db
from app.files.models import StoredFile
from app.history.models import HistoryEntry
from app.reports.models import Letterhead
from tests.browserless import as_told
from tests.pdf_text import pdf_text

WORDS = {
    "above": "Pemerintah Kabupaten Banyumas",
    "name": "Dinas Tenaga Kerja #1 $x$",
    "address": "Jalan Gatot Subroto 1, Purwokerto",
    "place": "Purwokerto",
    "signer_post": "Kepala Dinas",
    "signer_name": "Siti Rahayu",
    "signer_nip": "19800101 200501 2 001",
}


def picture(kind="PNG"):
    """A logo, as an upload."""
    buffer = BytesIO()
    Image.new("RGB", (60, 60), "#117755").save(buffer, kind)
    buffer.seek(0)
    return buffer, f"lambang.{kind.lower()}"


def keep(client, area="33.02", **words):
    """Keep a letterhead."""
    return client.post(
        f"/laporan/kop?wilayah={area}", data={**WORDS, **words}, content_type="multipart/form-data"
    )


def test_a_report_bears_letterhead_logo_and_signer(register, officer_client, ask, fetch):
    plain = fetch(officer_client, ask(officer_client)).pdf
    assert keep(officer_client, logo=picture()).status_code == 303

    made = fetch(officer_client, ask(officer_client, village="33.02.15.2003"))

    words = pdf_text(made.pdf)
    for told in (*list(WORDS.values())[:-1], "NIP 19800101 200501 2 001"):
        assert told in words
    assert b"/Subtype/Image" in made.pdf
    assert b"/Subtype/Image" not in plain
    assert "Siti Rahayu" not in pdf_text(plain)
    assert made.sheets["Ringkasan"][1][0] == WORDS["name"]


def test_the_logo_is_encoded_anew_and_can_be_taken_away(register, officer_client):
    keep(officer_client, logo=picture())

    shown = officer_client.get("/laporan/kop/lambang?wilayah=33.02")
    assert shown.data.startswith(b"\xff\xd8\xff")
    shown.close()
    keep(officer_client, drop_logo="y")

    assert officer_client.get("/laporan/kop/lambang?wilayah=33.02").status_code == 404
    assert db.session.get_one(Letterhead, "33.02").logo_id is None


def test_what_is_no_picture_is_refused_at_its_field(register, officer_client):
    answer = keep(officer_client, logo=(BytesIO(b"<svg onload=alert(1)>"), "lambang.png"))

    assert answer.status_code == 422
    assert "tidak dapat dibaca sebagai foto" in answer.text
    assert db.session.scalars(sa.select(Letterhead)).all() == []
    assert db.session.scalars(sa.select(StoredFile)).all() == []


@pytest.mark.parametrize(
    ("field", "value"), [("signer_nip", "12345"), ("name", " "), ("name", "x" * 200)]
)
def test_what_can_not_be_is_refused(register, officer_client, field, value):
    answer = keep(officer_client, **{field: value})

    assert answer.status_code == 422
    assert "govuk-error-message" in answer.text
    assert db.session.scalars(sa.select(Letterhead)).all() == []


def test_every_change_is_in_the_history_with_its_area(register, officer_client):
    keep(officer_client)
    keep(officer_client, signer_name="Budi Santoso")

    rows = db.session.scalars(
        sa.select(HistoryEntry)
        .where(HistoryEntry.action == "letterhead.changed")
        .order_by(HistoryEntry.n)
    ).all()
    assert [row.area_code for row in rows] == ["33.02", "33.02"]
    assert rows[1].changes == {"signer_name": ["Siti Rahayu", "Budi Santoso"]}


def test_the_letterhead_of_another_area_is_out_of_reach(register, officer_client, admin_client):
    assert keep(admin_client, area="35.07").status_code == 303

    for path in ("/laporan/kop", "/laporan/kop/lambang"):
        foreign = officer_client.get(f"{path}?wilayah=35.07")
        unknown = officer_client.get(f"{path}?wilayah=98.76")
        assert foreign.status_code == unknown.status_code == 404
        assert as_told(foreign) == as_told(unknown)
    assert keep(officer_client, area="35.07", name="Milik saya").status_code == 404
    assert db.session.get_one(Letterhead, "35.07").name == WORDS["name"]
