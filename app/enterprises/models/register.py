"""Owners and enterprises.

An enterprise row also carries what higher features know of it (class, mentor, next visit), written
by their services in the same transaction, so that lists and overviews need no "latest per group".
"""

from datetime import date
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Computed,
    Float,
    ForeignKey,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.errors import Conflict
from app.db import db
from app.db.columns import AreaCodeText, JsonList, Rupiah, UtcInstant, UuidKey, byte_text, one_of
from app.db.constraints import means
from app.enterprises.rules.phones import opened_phone, sealed_phone

CATEGORIES = ("calon", "aktif", "purna", "keluarga")
RELATIONS = ("suami_istri", "anak", "orang_tua")
EDUCATIONS = ("tidak_sekolah", "sd", "smp", "sma", "diploma", "sarjana")
SECTORS = ("A", "B", "C", "D", "E", "F")
SIZE_CLASSES = ("mikro", "kecil", "menengah", "besar")
LIFE_CYCLES = ("terdaftar", "aktif", "tidak_aktif", "berangkat_lagi", "tutup", "menolak_didata")
HEALTH_CLASSES = ("sakit", "kurang_sehat", "sehat")
HEALTH_STATUSES = ("final", "sementara", "belum_dapat_dinilai")


class Owner(db.Model):
    """A returnee, one who is abroad or about to go, or a member of their family.

    NIK and phone number lie sealed with the row's id as associated data; `nik_index` and
    `phone_index` (HMAC) find them, `nik_masked` shows the NIK. Nobody's family or workers are kept
    by name.
    """

    __tablename__ = "owner"
    __table_args__ = (
        UniqueConstraint("nik_index", name="uq_owner_nik_index"),
        one_of("sex", ("L", "P"), name="sex_known"),
        one_of("category", CATEGORIES, name="category_known"),
        one_of("relation", RELATIONS, name="relation_known"),
        one_of("education", EDUCATIONS, name="education_known"),
        CheckConstraint("years_abroad >= 0", name="years_abroad_not_negative"),
        Index("ix_owner_search_name_id", "search_name", "id"),
        Index("ix_owner_phone_index", "phone_index"),
        Index("ix_owner_account_id", "account_id"),
    )

    id: Mapped[UuidKey]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(120))
    search_name: Mapped[str] = mapped_column(byte_text(160))
    nik_sealed: Mapped[bytes | None]
    nik_index: Mapped[str | None] = mapped_column(String(64))
    nik_masked: Mapped[str | None] = mapped_column(String(16))
    sex: Mapped[str | None] = mapped_column(String(1))
    born_on: Mapped[date | None]
    phone_sealed: Mapped[bytes | None]
    phone_index: Mapped[str | None] = mapped_column(String(64))
    category: Mapped[str | None] = mapped_column(String(20))
    # How the owner is related to the migrant worker, for the category "keluarga".
    relation: Mapped[str | None] = mapped_column(String(20))
    country: Mapped[str | None] = mapped_column(String(60))
    work_sector: Mapped[str | None] = mapped_column(String(80))
    years_abroad: Mapped[int | None] = mapped_column(SmallInteger)
    returned_on: Mapped[date | None]
    education: Mapped[str | None] = mapped_column(String(20))
    # The consent to being in the register that holds, carried here from `consent` by its service.
    consented_on: Mapped[date | None]
    consent_version: Mapped[str | None] = mapped_column(String(20))
    consent_way: Mapped[str | None] = mapped_column(String(20))
    # Since when nothing may be done with the data: the owner asked to stop it, objected to what the
    # office does by duty, or was made nobody.
    restricted_on: Mapped[date | None]
    objected_on: Mapped[date | None]
    erased_on: Mapped[date | None]
    # Codes of warnings about numbers that a person has looked at and confirmed.
    confirmed_warnings: Mapped[JsonList] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[UtcInstant]
    updated_at: Mapped[UtcInstant]

    enterprises: Mapped[list["Enterprise"]] = relationship(
        back_populates="owner", order_by="Enterprise.search_name, Enterprise.id"
    )

    @property
    def phone(self) -> str | None:
        """The number (+62…), opened: for those who may read it."""
        return opened_phone(self.id, self.phone_sealed)

    def keep_phone(self, value: str | None) -> None:
        """Keep a number (+62…) sealed, or none."""
        for column, sealed in sealed_phone(value, self.id).items():
            setattr(self, column, sealed)

    def __repr__(self) -> str:
        return f"<Owner {self.id}>"


class Enterprise(db.Model):
    """One tiny enterprise in one village, with what the other features last knew of it."""

    __tablename__ = "enterprise"
    __table_args__ = (
        one_of("sector", SECTORS, name="sector_known"),
        one_of("size_class", SIZE_CLASSES, name="size_class_known"),
        one_of("life_cycle", LIFE_CYCLES, name="life_cycle_known"),
        one_of("health_class", HEALTH_CLASSES, name="health_class_known"),
        one_of("health_status", HEALTH_STATUSES, name="health_status_known"),
        CheckConstraint("capital >= 0", name="capital_not_negative"),
        CheckConstraint("yearly_sales >= 0", name="yearly_sales_not_negative"),
        CheckConstraint(
            "workers_paid_male >= 0 AND workers_paid_female >= 0 "
            "AND workers_family_male >= 0 AND workers_family_female >= 0",
            name="workers_not_negative",
        ),
        CheckConstraint("lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180", name="point_real"),
        UniqueConstraint("nib", name="uq_enterprise_nib"),
        # Each order of the list has its index, with the area in front of the one used most.
        Index("ix_enterprise_village_code_search_name_id", "village_code", "search_name", "id"),
        Index("ix_enterprise_search_name_id", "search_name", "id"),
        # Words of names in the order of names, so that walking along them looks no row up.
        Index("ix_enterprise_words_by_name", "search_name", "id", "search_words", "village_code"),
        Index("ix_enterprise_owner_id", "owner_id"),
        Index("ix_enterprise_mentor_id_next_visit_due_on", "mentor_id", "next_visit_due_on"),
        Index("ix_enterprise_village_code_health_class", "village_code", "health_class"),
        Index("ix_enterprise_score_order_id", "score_order", "id"),
        Index("ix_enterprise_visit_order_id", "visit_order", "id"),
        Index("ix_enterprise_created_at_id", "created_at", "id"),
        Index("ix_enterprise_life_cycle_id", "life_cycle", "id"),
        # All that figures are counted from, so that they are counted without a look at the rows.
        Index(
            "ix_enterprise_figures",
            "life_cycle",
            "village_code",
            "health_class",
            "health_valid_until",
            "assessed_on",
            "health_status",
            "next_visit_due_on",
            "last_visit_on",
            "life_cycle_on",
            "sick_since_on",
            "has_plan",
            "mentor_id",
            "created_at",
            "id",
        ),
    )

    id: Mapped[UuidKey]
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("owner.id"))
    name: Mapped[str] = mapped_column(String(160))
    search_name: Mapped[str] = mapped_column(byte_text(200))
    # Names of enterprise, owner and product as one text, for the search by words.
    search_words: Mapped[str] = mapped_column(String(600))
    product_line: Mapped[str | None] = mapped_column(String(200))
    kbli_code: Mapped[str | None] = mapped_column(String(5))
    kbli_version: Mapped[str | None] = mapped_column(String(4))
    # Empty until somebody has said it: lists of offices often hold none, or one that fits two.
    sector: Mapped[str | None] = mapped_column(String(1))
    address: Mapped[str | None] = mapped_column(String(300))
    # Dusun, RT or RW: what a mentor's day is ordered by.
    hamlet: Mapped[str | None] = mapped_column(String(80))
    village_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)
    photo_id: Mapped[UUID | None] = mapped_column(ForeignKey("stored_file.id"))
    started_on: Mapped[date | None]
    workers_paid_male: Mapped[int | None] = mapped_column(SmallInteger)
    workers_paid_female: Mapped[int | None] = mapped_column(SmallInteger)
    workers_family_male: Mapped[int | None] = mapped_column(SmallInteger)
    workers_family_female: Mapped[int | None] = mapped_column(SmallInteger)
    capital: Mapped[Rupiah | None]
    yearly_sales: Mapped[Rupiah | None]
    nib: Mapped[str | None] = mapped_column(String(13))
    npwp: Mapped[str | None] = mapped_column(String(16))
    size_class: Mapped[str | None] = mapped_column(String(10))
    is_ultra_micro: Mapped[bool | None]
    life_cycle: Mapped[str] = mapped_column(String(20), default="terdaftar")
    life_cycle_reason: Mapped[str | None] = mapped_column(String(300))
    life_cycle_on: Mapped[date]

    # Facts that decide which questions of the instrument apply.
    has_equipment: Mapped[bool] = mapped_column(Boolean, default=False)
    declared_non_halal: Mapped[bool] = mapped_column(Boolean, default=False)
    sold_outside_home: Mapped[bool] = mapped_column(Boolean, default=False)
    is_seasonal: Mapped[bool] = mapped_column(Boolean, default=False)
    # Months (1 to 12) in which a seasonal enterprise sells.
    season_months: Mapped[JsonList] = mapped_column(default=list)

    # Carried down by health, interventions and mentoring; never edited by a form.
    mentor_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    health_class: Mapped[str | None] = mapped_column(String(20))
    # Tenths of a point, 0 to 1000.
    health_score: Mapped[int | None] = mapped_column(SmallInteger)
    health_status: Mapped[str | None] = mapped_column(String(20))
    assessed_on: Mapped[date | None]
    health_valid_until: Mapped[date | None]
    sick_since_on: Mapped[date | None]
    has_plan: Mapped[bool] = mapped_column(Boolean, default=False)
    last_visit_on: Mapped[date | None]
    next_visit_due_on: Mapped[date | None]
    # Where a row stands when the list is sorted: the engines don't agree on where "empty" goes.
    # Without a score comes last, without a visit comes first. The database fills them in.
    score_order: Mapped[int] = mapped_column(
        SmallInteger, Computed("coalesce(health_score, 1001)", persisted=True)
    )
    visit_order: Mapped[date] = mapped_column(
        Computed("coalesce(last_visit_on, '1900-01-01')", persisted=True)
    )

    confirmed_warnings: Mapped[JsonList] = mapped_column(default=list)
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[UtcInstant]
    updated_at: Mapped[UtcInstant]

    owner: Mapped[Owner] = relationship(back_populates="enterprises")

    def __repr__(self) -> str:
        return f"<Enterprise {self.id}>"


means(
    "uq_owner_nik_index",
    lambda: Conflict(
        "nik_taken", field="nik", message="NIK ini sudah terdaftar atas nama pemilik lain."
    ),
    columns="owner.nik_index",
)
means(
    "uq_enterprise_nib",
    lambda: Conflict("nib_taken", field="nib", message="NIB ini sudah dipakai usaha lain."),
    columns="enterprise.nib",
)
