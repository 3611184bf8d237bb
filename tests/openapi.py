"""Judging JSON by the part of JSON Schema 2020-12 that our description of the API uses.

A word of the standard that is not known here is an error, so that nothing is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

_KNOWN = {
    *("$ref", "type", "properties", "required", "items", "enum", "format", "minimum", "maximum")
}
_TYPES: dict[str, Any] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "null": type(None),
    "integer": int,
    "number": (int, float),
}


def faults(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """What of a value doesn't fit a schema of a document."""
    return list(_faults(value, schema, document, "$"))


def schema_faults(schema: Any, document: dict[str, Any], at: str = "$") -> Iterator[str]:
    """What of a schema is no schema: unknown words, types, references that lead nowhere."""
    if not isinstance(schema, dict):
        yield f"{at}: no object"
        return
    yield from (f"{at}: unknown word {word}" for word in schema.keys() - _KNOWN)
    yield from (f"{at}: unknown type {one}" for one in _types(schema) if one not in _TYPES)
    if "$ref" in schema and _followed(schema["$ref"], document) is None:
        yield f"{at}: {schema['$ref']} leads nowhere"
    missing = set(schema.get("required", [])) - set(schema.get("properties", {}))
    yield from (f"{at}: {name} is required and not described" for name in missing)
    for name, part in schema.get("properties", {}).items():
        yield from schema_faults(part, document, f"{at}.{name}")
    if "items" in schema:
        yield from schema_faults(schema["items"], document, f"{at}[]")


def _faults(value: Any, schema: dict[str, Any], document: dict[str, Any], at: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from _faults(value, _followed(schema["$ref"], document), document, at)
        return
    if not _is_of_type(value, schema):
        yield f"{at}: {value!r} is no {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    if isinstance(value, str):
        yield from _unformed(value, schema.get("format"), at)
    if isinstance(value, dict):
        yield from _faults_inside(value, schema, document, at)
    if isinstance(value, list) and "items" in schema:
        for place, one in enumerate(value):
            yield from _faults(one, schema["items"], document, f"{at}[{place}]")


def _faults_inside(
    value: dict[str, Any], schema: dict[str, Any], document: dict[str, Any], at: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (
        f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value
    )
    if known:
        yield from (f"{at}: {name} is not described" for name in value.keys() - known.keys())
    for name in value.keys() & known.keys():
        yield from _faults(value[name], known[name], document, f"{at}.{name}")


def _is_of_type(value: Any, schema: dict[str, Any]) -> bool:
    types: tuple[Any, ...] = tuple(_TYPES[one] for one in _types(schema))
    is_flag_for_number = isinstance(value, bool) and bool not in types
    fits = any(isinstance(value, one) for one in types)
    return not types or (fits and not is_flag_for_number)


def _unformed(value: str, form: str | None, at: str) -> Iterator[str]:
    try:
        if form == "uuid":
            UUID(value)
        elif form == "date-time" and datetime.fromisoformat(value).tzinfo is None:
            yield f"{at}: {value} has no offset"
    except ValueError:
        yield f"{at}: {value!r} is no {form}"


def _types(schema: dict[str, Any]) -> list[str]:
    given = schema.get("type", [])
    return [given] if isinstance(given, str) else given


def _followed(reference: str, document: dict[str, Any]) -> Any:
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part) if isinstance(found, dict) else None
    return found
