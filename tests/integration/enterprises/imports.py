"""Running an import in tests, from the bytes of a file to what was stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from app.accounts.queries import scope_of
from app.core.permissions import Permission
from app.db import db
from app.db.transaction import transaction
from app.enterprises import importing
from app.enterprises.models import Enterprise, ImportRun, Owner
from app.enterprises.services import imports as services
from tests.cases import messy_sheets


def started(account: Any, content: bytes, file_name: str = "daftar.xlsx") -> UUID:
    """A run for a file, not yet checked."""
    with transaction():
        run = services.start_run(
            scope=scope_of(account.id, Permission.ENTERPRISE_IMPORT),
            content=content,
            file_name=file_name,
            only_sheet=None,
            by=account.id,
        )
        importing.store_file(run.id, content)
        return run.id


def checked(account: Any, content: bytes, file_name: str = "daftar.xlsx") -> ImportRun:
    """A checked run."""
    run_id = started(account, content, file_name)
    importing.check_run(run_id)
    return run_of(run_id)


def imported(account: Any, content: bytes, file_name: str = "daftar.xlsx") -> ImportRun:
    """A run that was written to its end."""
    return written(account, checked(account, content, file_name).id)


def written(account: Any, run_id: UUID) -> ImportRun:
    """A checked run, written to its end."""
    with transaction():
        services.confirm_run(run=db.session.get_one(ImportRun, run_id), by=account.id)
    importing.write_run(run_id)
    return run_of(run_id)


def run_of(run_id: UUID) -> ImportRun:
    """A run as it is stored now."""
    db.session.rollback()
    return db.session.get_one(ImportRun, run_id)


def counts_of(run: ImportRun) -> tuple[int, int, int, int]:
    """New, changed, same, faulty."""
    return run.new_count, run.changed_count, run.same_count, run.faulty_count


def faults_of(run: ImportRun) -> list[tuple[int, str]]:
    """Row and code of every fault."""
    return [
        (problem["row"], problem["code"])
        for problem in importing.items_of(run.id, importing.PROBLEMS)
        if problem["level"] == "error"
    ]


def messages_of(run: ImportRun) -> str:
    """Everything that is said about the file."""
    return repr(list(importing.items_of(run.id, importing.PROBLEMS)))


def stored() -> tuple[int, int]:
    """How many owners and enterprises the register holds."""
    db.session.rollback()
    return (
        db.session.execute(sa.select(sa.func.count()).select_from(Owner)).scalar_one(),
        db.session.execute(sa.select(sa.func.count()).select_from(Enterprise)).scalar_one(),
    )


def sheet(*rows: tuple[Any, ...]) -> bytes:
    """A workbook of one sheet."""
    return messy_sheets.workbook(("Data", rows))


def long_list(count: int) -> bytes:
    """A list of `count` different enterprises."""
    header = ("Nama Usaha", "Nama Pemilik", "NIK", "Desa", "Kecamatan", "Omset/bln")
    return sheet(
        header,
        *(
            (
                f"Keripik {_word(number)}",
                f"Pemilik {_word(number)}",
                f"330204{number % 28 + 1:02d}0285{number + 1:04d}",
                "Losari",
                "Rawalo",
                1_000_000 + number,
            )
            for number in range(count)
        ),
    )


def _word(number: int) -> str:
    letters = ""
    while True:
        number, rest = divmod(number, 26)
        letters += chr(97 + rest)
        if number == 0:
            return letters
