"""Bring a development database to where one can begin: tables, places, a demo world.

Started by `scripts/run`. All in one process, because starting Python thrice takes longer than
finding out that nothing has to be done.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import click
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app.db import db
from app.demo.models import DemoMark
from app.enterprises.models import Enterprise
from app.factory import create_app
from config import ConfigurationError

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
DEMO = ["demo", "load", "--seed", "1", "--enterprises", "300"]


def prepare(app: Flask) -> None:
    """Do what is missing, and say which accounts there are to try it with, as loading does."""
    with app.app_context():
        upgrade(directory=str(MIGRATIONS))
        run(app, ["places", "load"])
        if wants_demo():
            click.echo("Membuat data contoh ...")
            run(app, DEMO)
        elif is_demo():
            run(app, ["demo", "accounts"])


def run(app: Flask, arguments: list[str]) -> None:
    """Run one of the application's commands, here."""
    app.cli.main(args=arguments, standalone_mode=False)


def is_demo() -> bool:
    """Whether the database holds a whole demo world."""
    return bool(db.session.scalar(select(DemoMark.is_complete)))


def wants_demo() -> bool:
    """Whether the database is empty, or a demo world was begun and not finished."""
    if is_demo():
        return False
    begun = db.session.scalar(select(func.count()).select_from(DemoMark))
    real = db.session.scalar(select(Enterprise.id).limit(1))
    db.session.rollback()
    return bool(begun) or real is None


def main() -> int:
    """Prepare the database of this environment."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        prepare(create_app())
    except (ConfigurationError, click.ClickException) as refusal:
        click.echo(str(refusal), err=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
