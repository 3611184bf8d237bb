"""`flask backup`, `flask restore`, `flask backup-open` and `flask verify`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NoReturn

import click
from flask.cli import with_appcontext
from flask_migrate import upgrade

from app.backup.contents import Contents, unseal_to
from app.backup.making import RestoreRefused, check, forget_old, make, restore
from app.backup.sealed_file import BackupBroken
from app.backup.verifying import totals, verify
from app.core import settings
from app.db import db
from app.db.transaction import transaction
from app.field.services.epochs import begin_epoch
from config import ConfigurationError, load_backup_keys

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("backup")
@click.option(
    "--to",
    "target",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="BACKUP_DIR",
    help="Folder tujuan; tanpa ini: backups di DATA_DIR.",
)
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Sesudahnya simpan hanya sekian cadangan terbaru di folder itu.",
)
@with_appcontext
def backup_command(target: Path | None, keep: int | None) -> None:
    """Tulis cadangan terenkripsi: seluruh basis data dan berkas."""
    keys = _keys()
    folder = settings.current().folder
    where = target or folder / "backups"
    try:
        path, written = make(db.engine, folder=folder, target=where, key=keys[0])
    except (BackupBroken, OSError) as refusal:
        _give_up(refusal)
    click.echo(f"{path}: {path.stat().st_size} bita, {_told(written)}.")
    for old in forget_old(where, keep=keep) if keep else ():
        click.echo(f"{old.name} dihapus.")


@click.command("restore")
@click.argument("path", metavar="BERKAS", type=_FILE)
@with_appcontext
def restore_command(path: Path) -> None:
    """Pulihkan cadangan ke basis data yang kosong, lalu periksa hasilnya."""
    folder = settings.current().folder
    try:
        found = restore(
            path,
            _keys(),
            engine=db.engine,
            folder=folder,
            make_schema=_make_schema,
        )
    except (BackupBroken, RestoreRefused, OSError) as refusal:
        _give_up(refusal)
    # The code may be newer than the backup.
    upgrade()
    # Phones have seen what came after it: they send again what they keep, and fetch everything.
    with transaction():
        begin_epoch(f"Cadangan {found.manifest.created_at} dipulihkan")
    click.echo(f"Dipulihkan: {_told(found)}.")
    _show_findings(as_json=False)


@click.command("backup-open")
@click.argument("path", metavar="BERKAS", type=_FILE)
@click.argument("target", metavar="TUJUAN", type=click.Path(dir_okay=False, path_type=Path))
def open_command(path: Path, target: Path) -> None:
    """Tulis isi cadangan sebagai arsip tar, TIDAK terenkripsi."""
    target.touch(mode=0o600, exist_ok=False)
    try:
        with path.open("rb") as source, target.open("wb") as archive:
            unseal_to(source, _keys(), archive)
    except BackupBroken as refusal:
        target.unlink()
        _give_up(refusal)


@click.command("verify")
@click.argument("path", metavar="[BERKAS]", required=False, type=_FILE)
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@with_appcontext
def verify_command(path: Path | None, as_json: bool) -> None:
    """Periksa basis data dan berkas, atau satu BERKAS cadangan; tidak mengubah apa pun."""
    if path is None:
        _show_findings(as_json=as_json)
        return
    try:
        found = check(path, _keys())
    except BackupBroken as refusal:
        _give_up(refusal)
    click.echo(f"Cadangan {found.manifest.created_at} utuh: {_told(found)}.")


def _show_findings(*, as_json: bool) -> None:
    findings, rows = verify(), totals()
    if as_json:
        said = {one.name: list(one.problems) for one in findings}
        click.echo(json.dumps({"problems": said, "rows": rows}, indent=1, ensure_ascii=False))
    else:
        for one in findings:
            click.echo(f"{one.name}: {'baik' if one.is_good else 'BERMASALAH'}")
            for problem in one.problems:
                click.echo(f"  - {problem}")
        click.echo(f"{sum(rows.values())} baris dalam {len(rows)} tabel.")
    if not all(one.is_good for one in findings):
        sys.exit(1)


def _make_schema(revision: str) -> None:
    upgrade(revision=revision)


def _told(found: Contents) -> str:
    made = found.manifest
    return (
        f"{made.row_count} baris dalam {len(made.tables)} tabel, {found.file_count} berkas, "
        f"skema {made.revision}"
    )


def _keys() -> tuple[bytes, ...]:
    try:
        return load_backup_keys()
    except ConfigurationError as refusal:
        _give_up(refusal)


def _give_up(refusal: Exception) -> NoReturn:
    click.echo(str(refusal), err=True)
    sys.exit(1)
