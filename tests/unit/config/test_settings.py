"""The settings: made up in development, demanded in production."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from config import (
    CHECKOUT,
    ConfigurationError,
    load_backup_keys,
    load_settings,
    new_keys,
    with_driver,
)


def production(folder: Path, **changes: str) -> dict[str, str]:
    """A complete production environment, with changes."""
    return {
        "PULIH_ENV": "production",
        "DATABASE_URL": "postgresql:///pulih",
        "DATA_DIR": str(folder),
        "TRUSTED_HOSTS": "pulih.contoh.go.id",
        **new_keys(),
        **changes,
    }


def test_development_needs_nothing(tmp_path):
    settings = load_settings({"DATA_DIR": str(tmp_path)})

    assert settings.database_url == f"sqlite:///{tmp_path}/pulih.sqlite3"
    assert len(settings.nik_key) == len(settings.nik_index_key) == 32
    assert not settings.is_production


def test_development_keys_stay_the_same_and_are_private(tmp_path):
    first = load_settings({"DATA_DIR": str(tmp_path)})

    second = load_settings({"DATA_DIR": str(tmp_path)})

    assert first == second
    assert [path.name for path in tmp_path.iterdir()] == ["development-keys.json"]
    assert stat.S_IMODE((tmp_path / "development-keys.json").stat().st_mode) == 0o600


def test_two_checkouts_never_share_keys(tmp_path):
    one = load_settings({"DATA_DIR": str(tmp_path / "one")})
    two = load_settings({"DATA_DIR": str(tmp_path / "two")})

    assert one.secret_key != two.secret_key
    assert one.nik_key != two.nik_key


def test_complete_production_starts(tmp_path):
    settings = load_settings(production(tmp_path))

    assert settings.is_production
    assert settings.database_url == "postgresql+psycopg:///pulih"
    assert settings.trusted_hosts == ("pulih.contoh.go.id",)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "NIK_KEY", "NIK_INDEX_KEY", "DATABASE_URL", "DATA_DIR", "TRUSTED_HOSTS"]
)
def test_production_refuses_a_missing_value_by_name(tmp_path, name):
    with pytest.raises(ConfigurationError, match=name) as refusal:
        load_settings(production(tmp_path, **{name: ""}))

    assert len(refusal.value.problems) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "dev"),
        ("SECRET_KEY", "a" * 64),
        ("SECRET_KEY", "ganti-kunci-ini-dengan-yang-acak-0123456789"),
        ("SECRET_KEY", "change-me-please-0123456789abcdefghij"),
        ("NIK_KEY", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ("NIK_KEY", "bukan base64, tetapi cukup panjang untuk lulus"),
        ("NIK_INDEX_KEY", "c2hvcnQ="),
        ("DATABASE_URL", "postgresql://pulih:ganti-sandi-ini@localhost/pulih"),
    ],
)
def test_production_refuses_a_weak_or_sample_secret(tmp_path, name, value):
    with pytest.raises(ConfigurationError, match=name) as refusal:
        load_settings(production(tmp_path, **{name: value}))

    assert value not in str(refusal.value)


def test_production_refuses_one_key_for_two_uses(tmp_path):
    key = new_keys()["NIK_KEY"]

    with pytest.raises(ConfigurationError, match="harus berbeda"):
        load_settings(production(tmp_path, NIK_KEY=key, NIK_INDEX_KEY=key))


def test_production_refuses_the_debugger(tmp_path):
    with pytest.raises(ConfigurationError, match="FLASK_DEBUG"):
        load_settings(production(tmp_path, FLASK_DEBUG="1"))


def test_unknown_mode_is_refused(tmp_path):
    with pytest.raises(ConfigurationError, match="PULIH_ENV"):
        load_settings({"DATA_DIR": str(tmp_path), "PULIH_ENV": "prod"})


@pytest.mark.parametrize("value", ["-1", "banyak", "1e9", "٣", "99999999999"])
def test_impossible_numbers_are_refused(tmp_path, value):
    with pytest.raises(ConfigurationError, match="IMPORT_MAX_ROWS"):
        load_settings({"DATA_DIR": str(tmp_path), "IMPORT_MAX_ROWS": value})


@pytest.mark.parametrize("prefix", ["postgres://", "postgresql://", "postgresql+psycopg://"])
def test_postgresql_uses_the_driver_that_is_installed(prefix):
    assert with_driver(prefix + "u@h/d") == "postgresql+psycopg://u@h/d"


# Set by the system or by tests for each other, never by a person; what a request brings.
_NOT_OURS = {
    *("PATH", "PYTEST_XDIST_WORKER", "TRIAL_DATABASE", "TRIAL_FOLDER", "FLASK_DEBUG"),
    *("REQUEST_METHOD", "PATH_INFO", "PULIH_REHEARSED_OPERATIONS"),
}
_READ = (
    r"""self\._(?:text|list|number|key|secret|decoded)\(\s*"([A-Z_]+)\"""",
    r"""environ(?:\.get\(|\[)["']([A-Z_]+)["']""",
    r"""envvar="([A-Z_]+)\"""",
    # Those of the shell that may be missing.
    r"""\$\{([A-Z_]+):?-""",
)


def _variables_read() -> set[str]:
    folders = ("app", "scripts", "tests", "benchmarks", "migrations")
    files = [
        *CHECKOUT.glob("*.py"),
        *(path for folder in folders for path in (CHECKOUT / folder).rglob("*.py")),
        *(path for path in (CHECKOUT / "scripts").iterdir() if not path.suffix and path.is_file()),
        CHECKOUT / "scripts" / "_env.sh",
    ]
    texts = [path.read_text(encoding="utf-8") for path in files]
    return {name for text in texts for one in _READ for name in re.findall(one, text)} - _NOT_OURS


def test_sample_environment_names_every_variable_that_is_read_and_no_other():
    sample = (CHECKOUT / ".env.example").read_text(encoding="utf-8")

    named = set(re.findall(r"^#?([A-Z_]+)=", sample, re.MULTILINE))

    assert {"PULIH_ENV", "WORKER_NAME", "CHROMIUM", "TEST_DATABASE_URL", "BACKUP_DIR"} <= named
    assert named == _variables_read()


def test_sample_environment_holds_no_usable_secret():
    lines = (CHECKOUT / ".env.example").read_text(encoding="utf-8").splitlines()

    secrets = ("SECRET_KEY=", "NIK_KEY=", "NIK_INDEX_KEY=", "BACKUP_KEY=")
    given = [line for line in lines if line.lstrip("#").startswith(secrets) and line[-1] != "="]

    assert given == []


@pytest.mark.parametrize(
    "command",
    [
        ["-m", "flask", "--app", "wsgi", "access-map"],
        ["-m", "app.worker"],
        ["-m", "gunicorn", "wsgi:app"],
    ],
)
def test_production_without_secrets_ends_with_plain_words(command):
    done = subprocess.run(
        [sys.executable, *command],
        cwd=CHECKOUT,
        env={"PATH": os.environ.get("PATH", ""), "PULIH_ENV": "production"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == os.EX_CONFIG
    assert "SECRET_KEY belum diisi." in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("SECRET_KEY") == 1


def test_backups_have_a_key_of_their_own(tmp_path):
    keys = new_keys()

    made_up = load_backup_keys({"DATA_DIR": str(tmp_path)})
    given = load_backup_keys(production(tmp_path, BACKUP_KEY=keys["BACKUP_KEY"]))

    assert [len(key) for key in (*made_up, *given)] == [32, 32]
    assert not hasattr(load_settings(production(tmp_path)), "backup_key")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"BACKUP_KEY": ""}, "BACKUP_KEY belum diisi"),
        ({"BACKUP_KEY": "rahasia"}, "BACKUP_KEY"),
        ({"BACKUP_KEY": "YWFh" * 11}, "BACKUP_KEY"),
        ({"BACKUP_KEY_FALLBACKS": "bukan base64"}, "BACKUP_KEY_FALLBACKS"),
    ],
)
def test_a_weak_or_missing_backup_key_is_refused(tmp_path, changes, words):
    with pytest.raises(ConfigurationError, match=words):
        load_backup_keys(production(tmp_path, **changes))


def test_a_key_of_something_else_does_not_seal_backups(tmp_path):
    environment = production(tmp_path)

    with pytest.raises(ConfigurationError, match="harus lain"):
        load_backup_keys({**environment, "BACKUP_KEY": environment["NIK_KEY"]})


def test_production_asks_for_the_second_factor_and_can_not_be_talked_out_of_it(tmp_path):
    assert load_settings(production(tmp_path)).require_second_factor
    assert load_settings(production(tmp_path, REQUIRE_TOTP="ya")).require_second_factor

    for word in ("tidak", "0", "off"):
        with pytest.raises(ConfigurationError, match="REQUIRE_TOTP"):
            load_settings(production(tmp_path, REQUIRE_TOTP=word))


def test_development_asks_for_the_second_factor_only_when_told(tmp_path):
    folder = {"DATA_DIR": str(tmp_path)}

    assert not load_settings(folder).require_second_factor
    assert load_settings({**folder, "REQUIRE_TOTP": "ya"}).require_second_factor


def test_a_password_policy_that_nobody_wrote_is_refused(tmp_path):
    folder = {"DATA_DIR": str(tmp_path)}

    assert load_settings(folder).password_policy == "asvs"
    assert load_settings({**folder, "PASSWORD_POLICY": "bssn"}).password_policy == "bssn"
    with pytest.raises(ConfigurationError, match="PASSWORD_POLICY"):
        load_settings({**folder, "PASSWORD_POLICY": "longgar"})
