"""Forms from elsewhere, markup in every text, faults at the worst moment: nothing comes of them."""

from __future__ import annotations

import re

import pytest

from app.accounts import guards
from app.core.permissions import Role
from app.history.services import recording
from tests.integration.access.crawling import Call, bytes_of, calls
from tests.integration.access.planting import build, fingerprint

MARKUP = '<img src=x onerror="alert(1)">{{7*7}}'
pytestmark = pytest.mark.slow
TOLD_TOO_MUCH = ("Traceback", "sqlalchemy", "SELECT ", "INSERT ", "/app/", "RuntimeError")


@pytest.fixture
def with_tokens(app):
    """The application as it is served: every form carries its token."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app
    app.config["WTF_CSRF_ENABLED"] = False


def test_no_form_without_its_token_or_with_a_strangers_changes_anything(
    with_tokens, world, caller, client
):
    stranger = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', client.get("/masuk").text)[1]
    admin = caller(Role.ADMIN)
    before, accepted = fingerprint(), []

    for call in calls(with_tokens, world, "POST"):
        for data in ({}, {"csrf_token": stranger}, {"csrf_token": "x"}):
            status = admin.post(call.path, data=data).status_code
            # An address that can't be read at all is nowhere before its form is looked at, and the
            # app on a phone is asked for its own token.
            if status not in _refusals(call, 400):
                accepted.append(f"{call.path}: {status}")

    assert accepted == []
    assert fingerprint() == before


def test_a_post_of_json_is_no_way_around_the_token(with_tokens, world, caller):
    admin = caller(Role.ADMIN)
    before = fingerprint()

    accepted = [
        f"{call.path}: {status}"
        for call in calls(with_tokens, world, "POST")
        if (status := admin.post(call.path, json={"name": "x"}).status_code)
        not in _refusals(call, 400, 415)
    ]

    assert accepted == []
    assert fingerprint() == before


def _refusals(call: Call, *statuses: int) -> tuple[int, ...]:
    if call.is_for_phones:
        return (401,)
    # The app is told by this that it needs a new token, and that its work is kept.
    return (403,) if call.path.startswith("/api/") else (*statuses, 404)


def test_markup_in_every_text_stays_text(app, factories, as_role):
    world = build(factories, word=MARKUP)
    admin, shown = as_role(Role.ADMIN, ""), 0

    for call in calls(app, world, "GET"):
        answer = admin.get(call.path)
        told = bytes_of(answer)
        if answer.mimetype == "application/json":
            continue
        assert "<img src=x" not in told, call.path
        shown += "&lt;img src=x" in told

    assert shown >= 10


def test_a_fault_while_permissions_are_looked_up_opens_nothing(app, world, caller, monkeypatch):
    admin = caller(Role.ADMIN)
    before = fingerprint()

    def fail(*_):
        raise RuntimeError("kunci rusak")

    monkeypatch.setattr(guards, "reach", fail)
    for method in ("GET", "POST"):
        for call in calls(app, world, method):
            is_own = call.endpoint.partition(".")[0] in ("accounts", "two_step")
            if call.is_open or is_own or Role.ADMIN not in call.roles:
                continue
            answer = admin.open(call.path, method=method)
            # Nowhere, or asked for the password first: before the reach is looked at.
            if answer.status_code in (303, 404):
                continue
            assert answer.status_code == 500, call.path
            assert not [word for word in TOLD_TOO_MUCH if word in answer.text], call.path

    assert fingerprint() == before


def test_a_fault_as_the_last_step_before_the_commit_leaves_nothing_half(
    app, world, caller, monkeypatch
):
    admin = caller(Role.ADMIN)
    near = world.near
    before, failed = fingerprint(), 0

    def fail(*_):
        raise RuntimeError("riwayat rusak")

    monkeypatch.setattr(recording, "append", fail)
    forms = {
        f"/usaha/{near['enterprise']}/keadaan": {"life_cycle": "tutup", "reason": "modal habis"},
        f"/pemilik/{near['owner']}/nik": {"reason": "mendaftarkan NIB di OSS"},
        f"/akun/{near['mentor']}/aktif": {"aktif": "tidak"},
        f"/akun/{near['mentor']}/sandi": {},
        f"/akun/{near['mentor']}/perangkat/akhiri": {},
        f"/akun/{near['mentor']}/peran": {"role": "petugas_desa", "area": "33.02.04.2001"},
        f"/usaha/{near['enterprise']}/akhiri-pendampingan": {"reason": "pindah tugas"},
    }
    for path, data in forms.items():
        answer = admin.post(path, data=data)
        assert answer.status_code in (422, 500), path
        assert not [word for word in TOLD_TOO_MUCH if word in answer.text], path
        failed += answer.status_code == 500

    assert failed >= 5
    assert fingerprint() == before
