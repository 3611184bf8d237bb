"""Products, permits and channels of enterprises as their cards show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.clock import local_today
from app.field.rules.reading import day_text
from app.market.queries.care import CareLabel, certificate_lines, channel_lines, product_lines

NIB = "nib"
Parts = dict[UUID, list[dict[str, Any]]]


def product_parts(ids: Sequence[UUID]) -> Parts:
    """What is made, the main product first, with what its pack needs and what was found on it."""
    return {
        key: [
            {
                "id": str(one.id),
                "name": one.name,
                "is_main": one.is_main,
                "price": one.price,
                "label": None if one.label is None else _label(one.label),
            }
            for one in lines
        ]
        for key, lines in product_lines(ids, on=local_today()).items()
    }


def _label(label: CareLabel) -> dict[str, Any]:
    return {
        "needs": list(label.needs),
        "last": None if label.found is None else dict(label.found),
        "on": day_text(label.checked_on),
        "has_brand": label.has_brand,
        "has_contact": label.has_contact,
    }


def certificate_parts(ids: Sequence[UUID]) -> Parts:
    """The permits on their way, and those in force; a NIB's number stays at the office."""
    return {
        key: [
            {
                "id": str(one.id),
                "track": one.track,
                "product": one.product_name,
                "state": one.state,
                "ways": list(one.ways),
                "number": None if one.track == NIB else one.number,
                "expires_on": day_text(one.expires_on),
                "due_on": day_text(one.due_on),
            }
            for one in lines
        ]
        for key, lines in certificate_lines(ids, on=local_today()).items()
    }


def channel_parts(ids: Sequence[UUID]) -> Parts:
    """Where it is sold; what is owed stays at the office."""
    return {
        key: [
            {
                "id": str(one.id),
                "name": one.name,
                "kind": one.kind,
                "margin_permille": one.margin_permille,
            }
            for one in lines
        ]
        for key, lines in channel_lines(ids).items()
    }
