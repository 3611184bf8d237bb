"""Family members and workers have no names here: no table and no form has a place for one.

Whoever adds a column or a field for a name says here whose it is. What is typed freely elsewhere
is for reports; its hints ask for what somebody is, and not who.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

from app.db import db
from app.enterprises.rules.sheet.fields import FIELD_LABELS
from app.tables import load_tables

APP = Path(__file__).resolve().parents[2] / "app"
SOMEBODY = re.compile(
    r"(?<![a-z])(names?|nama|person|child|anak|spouse|istri|suami|famil|keluarga|workers?|pekerja|"
    r"karyawan|members?|anggota|witness|saksi|met_with|recipient|receiver|giver|parent|mother|"
    r"father|heir|guardian|operator|contact)"
)
# Whose name stands there. None of them is a family member's or a worker's of an enterprise.
PEOPLE = {
    "account.name": "who works with the system",
    "owner.name": "the owner",
    "owner.search_name": "the owner",
    "consent.witness": "who heard the owner agree: without it a spoken word proves nothing",
    "visit.met_with": "the owner; of others what they are to the owner, as the hint asks",
    "intervention.responsible_name": "who gives a therapy for the office",
    "letterhead.signer_name": "an official",
    "lender_consent.witness": "who heard the owner agree: without it a spoken word proves nothing",
    "board_member.name": "who leads or supervises a lender, as its deed names them",
    "buyer_request.buyer_name": "a buyer",
    "buyer_request.contact": "a buyer",
    "tool_handover.giver_name": "an official, on a signed paper",
    "tool_handover.receiver_name": "the holder, on a signed paper",
    "tool_handover.witness_name": "an official, on a signed paper",
}
# Names of things and places.
THINGS = {
    "aid_case.tool_name",
    "area.name",
    "area.search_name",
    "area.parent_code",
    "area_decree_line.new_name",
    "enterprise.name",
    "enterprise.search_name",
    "enterprise_merger.gone_name",
    "enterprise_merger.kept_name",
    "lender.name",
    "lender.search_name",
    "import_run.file_name",
    "import_run.sheet_names",
    "job_run.name",
    "letterhead.name",
    "loan_offer.name",
    "market_event.name",
    "product.name",
    "product.search_name",
    "referral.office_name",
    "sales_channel.name",
    "sync_epoch.name",
    "tool.name",
    "tool.search_name",
    # What somebody does for a living.
    "tool_handover.giver_post",
    "tool_handover.receiver_post",
    # One of a few words of ours.
    "tool_check.operator",
    "village_program.name",
}
FORM_FIELDS = {
    "accounts.name",
    "aid.cari",
    "aid.giver_name",
    "aid.giver_post",
    "aid.name",
    "aid.receiver_name",
    "aid.receiver_post",
    "aid.tool_name",
    "aid.witness_name",
    # What an offer of a loan is called.
    "credit.name",
    "enterprises.consent_witness",
    "enterprises.name",
    "enterprises.owner_name",
    "enterprises.who",
    # What the owner did abroad: "pekerjaan".
    "enterprises.work_sector",
    "interventions.office_name",
    "interventions.person",
    "interventions.responsible_name",
    "market.buyer_name",
    "market.contact",
    "market.name",
    "mentoring.met_with",
    "places.name",
    "reports.above",
    "reports.name",
    "reports.signer_name",
}
TYPED = {"TextField", "NoteField", "StringField", "TextAreaField", "Line"}


def test_no_table_has_a_place_for_the_name_of_family_or_workers():
    load_tables()
    found = {
        f"{table.name}.{column.name}"
        for table in db.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.String | sa.JSON)
        and column.name != "kind"
        and SOMEBODY.search(column.name)
    }

    assert found == {*PEOPLE, *THINGS}


def test_no_form_asks_for_the_name_of_family_or_workers():
    found = {
        f"{path.relative_to(APP).parts[0]}.{name}"
        for path in (*APP.glob("*/forms.py"), *APP.glob("*/forms/*.py"))
        for name, label in typed_fields(path)
        if SOMEBODY.search(name) or SOMEBODY.search(label.casefold())
    }

    assert found == FORM_FIELDS


def test_no_sheet_is_read_for_the_name_of_family_or_workers():
    found = {name for name in FIELD_LABELS if SOMEBODY.search(name)}

    # Of workers and family there are numbers only.
    numbers = {name for name in found if name.startswith("workers_")}
    assert found - numbers == {"name", "owner_name"}


def typed_fields(path: Path) -> Iterator[tuple[str, str]]:
    """The fields of a module into which something is typed: name and label."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Assign | ast.AnnAssign) or not isinstance(node.value, ast.Call):
            continue
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        call = node.value
        if not isinstance(call.func, ast.Name) or call.func.id not in TYPED:
            continue
        label = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else ""
        yield _name(target), str(label)


def _name(target: ast.expr) -> str:
    if isinstance(target, ast.Name):
        return target.id
    found = re.search(r"[a-z_]+", ast.unparse(target).split("[", 1)[-1].lstrip("f'\""))
    return found[0].strip("_") if found else ""
