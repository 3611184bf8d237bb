"""Who looked at members and borrowers is noted, on pages that link neither, and on paper."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from app.accounts.queries import scope_of
from app.core.clock import local_today
from app.core.ids import new_id
from app.core.permissions import Permission, Role
from app.credit.models import Lender
from app.credit.rules.savings import FREE, IN
from app.credit.services.savings import save
from app.db import db
from app.db.transaction import transaction
from app.history.models import ReadEntry
from app.history.rules import unpack


@pytest.fixture
def desk(factories, as_role):
    """A member with savings, a running loan with a payment and another one asked for."""
    lender, enterprise = factories.lender(), factories.enterprise()
    lender_id = lender.id
    member = factories.member(lender, enterprise.owner_id)
    clerk = factories.lender_officer(db.session.get_one(Lender, lender_id), duty="pengurus")
    ids = {"lender": lender_id, "owner": enterprise.owner_id, "enterprise": enterprise.id}
    ids |= {"member": member.id, "saving": new_id()}
    loan = factories.running_loan(db.session.get_one(Lender, lender_id), enterprise)
    ids["loan"] = loan.id
    ids["payment"] = factories.repayment(loan, clerk, amount=1_000).id
    ids["asked"] = factories.loan(
        db.session.get_one(Lender, lender_id), enterprise, state="diajukan"
    ).id
    with transaction():
        save(
            scope=scope_of(clerk.id, Permission.LENDER_WORK),
            by=clerk.id,
            row_id=ids["saving"],
            member_id=ids["member"],
            kind=FREE,
            direction=IN,
            amount=1_000,
            happened_on=local_today(),
        )
    client = as_role(Role.COOPERATIVE_OFFICER, account=clerk)
    return SimpleNamespace(ids=ids, client=client, factories=factories)


class Reader:
    """Somebody who opens pages, and what was noted about each."""

    def __init__(self, client):
        self.client, self.known = client, 0

    def opened(self, path):
        answer = self.client.get(path)
        assert answer.status_code == 200, path
        db.session.rollback()
        rows = db.session.scalars(
            select(ReadEntry)
            .where(ReadEntry.account_id == self.client.account_id)
            .order_by(ReadEntry.at, ReadEntry.id)
        ).all()
        fresh, self.known = rows[self.known :], len(rows)
        return [
            (one.kind, one.subject_id, {*unpack(one.enterprises), *unpack(one.owners)})
            for one in fresh
        ]


def test_each_page_and_sheet_of_one_person_is_noted(desk):
    ids, reader = desk.ids, Reader(desk.client)
    member, loan = f"/koperasi/anggota/{ids['member']}", f"/koperasi/pinjaman/{ids['loan']}"
    saving, payment = f"/koperasi/simpanan/{ids['saving']}", f"/koperasi/angsuran/{ids['payment']}"
    of_owner = (
        member,
        f"{member}/simpanan",
        f"{member}/keluar",
        saving,
        f"{saving}/bukti.pdf",
        f"{saving}/batal",
    )
    of_enterprise = (
        loan,
        f"{loan}/jadwal.pdf",
        f"{loan}/bayar",
        f"{loan}/tata-ulang",
        f"{payment}/kuitansi.pdf",
        f"{payment}/batal",
        f"/koperasi/pengajuan/{ids['asked']}",
        f"/koperasi/pengajuan/{ids['asked']}/periksa",
    )

    for paths, key in ((of_owner, ids["owner"]), (of_enterprise, ids["enterprise"])):
        for path in paths:
            ((kind, subject, named),) = reader.opened(path)
            assert (kind, subject) == ("page", key), path
            assert key in named, path


def test_lists_are_noted_with_all_that_stood_on_them(desk):
    ids, reader = desk.ids, Reader(desk.client)
    stranger = desk.factories.enterprise()
    other_id, owner_id = stranger.id, stranger.owner_id
    desk.factories.lender_consent(owner_id, ids["lender"])
    lists = {
        f"/koperasi/{ids['lender']}/anggota": {ids["owner"]},
        f"/koperasi/{ids['lender']}/anggota/baru": {owner_id},
        "/koperasi/pinjaman": {ids["enterprise"]},
        "/koperasi/pengajuan": {ids["enterprise"]},
        f"/koperasi/pengajuan/baru/{ids['lender']}": {ids["enterprise"], other_id},
    }

    for path, named in lists.items():
        assert reader.opened(path) == [("list", None, named)], path


def test_a_mentor_who_opens_an_application_is_noted_too(desk, as_role):
    reader = Reader(as_role(Role.LABOUR_OFFICER))
    page = f"/pinjaman/pengajuan/{desk.ids['asked']}"

    for path in (page, f"{page}/batal"):
        ((kind, subject, _),) = reader.opened(path)
        assert (kind, subject) == ("page", desk.ids["enterprise"])
