"""One enterprise and one owner as their pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.accounts.queries import names
from app.core.clock import local_today
from app.core.day_words import MONTHS
from app.core.scope import Scope
from app.enterprises.models import Enterprise, Owner
from app.enterprises.queries.reach import enterprise as enterprise_within_reach
from app.enterprises.queries.reach import enterprises_of
from app.enterprises.queries.reach import owner as owner_within_reach
from app.enterprises.rules.eligibility import Window, windows
from app.enterprises.rules.kbli import field_of
from app.enterprises.rules.labels import SIZE_LABELS
from app.enterprises.rules.life_cycle import RESTING
from app.enterprises.rules.list_filter import NOT_ASSESSABLE
from app.enterprises.rules.shown import is_expired
from app.enterprises.rules.size import SizeReading, read_size, size_rule_on
from app.enterprises.rules.workforce import WorkerLine, workforce
from app.places.queries import path_label


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerCard:
    """An owner as shown: the NIK masked, the windows of their return.

    `phone` is whole (+62…); pages show it by right, else masked.
    """

    id: UUID
    name: str
    nik_masked: str | None
    phone: str | None
    sex: str | None
    born_on: date | None
    category: str | None
    relation: str | None
    country: str | None
    work_sector: str | None
    years_abroad: int | None
    returned_on: date | None
    education: str | None
    consented_on: date | None
    consent_way: str | None
    restricted_on: date | None
    objected_on: date | None
    erased_on: date | None
    version: int
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnedLine:
    """One enterprise on the page of its owner."""

    id: UUID
    name: str
    health: str | None
    is_expired: bool
    life_cycle: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseProfile:
    """An enterprise with all that its summary tells."""

    row: Enterprise
    owner: OwnerCard
    place: str
    mentor_name: str | None
    size: SizeReading
    size_source: str
    workers: tuple[WorkerLine, ...]
    season: str
    kbli: str | None
    health: str | None
    is_expired: bool
    is_overdue: bool
    is_resting: bool

    @property
    def size_label(self) -> str | None:
        """The size class in words, with "ultra mikro" when it is."""
        label = SIZE_LABELS.get(self.row.size_class or "")
        return f"{label} (ultra mikro)" if label and self.row.is_ultra_micro else label

    @property
    def size_by_capital(self) -> str:
        """The class by capital in words."""
        return SIZE_LABELS.get(self.size.by_capital or "", "")

    @property
    def size_by_sales(self) -> str:
        """The class by sales in words."""
        return SIZE_LABELS.get(self.size.by_sales or "", "")


def profile(scope: Scope, enterprise_id: UUID) -> EnterpriseProfile:
    """One enterprise within the scope.

    Raises:
        NotFound: unknown or outside the scope.
    """
    row = enterprise_within_reach(scope, enterprise_id)
    today = local_today()
    return EnterpriseProfile(
        row=row,
        owner=_card(row.owner, today),
        place=path_label(row.village_code),
        mentor_name=names([row.mentor_id]).get(row.mentor_id) if row.mentor_id else None,
        size=read_size(
            capital=row.capital,
            yearly_sales=row.yearly_sales,
            started_on=row.started_on,
            today=today,
        ),
        size_source=size_rule_on(today).source,
        workers=workforce(
            row.owner.sex,
            (
                row.workers_paid_male,
                row.workers_paid_female,
                row.workers_family_male,
                row.workers_family_female,
            ),
        ),
        kbli=_kbli(row.kbli_code, row.kbli_version),
        season=", ".join(MONTHS[month - 1] for month in row.season_months),
        health=_shown_health(row),
        is_expired=is_expired(row.health_valid_until, today),
        is_overdue=row.next_visit_due_on is not None
        and row.next_visit_due_on < today
        and row.life_cycle not in RESTING,
        is_resting=row.life_cycle in RESTING,
    )


def _kbli(code: str | None, version: str | None) -> str | None:
    if code is None:
        return None
    field = field_of(code, version)
    if field is None:
        return f"{code} (tidak ada dalam daftar)"
    return f"{field.label} (KBLI {version or field.version})"


def owner_card(scope: Scope, owner_id: UUID) -> tuple[OwnerCard, list[OwnedLine]]:
    """One owner and those of their enterprises that lie within the scope.

    Raises:
        NotFound: unknown or outside the scope.
    """
    row, today = owner_within_reach(scope, owner_id), local_today()
    return _card(row, today), [_owned(one, today) for one in enterprises_of(scope, owner_id)]


def _owned(row: Enterprise, today: date) -> OwnedLine:
    return OwnedLine(
        id=row.id,
        name=row.name,
        health=_shown_health(row),
        is_expired=is_expired(row.health_valid_until, today),
        life_cycle=row.life_cycle,
    )


def _shown_health(row: Enterprise) -> str | None:
    return NOT_ASSESSABLE if row.health_status == NOT_ASSESSABLE else row.health_class


def _card(row: Owner, today: date) -> OwnerCard:
    return OwnerCard(
        id=row.id,
        name=row.name,
        nik_masked=row.nik_masked,
        phone=row.phone,
        sex=row.sex,
        born_on=row.born_on,
        category=row.category,
        relation=row.relation,
        country=row.country,
        work_sector=row.work_sector,
        years_abroad=row.years_abroad,
        returned_on=row.returned_on,
        education=row.education,
        consented_on=row.consented_on,
        consent_way=row.consent_way,
        restricted_on=row.restricted_on,
        objected_on=row.objected_on,
        erased_on=row.erased_on,
        version=row.version,
        windows=windows(row.category, row.returned_on, today=today),
    )
