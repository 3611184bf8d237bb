"""What the owners of the demo agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from app.demo.loading.shelf import key_at
from app.enterprises.models import Consent
from app.enterprises.rules.consents import (
    BASE,
    LENDER,
    NEEDS_WITNESS,
    OTHER_OFFICE,
    PHOTO,
    PUBLICATION,
)

CONSENT = Consent.__table__
SHARES = {OTHER_OFFICE: 0.7, LENDER: 0.35, PUBLICATION: 0.5, PHOTO: 0.6}
# Of those whose regency has lenders in the demo: they were asked for a reason.
SERVED_SHARE = 0.75
WITNESSES = ("Kepala dusun", "Ketua RT", "Kader desa")


def consent_rows(owner: dict[str, Any], *, seed: int, is_served: bool) -> Iterator[dict[str, Any]]:
    """Each owner agreed to be in the register, many to more, on the same day in the same way.

    `is_served`: a lender of the demo works where they live. The one with a log-in let lenders see
    the business, so that a loan can be shown to them.
    """
    chance = Random(f"{seed}-consent-{owner['id']}")
    lent = 1.0 if owner["account_id"] is not None else SERVED_SHARE
    shares = {**SHARES, LENDER: lent} if is_served else SHARES
    given = [BASE, *(key for key, share in shares.items() if chance.random() < share)]
    for key in given:
        yield {
            "id": key_at(chance, owner["created_at"]),
            "owner_id": owner["id"],
            "purpose": key,
            "text_version": owner["consent_version"],
            "way": owner["consent_way"],
            "witness": chance.choice(WITNESSES) if owner["consent_way"] in NEEDS_WITNESS else None,
            "given_on": owner["consented_on"],
            "recorded_at": owner["created_at"],
        }
