"""What a password must be and how long a session lives."""

from __future__ import annotations

import pytest

from app.accounts.rules import (
    FIELD_SESSION,
    STAFF_SESSION,
    check_password,
    device_name,
    login_name,
    session_life,
)
from app.core.errors import InvalidInput
from app.core.permissions import ROLE_PERMISSIONS, Permission, Role


@pytest.mark.parametrize(
    "password",
    [
        "kuda lumping menari pelan",
        "aZ9!aZ8!bX7?",
        "kata dengan émoji 🌱 dan spasi",
        "x7" + "panjang sekali " * 12,
    ],
)
def test_long_unusual_passwords_are_accepted(password):
    check_password(password, names=("Siti Aminah", "siti@contoh.test"))


@pytest.mark.parametrize(
    "password",
    [
        "pendek",
        "aaaaaaaaaaaaaaaa",
        "123456789012",
        "qwertyuiopas",
        "desmigratif2026",
        "disnaker123456",
        "password123456",
        "sitiaminah1234",
        "indonesia202611",
        "x" * 201,
    ],
)
def test_short_common_and_own_names_are_refused_with_advice(password):
    with pytest.raises(InvalidInput) as refusal:
        check_password(password, names=("Siti Aminah",))

    assert refusal.value.field == "password"
    assert refusal.value.message


def test_desk_sessions_are_short_and_field_sessions_long():
    assert session_life(frozenset({Role.MENTOR})) == FIELD_SESSION
    assert session_life(frozenset({Role.MENTOR, Role.ADMIN})) == STAFF_SESSION
    assert session_life(frozenset()) == STAFF_SESSION


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Siti@Contoh.Test ", "siti@contoh.test"),
        ("0812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("bukan nomor", "bukan nomor"),
    ],
)
def test_login_name_is_found_however_it_is_typed(typed, kept):
    assert login_name(typed) == kept


def test_mentor_sees_no_full_nik_and_decides_no_therapy():
    mentor = ROLE_PERMISSIONS[Role.MENTOR]

    assert Permission.ENTERPRISE_READ_NIK not in mentor
    assert Permission.INTERVENTION_DECIDE not in mentor


def test_village_officer_only_reads():
    writes = {
        permission
        for permission in ROLE_PERMISSIONS[Role.VILLAGE_OFFICER]
        if not permission.endswith(".read") and permission != Permission.SESSION_OWN
    }

    assert writes == set()


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Mozilla/5.0 (Linux; Android 13) Chrome/150.0 Mobile Safari/537.36", "Chrome di Android"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150", "Edge di Windows"),
        ("curl/8.1", "Peramban"),
        ("", "Peramban"),
    ],
)
def test_device_is_named_in_words_that_its_owner_recognises(user_agent, expected):
    assert device_name(user_agent) == expected
