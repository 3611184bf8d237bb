"""Asking for a report, noting that it was made, keeping a letterhead."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import BinaryIO
from uuid import UUID

from app.core.clock import LOCAL_ZONE, local_today, utc_now
from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.scope import Scope
from app.db import db
from app.files.services import store_photo
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import note_read, record
from app.jobs import enqueue, register_titles
from app.mentoring.queries.mentors import is_mentor, mentor_within
from app.reports.models import Letterhead, OfficeReport
from app.reports.queries.kept import (
    letterhead,
    report_area,
    report_by_id,
    report_of_job,
    reports_since,
)
from app.reports.rules.limits import check_day, check_kind
from app.reports.rules.office import checked_nip
from app.reports.rules.period import Span

REPORT_JOB = "reports.make"
register_titles({REPORT_JOB: "Membuat laporan"})
MADE, LETTERHEAD_CHANGED = "report.made", "letterhead.changed"
register_actions({MADE: "Laporan dibuat", LETTERHEAD_CHANGED: "Kop surat diubah"})
register_fields(
    "report",
    {
        "span": FieldWording(label="Masa laporan"),
        "with_names": FieldWording(label="Dengan nama usaha"),
    },
)
register_fields(
    "letterhead",
    {
        "above": FieldWording(label="Baris di atas nama kantor"),
        "name": FieldWording(label="Nama kantor"),
        "address": FieldWording(label="Alamat kantor"),
        "place": FieldWording(label="Tempat tanda tangan"),
        "signer_name": FieldWording(label="Nama penanda tangan"),
        "signer_post": FieldWording(label="Jabatan penanda tangan"),
        "signer_nip": FieldWording(label="NIP"),
        "logo": FieldWording(label="Lambang"),
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is asked for: an area ("" for the country) or a mentor, for which time, as what."""

    area_code: str | None = None
    mentor_id: UUID | None = None
    span: Span
    kind: str
    with_names: bool = False

    @property
    def key(self) -> str:
        """The same wish has the same key."""
        names = "dengan-nama" if self.with_names else "angka"
        subject = self.mentor_id or f"wilayah-{self.area_code}"
        return f"{subject}:{self.span.code}:{self.kind}:{names}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterheadWords:
    """What an office writes on its reports."""

    name: str
    above: str | None = None
    address: str | None = None
    place: str | None = None
    signer_name: str | None = None
    signer_post: str | None = None
    signer_nip: str | None = None


def ask_report(*, scope: Scope, wish: Wish, by: UUID) -> OfficeReport:
    """Ask for a report and the work that makes it; while that is under way, the same wish gives
    the same report.

    Raises:
        NotFound: the area or mentor lies outside the scope.
        InvalidInput: no such kind of file.
        WrongState: too many reports today.
    """
    check_kind(wish.kind)
    is_own = wish.mentor_id == by and is_mentor(by)
    if not is_own:
        _check_reached(scope, wish)
    report_id = new_id()
    job_id = enqueue(
        REPORT_JOB,
        key=f"{REPORT_JOB}:{by}:{wish.key}",
        payload={"report_id": str(report_id)},
        by=by,
    )
    known = report_of_job(job_id)
    if known is not None:
        return known
    midnight = datetime.combine(local_today(), time(), tzinfo=LOCAL_ZONE)
    check_day(reports_since(by, midnight))
    asked = OfficeReport(
        id=report_id,
        account_id=by,
        job_id=job_id,
        area_code=wish.area_code,
        mentor_id=wish.mentor_id,
        span=wish.span.code,
        kind=wish.kind,
        with_names=wish.with_names,
        scope_areas=_areas_needed(scope, wish, is_own=is_own),
        created_at=utc_now(),
    )
    db.session.add(asked)
    db.session.flush()
    return asked


def _areas_needed(scope: Scope, wish: Wish, *, is_own: bool) -> list[str | None]:
    """What the maker must still reach to fetch the files; a mentor's own months need no area."""
    if is_own:
        return []
    return list(scope.areas) if wish.mentor_id is not None else [wish.area_code]


def finish_report(*, report_id: UUID, named: Iterable[UUID]) -> None:
    """Note that the files are there, and what left the system in them; once, however often."""
    made = report_by_id(report_id)
    if made.finished_at is not None:
        return
    made.finished_at = utc_now()
    enterprises = tuple(named)
    record(
        subject_type="report",
        subject_id=made.id,
        action=MADE,
        by=made.account_id,
        area_code=made.area_code or None,
        changes={"span": [None, made.span], "with_names": [None, made.with_names]},
    )
    note_read(
        kind="export",
        by=made.account_id,
        subject_type="report",
        subject_id=made.id,
        enterprises=enterprises,
        shown_count=len(enterprises),
        facts={"span": made.span, "area": made.area_code, "kind": made.kind},
    )


def keep_letterhead(
    *,
    scope: Scope,
    area_code: str,
    words: LetterheadWords,
    logo: BinaryIO | None,
    drop_logo: bool = False,
    by: UUID,
) -> Letterhead:
    """Keep what the office of an area prints on its reports.

    Raises:
        NotFound: the area is unknown or not wholly within the scope.
        InvalidInput: no NIP, or the logo is no picture of ours; at its field.
    """
    report_area(scope, area_code)
    row = letterhead(area_code)
    is_new = row is None
    if row is None:
        row = Letterhead(area_code=area_code)
    wanted = _wanted(words)
    changes = {
        name: [None if is_new else getattr(row, name), value]
        for name, value in wanted.items()
        if is_new or getattr(row, name) != value
    }
    for name, value in wanted.items():
        setattr(row, name, value)
    if logo is not None or drop_logo:
        changes["logo"] = [None, "diganti" if logo is not None else "dihapus"]
        row.logo_id = _stored_logo(logo, by) if logo is not None else None
    row.changed_by, row.changed_at = by, utc_now()
    db.session.add(row)
    db.session.flush()
    if changes:
        _note_letterhead(area_code, changes, by)
    return row


def _note_letterhead(area_code: str, changes: dict[str, list[str | None]], by: UUID) -> None:
    # Areas have no id of their own: the line is found by its area and by who wrote it.
    record(
        subject_type="letterhead",
        subject_id=by,
        action=LETTERHEAD_CHANGED,
        by=by,
        area_code=area_code or None,
        changes=changes,
    )


def _wanted(words: LetterheadWords) -> dict[str, str]:
    """The words as they are kept: nothing written is an empty text."""
    return {
        "name": words.name,
        "above": words.above or "",
        "address": words.address or "",
        "place": words.place or "",
        "signer_name": words.signer_name or "",
        "signer_post": words.signer_post or "",
        "signer_nip": checked_nip(words.signer_nip),
    }


def _stored_logo(logo: BinaryIO, by: UUID) -> UUID:
    try:
        return store_photo(logo, by=by).id
    except InvalidInput as refusal:
        raise InvalidInput(refusal.code, field="logo", message=refusal.message) from refusal


def _check_reached(scope: Scope, wish: Wish) -> None:
    if wish.mentor_id is not None:
        mentor_within(scope, wish.mentor_id)
        return
    report_area(scope, wish.area_code)
