"""A draft of the instrument: changed, tried on everybody, published, and then left alone."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.health.models import HealthAssessment, InstrumentTrial, InstrumentVersion, TrialResult
from app.health.queries import current_instrument
from app.health.rules import first_instrument
from app.jobs import run_pending

WEIGHTS = {f"bobot_{one.code}": str(one.weight) for one in first_instrument().indicators}
BOUNDS = {"healthy": "70,0", "less_healthy": "45,0"}


@pytest.fixture
def draft(admin_client) -> str:
    """The address of a new draft."""
    answer = admin_client.post("/instrumen", data={"note": "Batas sehat terlalu rendah"})
    assert answer.status_code == 303
    return str(answer.location)


def seen(page) -> str:
    found = re.search(r'name="seen"[^>]*value="(\w{64})"', page.text)
    assert found
    return found[1]


def change(client, draft: str, **fields: str):
    given = {**WEIGHTS, **BOUNDS, "seen": seen(client.get(draft)), **fields}
    return client.post(f"{draft}/angka", data=given)


def tried(client, draft: str) -> str:
    """Have the draft tried; the address of what it would change."""
    assert client.post(f"{draft}/coba").status_code == 303
    assert run_pending() == 1
    row = db.session.scalars(
        select(InstrumentTrial).order_by(InstrumentTrial.asked_at.desc())
    ).first()
    assert row is not None
    assert row.finished_at is not None
    return f"/instrumen/dampak/{row.id}"


def published(client, draft: str):
    return client.post(f"{draft}/terbit", data={"seen": seen(client.get(draft))})


def test_a_draft_is_tried_on_all_current_assessments_and_then_published(
    admin_client, draft, factories
):
    healthy = factories.enterprise(sector="D")
    factories.assessment(enterprise=healthy, found=factories.findings(3))
    factories.assessment(enterprise=factories.enterprise(sector="A"), health_class="sakit")
    old = factories.enterprise(sector="D")
    factories.assessment(enterprise=old, assessed_on=local_today() - timedelta(days=400))

    assert change(admin_client, draft, healthy="80,0").status_code == 303
    effect = admin_client.get(tried(admin_client, draft))
    answer = published(admin_client, draft)

    result = db.session.scalars(
        select(TrialResult).where(TrialResult.enterprise_id == healthy.id)
    ).one()
    assert (result.class_now, result.class_then) == ("sehat", "kurang_sehat")
    assert "1 usaha dari sehat menjadi kurang sehat" in effect.text
    assert "1 usaha dari sakit menjadi sakit" in effect.text
    assert "1 usaha tidak ikut dihitung" in effect.text
    assert answer.status_code == 303
    assert (current_instrument().version, current_instrument().healthy_tenths) == (2, 800)


def test_new_assessments_follow_the_new_version_and_old_ones_keep_theirs(
    admin_client, draft, factories
):
    enterprise = factories.enterprise(sector="D")
    before = factories.assessment(
        enterprise=enterprise, found=factories.findings(3), assessed_on=local_today() - timedelta(9)
    )
    change(admin_client, draft, healthy="80,0")
    tried(admin_client, draft)
    published(admin_client, draft)

    after = factories.assessment(enterprise=enterprise, found=factories.findings(3))

    rows = {row.id: row for row in db.session.scalars(select(HealthAssessment))}
    assert (rows[before.id].instrument_version, rows[before.id].final_class) == (1, "sehat")
    assert (rows[after.id].instrument_version, rows[after.id].final_class) == (2, "kurang_sehat")
    page = admin_client.get(f"/penilaian/{before.id}")
    assert "versi 1" in page.text
    assert "versi 2" in admin_client.get(f"/penilaian/{after.id}").text


def test_a_question_that_is_new_is_asked_and_counts(admin_client, draft, factories):
    page = admin_client.get(f"{draft}/pertanyaan")
    answer = admin_client.post(
        f"{draft}/pertanyaan",
        data={
            "seen": seen(page),
            "dimension": "SDM",
            "name": "Cadangan tenaga",
            "question": "Ada yang bisa membantu saat ramai?",
            "sectors": list("ABCDEF"),
            "jawaban_0": "Tidak ada",
            "jawaban_4": "Ada",
        },
    )
    assert answer.status_code == 303
    assert "Beri bobot paling sedikit 1" in admin_client.get(draft).text
    assert change(admin_client, draft, bobot_SDM4="1", bobot_SDM5="1").status_code == 303
    tried(admin_client, draft)
    published(admin_client, draft)
    enterprise = factories.enterprise(sector="D", started_on=local_today() - timedelta(900))

    form = admin_client.get(f"/penilaian/baru/{enterprise.id}/sdm")

    assert "Ada yang bisa membantu saat ramai?" in form.text
    assert current_instrument().indicator("SDM5").weight == 1
    stored = factories.assessment(enterprise=enterprise)
    assert len(stored.points) == 33


def test_a_question_without_answers_of_old_makes_coverage_smaller_in_the_trial(
    admin_client, draft, factories
):
    enterprise = factories.enterprise(sector="D")
    factories.assessment(enterprise=enterprise, found=factories.findings(3))
    codes = [one.code for one in first_instrument().indicators]
    # Nearly all weight lies on one question that only the draft asks.
    light = {f"bobot_{code}": "1" for code in codes}
    page = admin_client.get(f"{draft}/pertanyaan")
    admin_client.post(
        f"{draft}/pertanyaan",
        data={
            "seen": seen(page),
            "dimension": "MNJ",
            "name": "Baru",
            "question": "Baru?",
            "sectors": list("ABCDEF"),
            "jawaban_0": "Tidak",
            "jawaban_4": "Ya",
        },
    )
    assert change(admin_client, draft, **light, bobot_MNJ5="68").status_code == 303

    effect = admin_client.get(tried(admin_client, draft))

    assert "1 usaha dari sehat menjadi belum dapat dinilai" in effect.text


def test_words_can_be_changed_and_removed_questions_leave_their_weight_open(admin_client, draft):
    page = admin_client.get(f"{draft}/pertanyaan/SDM4")
    admin_client.post(f"{draft}/pertanyaan/SDM4/hapus", data={"seen": seen(page)})
    page = admin_client.get(draft)
    assert "Jumlah semua bobot harus 100, sekarang 98." in page.text

    refused = admin_client.post(f"{draft}/pertanyaan/LGL2/hapus", data={"seen": seen(page)})

    assert "dipakai aturan pembatas" in admin_client.get(refused.location).text
    assert admin_client.get(f"{draft}/pertanyaan/SDM4").status_code == 404


def test_the_file_of_a_draft_can_be_taken_changed_and_brought_back(admin_client, draft):
    text = admin_client.get(f"{draft}/berkas").text
    changed = text.replace("kurang_sehat: 45.0", "kurang_sehat: 48.5", 1)

    answer = admin_client.post(
        f"{draft}/berkas",
        data={
            "seen": seen(admin_client.get(draft)),
            "file": (BytesIO(changed.encode()), "rancangan.yaml"),
        },
    )

    assert answer.status_code == 303
    assert "48,5" in admin_client.get(draft).text
    again = admin_client.post(
        f"{draft}/berkas",
        data={"seen": seen(admin_client.get(draft)), "file": (BytesIO(b"a: ["), "x.yaml")},
    )
    assert again.status_code == 422
    assert "Berkas tidak terbaca di baris" in again.text


def test_a_draft_that_was_not_tried_as_it_is_cannot_be_published(admin_client, draft):
    change(admin_client, draft, healthy="72,0")
    assert published(admin_client, draft).status_code == 303
    assert current_instrument().version == 1

    tried(admin_client, draft)
    change(admin_client, draft, healthy="73,0")
    published(admin_client, draft)

    assert "Lihat dahulu dampaknya" in admin_client.get(draft).text
    assert current_instrument().version == 1


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(admin_client, draft):
    old = seen(admin_client.get(draft))
    change(admin_client, draft, healthy="72,0")

    answer = admin_client.post(f"{draft}/angka", data={**WEIGHTS, **BOUNDS, "seen": old})

    assert answer.status_code == 422
    assert "baru saja diubah orang lain" in answer.text


def test_a_published_version_never_changes_again(admin_client, draft, app):
    change(admin_client, draft, healthy="72,0")
    tried(admin_client, draft)
    published(admin_client, draft)
    page = admin_client.get(draft)

    for path, data in (
        ("angka", {**WEIGHTS, **BOUNDS, "seen": "x"}),
        ("buang", {}),
        ("terbit", {"seen": "x"}),
        ("coba", {}),
    ):
        admin_client.post(f"{draft}/{path}", data=data)

    assert 'action="' + draft not in page.text
    row = db.session.scalars(select(InstrumentVersion)).one()
    assert (row.state, row.number) == ("terbit", 2)
    for statement in (
        "UPDATE instrument_version SET content = 'x'",
        "DELETE FROM instrument_trial_result",
        "DELETE FROM instrument_trial",
        "DELETE FROM instrument_version",
    ):
        if statement.endswith("instrument_version") or "SET" in statement:
            with pytest.raises(sa.exc.DBAPIError), transaction():
                db.session.execute(sa.text(statement))
        else:
            with transaction():
                db.session.execute(sa.text(statement))


def test_a_draft_of_an_older_version_is_not_published_over_a_newer_one(admin_client, draft):
    other = admin_client.post("/instrumen", data={"note": "Yang lain"}).location
    for one, bound in ((draft, "72,0"), (other, "74,0")):
        change(admin_client, one, healthy=bound)
        tried(admin_client, one)
    published(admin_client, draft)

    published(admin_client, other)

    assert "Versi lain sudah terbit" in admin_client.get(other).text
    assert current_instrument().healthy_tenths == 720


def test_an_officer_sees_the_effect_in_the_own_area_alone(admin_client, draft, factories, as_role):
    factories.assessment(enterprise=factories.enterprise(sector="D"), found=factories.findings(3))
    change(admin_client, draft, healthy="80,0")
    address = tried(admin_client, draft)
    near, far = as_role(Role.LABOUR_OFFICER), as_role(Role.LABOUR_OFFICER, "33.03")

    assert "1 usaha dari sehat menjadi kurang sehat" in near.get(address).text
    shown = near.get(f"{address}/usaha?dari=sehat&ke=kurang_sehat")
    name = db.session.scalars(select(Enterprise.name)).one()
    assert name in shown.text
    assert "1 usaha" not in far.get(address).text
    assert name not in far.get(f"{address}/usaha").text
    foreign, unknown = (
        far.get(f"{address}?wilayah={code}").status_code for code in ("33.02", "99.99")
    )
    assert (foreign, unknown) == (404, 404)


def test_lists_say_what_the_numbers_say_and_bear_any_address(admin_client, draft, factories):
    for points in (1, 2, 3, 3):
        factories.assessment(
            enterprise=factories.enterprise(sector="D"), found=factories.findings(points)
        )
    change(admin_client, draft, healthy="80,0")
    address = tried(admin_client, draft)
    page = admin_client.get(address).text

    links = re.findall(rf'href="({address}/usaha[^"]*)"[^>]*aria-label="(\d+) usaha', page)

    assert len(links) > 3
    for link, count in links:
        listed = admin_client.get(link.replace("&amp;", "&")).text
        assert listed.count("/kesehatan") == int(count), link
    odd = f"{address}/usaha?dari=yy&ke=xx&setelah=zz"
    assert admin_client.get(odd).status_code == 200


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.LABOUR_OFFICER, True),
        (Role.MENTOR, False),
        (Role.VILLAGE_OFFICER, False),
        (Role.ENTREPRENEUR, False),
        (Role.COOPERATIVE_OFFICER, False),
    ],
)
def test_only_admins_change_the_instrument(as_role, draft, admin_client, role, reads):
    client = as_role(role)

    assert client.get("/instrumen").status_code == (200 if reads else 403)
    assert client.get(draft).status_code == (200 if reads else 403)
    for path, data in (
        ("", None),
        ("/angka", {**WEIGHTS, **BOUNDS}),
        ("/pertanyaan", None),
        ("/pertanyaan/KEU1", None),
        ("/pertanyaan/KEU1/hapus", None),
        ("/berkas", None),
        ("/coba", None),
        ("/terbit", None),
        ("/buang", None),
    ):
        target = draft + path if path else "/instrumen"
        assert client.post(target, data=data or {"note": "x"}).status_code == 403, path
    assert db.session.scalars(select(InstrumentVersion.state)).all() == ["rancangan"]


def test_what_does_not_exist_is_not_found(admin_client, officer_client):
    for path in (f"/instrumen/{uuid4()}", f"/instrumen/dampak/{UUID(int=7)}"):
        assert admin_client.get(path).status_code == 404
        assert officer_client.get(path).status_code == 404
