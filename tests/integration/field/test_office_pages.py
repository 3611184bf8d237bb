"""The office's pages about phones: who sees which, what is shown, what a decision does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.field.models import FieldDevice, InboxItem
from app.mentoring.models import Visit
from tests.browserless import CleanClient, as_told
from tests.integration.field.phones import Phone

AsRole = Callable[..., CleanClient]


@pytest.fixture
def mentor(factories: SimpleNamespace) -> UUID:
    key: UUID = factories.mentor(name="Bu Wartini").account_id
    return key


@pytest.fixture
def cared(factories: SimpleNamespace, mentor: UUID) -> UUID:
    row = factories.enterprise(name="Keripik Barokah", hamlet="Kulon", capital=1_000_000)
    factories.assigned(mentor, row, from_on=local_today() - timedelta(days=60))
    key: UUID = row.id
    return key


@pytest.fixture
def phone(phone_of: Callable[..., Phone], mentor: UUID) -> Phone:
    return phone_of(mentor)


@pytest.fixture
def conflict(phone: Phone, cared: UUID, factories: SimpleNamespace) -> UUID:
    """The hamlet was changed here while the phone changed it too."""
    return conflict_of(phone, cared, factories, "hamlet", "Wetan", "Lor", base="Kulon")


def conflict_of(
    phone: Phone, cared: UUID, factories: Any, field: str, here: Any, sent: Any, *, base: Any
) -> UUID:
    db.session.rollback()
    version = db.session.get_one(Enterprise, cared).version
    with transaction():
        row = db.session.get_one(Enterprise, cared)
        setattr(row, field, here)
        row.version += 1
    operation = factories.edit_operation(cared, {field: sent}, {field: base}, base_version=version)
    (told,) = phone.results(operation)
    assert told["status"] == "conflict"
    key: UUID = db.session.query(InboxItem.id).filter_by(op_id=UUID(operation["op_id"])).scalar()
    return key


def decided(client: CleanClient, path: str, decision: str, **more: str) -> Any:
    said = {"decision": decision, "version": "1", **more}
    return client.post(path, data=said)


def test_a_conflict_shows_three_values_who_and_when(
    conflict: UUID, officer_client: CleanClient
) -> None:
    listed = officer_client.get("/kiriman/bentrok").get_data(as_text=True)
    page = officer_client.get(f"/kiriman/bentrok/{conflict}").get_data(as_text=True)

    assert "Dusun, RT/RW" in listed
    assert "<strong>1 kiriman</strong> menunggu" in listed
    for told in ("Kulon", "Wetan", "Lor", "Bu Wartini", "Jam ponsel", "Keripik Barokah"):
        assert told in page


@pytest.mark.parametrize(
    ("decision", "more", "stands"),
    [
        ("pakai_kiriman", {}, "Lor"),
        ("pakai_tercatat", {}, "Wetan"),
        ("isi_lain", {"value": "Kidul"}, "Kidul"),
        ("catat_keduanya", {"note": "Dua dusun disebut"}, "Lor"),
    ],
)
def test_each_decision_is_kept_and_does_what_it_says(
    conflict: UUID,
    cared: UUID,
    officer_client: CleanClient,
    decision: str,
    more: dict[str, str],
    stands: str,
) -> None:
    path = f"/kiriman/bentrok/{conflict}"

    answer = decided(officer_client, path, decision, **more)
    again = decided(officer_client, path, "pakai_tercatat")

    assert (answer.status_code, answer.location) == (303, "/kiriman/bentrok")
    assert again.status_code == 409
    assert db.session.get_one(Enterprise, cared).hamlet == stands
    item = db.session.get_one(InboxItem, conflict)
    assert (item.decision, item.decided_by) == (decision, officer_client.account_id)
    closed = officer_client.get("/kiriman/bentrok?keadaan=selesai").get_data(as_text=True)
    assert str(conflict) in closed
    assert str(conflict) not in officer_client.get("/kiriman/bentrok").get_data(as_text=True)


def test_a_typed_value_is_read_as_people_write_it_or_refused(
    phone: Phone, cared: UUID, factories: SimpleNamespace, officer_client: CleanClient
) -> None:
    item = conflict_of(phone, cared, factories, "capital", 2_000_000, 3_000_000, base=1_000_000)
    path = f"/kiriman/bentrok/{item}"

    empty = decided(officer_client, path, "isi_lain")
    wrong = decided(officer_client, path, "isi_lain", value="banyak")
    right = decided(officer_client, path, "isi_lain", value="Rp 2,5 jt")

    assert [one.status_code for one in (empty, wrong, right)] == [422, 422, 303]
    assert "Isi yang benar." in empty.get_data(as_text=True)
    assert db.session.get_one(Enterprise, cared).capital == 2_500_000


def test_a_visit_of_somebody_never_assigned_counts_once_it_is_accepted(
    phone: Phone, factories: SimpleNamespace, officer_client: CleanClient
) -> None:
    other = factories.mentor()
    row = factories.enterprise(name="Bukan dampingan")
    factories.assigned(other.account_id, row, from_on=local_today() - timedelta(days=60))
    (told,) = phone.results(factories.visit_operation(row.id, said={"findings": "Stok penuh."}))
    assert told["status"] == "review"
    item = db.session.query(InboxItem.id).scalar()
    page = officer_client.get(f"/kiriman/tinjau/{item}").get_data(as_text=True)
    assert db.session.query(Visit).count() == 0

    answer = decided(officer_client, f"/kiriman/tinjau/{item}", "terima")

    assert "Pengirim bukan pendamping usaha ini" in page
    assert "Stok penuh." in page
    assert answer.status_code == 303
    assert db.session.query(Visit).one().findings == "Stok penuh."


@pytest.mark.parametrize(
    ("role", "area", "status"),
    [
        (Role.ADMIN, "", 200),
        (Role.LABOUR_OFFICER, "33.02", 200),
        (Role.LABOUR_OFFICER, "35.07", 404),
        (Role.MENTOR, "33.02", 403),
        (Role.VILLAGE_OFFICER, "33.02.04.2005", 403),
        (Role.COOPERATIVE_OFFICER, "33.02", 403),
        (Role.ENTREPRENEUR, "33.02", 403),
    ],
)
def test_only_the_office_of_the_area_sees_and_decides(
    conflict: UUID, phone: Phone, as_role: AsRole, role: Role, area: str, status: int
) -> None:
    client = as_role(role, area)
    addresses = (f"/kiriman/bentrok/{conflict}", f"/kiriman/ponsel/{phone.device_id}/cabut")

    answers = [client.get(one) for one in addresses]
    lists = [client.get(f"/kiriman/{one}") for one in ("bentrok", "tinjau", "ponsel", "cadangan")]

    assert [one.status_code for one in answers] == [status, status]
    assert {one.status_code for one in lists} == {403 if status == 403 else 200}
    if status != 200:
        for listed in lists:
            assert str(conflict) not in listed.get_data(as_text=True)
            assert "Ponsel uji" not in listed.get_data(as_text=True)
        refused = [decided(client, addresses[0], "pakai_kiriman"), client.post(addresses[1])]
        assert [one.status_code for one in refused] == [status, status]
        assert db.session.get_one(InboxItem, conflict).state == "terbuka"
        assert db.session.get_one(FieldDevice, phone.device_id).revoked_at is None


def test_an_unknown_item_answers_as_one_of_elsewhere(
    conflict: UUID, as_role: AsRole, officer_client: CleanClient
) -> None:
    stranger = as_role(Role.LABOUR_OFFICER, "35.07")

    known, unknown = (
        as_told(stranger.get(f"/kiriman/bentrok/{one}")) for one in (conflict, new_id())
    )

    assert known == unknown
    # A conflict is no report to look at.
    assert officer_client.get(f"/kiriman/tinjau/{conflict}").status_code == 404


def test_phones_tell_what_they_have_not_sent_and_can_be_ended(
    phone: Phone, officer_client: CleanClient
) -> None:
    old = (utc_now() - timedelta(days=6)).isoformat()
    phone.push(unsent={"count": 4, "oldest_at": old}, kept_for_good=False, wiped=True)
    with transaction():
        device = db.session.get_one(FieldDevice, phone.device_id)
        device.missing, device.failed_attempts, device.failed_at = [3, 4], 2, utc_now()

    page = officer_client.get("/kiriman/ponsel").get_data(as_text=True)
    desk = officer_client.get("/daftar-kerja").get_data(as_text=True)
    late = officer_client.get("/kiriman/ponsel?keadaan=terlambat").get_data(as_text=True)
    phone.push(unsent={"count": 0, "oldest_at": None})
    none_late = officer_client.get("/kiriman/ponsel?keadaan=terlambat").get_data(as_text=True)
    answer = officer_client.post(f"/kiriman/ponsel/{phone.device_id}/cabut")

    for told in (
        "Bu Wartini",
        "4 kiriman, tertua 6 hari",
        "2 kiriman disebut tetapi tidak pernah datang",
        "2 kali ditolak masuk",
        "Data di ponsel terhapus",
    ):
        assert told in page
    assert "Ponsel belum mengirim lebih dari 3 hari" in desk
    assert "<strong>1 ponsel</strong>" in late
    assert "Bu Wartini" in late
    assert "<strong>0 ponsel</strong>" in none_late
    assert answer.status_code == 303
    assert phone.get("/api/v1/sync/pull").status_code == 401
    assert "Dicabut" in officer_client.get("/kiriman/ponsel").get_data(as_text=True)


def test_the_desk_counts_what_waits_with_the_age_of_the_oldest(
    conflict: UUID, officer_client: CleanClient
) -> None:
    with transaction():
        item = db.session.get_one(InboxItem, conflict)
        item.created_at = utc_now() - timedelta(days=4, hours=1)

    desk = officer_client.get("/daftar-kerja").get_data(as_text=True)

    assert "Isian dari ponsel yang bertentangan" in desk
    assert "Tertua 4 hari" in desk
