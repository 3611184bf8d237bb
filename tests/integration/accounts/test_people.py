"""Who may give which role where, and whom nobody else sees."""

from __future__ import annotations

import pytest

from app.accounts.models import Account, Membership, PasswordReset
from app.accounts.queries import scope_of
from app.core.permissions import Permission, Role
from app.db import db
from tests.browserless import as_told

NEW = {
    "name": "Rina",
    "email": "rina@contoh.test",
    "phone": "",
}


def test_officer_makes_a_mentor_in_their_regency(officer_client, factories):
    answer = officer_client.post(
        "/akun/baru", data={**NEW, "role": "pendamping", "area": "33.02.04.2001"}
    )

    assert answer.status_code == 303
    made = db.session.query(Account).filter_by(email="rina@contoh.test").one()
    assert [m.area_code for m in made.memberships] == ["33.02.04.2001"]


@pytest.mark.parametrize(
    ("role", "area"),
    [
        ("admin", "33.02"),
        ("admin", ""),
        ("petugas_disnaker", "33"),
        ("petugas_disnaker", "32.12"),
        ("pendamping", "33.01"),
    ],
)
def test_officer_cannot_give_what_is_beyond_their_own(officer_client, factories, role, area):
    answer = officer_client.post("/akun/baru", data={**NEW, "role": role, "area": area})

    assert answer.status_code == 422
    assert db.session.query(Account).filter_by(email="rina@contoh.test").count() == 0


def test_people_of_another_regency_do_not_exist(officer_client, factories):
    other = factories.account(role=Role.MENTOR, area="32.12", name="Orang Indramayu")
    unknown = "01890000-0000-7000-8000-000000000000"

    foreign = officer_client.get(f"/akun/{other.id}")

    assert foreign.status_code == 404
    assert as_told(foreign) == as_told(officer_client.get(f"/akun/{unknown}"))
    assert "Orang Indramayu" not in officer_client.get("/akun").text


def test_officer_cannot_reset_the_password_of_an_admin_with_a_role_in_the_regency(
    officer_client, factories
):
    boss = factories.account(role=Role.ADMIN, area="33.02")

    for what in ("sandi", "dua-langkah/hapus", "perangkat/akhiri"):
        assert officer_client.post(f"/akun/{boss.id}/{what}").status_code == 403
    assert db.session.query(PasswordReset).count() == 0


def test_last_admin_cannot_be_removed(admin_client):
    own = db.session.query(Membership).filter_by(account_id=admin_client.account_id).one()

    answer = admin_client.post(f"/akun/{admin_client.account_id}/peran/{own.id}/akhiri")

    assert answer.status_code == 409
    assert db.session.query(Membership).filter_by(id=own.id).one().until_on is None


def test_second_account_with_the_same_e_mail_is_refused_at_the_field(officer_client, factories):
    factories.account(role=Role.MENTOR, email="rina@contoh.test")

    answer = officer_client.post("/akun/baru", data={**NEW, "role": "pendamping", "area": "33.02"})

    assert answer.status_code == 422
    assert "sudah dipakai akun lain" in answer.text
    assert 'value="Rina"' in answer.text


def test_village_officer_mentor_and_owner_cannot_manage_people(as_role):
    for role in (Role.VILLAGE_OFFICER, Role.MENTOR, Role.ENTREPRENEUR, Role.COOPERATIVE_OFFICER):
        assert as_role(role).get("/akun").status_code == 403


def test_reach_is_the_sum_of_the_roles_that_grant_the_permission(factories):
    person = factories.account(role=Role.VILLAGE_OFFICER, area="33.02.04.2001")
    mentor = factories.account(role=Role.MENTOR, area="33.02")

    reads = scope_of(person.id, Permission.ENTERPRISE_READ)
    writes = scope_of(person.id, Permission.ENTERPRISE_WRITE)

    assert reads.areas == ("33.02.04.2001",)
    assert writes.is_empty
    assert scope_of(mentor.id, Permission.ENTERPRISE_READ).areas == ()
    assert scope_of(mentor.id, Permission.ENTERPRISE_READ).mentor_account_id == mentor.id
