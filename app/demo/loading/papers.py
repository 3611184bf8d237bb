"""The label check and the permits of an enterprise, as the owner's newest answers tell of them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from app.demo.loading.desk import Desk
from app.demo.loading.goods import answer
from app.demo.loading.shelf import at_work, key_at
from app.market.models import Certificate, CertificateStep, LabelCheck
from app.market.rules.labels import (
    MISSING,
    PERMIT,
    PRESENT,
    VALID,
    LabelFacts,
    judged,
    needs,
    needs_label,
)
from app.market.rules.tracks import tracks

LABEL = LabelCheck.__table__
CERTIFICATE, STEP = Certificate.__table__, CertificateStep.__table__
LABEL_SHARE, HALAL_SHARE = 0.8, 0.8
# How much of the label there is, by the points of the answer.
_LABEL_SHARES = {0: 0.2, 1: 0.4, 2: 0.6, 3: 0.85, 4: 1.0}
# Where a permit stands, by the points of the answer; under way at one of several places.
_PERMIT_STATES = {
    0: ("belum",),
    1: ("cek_kelayakan", "nib_ok", "rancangan_label", "diajukan_oss"),
    2: ("terbit_komitmen", "pkp_lulus"),
    3: ("aktif",),
    4: ("aktif",),
}
_HALAL_STATES = {
    0: ("belum",),
    1: ("nib_ok", "akun_sihalal", "data_bahan_proses", "diajukan", "sidang_komite_fatwa"),
    3: ("ketetapan",),
    4: ("terbit",),
}
_PERMIT_YEARS = 5
_COMMITTED, _SOON, _IN_FORCE = 2, 3, 4
# What keeps no longer gets no such number.
_SHORT_DAYS = 7
# One in so many permits that are told as in force ended since.
_LAPSED = 12


def papers_of(desk: Desk, product: dict[str, Any]) -> None:
    """Put down what is known of a product's label and permits."""
    chance = desk.chance("papers")
    permit = halal = None
    if product["food_type"] and product["shelf_life_days"] > _SHORT_DAYS:
        permit = _permit(desk, product, chance)
    if product["food_type"] and not product["declared_non_halal"]:
        halal = _halal(desk, product, chance)
    if needs_label(product["kind"]) and chance.random() < LABEL_SHARE:
        _label(desk, product, chance, permit, halal)


def _permit(desk: Desk, product: dict[str, Any], chance: Random) -> dict[str, Any] | None:
    points = answer(desk, "LGL2")
    if points is None:
        return None
    row = _begun(desk, product, "spp_irt", chance.choice(_PERMIT_STATES[points]), chance)
    if points >= _COMMITTED:
        days_left = 365 * chance.randrange(1, _PERMIT_YEARS) - chance.randrange(30)
        if points == _SOON:
            days_left = chance.randrange(5, 90)
        elif points == _IN_FORCE and chance.randrange(_LAPSED) == 0:
            days_left = -chance.randrange(1, 60)
        expires_on = desk.world.last_on + timedelta(days=days_left)
        issued_on = expires_on.replace(year=expires_on.year - _PERMIT_YEARS, day=1)
        issued_on = min(issued_on, row["state_on"])
        number = f"{product['pack_kind'] or 6}{product['food_type']}"
        number += f"{desk.subject.village_code[:2]}{desk.subject.village_code[3:5]}01"
        number += f"{chance.randrange(1, 10_000):04}-{expires_on.year % 100:02}"
        row |= {"number": number, "issued_on": issued_on, "expires_on": expires_on}
        row["committed_on"] = row["state_on"] if points == _COMMITTED else None
    _keep(desk, row, chance)
    return row


def _halal(desk: Desk, product: dict[str, Any], chance: Random) -> dict[str, Any] | None:
    points = answer(desk, "LGL3")
    if points is None or chance.random() >= HALAL_SHARE:
        return None
    row = _begun(desk, product, "halal_sd", chance.choice(_HALAL_STATES[points]), chance)
    if row["state"] == "terbit":
        serial = chance.randrange(10**11)
        province = desk.subject.village_code[:2]
        row["number"] = f"ID{province}{serial:011}{row['state_on']:%m%y}"
        row["issued_on"] = row["state_on"]
    _keep(desk, row, chance)
    return row


def _begun(
    desk: Desk, product: dict[str, Any], track: str, state: str, chance: Random
) -> dict[str, Any]:
    since = max(
        desk.world.last_on - timedelta(days=chance.randrange(1, 120)),
        desk.subject.registered_on + timedelta(days=2),
    )
    since = min(since, desk.world.last_on)
    opened_on = max(since - timedelta(days=60), desk.subject.registered_on + timedelta(days=1))
    opened_at = at_work(chance, min(opened_on, since))
    return {
        "id": key_at(chance, opened_at),
        "enterprise_id": desk.subject.enterprise_id,
        "product_id": product["id"],
        "track": track,
        "state": state,
        "state_on": since,
        "due_on": _due_on(track, state, since),
        "number": None,
        "confirmed_warnings": [],
        "issued_on": None,
        "expires_on": None,
        "expires_is_estimate": False,
        "committed_on": None,
        "is_open": True,
        "opened_by": desk.mentor,
        "opened_at": opened_at,
        "updated_at": opened_at,
        "version": 1,
    }


def _due_on(track: str, state: str, since: date) -> date | None:
    days = tracks()[track].states[state].days
    return None if days is None else since + timedelta(days=days)


def _keep(desk: Desk, row: dict[str, Any], chance: Random) -> None:
    """Put the certificate down with the step by which it came to where it stands."""
    moved_at = at_work(chance, row["state_on"])
    desk.shelf.add(CERTIFICATE, row)
    desk.shelf.add(
        STEP,
        {
            "id": key_at(chance, moved_at),
            "certificate_id": row["id"],
            "from_state": None,
            "to_state": row["state"],
            "happened_on": row["state_on"],
            "moved_by": desk.mentor,
            "recorded_at": moved_at,
            "number": row["number"],
            "note": "",
        },
    )
    about = ("certificate", row["id"])
    desk.note("certificate.opened", about, at=row["opened_at"], by=desk.mentor)


def _label(
    desk: Desk,
    product: dict[str, Any],
    chance: Random,
    permit: dict[str, Any] | None,
    halal: dict[str, Any] | None,
) -> None:
    points = answer(desk, "KMS2")
    if points is None:
        return
    facts = _facts(product, permit, halal)
    codes = [one.element.code for one in needs(facts) if one.is_needed]
    # What has no number yet can't stand on the pack.
    able = [code for code in codes if code != PERMIT or facts.permit]
    count = min(len(able), round(_LABEL_SHARES[points] * len(codes)))
    there = set(chance.sample(able, count))
    found = judged({code: PRESENT if code in there else MISSING for code in codes}, facts)
    checked_at = at_work(chance, desk.found[-1][0].assessed_on)
    brand = answer(desk, "KMS3") or 0
    desk.shelf.add(
        LABEL,
        {
            "id": key_at(chance, checked_at),
            "product_id": product["id"],
            "checked_on": desk.found[-1][0].assessed_on,
            "checked_by": desk.mentor,
            "elements": found.elements,
            "present": found.present,
            "applicable": found.applicable,
            "has_brand": brand > 0,
            "has_contact": brand == max(_LABEL_SHARES),
            "note": None,
            "photo_id": None,
            "at": checked_at,
        },
    )


def _facts(
    product: dict[str, Any], permit: dict[str, Any] | None, halal: dict[str, Any] | None
) -> LabelFacts:
    return LabelFacts(
        kind=product["kind"],
        ingredient_count=len(product["ingredients"]),
        ingredient_flags=frozenset(product["ingredient_flags"]),
        declared_non_halal=product["declared_non_halal"],
        storage=product["storage"],
        shelf_life_days=product["shelf_life_days"],
        permit=VALID if permit and permit["number"] else "",
        halal=VALID if halal and halal["number"] else "",
    )
