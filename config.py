"""Settings of one process, read from the environment and checked before anything starts.

In development what is missing is made up: a SQLite file and keys that are generated once into the
data folder. In production nothing is: a missing, short or sample secret stops the start, and the
message names every variable to mend at once.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from app.core.settings import Settings

CHECKOUT = Path(__file__).resolve().parent
MODES = ("development", "production")
PASSWORD_POLICIES = ("asvs", "bssn")
KEY_BYTES = 32
SECRET_MIN_LENGTH = 32
# Below this many different characters a "secret" is a pattern ("aaaa…", "123123…").
SECRET_MIN_VARIETY = 10
# Words that appear in sample values, ours and those of the tutorials people copy from.
SAMPLE_WORDS = ("ganti", "contoh", "change", "sample", "example", "rahasia", "secret", "password")
TRUE_WORDS = ("1", "true", "yes", "ya", "on")


class ConfigurationError(Exception):
    """The environment can't be used; `problems` says, line by line, what to mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Pengaturan belum benar:\n" + "\n".join(f"- {line}" for line in problems))
        self.problems = problems


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings.

    Raises:
        ConfigurationError: a value is unusable, or in production a secret is missing or weak.
    """
    return _Reader(os.environ if environ is None else environ).settings()


def load_backup_keys(environ: Mapping[str, str] | None = None) -> tuple[bytes, ...]:
    """The key that seals backups, then earlier ones that still open what they sealed.

    Only the commands of backups ask for it: the web server has no use for it.

    Raises:
        ConfigurationError: there is none, or it is weak, or the key of something else.
    """
    return _Reader(os.environ if environ is None else environ).backup_keys()


class _Reader:
    """Reads variables and gathers every problem, so that they are mended in one go."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []
        self.is_production = self._mode() == "production"
        self.folder = Path(self._text("DATA_DIR") or CHECKOUT / "var").expanduser().resolve()

    def settings(self) -> Settings:
        """Everything at once, or the list of what is wrong."""
        if self.is_production:
            self._refuse_unsafe()
        made_up = {} if self.is_production or self.problems else _development_keys(self.folder)
        settings = Settings(
            database_url=self._database_url(),
            secret_key=self._secret(made_up),
            secret_key_fallbacks=tuple(self._list("SECRET_KEY_FALLBACKS")),
            nik_key=self._key("NIK_KEY", made_up),
            nik_key_fallbacks=tuple(
                self._decoded("NIK_KEY_FALLBACKS", text) for text in self._list("NIK_KEY_FALLBACKS")
            ),
            nik_index_key=self._key("NIK_INDEX_KEY", made_up),
            folder=self.folder,
            is_production=self.is_production,
            trusted_hosts=tuple(self._list("TRUSTED_HOSTS")),
            trusted_proxy_count=self._number("TRUSTED_PROXIES", 0, most=10),
            import_max_rows=self._number("IMPORT_MAX_ROWS", 20_000, least=1),
            import_max_bytes=self._number("IMPORT_MAX_BYTES", 10_000_000, least=1000),
            export_max_rows=self._number("EXPORT_MAX_ROWS", 100_000, least=1),
            upload_max_bytes=self._number("UPLOAD_MAX_BYTES", 25_000_000, least=1000),
            require_second_factor=self._second_factor(),
            password_policy=self._policy(),
            public_address=self._text("PUBLIC_ADDRESS") or "http://localhost:8000",
        )
        if self.is_production and settings.nik_key and settings.nik_key == settings.nik_index_key:
            self.problems.append("NIK_KEY dan NIK_INDEX_KEY harus berbeda.")
        if self.problems:
            raise ConfigurationError(self.problems)
        return settings

    def backup_keys(self) -> tuple[bytes, ...]:
        """The keys of backups, or the list of what is wrong."""
        made_up = {} if self.is_production or self.problems else _development_keys(self.folder)
        key = self._key("BACKUP_KEY", made_up)
        older = [
            self._decoded("BACKUP_KEY_FALLBACKS", text)
            for text in self._list("BACKUP_KEY_FALLBACKS")
        ]
        if not key and not self.problems:
            self.problems.append("BACKUP_KEY belum diisi. Buat dengan: sh scripts/keys")
        text = self._text("BACKUP_KEY")
        if text and text in (self._text("NIK_KEY"), self._text("NIK_INDEX_KEY")):
            self.problems.append("BACKUP_KEY harus lain dari NIK_KEY dan NIK_INDEX_KEY.")
        if self.problems:
            raise ConfigurationError(self.problems)
        return (key, *older)

    def _mode(self) -> str:
        mode = self._text("PULIH_ENV") or "development"
        if mode not in MODES:
            self.problems.append(f"PULIH_ENV harus salah satu dari: {', '.join(MODES)}.")
        return mode

    def _second_factor(self) -> bool:
        """Always on in production; in development only when it is asked for."""
        text = self._text("REQUIRE_TOTP").lower()
        if self.is_production and text and text not in TRUE_WORDS:
            self.problems.append("REQUIRE_TOTP tidak dapat dimatikan di produksi.")
        return self.is_production or text in TRUE_WORDS

    def _policy(self) -> str:
        policy = self._text("PASSWORD_POLICY") or PASSWORD_POLICIES[0]
        if policy not in PASSWORD_POLICIES:
            listed = ", ".join(PASSWORD_POLICIES)
            self.problems.append(f"PASSWORD_POLICY harus salah satu dari: {listed}.")
        return policy

    def _refuse_unsafe(self) -> None:
        if self._text("FLASK_DEBUG").lower() in TRUE_WORDS:
            self.problems.append("FLASK_DEBUG tidak boleh menyala di produksi.")
        if not self._list("TRUSTED_HOSTS"):
            self.problems.append("TRUSTED_HOSTS belum diisi: tulis nama host situs ini.")
        if not self._text("DATA_DIR"):
            self.problems.append("DATA_DIR belum diisi: tulis folder untuk berkas dan foto.")

    def _text(self, name: str) -> str:
        return self.environ.get(name, "").strip()

    def _list(self, name: str) -> list[str]:
        return [part.strip() for part in self._text(name).split(",") if part.strip()]

    def _number(self, name: str, default: int, *, least: int = 0, most: int = 10**9) -> int:
        text = self._text(name)
        if not text:
            return default
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            self.problems.append(f"{name} harus bilangan bulat dari {least} sampai {most}.")
            return default
        return int(text)

    def _database_url(self) -> str:
        text = self._text("DATABASE_URL")
        if self.is_production and _is_sample(_password_in(text)):
            self.problems.append("DATABASE_URL masih memuat sandi contoh: ganti dengan yang acak.")
        if text:
            return with_driver(text)
        if self.is_production:
            self.problems.append("DATABASE_URL belum diisi: tulis alamat basis data.")
        return f"sqlite:///{self.folder / 'pulih.sqlite3'}"

    def _secret(self, made_up: Mapping[str, str]) -> str:
        text = self._text("SECRET_KEY")
        if not text and not self.is_production:
            return made_up.get("SECRET_KEY", "")
        if self.is_production:
            self._judge("SECRET_KEY", text)
        return text

    def _key(self, name: str, made_up: Mapping[str, str]) -> bytes:
        text = self._text(name)
        if not text and not self.is_production:
            text = made_up.get(name, "")
        elif self.is_production:
            self._judge(name, text)
        return self._decoded(name, text)

    def _decoded(self, name: str, text: str) -> bytes:
        try:
            key = base64.b64decode(text, validate=True)
        except binascii.Error:
            key = b""
        if text and len(key) != KEY_BYTES:
            self.problems.append(f"{name} harus {KEY_BYTES} bita acak yang ditulis dalam base64.")
        return key

    def _judge(self, name: str, text: str) -> None:
        """Note what is wrong with a secret, if anything. The secret itself is never shown."""
        if not text:
            self.problems.append(f"{name} belum diisi.")
        elif len(text) < SECRET_MIN_LENGTH:
            self.problems.append(f"{name} terlalu pendek: minimal {SECRET_MIN_LENGTH} tanda.")
        elif len(set(text)) < SECRET_MIN_VARIETY or _is_sample(text):
            self.problems.append(f"{name} masih contoh atau mudah ditebak: buat yang acak.")


def with_driver(url: str) -> str:
    """The database address with the driver that we install.

    >>> with_driver("postgres://pulih@/pulih")
    'postgresql+psycopg://pulih@/pulih'
    """
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _password_in(url: str) -> str:
    """The password that an address of a database holds, if any."""
    try:
        return urlsplit(url).password or ""
    except ValueError:
        return ""


def _is_sample(text: str) -> bool:
    lowered = text.lower()
    return any(word in lowered for word in SAMPLE_WORDS)


def new_keys() -> dict[str, str]:
    """Fresh random secrets by the name of their variable."""

    def key() -> str:
        return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()

    return {
        "SECRET_KEY": secrets.token_hex(32),
        "NIK_KEY": key(),
        "NIK_INDEX_KEY": key(),
        "BACKUP_KEY": key(),
    }


def _development_keys(folder: Path) -> dict[str, str]:
    """The keys of this checkout's development data, made on first use.

    They lie beside the data that they seal; losing one without the other would be of no use.
    """
    path = folder / "development-keys.json"
    if not path.exists():
        # Names and phones lie here: for the person who runs it alone.
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = folder / f".development-keys.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(new_keys()), encoding="utf-8")
        try:
            # A link fails when another process was first; then its keys are the ones.
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    keys: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return keys
