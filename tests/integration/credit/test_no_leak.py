"""Without an owner's consent a lender finds nothing of them: by no route, list, sum or file.

The routes come from the access map, so that one that is added later is asked too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from sqlalchemy import delete

from app.accounts.models import Account
from app.core.clock import local_today, utc_now
from app.core.ids import new_id
from app.core.permissions import Role
from app.core.scope import everywhere
from app.credit.models import Lender, Repayment, SavingRow
from app.credit.services.consents import give_lender_consent, withdraw_lender_consent
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.services import withdraw_consent
from tests.integration.access.crawling import Call, bytes_of, calls, differs
from tests.integration.access.planting import World

WORD = "zqkenari"
# What the member saved and owes, so that no sum tells it either.
SAVED, LENT, PAID = 7_654_321, 8_765_432, 345_678
TOLD = (WORD, *(f"{one:,}".replace(",", ".") for one in (SAVED, LENT, PAID)))
ROLE = Role.COOPERATIVE_OFFICER.value
# How lists are asked: for a part of a name, for those who left, for each state.
ASKED = ("", f"?cari={WORD}", f"?q={WORD}", "?keadaan=semua", "?halaman=2")
HOME = "/koperasi"
# Tokens and keys of forms.
CHANGING = re.compile(r'(?<=value=")[^"]{30,}(?=")')
STAYS = {"lender", "lender_officer", "board_member", "lender_meeting", "lender_grade"}


@pytest.fixture
def person(factories):
    """A member with savings and a loan, in whose every text stands the word."""
    officer = factories.account(role=Role.LABOUR_OFFICER)
    lender = factories.lender(name="Koperasi Mekar")
    lender_id = lender.id
    owner = factories.owner(name=f"Siti {WORD}", nik=factories.nik())
    enterprise = factories.enterprise(owner=owner, name=f"Keripik {WORD}", address=f"Gang {WORD}")
    ids = {"owner": owner.id, "enterprise": enterprise.id, "officer": officer.id}
    ids["lender"] = lender_id
    ids["member"] = factories.member(lender, ids["owner"], is_consented=False).id
    loan = factories.loan(
        lender,
        enterprise,
        state="berjalan",
        purpose_note=f"modal {WORD}",
        principal_left=LENT,
        amount=LENT,
        next_due_on=local_today(),
    )
    ids["loan"] = loan.id
    common = {"recorded_by": ids["officer"], "recorded_at": utc_now(), "note": WORD, "turn": 1}
    rows = {
        "saving_row": SavingRow(
            id=new_id(),
            member_id=ids["member"],
            kind="pokok",
            direction="setor",
            amount=SAVED,
            balance=SAVED,
            happened_on=local_today(),
            receipt="S-2026-000001",
            **common,
        ),
        "repayment": Repayment(
            id=new_id(),
            loan_id=ids["loan"],
            lender_id=lender_id,
            amount=PAID,
            paid_on=local_today(),
            receipt="P-2026-000001",
            **common,
        ),
    }
    with transaction():
        db.session.add_all(rows.values())
    ids |= {name: row.id for name, row in rows.items()}
    clerk = factories.lender_officer(db.session.get_one(type(lender), lender_id), duty="pengurus")
    return SimpleNamespace(ids=ids, clerk=clerk, officer_id=ids["officer"])


@pytest.fixture
def client(as_role, person):
    return as_role(Role.COOPERATIVE_OFFICER, account=person.clerk)


def world_of(ids) -> World:
    """The world of the crawler, in which nothing but this person is there."""
    there: dict[str, list] = defaultdict(list)
    there |= {name: [key] for name, key in ids.items()}
    there["saving"] = there["row"] = [ids["saving_row"]]
    return World(there=there, far={"mentor": ids["officer"], "officer": ids["officer"]}, near={})


def own_calls(app, ids, method) -> Iterator[Call]:
    """What a lender's officer may ask for at all, or anybody who is logged in."""
    for call in calls(app, world_of(ids), method):
        if ROLE in call.roles and not call.is_for_phones:
            yield call


def told(app, client, ids) -> set[str]:
    """The endpoints that tell anything of the person."""
    keys = [str(ids[name]) for name in ("owner", "enterprise", "member", "loan")]
    found = set()
    for call in own_calls(app, ids, "GET"):
        for question in ASKED:
            answer = client.get(f"{call.path}{question}")
            # What was asked for is shown again in the box.
            text = bytes_of(answer).replace(f'value="{WORD}"', "").replace(f"={WORD}", "")
            text = text.replace(f"“{WORD}”", "")
            if answer.status_code == 200 and (
                any(word in text for word in TOLD)
                or any(key in text and key not in call.path for key in keys)
            ):
                found.add(call.endpoint)
    return found


def names_person(call: Call, ids) -> bool:
    return any(str(key) in call.path for name, key in ids.items() if name not in STAYS)


def test_without_consent_nothing_is_found_by_any_route_and_after_withdrawal_nothing_again(
    app, client, person
):
    ids, by = person.ids, person.officer_id
    told_of = {"owner_id": ids["owner"], "lender_id": ids["lender"]}
    assert told(app, client, ids) == set()

    with transaction():
        give_lender_consent(
            scope=everywhere(),
            by=by,
            way="tanda_tangan",
            witness=None,
            given_on=local_today(),
            **told_of,
        )
    assert {"readiness.show", "cooperative.index", "cooperative.show"} <= told(app, client, ids)

    with transaction():
        withdraw_lender_consent(scope=everywhere(), by=by, **told_of)
    assert told(app, client, ids) == set()


def shown(app, client, ids) -> dict[str, str]:
    """What each page says whose address does not name the person, apart from tokens."""
    pages = {}
    for call in own_calls(app, ids, "GET"):
        if not names_person(call, ids):
            body = client.get(call.path).get_data(as_text=True)
            pages[call.path] = CHANGING.sub("", body)
    return pages


def test_no_page_counts_who_did_not_consent(app, client, person):
    """Not even a bare number of heads or a sum: each page is as if they had never been there."""
    told_of = {"owner_id": person.ids["owner"], "lender_id": person.ids["lender"]}
    with transaction():
        give_lender_consent(
            scope=everywhere(),
            by=person.officer_id,
            way="tanda_tangan",
            witness=None,
            given_on=local_today(),
            **told_of,
        )
    counted = client.get(HOME).get_data(as_text=True)
    with transaction():
        withdraw_lender_consent(scope=everywhere(), by=person.officer_id, **told_of)
    with_them = shown(app, client, person.ids)
    assert CHANGING.sub("", counted) != with_them[HOME]
    with transaction():
        for table in ("repayment", "saving_row", "loan", "member"):
            db.session.execute(delete(db.metadata.tables[table]))

    without = shown(app, client, person.ids)

    assert {path for path, page in with_them.items() if page != without[path]} == set()


def test_what_may_not_be_seen_is_answered_as_what_is_nowhere(app, client, person):
    world, role = world_of(person.ids), Role.COOPERATIVE_OFFICER
    asked = [
        call
        for method in ("GET", "POST")
        for call in own_calls(app, person.ids, method)
        if call.unknown and names_person(call, person.ids)
    ]

    assert [one.endpoint for one in asked]
    said = {(one.method, one.path): differs(client, one, world, role, {}) for one in asked}
    assert {call: words for call, words in said.items() if words} == {}


def test_taking_back_the_consent_to_lenders_at_large_hides_as_well(app, client, person):
    ids, by = person.ids, person.officer_id
    with transaction():
        give_lender_consent(
            scope=everywhere(),
            by=by,
            owner_id=ids["owner"],
            lender_id=ids["lender"],
            way="tanda_tangan",
            witness=None,
            given_on=local_today(),
        )
    with transaction():
        withdraw_consent(
            scope=everywhere(),
            owner_id=ids["owner"],
            purpose_key="lembaga_keuangan",
            withdrawn_on=local_today(),
            reason=None,
            by=by,
        )

    assert told(app, client, ids) == set()


def test_the_phone_of_a_mentor_who_works_for_the_lender_tells_nothing_without_consent(
    app, factories, person
):
    """The enterprise itself is in their care; what it owes and saves is not theirs to know."""
    ids, by = person.ids, person.officer_id
    told_of = {"owner_id": ids["owner"], "lender_id": ids["lender"]}
    account = factories.account(role=Role.MENTOR)
    mentor_id = factories.mentor(person=account).account_id
    enterprise = db.session.get_one(Enterprise, ids["enterprise"])
    factories.assigned(mentor_id, enterprise)
    lender = db.session.get_one(Lender, ids["lender"])
    factories.lender_officer(lender, account=db.session.get_one(Account, mentor_id))
    _, token = factories.device(mentor_id)
    client = app.test_client()
    client.set_cookie("pulih_ponsel", token)

    def credit_told() -> str:
        answer = client.get("/api/v1/sync/pull")
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert not any(one in text for one in (str(SAVED), str(LENT), str(PAID)))
        return text

    keys = (str(ids["loan"]), str(ids["member"]))
    assert not any(key in credit_told() for key in keys)
    with transaction():
        give_lender_consent(
            scope=everywhere(),
            by=by,
            way="tanda_tangan",
            witness=None,
            given_on=local_today(),
            **told_of,
        )
    assert all(key in credit_told() for key in keys)
    with transaction():
        withdraw_lender_consent(scope=everywhere(), by=by, **told_of)
    assert not any(key in credit_told() for key in keys)
