"""Owners and enterprises of a slice of the world."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import numpy as np
from numpy.random import default_rng

from app.core import settings
from app.core.identity import mask_nik
from app.core.sealing import blind_index, seal
from app.core.text import search_text
from app.demo.invention.dwellings import draw_hamlets, draw_points
from app.demo.invention.migration import (
    CATEGORY_SHARES,
    EDUCATION_SHARES,
    RELATION_SHARES,
    WORK_MAN,
    WORK_WOMAN,
    draw_countries,
    draw_shares,
)
from app.demo.invention.names import called, draw_names
from app.demo.invention.numbers import NikMaker, nib_number, phone_number
from app.demo.invention.products import BRANDS, Product, products_for
from app.demo.loading.shelf import at_work, key_at
from app.demo.population import YOUNGEST_BACK, YOUNGEST_FOUNDER, YOUNGEST_LEAVER
from app.demo.questionnaire import SECTORS
from app.demo.simulator import World
from app.demo.villages import DEMO_VILLAGES
from app.enterprises.models import Enterprise, Owner
from app.enterprises.rules.consents import texts_on
from app.enterprises.rules.phones import sealed_phone
from app.enterprises.rules.size import is_ultra_micro, read_size, total_workers
from app.enterprises.rules.words import search_words

# Owner and helpers of 1,260 trainees (Jawa Timur 2024): 1, 2, 3 ... helpers.
HELPERS = (260, 316, 126, 90, 67, 38, 24, 23, 8)
# 68 % of those who work in micro and small industry are unpaid (BPS 2022).
FAMILY_SHARE = 0.68
# Capital is about half of a year's sales (median, Jawa Timur 2024).
CAPITAL_SHARE, CAPITAL_SPREAD = 0.5, 0.6
SECOND_ENTERPRISE_SHARE = 0.04
SEASON_MONTHS = ([3, 4, 8], [7, 8, 9], [12, 1, 2], [5, 6, 7])
CONSENT_WAYS = ("tanda_tangan", "tanda_tangan", "lisan_saksi", "layar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One enterprise of the slice, as far as the other tables need to know it."""

    row: int
    enterprise_id: UUID
    village_code: str
    owner_called: str
    registered_on: date
    registered_at: datetime
    ended_on: date | None
    lat: float | None
    lng: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Births:
    """Birth day and NIK of every owner of the world; made at once so that no NIK comes twice."""

    born_on: list[date]
    nik: list[str]


def draw_births(world: World) -> Births:
    """Birth days from the owners' ages, NIKs from village, day and sex."""
    people, maker = world.people, NikMaker()
    rng = default_rng([world.seed, 72])
    ordinals = world.last_on.toordinal() - (people.owner_age * 365.25).astype(np.int64)
    ordinals -= rng.integers(0, 365, people.size)
    born = [date.fromordinal(day) for day in ordinals.tolist()]
    nik = [
        maker.make(DEMO_VILLAGES[village].code, day, is_woman=woman)
        for village, day, woman in zip(
            people.village.tolist(), born, people.is_woman.tolist(), strict=True
        )
    ]
    return Births(born_on=born, nik=nik)


class Registrar:
    """Invents owners and enterprises `start` to `stop` of a world."""

    def __init__(
        self,
        world: World,
        births: Births,
        start: int,
        stop: int,
        *,
        entrepreneur: tuple[int, UUID],
    ) -> None:
        """`entrepreneur` is the row whose owner has an account, and that account."""
        self.entrepreneur = entrepreneur
        self.world, self.births = world, births
        self.start, self.rows = start, range(start, stop)
        self.chance = Random(f"{world.seed}-register-{start}")
        rng = default_rng([world.seed, 73, start])
        village = world.people.village[start:stop]
        size = stop - start
        self.women = world.people.is_woman[start:stop]
        self.codes = [DEMO_VILLAGES[index].code for index in village.tolist()]
        self.names = draw_names(rng, self.codes, self.women)
        self.countries = draw_countries(rng, self.codes, self.women)
        self.hamlets, self.addresses = draw_hamlets(rng, village)
        self.lat, self.lng = draw_points(rng, village)
        self.category = draw_shares(rng, CATEGORY_SHARES, size)
        self.relation = draw_shares(rng, RELATION_SHARES, size)
        self.education = draw_shares(rng, EDUCATION_SHARES, size)
        self.name_counts: Counter[tuple[str, str]] = Counter()
        self.last_owner: dict[str, Any] = {}

    def made(self) -> list[tuple[Subject, dict[str, Any] | None, dict[str, Any]]]:
        """Subject, row of a new owner (None when the one before owns this too), enterprise row."""
        return [self._one(row) for row in self.rows]

    def _one(self, row: int) -> tuple[Subject, dict[str, Any] | None, dict[str, Any]]:
        place = row - self.start
        registered_on = self._registered_on(row)
        registered_at = at_work(self.chance, registered_on)
        code = self.codes[place]
        owner = self.last_owner
        is_second = (
            bool(owner)
            and owner["village_code"] == code
            and row != self.entrepreneur[0]
            and self.chance.random() < SECOND_ENTERPRISE_SHARE
            and int(self.world.start_days[row]) >= owner["grown_up_on"]
        )
        owner_row = None
        if not is_second:
            owner_row = self._owner(row, registered_on, registered_at)
            self.last_owner = owner = {
                "id": owner_row["id"],
                "name": owner_row["name"],
                "village_code": code,
                "is_woman": bool(self.women[place]),
                "grown_up_on": _days_after(owner_row["born_on"], YOUNGEST_FOUNDER).toordinal(),
            }
        ended = int(self.world.end_day[row])
        subject = Subject(
            row=row,
            enterprise_id=key_at(self.chance, registered_at),
            village_code=code,
            owner_called=called(owner["name"], code, is_woman=owner["is_woman"]),
            registered_on=registered_on,
            registered_at=registered_at,
            ended_on=date.fromordinal(ended) if ended else None,
            lat=_number(self.lat[place]),
            lng=_number(self.lng[place]),
        )
        return subject, owner_row, self._enterprise(subject, owner)

    def _registered_on(self, row: int) -> date:
        """Before the first assessment of the quarter of entry; the first ones long before."""
        entry = int(self.world.people.entry_quarter[row])
        first = self.world.first_day(entry)
        day = int(self.world.rounds[entry].assessed_days[row])
        if entry == 0:
            return date.fromordinal(first - self.chance.randrange(20, 300))
        return date.fromordinal(self.chance.randint(first, max(first, day - 1)))

    def _owner(self, row: int, registered_on: date, created_at: datetime) -> dict[str, Any]:
        place = row - self.start
        keys, key = settings.current(), key_at(self.chance, created_at)
        nik, name, woman = self.births.nik[row], self.names[place], bool(self.women[place])
        return {
            "id": key,
            "account_id": self.entrepreneur[1] if row == self.entrepreneur[0] else None,
            "name": name,
            "search_name": search_text(name),
            "nik_sealed": seal(nik, keys.nik_key, key.bytes),
            "nik_index": blind_index(nik, keys.nik_index_key),
            "nik_masked": mask_nik(nik),
            "sex": "P" if woman else "L",
            "born_on": self.births.born_on[row],
            **sealed_phone(phone_number(row) if self.chance.random() < 0.94 else None, key),
            **self._migration(row, registered_on),
            "education": self.education[place],
            "consented_on": registered_on,
            "consent_version": texts_on(registered_on).version,
            "consent_way": self.chance.choice(CONSENT_WAYS),
            "confirmed_warnings": [],
            "version": 1,
            "created_at": created_at,
            "updated_at": created_at,
        }

    def _migration(self, row: int, registered_on: date) -> dict[str, Any]:
        """What the owner has to do with working abroad."""
        place, chance = row - self.start, self.chance
        category, woman = self.category[place], bool(self.women[place])
        born_on = self.births.born_on[row]
        if category in ("purna", "aktif") and registered_on < _days_after(born_on, YOUNGEST_BACK):
            category = "calon"
        worked = category in ("purna", "aktif")
        returned_on = min(self._returned_on(row), registered_on) if category == "purna" else None
        # Who left grown up was away for no longer than this.
        longest = _years(born_on, returned_on or registered_on) - YOUNGEST_LEAVER
        return {
            "category": category,
            "relation": self.relation[place] if category == "keluarga" else None,
            "country": self.countries[place] if category != "calon" else None,
            "work_sector": chance.choice(WORK_WOMAN if woman else WORK_MAN) if worked else None,
            "years_abroad": min(longest, 20, 1 + int(chance.expovariate(0.25))) if worked else None,
            "returned_on": returned_on,
        }

    def _returned_on(self, row: int) -> date:
        back = int(self.world.people.return_age[row] * 91.3)
        returned_on = date.fromordinal(self.world.first_day(0) - back)
        return max(returned_on, _days_after(self.births.born_on[row], YOUNGEST_BACK))

    def _enterprise(self, subject: Subject, owner: dict[str, Any]) -> dict[str, Any]:
        people, row = self.world.people, subject.row
        sector = SECTORS[int(people.sector[row])]
        product = self._product(sector, subject.village_code, bool(people.is_non_halal[row]))
        name = self._name(product, subject)
        seasonal = bool(people.is_seasonal[row])
        return {
            "id": subject.enterprise_id,
            "owner_id": owner["id"],
            "name": name,
            "search_name": search_text(name),
            "search_words": search_words(
                name=name, owner_name=owner["name"], product_line=product.line
            ),
            "product_line": product.line,
            "kbli_code": product.kbli,
            "kbli_version": "2020",
            "sector": sector,
            "address": self.addresses[row - self.start],
            "hamlet": self.hamlets[row - self.start],
            "village_code": subject.village_code,
            "lat": subject.lat,
            "lng": subject.lng,
            "photo_id": None,
            **self._size(row),
            "nib": self._nib(row),
            "npwp": None,
            "has_equipment": bool(people.has_equipment[row]),
            "declared_non_halal": bool(people.is_non_halal[row]),
            "sold_outside_home": bool(people.is_sold_outside[row]),
            "is_seasonal": seasonal,
            "season_months": self.chance.choice(SEASON_MONTHS) if seasonal else [],
            "confirmed_warnings": [],
            "version": 1,
            "created_at": subject.registered_at,
            "updated_at": subject.registered_at,
        }

    def _product(self, sector: str, village_code: str, is_non_halal: bool) -> Product:
        products = products_for(sector, village_code, is_non_halal=is_non_halal)
        return self.chance.choices(products, [product.weight for product in products])[0]

    def _name(self, product: Product, subject: Subject) -> str:
        """A name that its village does not have yet; a number is added where chance runs out."""
        name = product.line
        for _ in range(4):
            pattern = self.chance.choice(product.names)
            name = pattern.format(call=subject.owner_called, brand=self.chance.choice(BRANDS))
            if not self.name_counts[(subject.village_code, name)]:
                break
        self.name_counts[(subject.village_code, name)] += 1
        times = self.name_counts[(subject.village_code, name)]
        return name if times == 1 else f"{name} {times}"

    def _nib(self, row: int) -> str | None:
        """A licence number for those whose last known answer says they have one."""
        has_one = int(self.world.certificates[row, 0]) > 0
        return nib_number(row) if has_one else None

    def _size(self, row: int) -> dict[str, Any]:
        sales = self._yearly_sales(row)
        helpers = 0
        if not self.world.people.works_alone[row]:
            helpers = self.chance.choices(range(1, len(HELPERS) + 1), HELPERS)[0]
        family = sum(self.chance.random() < FAMILY_SHARE for _ in range(helpers))
        family_women = sum(self.chance.random() < 0.5 for _ in range(family))
        paid_women = sum(self.chance.random() < 0.5 for _ in range(helpers - family))
        spread = self.chance.lognormvariate(0.0, CAPITAL_SPREAD)
        capital = max(300_000, int(round(CAPITAL_SHARE * sales * spread, -5)))
        started_on = date.fromordinal(int(self.world.start_days[row]))
        reading = read_size(
            capital=capital, yearly_sales=sales, started_on=started_on, today=self.world.last_on
        )
        counts = (helpers - family - paid_women, paid_women, family - family_women, family_women)
        return {
            "started_on": started_on,
            "workers_paid_male": counts[0],
            "workers_paid_female": counts[1],
            "workers_family_male": counts[2],
            "workers_family_female": counts[3],
            "capital": capital,
            "yearly_sales": sales,
            "size_class": reading.size_class,
            "is_ultra_micro": is_ultra_micro(reading.size_class, total_workers(counts)),
        }

    def _yearly_sales(self, row: int) -> int:
        """Twelve times the mean of the last year's months that sold, to the nearest 100,000."""
        months = self.world.monthly_sales[row]
        sold = months[months > 0][-12:]
        if not len(sold):
            return 0
        return int(round(float(sold.mean()) * 12, -5))


OWNER, ENTERPRISE = Owner.__table__, Enterprise.__table__


def _days_after(born_on: date, years: float) -> date:
    """The day on which somebody is that old."""
    return born_on + timedelta(days=math.ceil(years * 365.25))


def _years(born_on: date, day: date) -> int:
    """Full years of age on a day."""
    return int((day - born_on).days / 365.25)


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
