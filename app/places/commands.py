"""`flask places …`."""

from __future__ import annotations

import time
from pathlib import Path

import click
from flask.cli import AppGroup

from app.core.errors import InvalidInput
from app.db.transaction import transaction
from app.places.queries import search_villages
from app.places.services import load_bundled, load_outlines

group = AppGroup("places", help="Wilayah Indonesia.")
groups = (group,)
# How many of what was left out are named.
_SHOWN = 5


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


@group.command("load-outlines")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", default="", help="Asal batas wilayah, ditulis di bawah peta.")
def load_area_outlines(file: Path, source: str) -> None:
    """Load outlines of areas from GeoJSON (or .geojson.gz); a second run replaces them."""
    try:
        with transaction():
            loaded = load_outlines(file, source=(source or file.name)[:200])
    except InvalidInput as refusal:
        raise click.ClickException(refusal.message) from refusal
    click.echo(f"{loaded.count} batas wilayah dimuat.")
    for left_out, why in ((loaded.unnamed, "tanpa kode"), (loaded.unknown, "kode tidak dikenal")):
        if left_out:
            more = ", …" if len(left_out) > _SHOWN else ""
            click.echo(f"{len(left_out)} dilewati, {why}: {', '.join(left_out[:_SHOWN])}{more}")


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
