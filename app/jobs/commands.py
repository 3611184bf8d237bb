"""Commands of the job worker."""

from __future__ import annotations

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from app.jobs.worker import DEFAULT_NAME, work

group = AppGroup("jobs", help="Pekerjaan panjang.")
groups = (group,)


@group.command("work")
@click.option("--name", default=DEFAULT_NAME, envvar="WORKER_NAME", show_default=True)
def work_command(name: str) -> None:
    """Kerjakan pekerjaan yang menunggu, sampai dihentikan (SIGTERM)."""
    application: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    work(application, name=name)
