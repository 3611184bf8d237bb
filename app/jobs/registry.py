"""Which function does which job."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

import app

if TYPE_CHECKING:
    from app.jobs.running import Progress

Payload = dict[str, Any]
JobFunction = Callable[[Payload, "Progress"], Payload | None]

_FUNCTIONS: dict[str, JobFunction] = {}


def job(name: str) -> Callable[[JobFunction], JobFunction]:
    """Make the decorated function do the jobs called `name` ("enterprises.import")."""

    def register(function: JobFunction) -> JobFunction:
        known = _FUNCTIONS.setdefault(name, function)
        if known.__module__ != function.__module__:
            raise RuntimeError(f"two functions do the job {name}")
        _FUNCTIONS[name] = function
        return function

    return register


def function_of(name: str) -> JobFunction | None:
    """The function that does the jobs called `name`, or None when there is none."""
    return _FUNCTIONS.get(name)


def find_jobs() -> None:
    """Import the file `jobs` of every feature that has one.

    Only what runs jobs calls this: analysis libraries must stay out of the web processes.
    """
    for package in iter_modules(app.__path__, prefix="app."):
        if package.ispkg and package.name != "app.jobs" and find_spec(f"{package.name}.jobs"):
            import_module(f"{package.name}.jobs")
