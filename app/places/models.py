"""Areas by their Kemendagri code, and the programmes of villages.

The code is a path ("33.02.04.2001"): an area is a prefix, and its villages are a range of codes.
"""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Float,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import (
    AreaCodeText,
    JsonList,
    Sha256Text,
    UTCDateTime,
    UtcInstant,
    UuidKey,
    byte_text,
    one_of,
)
from app.db.constraints import means
from app.places.rules import KINDS, LEVELS, PROGRAMS


class Area(db.Model):
    """A province, regency or city, district, or village. `search_path` holds the words of its
    name and of all areas above it; lat and lng are a centre, where one is known."""

    __tablename__ = "area"
    __table_args__ = (
        one_of("level", LEVELS, name="level_known"),
        one_of("kind", KINDS, name="kind_known"),
        CheckConstraint("lat BETWEEN -90 AND 90 AND lng BETWEEN -180 AND 180", name="point_real"),
        Index("ix_area_parent_code_search_name", "parent_code", "search_name", "code"),
        # Holds all that a search looks at, so that it need not visit the rows that don't fit.
        Index("ix_area_level_search_name", "level", "search_name", "code", "search_path"),
    )

    code: Mapped[AreaCodeText] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    level: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    parent_code: Mapped[AreaCodeText | None] = mapped_column(ForeignKey("area.code"))
    search_name: Mapped[str] = mapped_column(byte_text(160))
    search_path: Mapped[str] = mapped_column(String(400))
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)

    def __repr__(self) -> str:
        return f"<Area {self.code} {self.name}>"


class AreaWord(db.Model):
    """A word of a village's or district's name after its first: "kidul" finds Losari Kidul."""

    __tablename__ = "area_word"

    word: Mapped[str] = mapped_column(byte_text(60), primary_key=True)
    area_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"), primary_key=True)


class AreaEdition(db.Model):
    """What was loaded last, so that loading it again returns at once."""

    __tablename__ = "area_edition"

    bundle: Mapped[str] = mapped_column(String(20), primary_key=True)
    content_sha256: Mapped[Sha256Text]
    source: Mapped[str] = mapped_column(String(200))
    loaded_at: Mapped[UtcInstant]


class AreaOutline(db.Model):
    """The outline of an area, for maps. `rings` are lists of lng, lat, lng, lat …; the centre is
    that of its largest part. A bundled one gives way to one that an office loads."""

    __tablename__ = "area_outline"
    __table_args__ = (CheckConstraint("lat BETWEEN -90 AND 90", name="centre_real"),)

    code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"), primary_key=True)
    rings: Mapped[JsonList]
    lat: Mapped[float] = mapped_column(Float)
    lng: Mapped[float] = mapped_column(Float)
    source: Mapped[str] = mapped_column(String(200))
    is_bundled: Mapped[bool] = mapped_column(Boolean, default=False)
    loaded_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<AreaOutline {self.code}>"


class VillageProgram(db.Model):
    """A programme that a village is in, since a year if one is known."""

    __tablename__ = "village_program"
    __table_args__ = (
        one_of("program", PROGRAMS, name="program_known"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_real"),
        # The name is part of it, so that "LAINNYA" may stand several times.
        Index("uq_village_program_village_code", "village_code", "program", "name", unique=True),
    )

    id: Mapped[UuidKey]
    village_code: Mapped[AreaCodeText] = mapped_column(ForeignKey("area.code"))
    program: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120), default="")
    year: Mapped[int | None] = mapped_column(SmallInteger)
    source: Mapped[str] = mapped_column(String(300), default="")

    def __repr__(self) -> str:
        return f"<VillageProgram {self.village_code} {self.program}>"


class AreaDecree(db.Model):
    """A decree that splits, merges or renumbers areas. Nothing counts before `applied_at`, and
    nothing of it is changed after."""

    __tablename__ = "area_decree"
    __table_args__ = (UniqueConstraint("number", "decided_on", name="uq_area_decree_number"),)

    id: Mapped[UuidKey]
    number: Mapped[str] = mapped_column(String(80))
    decided_on: Mapped[date]
    source: Mapped[str] = mapped_column(String(300))
    made_by: Mapped[UUID | None]
    made_at: Mapped[UtcInstant]
    applied_by: Mapped[UUID | None]
    applied_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    def __repr__(self) -> str:
        return f"<AreaDecree {self.number}>"


class AreaDecreeLine(db.Model):
    """From one code to one code. `hamlets` and `enterprises` (ids or NIB) name the part that goes
    there; a line with neither takes the rest, and is the heir of all that has no part of its own.

    Codes hold no references: an area of a draft need not exist yet. Without `old_code` the line
    gives a new area above villages its name.
    """

    __tablename__ = "area_decree_line"
    __table_args__ = (
        Index("ix_area_decree_line_old_code", "old_code"),
        Index("ix_area_decree_line_new_code", "new_code"),
    )

    decree_id: Mapped[UUID] = mapped_column(
        ForeignKey("area_decree.id", ondelete="CASCADE"), primary_key=True
    )
    n: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    old_code: Mapped[AreaCodeText | None]
    new_code: Mapped[AreaCodeText]
    new_name: Mapped[str] = mapped_column(String(120), default="")
    hamlets: Mapped[JsonList] = mapped_column(default=list)
    enterprises: Mapped[JsonList] = mapped_column(default=list)

    def __repr__(self) -> str:
        return f"<AreaDecreeLine {self.old_code} {self.new_code}>"


means(
    "uq_area_decree_number",
    lambda: Conflict("decree_known", field="number", message="Keputusan ini sudah dicatat."),
    columns="area_decree.number, area_decree.decided_on",
)
means(
    "uq_village_program_village_code",
    lambda: Conflict(
        "program_doubled", field="program", message="Program ini sudah tercatat di desa ini."
    ),
    columns="village_program.village_code, village_program.program, village_program.name",
)
