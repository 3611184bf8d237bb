"""The settings of this process, bound once by the application factory.

Services may not know Flask, yet need the keys and the folder of files; they ask here. Where the
values come from is `config.py`'s business.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment decides. Keys are raw bytes; sizes in bytes; times in minutes."""

    database_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    # Earlier keys that still open what they sealed, newest first.
    secret_key_fallbacks: tuple[str, ...] = field(default=(), repr=False)
    nik_key: bytes = field(repr=False)
    nik_key_fallbacks: tuple[bytes, ...] = field(default=(), repr=False)
    nik_index_key: bytes = field(repr=False)
    folder: Path
    is_production: bool = False
    trusted_hosts: tuple[str, ...] = ()
    # How many proxies in front may be believed about the caller's address.
    trusted_proxy_count: int = 0
    import_max_rows: int = 20_000
    import_max_bytes: int = 10_000_000
    export_max_rows: int = 100_000
    upload_max_bytes: int = 25_000_000
    # Whether admins and officers must give a code besides the password.
    require_second_factor: bool = True
    # "asvs" or "bssn" (see app.accounts.rules).
    password_policy: str = "asvs"
    public_address: str = "http://localhost:8000"


_bound: list[Settings] = []


def bind(settings: Settings) -> None:
    """Make `settings` those of this process."""
    _bound[:] = [settings]


def current() -> Settings:
    """The settings of this process.

    Raises:
        RuntimeError: no application was made yet.
    """
    if not _bound:
        raise RuntimeError("no settings are bound: make an application first")
    return _bound[0]
