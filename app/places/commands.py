"""`flask places …`."""

from __future__ import annotations

import time

import click
from flask.cli import AppGroup

from app.db.transaction import transaction
from app.places.queries import search_villages
from app.places.services import load_bundled

group = AppGroup("places", help="Wilayah Indonesia.")
groups = (group,)


@group.command("load")
def load() -> None:
    """Load the bundled areas and village programmes; a second run changes nothing."""
    started = time.monotonic()
    with transaction():
        loaded = load_bundled()
    seconds = time.monotonic() - started
    if loaded.area_count or loaded.program_count:
        click.echo(
            f"{loaded.area_count} wilayah dan {loaded.program_count} program desa dimuat dalam "
            f"{seconds:.1f} detik ({loaded.source})."
        )
    else:
        click.echo(f"Wilayah sudah termuat ({loaded.source}).")


@group.command("search")
@click.argument("text")
@click.option("--within", default="", help="Kode wilayah, contoh: 33.02.")
def search(text: str, within: str) -> None:
    """Find villages as the search box does."""
    started = time.monotonic()
    hits = search_villages(text, within=within)
    milliseconds = (time.monotonic() - started) * 1000
    for hit in hits:
        click.echo(f"{hit.code}  {hit.label}")
    click.echo(f"{len(hits)} desa, {milliseconds:.1f} milidetik")
