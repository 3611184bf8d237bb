"""The places that accounts get roles in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace

import pytest
import time_machine
from flask import Flask

from app.core import settings
from app.core.clock import utc_now


@pytest.fixture(autouse=True)
def places(factories: SimpleNamespace) -> None:
    """Villages of Banyumas, Cilacap and Indramayu."""
    for code in ("33.02.04.2001", "33.01.01.2001", "32.12.16.2004"):
        factories.village_rows(code)


@pytest.fixture
def duty(app: Flask) -> None:
    """The setting as in production."""
    settings.bind(replace(settings.current(), require_second_factor=True))


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """A clock that the test moves, in the middle of a step."""
    with time_machine.travel(utc_now().replace(second=10, microsecond=0), tick=False) as moving:
        yield moving
