"""Imports of spreadsheets: the run, what was read of its file, and what columns meant before."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.db import db
from app.db.columns import AreaCodeText, JsonDict, JsonList, Sha256Text, UtcInstant, UuidKey, one_of

IMPORT_STATES = ("waiting", "checked", "refused", "applying", "done")
IMPORT_PARTS = ("file", "rows", "problems", "bad_rows")
MATCH_KEYS = ("nik", "nib", "name_village")


class ImportRun(db.Model):
    """One file that somebody wants to take in, from its upload to its last row."""

    __tablename__ = "import_run"
    __table_args__ = (
        one_of("state", IMPORT_STATES, name="state_known"),
        one_of("match_key", MATCH_KEYS, name="match_key_known"),
        CheckConstraint(
            "new_count >= 0 AND changed_count >= 0 AND same_count >= 0 "
            "AND faulty_count >= 0 AND skipped_count >= 0",
            name="counts_not_negative",
        ),
        Index("ix_import_run_area_code_created_at_id", "area_code", "created_at", "id"),
        Index("ix_import_run_content_sha256", "content_sha256"),
    )

    id: Mapped[UuidKey]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    # The office that it is for: its officers see the run, its column memory is used.
    area_code: Mapped[AreaCodeText]
    file_name: Mapped[str] = mapped_column(String(200))
    content_sha256: Mapped[Sha256Text]
    state: Mapped[str] = mapped_column(String(20), default="waiting")
    # Decisions of a person: the only sheet to read, header → field, and the match key.
    only_sheet: Mapped[str | None] = mapped_column(String(120))
    choices: Mapped[JsonDict] = mapped_column(default=dict)
    wanted_key: Mapped[str | None] = mapped_column(String(20))
    # What the check found.
    match_key: Mapped[str | None] = mapped_column(String(20))
    refusal_code: Mapped[str | None] = mapped_column(String(60))
    refusal: Mapped[str | None] = mapped_column(String(500))
    sheet_names: Mapped[JsonList] = mapped_column(default=list)
    sheets: Mapped[JsonList] = mapped_column(default=list)
    samples: Mapped[JsonDict] = mapped_column(default=dict)
    new_count: Mapped[int] = mapped_column(default=0)
    changed_count: Mapped[int] = mapped_column(default=0)
    same_count: Mapped[int] = mapped_column(default=0)
    faulty_count: Mapped[int] = mapped_column(default=0)
    skipped_count: Mapped[int] = mapped_column(default=0)
    applied_count: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[UUID | None]
    created_at: Mapped[UtcInstant]
    checked_at: Mapped[UtcInstant | None]
    finished_at: Mapped[UtcInstant | None]

    def __repr__(self) -> str:
        return f"<ImportRun {self.id}>"


class ImportPart(db.Model):
    """A sealed piece of what a run read: the file, rows to write, remarks, rows to mend.

    Pieces hold personal numbers, so they are sealed with the run's id; rows and file are deleted
    as soon as they were written.
    """

    __tablename__ = "import_part"
    __table_args__ = (one_of("kind", IMPORT_PARTS, name="kind_known"),)

    run_id: Mapped[UUID] = mapped_column(
        ForeignKey("import_run.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    row_count: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    applied_at: Mapped[UtcInstant | None]

    def __repr__(self) -> str:
        return f"<ImportPart {self.run_id} {self.kind} {self.n}>"


class ColumnMemory(db.Model):
    """What an office said that a column means; `field` is empty when nothing of it is taken."""

    __tablename__ = "column_memory"

    area_code: Mapped[str] = mapped_column(String(13), primary_key=True)
    header_key: Mapped[str] = mapped_column(String(200), primary_key=True)
    field: Mapped[str] = mapped_column(String(40))
    set_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    set_at: Mapped[UtcInstant]

    def __repr__(self) -> str:
        return f"<ColumnMemory {self.area_code} {self.header_key}>"
