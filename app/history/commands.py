"""`flask history …`: checking that the past stands as it was written."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.clock import local_date, utc_now
from app.core.errors import NotAllowed
from app.db.transaction import transaction
from app.history.rules.reading import READS_KEPT
from app.history.services import forget_reads, verify, write_anchor
from app.history.services.anchoring import anchors_file, anchors_in

history = AppGroup("history", help="Riwayat: periksa rantai, tulis jangkar.")
groups = (history,)


@history.command("verify")
@click.option(
    "--anchors",
    type=click.Path(path_type=Path, dir_okay=False),
    multiple=True,
    help="Berkas jangkar yang disimpan di tempat lain; boleh beberapa.",
)
def verify_chain(anchors: tuple[Path, ...]) -> None:
    """Check every row; name the first that was changed, is missing or was cut off."""
    try:
        fixed = [anchor for path in anchors or (anchors_file(),) for anchor in anchors_in(path)]
    except ValueError as error:
        raise click.ClickException(f"Berkas jangkar tidak dapat dibaca: {error}.") from error
    verdict = verify(anchors=fixed)
    if verdict.broken_n is not None:
        click.echo(f"RUSAK di baris {verdict.broken_n}: {verdict.problem}.", err=True)
        sound = min(verdict.last_n, verdict.broken_n - 1)
        click.echo(f"Baris 1 sampai {sound} utuh.", err=True)
        raise SystemExit(1)
    click.echo(f"Utuh: {verdict.row_count} baris, {len(fixed)} jangkar cocok.")
    if verdict.erased_count:
        click.echo(f"Kata-kata di {verdict.erased_count} baris dihapus atas permintaan pemilik.")
    click.echo(f"Akhir rantai: {verdict.last_n} {verdict.last_hash}")


@history.command("forget-reads")
def forget_old_reads() -> None:
    """Forget who saw whom more than five years ago; needs the role that owns the tables."""
    before = utc_now() - READS_KEPT
    try:
        with transaction():
            count = forget_reads(before=before)
    except NotAllowed as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{count} catatan sebelum {local_date(before)} dihapus.")


@history.command("anchor")
@click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Berkas tempat menambahkan jangkar; sebaiknya di luar mesin ini.",
)
def anchor(path: Path | None) -> None:
    """Write down where the chain ends now, and print it."""
    written = write_anchor(path)
    if written is None:
        raise click.ClickException("Riwayat masih kosong.")
    click.echo(written.line())
