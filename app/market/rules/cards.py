"""A product's card for buyers: for how long its link lives."""

from __future__ import annotations

# Days that a link can live; the middle one is usual.
LIVES: dict[str, str] = {"30": "30 hari", "90": "90 hari", "180": "180 hari"}
USUAL_LIFE = "90"
