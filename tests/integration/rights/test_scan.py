"""After an erasure no planted word is left: not in any column, file, list, job or log."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import sqlalchemy as sa

from app.accounts.models import Account
from app.core import settings
from app.core.clock import local_today
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.jobs import run_pending
from app.portal.models import OwnerMessage
from app.rights.models import PersonRequest
from app.rights.services import erase, remove_files
from tests.integration.rights.person import CANARY, everything_held, filled_person
from tests.integration.rights.planting import Planter
from tests.integration.rights.test_words import on_disk

# What the rules of a table ask for.
GIVEN: dict[str, dict[str, object]] = {
    "business_card": {"revoked_at": None, "revoked_by": None},
    "cash_entry": {"direction": "masuk", "is_owed": False},
    "certificate": {"expires_on": local_today() + timedelta(days=900)},
    "inbox_item": {"state": "selesai"},
    "instrument_version": {"state": "terbit", "number": 7},
    "likely_pair": {"second_id": UUID(int=2**128 - 1)},
    "loan_refund": {"way": "simpanan"},
    "owner_card": {"revoked_at": None, "revoked_by": None},
    "person_request": {"state": "dipenuhi"},
    "referral": {"state": "selesai"},
    "settled_class": {"decided_at": None, "decided_by": None},
    "tool": {"funded_year": 2025},
    "tool_check": {"check_day": 30},
    "training_attendance": {"practice_state": "diterapkan"},
}
# Short texts that hold codes of ours, by table.
CODES = {
    "aid_step.step",
    "assignment_proposal_line.village_code",
    "certificate.state",
    "certificate.track",
    "certificate_document.paper",
    "certificate_step.from_state",
    "certificate_step.to_state",
    "consent.text_version",
    "enterprise_merger.area_code",
    "health_assessment.instrument",
    "inbox_item.area_code",
    "inbox_item.code",
    "lender_consent.text_version",
    "lender_consent.way",
    "loan.offer_code",
    "loan_refund.receipt",
    "product_card.code_hash",
    "referral.token_sha256",
    "repayment.receipt",
    "saving_row.receipt",
    "sync_operation.payload_sha256",
    "sync_operation.type",
    "tool_check.operator",
}


def left() -> set[str]:
    """The columns in which the word still stands."""
    found = set()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)).mappings():
            found |= {
                f"{table.name}.{name}"
                for name, value in row.items()
                if CANARY in str(value) or (isinstance(value, bytes) and CANARY.encode() in value)
            }
    return found


def test_no_column_of_any_table_that_speaks_of_a_person_keeps_a_word(app, factories):
    person = filled_person(factories)
    Planter(CANARY, person.owner_id, GIVEN).plant()
    assert len(left()) > 100

    with transaction():
        paths = erase(owner_id=person.owner_id, by=None)
    remove_files(paths)

    assert left() - CODES == set()


def test_no_file_list_job_or_log_keeps_a_word(officer_client, as_role, factories, caplog):
    caplog.set_level(logging.DEBUG)
    person = filled_person(factories)
    own = as_role(Role.ENTREPRENEUR, account=db.session.get(Account, person.account_id))
    own.post(
        "/saya/bantuan/minta",
        data={
            "enterprise_id": str(person.enterprise_id),
            "topic": "uang",
            "words": f"Tolong {CANARY}",
        },
    )
    message = db.session.scalars(sa.select(OwnerMessage.id)).one()
    officer_client.post(f"/pesan-pemilik/{message}", data={"answer": f"Baik, Bu {CANARY}"})
    own.post("/saya/data/minta/betulkan", data={"detail": f"Nama saya {CANARY}"})
    own.post("/saya/data/salinan/xlsx")
    officer_client.post(f"/usaha/unduh?cari={CANARY}", data={"reason": f"Rapat Bu {CANARY}"})
    run_pending()
    own.post("/saya/data/minta/hapus", data={"is_sure": "y"})
    asked = db.session.scalars(
        sa.select(PersonRequest.id).where(PersonRequest.kind == "penghapusan")
    ).one()
    assert CANARY in everything_held()

    done = officer_client.post(f"/permintaan/{asked}/penuhi", data={"is_sure": "y"})

    folder = settings.current().folder
    # The database is looked through after what waits beside it was written into it.
    database = Path(db.engine.url.database or "none").name
    files = [one for one in folder.rglob("*") if one.is_file() and database not in one.name]
    held = b"".join(one.read_bytes() for one in files)
    assert done.status_code == 303
    assert left() == set()
    assert CANARY.encode() not in on_disk()
    assert CANARY.encode() not in held
    assert not list((folder / "exports").glob("*.xlsx"))
    assert CANARY not in caplog.text
    assert own.get("/saya").status_code != 200
