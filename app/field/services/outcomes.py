"""What became of one operation, before and after it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.enterprises.models import Enterprise
from app.field.models import FileUpload
from app.field.queries.authority import Standing
from app.field.rules import CONFLICT, HELD, MERGED, OK, REJECTED, REVIEW
from app.field.rules.operation import Operation
from app.field.rules.taken import Clock

WORDS = {
    OK: "Tercatat.",
    MERGED: "Tercatat bersama perubahan orang lain.",
    CONFLICT: "Tersimpan. Ada isian yang juga diubah orang lain, petugas akan memutuskan.",
    REVIEW: "Tersimpan. Petugas akan memeriksanya dulu.",
    HELD: "Tersimpan. Menunggu data yang mendahuluinya.",
    REJECTED: "Tidak dapat dicatat.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Whose phone sends, where they work or worked, and its clock beside ours."""

    account_id: UUID
    device_id: UUID
    areas: tuple[str, ...]
    clock: Clock
    # Of an account that was closed nothing counts before somebody looked.
    is_closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """Something that a person must look at; `values` is {"base", "server", "incoming"}."""

    kind: str
    code: str
    field: str | None = None
    values: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Status and words for the phone, and what else is to be kept."""

    status: str
    code: str | None = None
    pesan: str = ""
    version: int | None = None
    labels: Sequence[str] = ()
    extra: dict[str, Any] = field(default_factory=dict)
    to_decide: Sequence[ToDecide] = ()
    # The number of the receipt for money that was taken in.
    receipt: str | None = None
    # Files that the operation announced; they refer to its row.
    uploads: Sequence[FileUpload] = ()


def for_review(code: str, pesan: str = "") -> Outcome:
    """What counts only after somebody looked: laid before a person by its code."""
    return Outcome(
        status=REVIEW, code=code, pesan=pesan, to_decide=[ToDecide(kind="tinjau", code=code)]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One operation beside the enterprise that it is about, which is locked.

    `enterprise` is None for one that is registered now. `is_decided`: a person let it through, so
    doubts are settled and only what can't be is refused.
    """

    operation: Operation
    sender: Sender
    enterprise: Enterprise | None = None
    standing: Standing = Standing.PRESENT
    is_decided: bool = False

    @property
    def row(self) -> Enterprise:
        """The enterprise.

        Raises:
            LookupError: there is none yet.
        """
        if self.enterprise is None:
            raise LookupError("no enterprise yet")
        return self.enterprise


class NeedsReview(Exception):
    """Raised while applying: somebody must look before it counts."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(code)
        self.code, self.message = code, message
