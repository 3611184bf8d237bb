"""A served site with mentors and their enterprises, and phones for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Playwright

from app.accounts.models import Account
from app.db import db
from tests.e2e import prepared
from tests.e2e.field.phone import Phone
from tests.e2e.site import Site
from tests.factories.enterprises import enterprise, owner
from tests.factories.mentoring import assigned, mentor

NewPhone = Callable[..., Phone]


@dataclass(frozen=True, slots=True, kw_only=True)
class Caseload:
    """A mentor, the name to log in with, and the enterprises that are theirs."""

    account_id: UUID
    email: str
    enterprises: tuple[UUID, ...]


NewCaseload = Callable[..., Caseload]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A served site with nobody in it."""
    site = prepared.on_sqlite(tmp_path_factory, "field-site", ground=prepared.TABLES)
    with site:
        yield site


@pytest.fixture
def caseload(site: Site) -> NewCaseload:
    """`caseload(names…)` makes a mentor with enterprises of these names."""

    def make(*names: str, owner_name: str = "Sri Wahyuni") -> Caseload:
        site.bind()
        with site.app.app_context():
            person = mentor().account_id
            rows = [enterprise(name=name, owner=owner(name=owner_name)) for name in names]
            ids = tuple(row.id for row in rows)
            assigned(person, *rows)
            email = db.session.get_one(Account, person).email
            return Caseload(account_id=person, email=email or "", enterprises=ids)

    return make


@pytest.fixture
def new_phone(driver: Playwright, site: Site, tmp_path: Path) -> NewPhone:
    """A phone that starts when it is entered as a context; the same again under its name."""

    def make(name: str = "phone") -> Phone:
        return Phone(driver, tmp_path / name, site.url)

    return make
