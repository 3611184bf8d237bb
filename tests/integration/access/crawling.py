"""Every route of the access map, called with the ids of what lies elsewhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask
from werkzeug.test import TestResponse

from app.accounts.guards import access_map
from app.core.clock import local_today
from app.core.months import add_months
from app.core.permissions import Role
from tests.browserless import CleanClient, as_told
from tests.integration.access.planting import CANARY, SHARED, THERE, World

UNKNOWN = "01890000-0000-7000-8000-00000000dead"
# Which table the id in an address is of, where the name does not say it.
TABLES = {
    "run": "import_run",
    "export": "register_export",
    "job": "job_run",
    "version": "instrument_version",
    "trial": "instrument_trial",
    "program": "village_program",
    "proposal": "assignment_proposal",
    "assessment": "health_assessment",
    "entry": "cash_entry",
}
# What a list is asked for: other places, words that stand there.
ASKED = (
    {"wilayah": THERE[:5]},
    {"wilayah": THERE, "desa": THERE},
    {"cari": CANARY, "q": CANARY},
    {"usaha": "{enterprise}", "pendamping": "{mentor}", "pemilik": "{owner}"},
)
_WORDS = {
    "category": "penjualan",
    "code": THERE,
    "ending": "pdf",
    "item": "keluaran-5",
    "key": "pendataan",
    # The last month that is over.
    "month": f"{add_months(local_today().replace(day=1), -1):%Y-%m}",
    "name": "kelas",
    "offer": "kur_mikro",
    "rule": "halal_wajib_mulai",
    "step": "A",
    "token_sha256": "0" * 64,
}
_PARAMETER = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
_NOT_OURS = {"static", "accounts.sign_out"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One address, the same with an unknown id, and what it asks for."""

    method: str
    endpoint: str
    path: str
    unknown: str | None
    roles: frozenset[str]
    is_open: bool
    is_for_phones: bool


def calls(app: Flask, world: World, method: str) -> Iterator[Call]:
    """Each route with each id of the other side that its address may hold."""
    for line in access_map(app):
        if method not in line["methods"] or line["endpoint"] in _NOT_OURS:
            continue
        names = _PARAMETER.findall(line["rule"])
        for values in _values(names, world):
            if "length=3" in line["rule"]:
                values["code"] = "T01"
            if "length=7" in line["rule"]:
                values["code"] = "2026-10"
            is_foreign = any(name in values for name in names if name.endswith("_id"))
            yield Call(
                method=method,
                endpoint=line["endpoint"],
                path=_filled(line["rule"], values),
                unknown=_filled(line["rule"], values | _unknown(names)) if is_foreign else None,
                roles=frozenset(line["roles"]),
                is_open=line["scope"] == "open",
                is_for_phones=line["scope"] == "device",
            )


def _values(names: list[str], world: World) -> Iterator[dict[str, Any]]:
    keyed = [name for name in names if name.endswith("_id")]
    words = {name: _WORDS.get(name, "x") for name in names if name not in keyed}
    if not keyed:
        yield words
        return
    known = [_ids(name, world) for name in keyed]
    # All of one address belong together: the first of each, and of the last each.
    firsts = {name: ids[0] for name, ids in zip(keyed, known, strict=True) if ids}
    if len(firsts) == len(keyed):
        for last in known[-1][:3]:
            yield {**words, **firsts, keyed[-1]: last}


def _ids(name: str, world: World) -> list[UUID]:
    kind = name.removesuffix("_id")
    if kind in ("account", "mentor"):
        return [world.far["mentor"], world.far["officer"]]
    table = TABLES.get(kind, kind)
    named = [one for one in world.there if one == table or one.endswith(f"_{table}")]
    return [key for one in named if one not in SHARED for key in world.there[one]]


def _unknown(names: list[str]) -> dict[str, str]:
    return {name: UNKNOWN for name in names if name.endswith("_id")}


def _filled(rule: str, values: dict[str, Any]) -> str:
    return _PARAMETER.sub(lambda found: str(values[found[1]]), rule)


def asked(path: str, world: World) -> list[str]:
    """The address as it is, and with each of the questions."""
    filled = ({name: word.format(**world.far) for name, word in words.items()} for words in ASKED)
    return [path, *(f"{path}?{urlencode(words)}" for words in filled)]


def bytes_of(answer: TestResponse) -> str:
    """All that an answer tells: headers and text, and what is packed inside a workbook."""
    body = answer.get_data()
    # A file that was sent is let go.
    answer.close()
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    return f"{answer.headers}\n{body.decode('utf-8', 'replace')}".casefold()


def tells(answer: TestResponse, world: World, path: str) -> list[str]:
    """What of the other side an answer tells, apart from what its own address held."""
    text = bytes_of(answer)
    if CANARY in path.casefold():
        # The word that was searched for is shown again; what it was planted into is longer.
        found = [f"{CANARY} {word}" for word in ("jauh", "enterprise", "owner", "account")]
        secrets = [word for word in found if word in text]
    else:
        secrets = [CANARY] if CANARY in text else []
    ids = {str(one) for kind in ("enterprise", "owner", "visit") for one in world.there[kind]}
    return secrets + sorted(one for one in ids if one in text and one not in path)


def is_let_in(answer: TestResponse, call: Call, role: Role) -> list[str]:
    """Whether somebody gets an answer to read who has no permission for the address at all."""
    # What is for phones knows nobody who is logged in in a browser.
    refused = 401 if call.is_for_phones else 403
    if call.method != "GET" or not call.roles or role in call.roles:
        return []
    status = answer.status_code
    return [] if status == refused else [f"{status} for a role without permission"]


def differs(
    client: CleanClient,
    call: Call,
    world: World,
    role: Role,
    data: dict[str, str] | None = None,
) -> list[str]:
    """How an answer about what lies elsewhere differs from that about what is nowhere, and what
    of the other side it tells.
    """
    foreign = client.open(call.path, method=call.method, data=data)
    unknown = client.open(call.unknown, method=call.method, data=data)
    found = [*tells(foreign, world, call.path), *is_let_in(foreign, call, role)]
    if foreign.status_code != unknown.status_code or foreign.status_code >= 500:
        return [*found, f"{foreign.status_code}, the unknown {unknown.status_code}"]
    told = [as_told(one) for one in (foreign, unknown)]
    unknown.close()
    for key in UNKNOWN, *call.path.split("/"):
        told = [text.replace(key, "") for text in told] if len(key) > 30 else told
    return found if told[0] == told[1] else [*found, "another text"]
