"""The photo of the premises: taken in, shown within the scope only."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise


def picture():
    buffer = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(buffer, "PNG")
    buffer.seek(0)
    return buffer


def test_a_photo_is_kept_and_shown_within_the_scope_only(officer_client, as_role, factories):
    row = factories.enterprise()
    path = f"/usaha/{row.id}/foto"

    saved = officer_client.post(f"{path}/ubah", data={"photo": (picture(), "tempat.png")})

    assert saved.status_code == 303
    assert db.session.get(Enterprise, row.id).photo_id is not None
    for query in ("", "?kecil=ya"):
        shown = officer_client.get(path + query)
        assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
        assert shown.data.startswith(b"\xff\xd8")
        shown.close()
    assert as_role(Role.LABOUR_OFFICER, "35.07").get(path).status_code == 404
    assert as_role(Role.VILLAGE_OFFICER, row.village_code).post(f"{path}/ubah").status_code == 403


def test_what_is_no_photo_is_refused_at_the_field(officer_client, factories):
    row = factories.enterprise()
    path = f"/usaha/{row.id}/foto/ubah"

    nothing = officer_client.post(path, data={})
    text = officer_client.post(path, data={"photo": (BytesIO(b"bukan foto"), "foto.jpg")})

    assert nothing.status_code == text.status_code == 422
    assert 'id="photo-error"' in text.get_data(as_text=True)
    assert db.session.get(Enterprise, row.id).photo_id is None


def test_an_enterprise_without_photo_answers_not_found(officer_client, factories):
    row = factories.enterprise()

    assert officer_client.get(f"/usaha/{row.id}/foto").status_code == 404
