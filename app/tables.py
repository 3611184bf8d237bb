"""All tables, for whoever needs the whole schema: the application, migrations, tests.

A package that has tables keeps them in `models`; they are found by that name.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil

import app


def load_tables() -> None:
    """Import the models of every package, so that the metadata is whole."""
    for package in pkgutil.iter_modules(app.__path__):
        if not package.ispkg:
            continue
        if importlib.util.find_spec(f"app.{package.name}.models"):
            importlib.import_module(f"app.{package.name}.models")
