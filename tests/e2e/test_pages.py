"""Every kind of page a role can reach: accessible, Indonesian, light, narrow, without a fault."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from app.accounts.guards import access_map
from app.accounts.models import Account, Membership
from app.core.permissions import Role
from app.db import db
from app.enterprises.models import Enterprise
from tests.e2e.crawl import Reached, crawl
from tests.e2e.site import Site
from tests.e2e.survey import Seen, survey
from tests.factories.accounts import account as new_account

VISITOR = "visitor"
PEOPLE = [VISITOR, *Role]
FIRST = {VISITOR, Role.LABOUR_OFFICER, Role.MENTOR}
ON_PHONES = {Role.MENTOR, Role.ENTREPRENEUR}
PHONE, WIDE = 360, 1280
WEIGHT_LIMIT = 100_000
# What a mentor opens on the way, over a weak signal.
MENTOR_WEIGHT_LIMIT = 30_000
# All of it comes once and stays on the phone; its weight is judged in `field/test_ground`.
APP = "/lapangan"
# Addresses that no page of the demo world links to. A script asks some, some are files; the others
# are shown only in the middle of a piece of work, and the story in `test_story` judges them there.
WITHOUT_LINK = {
    "jobs.progress": "asked by a script",
    "loan_applications.choose": "a step of an application; integration tests",
    "loan_applications.add": "a step of an application; integration tests",
    "loan_applications.show": "a step of an application; integration tests",
    "loan_applications.change": "a step of an application; integration tests",
    "loan_applications.give": "a step of an application; integration tests",
    "loan_applications.send_back": "a step of an application; integration tests",
    "loan_applications.check": "a step of an application; integration tests",
    "loan_applications.to_committee": "a step of an application; integration tests",
    "loan_applications.decide": "a step of an application; integration tests",
    "loan_applications.refuse": "a step of an application; integration tests",
    "loan_applications.call_off": "a step of an application; integration tests",
    "loan_applications.pay_out": "a step of an application; integration tests",
    "loan_refunds.add": "where too much was paid; integration tests",
    "loan_refunds.paper": "a file, where too much was paid; integration tests",
    "loan_refunds.undo": "where too much was paid; integration tests",
    "loans.show": "a step of an application; integration tests",
    "loans.change": "a step of an application; integration tests",
    "loans.give": "a step of an application; integration tests",
    "loans.call_off": "a step of an application; integration tests",
    "reports.progress": "asked by a script",
    "reports.logo": "a picture",
    "enterprise_forms.similar": "asked by a script",
    "enterprise_exports.download": "a file",
    "enterprise_imports.bad_rows": "a file",
    "enterprise_photos.show": "a picture",
    "mentoring.visit_photo": "a picture",
    "certificates.picture": "a picture",
    "certificate_batches.download": "a file",
    "certificate_batches.download_list": "a file",
    "certificate_batches.show": "only after a session was registered; integration tests",
    "calendar_feeds.feed": "a secret address for calendars",
    "mentoring.announced_photo": "a picture",
    "field.manifest": "asked by the browser",
    "field.later": "asked by the app",
    "field.worker": "asked by the browser",
    "field_api.session": "asked by the app",
    "field_api.reference": "asked by the app",
    "field_api.pull": "asked by the app",
    "field_api.openapi": "for programmers",
    "mentoring.expense_proof": "a picture",
    "mentoring.answer_form": "only after an officer asked; integration tests",
    "mentoring.show_proposal": "a job makes it; the story of the office",
    "mentoring.proposed_village": "a job makes it; the story of the office",
    "assessing.review": "story",
    "enterprise_exports.show": "story",
    "enterprise_imports.show": "story",
    # The page behind the code on the wall: its address is in a picture; the story of trainings.
    "trainings.door": "from a picture",
    "trainings.code": "a picture",
    "aid.photo": "a picture",
    "aid.tool_picture": "a picture",
    "accounts.confirm": "before something sensitive; the story of the instrument",
    "two_step.ask": "between password and page; integration tests",
    "two_step.picture": "a picture of a secret that waits for its first code",
    "jobs.show": "moves on by itself; integration tests",
    "places.add_program": "story",
    "places.change_program": "story",
    # Only after the next assessment of a therapy whose effect could not be told when it ended.
    "interventions.settle": "integration tests",
    "interventions.guest": "from a message; test_guest",
    "interventions.guest_referral": "from a message; test_guest",
    "cards.door": "from a message; test_guest",
    "cards.show": "from a message; test_guest",
    "cards.picture": "a picture",
    "labels.proof": "a file",
    "cash_book.photo": "a picture",
    # From a line of the month, where the first book that is looked at has one; integration tests.
    "cash_book.correct": "from a line",
    "cash_book.take_back": "from a line",
    "cash_book.settle": "from a line",
    "own_book.correct": "from a line",
    "own_book.repeat": "from a line",
    "own_book.take_back": "from a line",
    "cash_months.printed": "a file",
    "cash_months.workbook": "a file",
    "own_months.printed": "a file",
    "own_months.workbook": "a file",
    "labels.picture": "a picture",
    "business_cards.door": "from a message; tests/integration/portal",
    "business_cards.show": "from a message; tests/integration/portal",
    "owner_cards.sheet": "a file, while its code is known; tests/integration/portal",
    "own_pin.ask": "between the owner's page and money; tests/e2e/test_owner",
    "portal.money": "behind a number of the owner's; tests/integration/portal",
    "product_photos.picture": "a picture",
    "lender_people.picture": "a picture",
}


@dataclass
class Survey:
    """All that was seen of one person's pages."""

    reached: Reached
    seen: list[Seen]


@pytest.fixture(scope="session")
def surveys(browser: Browser, demo_site: Site) -> dict[str, Survey]:
    """One look at every page of every role; the tests below only read it."""
    looked: set[str] = set()
    # The officer first: what others see of the same kind is looked at once.
    order = sorted(PEOPLE, key=lambda person: person not in FIRST)
    return {str(person): _survey(browser, demo_site, person, looked) for person in order}


def _survey(browser: Browser, site: Site, person: str, looked: set[str]) -> Survey:
    with site.app.app_context():
        cookie = None if person == VISITOR else site.cookie_of(_somebody(Role(person), site))
        client = site.app.test_client()
        if cookie:
            client.set_cookie(cookie["name"], cookie["value"])
    reached = crawl(client, site.app.url_map.bind("localhost"))
    if person == VISITOR:
        reached.pages["/tidak-ada"] = "errors"
    width = PHONE if person in ON_PHONES else WIDE
    pages = reached.pages
    if person not in FIRST:
        pages = {path: kind for path, kind in pages.items() if kind not in looked}
    looked.update(pages.values())
    return Survey(reached, list(survey(browser, site, pages, cookie, width=width)))


def _somebody(role: Role, site: Site) -> Account:
    """A person of the demo world with this role; a new one, where it has none."""
    site.bind()
    people = select(Account).join(Membership).where(Membership.role == role)
    if role is Role.MENTOR:
        # One who has something to do.
        people = people.join(Enterprise, Enterprise.mentor_id == Account.id)
    found = db.session.scalars(people.order_by(Account.id).limit(1)).first()
    db.session.rollback()
    return found or new_account(role=role, area="33.02", email=f"{role}@contoh.test")


@pytest.mark.parametrize("person", PEOPLE)
def test_no_link_is_broken(surveys, person):
    assert surveys[person].reached.broken == []


@pytest.mark.parametrize("person", PEOPLE)
def test_pages_have_no_accessibility_fault(surveys, person):
    found = {one.path: one.violations for one in surveys[person].seen if one.violations}

    assert found == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_pages_break_no_policy_and_log_no_error(surveys, person):
    found = {one.path: one.faults for one in surveys[person].seen if one.faults}

    assert found == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_pages_speak_indonesian(surveys, person):
    found = {one.path: one.english for one in surveys[person].seen if one.english}

    assert found == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_pages_fit_a_narrow_phone(surveys, person):
    found = {one.path: one.too_wide for one in surveys[person].seen if one.too_wide}

    assert found == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_pages_have_one_main_heading(surveys, person):
    found = {one.path: one.heading_count for one in surveys[person].seen if one.heading_count != 1}

    assert found == {}


@pytest.mark.parametrize("person", PEOPLE)
def test_first_load_is_light(surveys, person):
    heavy = {one.path: one.weight for one in surveys[person].seen if one.weight > WEIGHT_LIMIT}

    assert heavy == {}


def test_pages_of_the_field_are_very_light(surveys):
    heavy = {
        one.path: one.weight
        for one in surveys[Role.MENTOR].seen
        if one.weight > MENTOR_WEIGHT_LIMIT and one.path != APP
    }

    assert heavy == {}


def test_every_page_was_seen_by_somebody(surveys, demo_site):
    seen = {
        endpoint
        for one in surveys.values()
        for endpoint in (*one.reached.pages.values(), *one.reached.files.values())
    }

    unseen = {
        line["endpoint"]
        for line in access_map(demo_site.app)
        if "GET" in line["methods"] and line["endpoint"] not in seen
    }

    assert unseen - {"static", "accounts.home"} <= set(WITHOUT_LINK)
