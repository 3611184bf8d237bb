"""Who works in the demo: accounts with their roles, and the mentors of the world."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import Any
from uuid import UUID

import numpy as np

from app.accounts.models import Account, Membership
from app.accounts.rules import check_password
from app.accounts.services.passwords import hash_password
from app.core.permissions import Role
from app.core.scope import WHOLE_COUNTRY
from app.demo.invention.names import draw_names
from app.demo.loading.logins import DEMO_DOMAIN, DEMO_PASSWORD, LABELS, DemoLogin
from app.demo.loading.months import EXPENSE, REPORT, expense_rows, report_rows
from app.demo.loading.shelf import Shelf, at_work, key_at
from app.demo.simulator import World
from app.demo.villages import DEMO_VILLAGES
from app.mentoring.models import Mentor
from app.mentoring.rules.words import SKILLS

STORY_REGENCY = "33.02"
STORY_VILLAGE = "33.02.04.2001"
WOMEN_AMONG_MENTORS = 0.55
# Accounts are older than the world, so that they were there when things happened.
ACCOUNT_AGE_DAYS = 400
CAPACITY_ROOM = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Keys of the accounts: mentors by their place in the world, officers by regency."""

    admin: UUID
    entrepreneur: UUID
    mentors: tuple[UUID, ...]
    mentor_names: tuple[str, ...]
    officers: dict[str, UUID]
    officer_names: dict[str, str]
    # Who works for the lenders of the story's regency: two, since two decide on a loan.
    cooperative: tuple[UUID, ...]
    logins: tuple[DemoLogin, ...]


def story_mentor(world: World) -> int:
    """The mentor whose log-in is printed: the one with most enterprises in the story's village."""
    village = [place.code for place in DEMO_VILLAGES].index(STORY_VILLAGE)
    chosen = world.people.mentor[world.people.village == village]
    if len(chosen):
        return int(np.bincount(chosen).argmax())
    regencies = _regencies()
    own = np.flatnonzero(world.people.mentor_regency == regencies.index(STORY_REGENCY))
    return int(own[0]) if len(own) else 0


def cast_rows(world: World, shelf: Shelf) -> Cast:
    """Invent the accounts and put their rows on the shelf."""
    return _Casting(world, shelf).cast()


def _regencies() -> list[str]:
    return sorted({place.regency_code for place in DEMO_VILLAGES})


@lru_cache(maxsize=1)
def _password_hash() -> str:
    """The hash of the one password; slow by design, so made once."""
    return hash_password(DEMO_PASSWORD)


class _Casting:
    """Makes accounts one after the other, with one password hash for all."""

    def __init__(self, world: World, shelf: Shelf) -> None:
        check_password(DEMO_PASSWORD)
        self.world, self.shelf = world, shelf
        self.chance = Random(f"{world.seed}-cast")
        self.rng = np.random.default_rng([world.seed, 71])
        self.from_on = date.fromordinal(world.first_day(0)) - timedelta(days=ACCOUNT_AGE_DAYS)
        self.hash = _password_hash()
        self.logins: list[DemoLogin] = []

    def cast(self) -> Cast:
        """All accounts: one of each role to log in with, and those whom the world needs."""
        admin = self._account("Admin Demo", "admin", Role.ADMIN, WHOLE_COUNTRY)
        officers, names = {}, {}
        for code in _regencies():
            login = "disnaker" if code == STORY_REGENCY else f"disnaker.{code}"
            names[code] = self._person(code)
            officers[code] = self._account(names[code], login, Role.LABOUR_OFFICER, code)
        mentors = self._mentors()
        for (key, _), regency in zip(mentors, self._regencies_of_mentors(), strict=True):
            self._months(key, officers[regency])
        story = STORY_VILLAGE
        self._account(self._person(story), "desa", Role.VILLAGE_OFFICER, story)
        entrepreneur = self._account("Pelaku Usaha Demo", "usaha", Role.ENTREPRENEUR, story)
        cooperative = tuple(
            self._account(self._person(story), login, Role.COOPERATIVE_OFFICER, STORY_REGENCY)
            for login in ("koperasi", "koperasi.2")
        )
        return Cast(
            admin=admin,
            entrepreneur=entrepreneur,
            mentors=tuple(key for key, _ in mentors),
            mentor_names=tuple(name for _, name in mentors),
            officers=officers,
            officer_names=names,
            cooperative=cooperative,
            logins=tuple(self.logins),
        )

    def _mentors(self) -> list[tuple[UUID, str]]:
        people = self.world.people
        shown = story_mentor(self.world)
        load = Counter(people.mentor.tolist())
        home = {int(mentor): int(row) for row, mentor in enumerate(people.mentor.tolist())}
        codes = self._regencies_of_mentors()
        names = draw_names(self.rng, codes, self.rng.random(len(codes)) < WOMEN_AMONG_MENTORS)
        keys = []
        for number, (code, name) in enumerate(zip(codes, names, strict=True)):
            login = "pendamping" if number == shown else f"pendamping.{number + 1}"
            key = self._account(name, login, Role.MENTOR, code)
            village = (
                DEMO_VILLAGES[people.village[home[number]]].code
                if number in home
                else next(place.code for place in DEMO_VILLAGES if place.regency_code == code)
            )
            self._mentor(key, village, load[number])
            keys.append((key, name))
        return keys

    def _regencies_of_mentors(self) -> list[str]:
        regencies = _regencies()
        return [regencies[index] for index in self.world.people.mentor_regency.tolist()]

    def _months(self, key: UUID, officer: UUID) -> None:
        """What a mentor spent and handed in, from their key alone."""
        chance, last_on = Random(f"months-{key}"), self.world.last_on
        for row in expense_rows(key, last_on=last_on, chance=chance):
            self.shelf.add(EXPENSE, row)
        for row in report_rows(key, officer=officer, last_on=last_on, chance=chance):
            self.shelf.add(REPORT, row)

    def _mentor(self, key: UUID, village_code: str, load: int) -> None:
        skills = sorted(self.chance.sample(sorted(SKILLS), k=self.chance.choice((2, 2, 3, 4))))
        row = {
            "account_id": key,
            "village_code": village_code,
            "skills": skills,
            "capacity": min(200, max(15, load + self.chance.randrange(-3, CAPACITY_ROOM))),
            "created_at": self._instant(),
            "updated_at": self._instant(),
        }
        self.shelf.add(Mentor.__table__, row)

    def _account(self, name: str, login: str, role: Role, area: str) -> UUID:
        created_at = self._instant()
        key = key_at(self.chance, created_at)
        email = f"{login}@{DEMO_DOMAIN}"
        row: dict[str, Any] = {
            "id": key,
            "name": name,
            "email": email,
            "phone": None,
            "password_hash": self.hash,
            "is_active": True,
            "must_change_password": False,
            "created_at": created_at,
        }
        self.shelf.add(Account.__table__, row)
        membership = {
            "id": key_at(self.chance, created_at),
            "account_id": key,
            "role": str(role),
            "area_code": area,
            "from_on": self.from_on,
            "until_on": None,
        }
        self.shelf.add(Membership.__table__, membership)
        label = LABELS.get(login)
        if label:
            self.logins.append(
                DemoLogin(role=str(role), label=label, email=email, password=DEMO_PASSWORD)
            )
        return key

    def _person(self, area_code: str) -> str:
        is_woman = np.array([self.chance.random() < WOMEN_AMONG_MENTORS])
        return draw_names(self.rng, [area_code], is_woman)[0]

    def _instant(self) -> datetime:
        return at_work(self.chance, self.from_on)
