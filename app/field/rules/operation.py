"""One operation of a phone: its envelope, whatever it is about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from app.core.errors import InvalidInput
from app.field.rules.reading import Fields, needed, objects, offset_minutes, refused
from app.field.rules.strict_json import FLAW_WORDS, fingerprint, flaw_in
from app.field.rules.versions import upgraded
from app.field.rules.words import OPERATION_TYPES

MAX_NUMBER = 2**53
_MOST_PARENTS = 20
_MOST_PHOTOS = 10
_HEX = frozenset("0123456789abcdef")
# The number of an owner is nobody's to keep: no fingerprint is made of it.
CONFIRM, PIN_FIELD = "visit.confirm", "pin"
# What may differ when the same thing is sent again: on which phone, in which order, after what.
_NOT_CONTENT = frozenset({"op_id", "n", "depends_on"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A photo that will follow, by its hash; `size` in bytes."""

    id: UUID
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What was done on a phone, once. `n` numbers the operations of one phone.

    `data` is in the present form, whatever form it came in; `said` is all as it came, and
    `sha256` of that. `occurred_at` is what the phone's clock showed.
    """

    op_id: UUID
    n: int
    type: str
    schema_version: int
    record_id: UUID
    enterprise_id: UUID
    depends_on: tuple[UUID, ...]
    base_version: int | None
    occurred_at: datetime
    data: dict[str, Any]
    attachments: tuple[Attachment, ...]
    extra: dict[str, Any]
    sha256: str
    said: dict[str, Any]

    @property
    def occurred_offset(self) -> int:
        """Minutes east of UTC on the phone."""
        return offset_minutes(self.occurred_at)


def parse_operation(value: Any) -> Operation:
    """Read one operation.

    Raises:
        InvalidInput: it can't be meant so; nothing of it may be stored.
    """
    if not isinstance(value, dict):
        raise InvalidInput("not_an_object", message="Kiriman ini tidak dapat dibaca.")
    flaw = flaw_in(value)
    if flaw is not None:
        raise InvalidInput(flaw, message=FLAW_WORDS[flaw])
    fields = Fields(value)
    kind = needed("type", fields.choice("type", OPERATION_TYPES))
    version = needed("schema_version", fields.whole("schema_version", 1, 2**31))
    return Operation(
        op_id=needed("op_id", fields.key("op_id")),
        n=needed("n", fields.whole("n", 1, MAX_NUMBER)),
        type=kind,
        schema_version=version,
        record_id=needed("record_id", fields.key("record_id")),
        enterprise_id=needed("enterprise_id", fields.key("enterprise_id")),
        depends_on=_parents(fields),
        base_version=fields.whole("base_version", 0, 2**31),
        occurred_at=needed("occurred_at", fields.instant("occurred_at")),
        data=upgraded(kind, version, fields.pairs("data", 200)),
        attachments=_attachments(fields),
        extra=fields.rest,
        sha256=fingerprint(_content(value)),
        said=value,
    )


def named(value: Any) -> tuple[UUID | None, int | None]:
    """Id and number of an operation that can't be read otherwise, as far as they can be told."""
    if not isinstance(value, dict):
        return None, None
    fields = Fields(value)
    try:
        op_id = fields.key("op_id")
    except InvalidInput:
        op_id = None
    try:
        return op_id, fields.whole("n", 1, MAX_NUMBER)
    except InvalidInput:
        return op_id, None


def without_pin(said: dict[str, Any]) -> dict[str, Any]:
    """The same operation without the number of an owner, if one was typed for it."""
    data = said.get("data")
    if said.get("type") != CONFIRM or not isinstance(data, dict):
        return said
    return {**said, "data": {name: one for name, one in data.items() if name != PIN_FIELD}}


def other_id(op_id: UUID, sha256: str) -> UUID:
    """The id under which other content goes on that came under the id of a known operation."""
    return uuid5(op_id, sha256)


def _content(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in without_pin(said).items() if name not in _NOT_CONTENT}


def _parents(fields: Fields) -> tuple[UUID, ...]:
    named_ones = fields.items("depends_on", _MOST_PARENTS)
    parents = [Fields({"depends_on": one}).key("depends_on") for one in named_ones]
    return tuple(one for one in parents if one is not None)


def _attachments(fields: Fields) -> tuple[Attachment, ...]:
    found = []
    for one in objects("attachments", fields.items("attachments", _MOST_PHOTOS)):
        key, sha256, size = one.key("id"), one.text("sha256", 64), one.whole("bytes", 1, 2**31)
        if key is None or size is None or len(sha256 or "") != 64 or not set(sha256 or "") <= _HEX:
            raise refused("attachments", "type_wrong", "Keterangan foto tidak dapat dibaca.")
        found.append(Attachment(id=key, sha256=sha256 or "", size=size))
    return tuple(found)
