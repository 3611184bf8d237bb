"""What a password must be and how long a session lives."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from app.accounts.rules import (
    FIELD_SESSION,
    POLICIES,
    STAFF_SESSION,
    check_password,
    codes,
    common_passwords,
    device_name,
    login_name,
    session_life,
)
from app.accounts.services import passwords
from app.accounts.services.passwords import hash_password, matches
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


@pytest.mark.parametrize(
    "password",
    [
        "1qaz2wsx3edc",
        "Q1W2E3R4T5Y6",
        "mailcreated5240",
        "Sayang123456!!",
        "superman2026!",
        "bismillah2026",
        "$uperm@n20262026",
        "sayangsayang",
        "bismillahbismillah",
        "desa losari 123",
        "LosariRawalo99",
        "pendamping desmigratif",
    ],
)
def test_passwords_known_from_breaches_or_of_this_work_are_refused(password):
    with pytest.raises(InvalidInput) as refusal:
        check_password(password, names=("Wagiman", "Losari, Rawalo, Kabupaten Banyumas"))

    assert refusal.value.code == "password_guessable"


def test_the_list_of_known_passwords_is_there_and_large():
    known = common_passwords()

    assert len(known) > 18_000
    assert {"password", "sayang", "bismillah", "1qaz2wsx3edc"} <= known


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kuda lumping menari pelan", "password_classes"),
        ("Kuda lumping menari pelan", "password_classes"),
        ("Kuda lumping menari pelan 7", "password_classes"),
        ("KUDA LUMPING MENARI 7!", "password_classes"),
        ("Kuda 7 lumping menari!", None),
        ("Kuda 7!", "password_short"),
    ],
)
def test_bssn_asks_for_four_kinds_of_characters(password, code):
    try:
        check_password(password, policy=POLICIES["bssn"])
        found = None
    except InvalidInput as refusal:
        found = refusal.code

    assert found == code


def test_asvs_has_no_expiry_and_bssn_has_one():
    assert POLICIES["asvs"].valid_for is None
    assert POLICIES["bssn"].valid_for == timedelta(days=180)


def test_passwords_that_are_alike_for_72_bytes_differ():
    long = "kuda lumping menari pelan di bawah pohon beringin tua dekat sungai serayu "

    first = hash_password(long + "a")

    assert matches(first, long + "a")
    assert not matches(first, long + "b")


@pytest.mark.parametrize("typed", ["03-abcde-fghjk", "3 ABCDE FGHJK", " 03.ABCDEFGHJK "])
def test_a_recovery_code_is_read_however_it_is_typed(typed):
    assert codes.recovery_code(typed) == codes.RecoveryCode(number=3, secret="ABCDEFGHJK")


@pytest.mark.parametrize("typed", ["", "123456", "03-ABCDE", "03-ABCDE-FGHJ0", "x"])
def test_what_is_no_recovery_code_is_none(typed):
    assert codes.recovery_code(typed) is None


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
        if not permission.endswith(".read")
    }

    # Their own devices; and a file of what they may read anyway.
    assert writes == {Permission.SESSION_OWN, Permission.REPORT_MAKE}


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


def test_the_hash_of_nobody_costs_as_much_as_that_of_anybody():
    hasher = PasswordHasher()

    assert not hasher.check_needs_rehash(passwords.NOBODY)
    assert not passwords.matches(None, "sawah hijau di pagi hari")
