"""Setting a rule that a decree moved."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput, NotFound
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record
from app.market.models import DatedRuleValue
from app.market.queries.dated_rules import rule
from app.market.rules.dated_rules import (
    DatedRule,
    Value,
    in_words,
    row_value,
    rule_kinds,
    typed_value,
)

register_actions({"dated_rule.set": "Aturan bertanggal ditetapkan"})
register_fields(
    "dated_rule",
    {
        "rule": FieldWording(label="Aturan"),
        "value": FieldWording(label="Nilai"),
        "valid_from": FieldWording(label="Berlaku sejak"),
        "source": FieldWording(label="Sumber"),
    },
)

# A rule of long ago is history, one of the far future a slip of the finger.
_FIRST_DAY, _LAST_YEARS = date(2000, 1, 1), 10


def set_rule(
    *,
    rule_id: UUID,
    code: str,
    value: str,
    valid_from: date,
    source: str,
    note: str = "",
    by: UUID,
) -> DatedRuleValue:
    """Have a rule say something else from a day on; what it said before stays readable.

    The same content under the same id is set once.

    Raises:
        NotFound: there is no such rule.
        InvalidInput: the value is none of its kind, it names no source, or a day beyond reason.
    """
    kind = rule_kinds().get(code)
    if kind is None:
        raise NotFound("rule_unknown", message="Aturan ini tidak ditemukan.")
    wanted = typed_value(kind, value)
    _check(valid_from, source)
    said = {"code": code, "value": row_value(wanted), "valid_from": valid_from, "source": source}
    known, key = kept_or_free(DatedRuleValue, rule_id, **said)
    if known is not None:
        return known
    before = rule(code, on=valid_from)
    made = DatedRuleValue(id=key, **said, note=note, set_by=by, set_at=utc_now())
    db.session.add(made)
    _note(made, before, wanted)
    return made


def _note(made: DatedRuleValue, before: DatedRule, wanted: Value) -> None:
    kind = rule_kinds()[made.code]
    record(
        subject_type="dated_rule",
        subject_id=made.id,
        action="dated_rule.set",
        by=made.set_by,
        changes={
            "rule": [None, kind.name],
            "value": [in_words(kind, before.value), in_words(kind, wanted)],
            "valid_from": [None, made.valid_from.isoformat()],
            "source": [before.source, made.source],
        },
        note=made.note or None,
    )


def _check(valid_from: date, source: str) -> None:
    if not source.strip():
        raise InvalidInput("rule_source", field="source", message="Isi sumber aturan ini.")
    last = local_today().replace(month=12, day=31, year=local_today().year + _LAST_YEARS)
    if not _FIRST_DAY <= valid_from <= last:
        raise InvalidInput(
            "rule_day", field="valid_from", message="Tanggal berlaku ini tidak wajar. Periksa."
        )
