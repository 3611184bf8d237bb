"""The requests of a phone that fetches: what it is told, who may not, and how much it weighs."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from app.core.clock import utc_now
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.field.models import FieldDevice
from app.field.rules.cursors import PullCursor, encode_pull_cursor, scope_hash
from app.history.models import ReadEntry
from app.history.rules import unpack
from tests.integration.field.phones import Phone

PhoneOf = Callable[..., Phone]


def pulled(phone: Phone, path: str = "/api/v1/sync/pull") -> dict[str, Any]:
    answer = phone.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    said: dict[str, Any] = answer.get_json()
    return said


def test_a_pull_gives_cards_a_cursor_and_what_must_be_held(
    factories: SimpleNamespace, phone_of: PhoneOf
) -> None:
    mentor = factories.mentor(name="Bu Wartini")
    enterprises = [factories.enterprise(), factories.enterprise()]
    keys = {one.id for one in enterprises}
    factories.assigned(mentor.account_id, *enterprises)
    phone = phone_of(mentor.account_id)

    first = pulled(phone, "/api/v1/sync/pull?limit=1")
    second = pulled(phone, f"/api/v1/sync/pull?limit=1&cursor={first['cursor']}")

    assert first["has_more"] is True
    assert "scope_count" not in first
    changes = [*first["changes"], *second["changes"]]
    versions = {UUID(one["enterprise_id"]): one["version"] for one in changes}
    assert set(versions) == keys
    assert (second["has_more"], second["scope_count"]) == (False, 2)
    assert second["scope_hash"] == scope_hash(versions)
    assert {one["record"]["id"] for one in changes} == {str(key) for key in keys}


def test_what_a_phone_was_given_is_noted_as_seen(
    factories: SimpleNamespace, phone_of: PhoneOf
) -> None:
    mentor = factories.mentor()
    enterprise = factories.enterprise()
    key, by = enterprise.id, mentor.account_id
    factories.assigned(by, enterprise)
    phone = phone_of(by)

    pulled(phone)

    entry = db.session.query(ReadEntry).filter_by(account_id=by).one()
    assert unpack(entry.enterprises) == (key,)


def test_the_reference_holds_instrument_words_and_villages_around(
    factories: SimpleNamespace, phone_of: PhoneOf
) -> None:
    mentor = factories.mentor(name="Bu Wartini")
    factories.assigned(mentor.account_id, factories.enterprise())
    factories.enterprise(village_code="33.02.04.2007")
    factories.enterprise(village_code="35.07.10.2003")
    phone = phone_of(mentor.account_id)

    told = pulled(phone, "/api/v1/sync/reference")

    assert told["version"] == pulled(phone)["reference"]["version"]
    assert told["account"]["name"] == "Bu Wartini"
    assert [one["code"] for one in told["villages"]] == ["33.02.04.2005", "33.02.04.2007"]
    assert len(told["instrument"]["dimensions"]) == 8
    assert ["bertemu", "Bertemu"] in told["choices"]["outcome"]
    assert set(told["therapies"]["T01"]) == {"title", "what", "when", "measure", "stage"}


@pytest.mark.parametrize("path", ["/api/v1/sync/pull", "/api/v1/sync/reference"])
def test_only_a_phone_of_a_mentor_is_let_in(
    factories: SimpleNamespace, phone_of: PhoneOf, client: Any, as_role: Any, path: str
) -> None:
    mentor = factories.mentor()
    by = mentor.account_id
    phone = phone_of(by)
    with transaction():
        db.session.get_one(FieldDevice, phone.device_id).revoked_at = utc_now()
    log_in = as_role(Role.MENTOR, account=SimpleNamespace(id=by))

    refused = [
        client.get(path),
        as_role(Role.ADMIN, "").get(path),
        # A log-in of the browser is no phone.
        log_in.get(path),
        phone.get(path),
    ]

    for answer in refused:
        assert (answer.status_code, answer.get_json()["code"]) == (401, "masuk_lagi")


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "bnVsbA", "WyJlLTAiLDFlOTksIiIsbnVsbF0", "ñ", "A" * 5000, "%00"]
)
def test_a_cursor_that_is_none_is_refused(
    factories: SimpleNamespace, phone_of: PhoneOf, cursor: str
) -> None:
    phone = phone_of(factories.mentor().account_id)

    answer = phone.get(f"/api/v1/sync/pull?cursor={cursor}")

    assert answer.status_code in (400, 422)
    assert answer.get_json()["code"] in ("cursor_unknown", "tak_terbaca")


@pytest.mark.parametrize("cursor", [PullCursor(epoch="e-0", n=10**6), PullCursor(epoch="e-x", n=0)])
def test_a_phone_that_knows_another_past_is_told_so(
    factories: SimpleNamespace, phone_of: PhoneOf, cursor: PullCursor
) -> None:
    phone = phone_of(factories.mentor().account_id)

    answer = phone.get(f"/api/v1/sync/pull?cursor={encode_pull_cursor(cursor)}")

    assert (answer.status_code, answer.get_json()["code"]) == (409, "epoch_changed")


def test_a_pack_of_sixty_with_three_visits_each_is_light(
    factories: SimpleNamespace, phone_of: PhoneOf
) -> None:
    mentor = factories.mentor(capacity=80)
    by = mentor.account_id
    rows = [
        factories.enterprise(address="Jalan Desa 3, RT 02 RW 05", hamlet="Karang")
        for _ in range(60)
    ]
    factories.assigned(by, *rows)
    for row in rows:
        factories.assessment(enterprise=row)
        for number in range(3):
            factories.visit(row, by, findings=f"Catatan ke-{number} tentang {row.name}. " * 4)
    phone = phone_of(by)

    pack, beside = pulled(phone), pulled(phone, "/api/v1/sync/reference")

    assert len(pack["changes"]) == 60
    weights = [len(gzip.compress(json.dumps(one).encode())) for one in (pack, beside)]
    assert weights[0] <= 200_000, weights
    assert weights[1] <= 60_000, weights
