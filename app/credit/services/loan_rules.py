"""Setting a rule of lending."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from app.core.clock import local_today, utc_now
from app.core.errors import InvalidInput
from app.credit.models import LoanRule
from app.credit.queries.loan_rules import rule_page
from app.credit.rules.loan_rules import EVERYBODY, FOR_ALL, in_words, kind_words, typed_value
from app.db import db
from app.db.once import kept_or_free
from app.history.rules import FieldWording, register_actions, register_fields
from app.history.services import record

register_actions({"loan_rule.set": "Aturan pinjaman ditetapkan"})
register_fields(
    "loan_rule",
    {
        "rule": FieldWording(label="Aturan"),
        "lender_kind": FieldWording(label="Berlaku untuk"),
        "value": FieldWording(label="Nilai"),
        "valid_from": FieldWording(label="Berlaku sejak"),
        "source": FieldWording(label="Sumber"),
    },
)

# A rule of long ago is history, one of the far future a slip of the finger.
_FIRST_DAY, _LAST_AFTER = date(2000, 1, 1), timedelta(days=3653)


def set_loan_rule(
    *,
    rule_id: UUID,
    code: str,
    lender_kind: str,
    value: str,
    valid_from: date,
    source: str,
    by: UUID,
) -> LoanRule:
    """Have a rule say something else from a day on, once for the same content under the same id.

    Raises:
        NotFound: there is no such rule.
        InvalidInput: the value is none of it, it names no source, or a day beyond reason.
    """
    kind = rule_page(code).kind
    wanted = typed_value(code, value)
    if not source.strip():
        raise InvalidInput("rule_source", field="source", message="Isi sumber aturan ini.")
    if not _FIRST_DAY <= valid_from <= local_today() + _LAST_AFTER:
        message = "Tanggal berlaku ini tidak wajar. Periksa."
        raise InvalidInput("rule_day", field="valid_from", message=message)
    said = {
        "code": code,
        "lender_kind": FOR_ALL if lender_kind == EVERYBODY else lender_kind,
        "value": wanted,
        "valid_from": valid_from,
        "source": source.strip(),
    }
    known, key = kept_or_free(LoanRule, rule_id, **said)
    if known is not None:
        return known
    made = LoanRule(id=key, **said, set_by=by, set_at=utc_now())
    db.session.add(made)
    _note(made, kind.name)
    return made


def _note(made: LoanRule, name: str) -> None:
    record(
        subject_type="loan_rule",
        subject_id=made.id,
        action="loan_rule.set",
        by=made.set_by,
        changes={
            "rule": [None, name],
            "lender_kind": [None, kind_words(made.lender_kind)],
            "value": [None, in_words(made.code, made.value)],
            "valid_from": [None, made.valid_from.isoformat()],
            "source": [None, made.source],
        },
    )
