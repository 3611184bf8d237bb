"""The register from the shell."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from flask.cli import AppGroup

from app.accounts.models import Account
from app.accounts.queries import account_by_name, scope_of
from app.accounts.rules import login_name
from app.core.errors import PulihError
from app.core.permissions import Permission
from app.db import db
from app.db.transaction import transaction
from app.enterprises import importing
from app.enterprises.models import ImportRun
from app.enterprises.rules.kbli import VERSIONS, forget_loaded, loaded_path, read_list
from app.enterprises.services import imports as services
from app.enterprises.services import renewing
from app.enterprises.sheet_reader.guards import kind_of

group = AppGroup("enterprises", help="Register usaha.")
groups = (group,)
REFUSED = 2
# The list of 2020 is part of the project.
LOADABLE = tuple(version for version in VERSIONS if version != "2020")


@group.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "login", required=True, help="E-mail, nomor HP atau id akun petugas.")
@click.option("--sheet", help="Hanya lembar ini.")
@click.option("--check-only", is_flag=True, help="Periksa saja, jangan dicatat.")
@click.option("--json", "as_json", is_flag=True, help="Cetak hasil sebagai JSON.")
def import_file(file: Path, login: str, sheet: str | None, check_only: bool, as_json: bool) -> None:
    """Check a spreadsheet of enterprises and, unless --check-only, register them."""
    try:
        run_id = _started(file, login, sheet)
        importing.check_run(run_id)
        run = db.session.get_one(ImportRun, run_id)
        if run.state == "refused":
            _refuse(run.refusal_code or "", run.refusal or "", as_json, _report(run)["sheets"])
        report = _report(run)
        if not check_only:
            with transaction():
                services.confirm_run(run=db.session.get_one(ImportRun, run_id), by=run.made_by)
            importing.write_run(run_id)
            report = _report(db.session.get_one(ImportRun, run_id))
    except PulihError as refusal:
        _refuse(refusal.code, refusal.message, as_json)
    else:
        _print(report, as_json)


@group.command("load-kbli")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--version", type=click.Choice(LOADABLE), default=LOADABLE[0], show_default=True)
def load_kbli(file: Path, version: str) -> None:
    """Keep a list of business fields as it was published, for forms and imports to ask."""
    content = file.read_bytes()
    try:
        count = len(read_list(content, version))
    except PulihError as refusal:
        raise click.ClickException(refusal.message) from refusal
    path = loaded_path(version)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_bytes(content)
    draft.replace(path)
    forget_loaded()
    click.echo(f"KBLI {version}: {count} kelompok dimuat.")


@group.command("forget-imports")
def forget_imports() -> None:
    """Delete imports that nobody confirmed for 30 days; every upload does the same."""
    with transaction():
        count = services.forget_old_runs()
    click.echo(f"{count} impor yang tidak dicatat dihapus.")


@group.command("renew-numbers")
def renew_numbers() -> None:
    """Seal and index NIK and phone numbers with the present keys; run again, it goes on.

    For new keys: see docs/operating.md.
    """
    renewed = closed = 0
    last: UUID | None = None
    while True:
        with transaction():
            done = renewing.renew_numbers(after=last)
        renewed, closed, last = renewed + done.renewed, closed + done.closed, done.last
        if last is None:
            break
        click.echo(f"  {renewed} pemilik diperbarui", err=True)
    click.echo(f"{renewed} pemilik diperbarui.")
    if closed:
        click.echo(f"{closed} tidak dapat dibuka dengan kunci mana pun.", err=True)
        sys.exit(1)


def _started(file: Path, login: str, sheet: str | None) -> UUID:
    account = _account(login)
    try:
        # One byte more than is allowed is enough to know that it is too much.
        with file.open("rb") as stream:
            content = stream.read(importing.limits().max_bytes + 1)
    except OSError as error:
        raise PulihError("file_missing", message=f"Berkas {file} tidak terbaca.") from error
    kind_of(content, file.name, importing.limits())
    with transaction():
        run = services.start_run(
            scope=scope_of(account.id, Permission.ENTERPRISE_IMPORT),
            content=content,
            file_name=file.name,
            only_sheet=sheet,
            by=account.id,
        )
        importing.store_file(run.id, content)
        return run.id


def _account(login: str) -> Account:
    account = account_by_name(login_name(login))
    if account is None:
        try:
            account = db.session.get(Account, UUID(login))
        except ValueError:
            account = None
    if account is None or not account.is_active:
        raise PulihError("account_unknown", message=f"Akun {login} tidak ditemukan.")
    return account


def _report(run: ImportRun) -> dict[str, Any]:
    return {
        "sheets": [
            {
                "name": sheet["name"],
                "header_rows": sheet["header_rows"],
                "columns": {
                    column["field"]: column["header"]
                    for column in sheet["columns"]
                    if column["field"]
                },
                "unknown": [column["header"] for column in sheet["columns"] if not column["field"]],
            }
            for sheet in run.sheets
        ],
        "counts": {
            "new": run.new_count,
            "changed": run.changed_count,
            "same": run.same_count,
            "faulty": run.faulty_count,
            "skipped": run.skipped_count,
        },
        "problems": list(importing.items_of(run.id, importing.PROBLEMS)),
    }


def _print(report: dict[str, Any], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
        return
    counts = report["counts"]
    click.echo(
        f"Baru {counts['new']}, berubah {counts['changed']}, sama {counts['same']}, "
        f"perlu diperbaiki {counts['faulty']}, dilewati {counts['skipped']}."
    )
    for problem in report["problems"]:
        place = f"{problem['sheet']}!{problem['column']}{problem['row']}"
        click.echo(f"{place:24} {problem['message']}")


def _refuse(
    code: str, message: str, as_json: bool, sheets: Sequence[Mapping[str, Any]] = ()
) -> None:
    if as_json:
        problem = {"sheet": "", "row": 0, "column": "", "code": code, "value": "",
                   "message": message, "level": "error"}  # fmt: skip
        report = {
            "sheets": sheets,
            "counts": dict.fromkeys(("new", "changed", "same", "faulty", "skipped"), 0),
            "problems": [problem],
            "refused": {"code": code, "message": message},
        }
        click.echo(json.dumps(report, ensure_ascii=False, indent=1))
    click.echo(message, err=True)
    sys.exit(REFUSED)
