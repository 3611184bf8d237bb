"""Areas by their Kemendagri code, and the programmes of villages.

The code is a path ("33.02.04.2001"): an area is a prefix, and its villages are a range of codes.
"""

from sqlalchemy import Boolean, CheckConstraint, Float, ForeignKey, Index, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.errors import Conflict
from app.db import db
from app.db.columns import (
    AreaCodeText,
    JsonList,
    Sha256Text,
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


means(
    "uq_village_program_village_code",
    lambda: Conflict(
        "program_doubled", field="program", message="Program ini sudah tercatat di desa ini."
    ),
    columns="village_program.village_code, village_program.program, village_program.name",
)
