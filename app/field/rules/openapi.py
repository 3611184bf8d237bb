"""The description of the requests of phones, by OpenAPI 3.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.field.rules.limits import MOST_CHANGES
from app.field.rules.words import OPERATION_TYPES, RETRY, SAFE, STATUSES

Schema = dict[str, Any]
_JSON, _BYTES = "application/json", "application/octet-stream"
TEXT: Schema = {"type": "string"}
ID: Schema = {"type": "string", "format": "uuid"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
WHOLE: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
ANYTHING: Schema = {"type": "object"}


def _or_null(schema: Schema) -> Schema:
    return {**schema, "type": [schema["type"], "null"]}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _object(optional: Mapping[str, Schema] | None = None, **required: Schema) -> Schema:
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": sorted(required)}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_RESULT = _object(
    {"index": WHOLE, "field": _or_null(TEXT), "receipt": TEXT},
    op_id=_or_null(ID),
    status={"type": "string", "enum": sorted({*STATUSES, *SAFE, RETRY})},
    version=_or_null(WHOLE),
    code=_or_null(TEXT),
    pesan=TEXT,
    labels=_list(TEXT),
)
_OPERATION = _object(
    {"base_version": _or_null(WHOLE), "depends_on": _list(ID), "attachments": _list(ANYTHING)},
    op_id=ID,
    n=WHOLE,
    type={"type": "string", "enum": sorted(OPERATION_TYPES)},
    schema_version=WHOLE,
    record_id=ID,
    enterprise_id=ID,
    occurred_at=INSTANT,
    data=ANYTHING,
)
_CHANGE = _object(
    {
        "enterprise_id": ID,
        "version": WHOLE,
        "record": _ref("Card"),
        "reason": TEXT,
        "merged_into": _or_null(ID),
        "op_id": ID,
        "status": TEXT,
        "decision": _or_null(TEXT),
        "pesan": TEXT,
    },
    kind={"type": "string", "enum": ["grant", "inbox", "revoke", "tombstone", "upsert"]},
)
_KNOWN_BOOK = _object(
    loss_months=TEXT, book_coverage=_or_null(TEXT), installments_without_surplus=FLAG, until=TEXT
)
_COLLECTING = _object(
    loans=_list(_object(id=ID, lender=TEXT, due_on=_or_null(TEXT), amount=WHOLE)),
    members=_list(_object(id=ID, lender=TEXT, number=WHOLE, kinds=_list(TEXT))),
)
_CARD = _object(
    {
        **dict.fromkeys(
            ("sector", "kbli_code", "kbli_version", "hamlet", "address", "product_line"),
            _or_null(TEXT),
        ),
        **dict.fromkeys(("lat", "lng"), _or_null({"type": "number"})),
        **dict.fromkeys(
            ("started_on", "last_visit_on", "next_visit_due_on", "visit_by"), _or_null(TEXT)
        ),
        **dict.fromkeys(
            (
                "workers_paid_male",
                "workers_paid_female",
                "workers_family_male",
                "workers_family_female",
            ),
            _or_null(WHOLE),
        ),
        **dict.fromkeys(
            ("has_equipment", "declared_non_halal", "sold_outside_home", "is_seasonal"), FLAG
        ),
        "life_cycle": TEXT,
        "season_months": _list(WHOLE),
    },
    id=ID,
    version=WHOLE,
    name=TEXT,
    village_code=TEXT,
    village_label=TEXT,
    owner=_object(id=ID, version=WHOLE, name=TEXT, phone=_or_null(TEXT), sex=_or_null(TEXT)),
    health=_or_null(ANYTHING),
    visits=_list(ANYTHING),
    promises=_list(ANYTHING),
    therapies=_list(ANYTHING),
    practices=_list(ANYTHING),
    known=_list(_ref("KnownAnswer")),
    book=_or_null(_KNOWN_BOOK),
    products=_list(ANYTHING),
    channels=_list(ANYTHING),
    certificates=_list(ANYTHING),
    unpaid_since=_or_null(TEXT),
    collecting=_or_null(_COLLECTING),
)
_KNOWN_ANSWER = _object(
    code=TEXT,
    points=WHOLE,
    source=TEXT,
    on=TEXT,
    evidence=TEXT,
    until=_or_null(TEXT),
    number=_or_null(TEXT),
)
_PERSON = _object(id=ID, name=TEXT)
SCHEMAS: dict[str, Schema] = {
    "Refusal": _object({"field": _or_null(TEXT)}, code=TEXT, pesan=TEXT),
    "Session": _object(account=_PERSON, csrf=TEXT),
    "NewDevice": _object({"label": TEXT, "app_version": _or_null(TEXT)}, device_id=ID),
    "Device": _object(
        device_id=ID,
        account=_PERSON,
        key=TEXT,
        older_keys=_list(TEXT),
        backup_key=TEXT,
        expires_at=INSTANT,
        missing_elsewhere=WHOLE,
    ),
    "Left": _object(code=TEXT),
    "Operation": _OPERATION,
    "Batch": _object(
        {
            "app_version": _or_null(TEXT),
            "epoch": _or_null(TEXT),
            "sent_at": _or_null(INSTANT),
            "unsent": ANYTHING,
            "kept_for_good": _or_null(FLAG),
            "wiped": FLAG,
            "highest_n": WHOLE,
        },
        device_id=ID,
        ops=_list(_ref("Operation")),
    ),
    "Result": _RESULT,
    "Results": _object(
        epoch=TEXT, server_time=INSTANT, results=_list(_ref("Result")), gaps=_list(WHOLE)
    ),
    "Card": _CARD,
    "KnownAnswer": _KNOWN_ANSWER,
    "Change": _CHANGE,
    "Page": _object(
        {
            "scope_count": WHOLE,
            "scope_hash": TEXT,
            "reference": _object(version=TEXT),
            "missing_elsewhere": WHOLE,
        },
        epoch=TEXT,
        changes=_list(_ref("Change")),
        cursor=TEXT,
        has_more=FLAG,
    ),
    "Reference": _object(
        version=TEXT,
        instrument=ANYTHING,
        instruments_before=_list(ANYTHING),
        choices=ANYTHING,
        therapies=ANYTHING,
        villages=_list(_object(code=TEXT, name=TEXT, label=TEXT)),
        account=_PERSON,
        consents=ANYTHING,
        rules=ANYTHING,
        tracks=ANYTHING,
        label_elements=_list(_object(code=TEXT, label=TEXT, look_for=TEXT)),
    ),
    "Backup": _object(kind=TEXT, v=WHOLE, account_id=ID, device_id=ID, office=ANYTHING),
    "HandedIn": _object(results=_list(_ref("Result"))),
    "Description": _object(
        openapi=TEXT,
        info=ANYTHING,
        servers=_list(ANYTHING),
        paths=ANYTHING,
        components=ANYTHING,
    ),
}


def _answer(words: str, schema: str | None = None, *, headers: bool = False) -> Schema:
    told: Schema = {"description": words}
    if schema:
        told["content"] = {_JSON: {"schema": _ref(schema)}}
    if headers:
        told["headers"] = {"Upload-Offset": {"schema": WHOLE}}
    return told


_LOG_IN = {"401": _answer("Masuk lagi", "Refusal"), "403": _answer("Tidak boleh", "Refusal")}
_FIELD_HEADER: Schema = {
    "name": "X-Pulih-Lapangan",
    "in": "header",
    "required": True,
    "schema": {"type": "string", "enum": ["1"]},
}
_OFFSET: Schema = {"name": "Upload-Offset", "in": "header", "required": True, "schema": WHOLE}
_FILE: Schema = {"name": "file_id", "in": "path", "required": True, "schema": ID}
_CURSOR: Schema = {"name": "cursor", "in": "query", "schema": TEXT}
_LIMIT: Schema = {
    "name": "limit",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1, "maximum": MOST_CHANGES},
}


def _request(
    operation_id: str,
    summary: str,
    answers: Mapping[str, Schema],
    *,
    by: str = "phone",
    body: str | None = None,
    parameters: tuple[Schema, ...] = (),
) -> Schema:
    told: Schema = {
        "operationId": operation_id,
        "summary": summary,
        "responses": {**answers, **({} if by == "anyone" else _LOG_IN)},
        "security": [] if by == "anyone" else [{by: []}],
    }
    if parameters:
        told["parameters"] = list(parameters)
    if body == _BYTES:
        told["requestBody"] = {"required": True, "content": {_BYTES: {}}}
    elif body:
        content = {_JSON: {"schema": _ref(body)}}
        told["requestBody"] = {"required": True, "content": content}
    return told


_BAD = _answer("Isi permintaan tidak terbaca", "Refusal")
_UNKNOWN = _answer("Tidak dikenal", "Refusal")
_EPOCH = _answer("Data server dipulihkan: kirim ulang, lalu ambil semua", "Refusal")
_OTHER_KIND = _answer("Bukan jenis isi yang diminta", "Refusal")
_WAIT = _answer("Tunggu, lalu ulangi", "Refusal")
PATHS: dict[str, Schema] = {
    "/openapi.json": {
        "get": _request(
            "description", "Uraian ini", {"200": _answer("OpenAPI 3.1", "Description")}, by="anyone"
        )
    },
    "/session": {
        "get": _request(
            "session", "Siapa yang masuk", {"200": _answer("Akun", "Session")}, by="login"
        )
    },
    "/devices": {
        "post": _request(
            "register",
            "Daftarkan ponsel ini",
            {"200": _answer("Ponsel", "Device"), "400": _BAD, "415": _OTHER_KIND, "422": _BAD},
            by="login",
            body="NewDevice",
            parameters=(_FIELD_HEADER,),
        )
    },
    "/devices/current": {
        "delete": _request(
            "leave",
            "Keluar dari ponsel ini",
            {"200": _answer("Keluar", "Left")},
            parameters=(_FIELD_HEADER,),
        )
    },
    "/sync/push": {
        "post": _request(
            "push",
            "Kirim paling banyak 50 kegiatan, 256 KB",
            {
                "200": _answer("Jawaban setiap kegiatan", "Results"),
                "400": _BAD,
                "409": _EPOCH,
                "413": _answer("Kirim separuhnya", "Refusal"),
                "415": _OTHER_KIND,
                "426": _answer("Perbarui aplikasi", "Refusal"),
                "503": _WAIT,
            },
            body="Batch",
            parameters=(_FIELD_HEADER,),
        )
    },
    "/sync/pull": {
        "get": _request(
            "pull",
            "Ambil perubahan sesudah penanda",
            {"200": _answer("Satu halaman", "Page"), "409": _EPOCH, "422": _BAD, "503": _WAIT},
            parameters=(_CURSOR, _LIMIT),
        )
    },
    "/sync/reference": {
        "get": _request(
            "reference", "Instrumen, kata, desa, aturan", {"200": _answer("Isi", "Reference")}
        )
    },
    "/files/{file_id}": {
        "head": _request(
            "howFar",
            "Sampai mana sebuah foto",
            {
                "200": _answer("Bita yang sudah sampai", headers=True),
                "404": {"description": "Tidak dikenal"},
                "410": {"description": "Terlalu lama"},
            },
            parameters=(_FILE,),
        ),
        "patch": _request(
            "piece",
            "Kirim potongan foto, paling besar 256 KB",
            {
                "204": _answer("Sudah sampai di sini", headers=True),
                "404": _UNKNOWN,
                "409": _answer("Lanjutkan dari bagian lain", "Refusal"),
                "410": _answer("Terlalu lama", "Refusal"),
                "413": _answer("Potongan terlalu besar", "Refusal"),
                "415": _OTHER_KIND,
                "422": _answer("Tidak diterima", "Refusal"),
            },
            body=_BYTES,
            parameters=(_FILE, _OFFSET, _FIELD_HEADER),
        ),
    },
    "/backups": {
        "post": _request(
            "handIn",
            "Serahkan cadangan ponsel sendiri",
            {
                "200": _answer("Jawaban setiap kegiatan", "HandedIn"),
                "404": _UNKNOWN,
                "415": _OTHER_KIND,
                "422": _BAD,
            },
            body="Backup",
            parameters=(_FIELD_HEADER,),
        )
    },
}


def description() -> Schema:
    """The whole description."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Pulih: aplikasi lapangan",
            "version": "1",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/api/v1"}],
        "paths": PATHS,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {
                "phone": {"type": "apiKey", "in": "cookie", "name": "pulih_ponsel"},
                "login": {"type": "apiKey", "in": "cookie", "name": "session"},
            },
        },
    }
