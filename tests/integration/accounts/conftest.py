"""The places that accounts get roles in."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


@pytest.fixture(autouse=True)
def places(factories: SimpleNamespace) -> None:
    """Villages of Banyumas, Cilacap and Indramayu."""
    for code in ("33.02.04.2001", "33.01.01.2001", "32.12.16.2004"):
        factories.village_rows(code)
