"""One person of whom something is written in every kind of place; each text holds a canary."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from app.core.clock import local_today
from app.core.permissions import Role
from app.core.scope import everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises.models import Enterprise
from app.enterprises.rules.consents import LENDER
from app.enterprises.rules.words import search_words
from app.enterprises.services import give_consent
from app.mentoring.rules import NewPromise

CANARY = "zqkenari"
NIK = "3302145208850003"
PHONE = "+6281298765432"
NUMBERS = (NIK, "81298765432", "9120001234567")


def filled_person(factories: Any) -> SimpleNamespace:
    """An owner with an account, two enterprises, consent, assessment, visit, therapy, photo."""
    account = factories.account(role=Role.ENTREPRENEUR, name=f"Akun {CANARY}")
    mentor = factories.account(role=Role.MENTOR)
    factories.mentor(person=mentor)
    owner = factories.owner(
        name=f"Sri {CANARY}",
        nik=NIK,
        phone=PHONE,
        born_on=date(1985, 8, 12),
        work_sector=f"perawat {CANARY}",
        account_id=account.id,
        education="smp",
    )
    name, product = f"Warung {CANARY}", f"keripik {CANARY}"
    row = factories.enterprise(
        owner=owner,
        mentor=mentor,
        name=name,
        product_line=product,
        search_words=search_words(name=name, owner_name=owner.name, product_line=product),
        address=f"Jalan {CANARY} 5",
        hamlet=f"Dusun {CANARY}",
        nib="9120001234567",
        lat=-7.512345,
        lng=109.212345,
        photo_id=factories.stored_photo().id,
        life_cycle_reason=f"alasan {CANARY}",
    )
    factories.enterprise(owner=owner, name=f"Kedua {CANARY}")
    factories.assessment(
        enterprise=row, found=factories.findings(2, main_problem=f"masalah {CANARY}")
    )
    factories.visit(
        db.session.get(Enterprise, row.id),
        mentor.id,
        met_with=f"Bu {CANARY}",
        findings=f"temuan {CANARY}",
        promises=(NewPromise(text=f"janji {CANARY}", due_on=local_today()),),
    )
    factories.intervention(
        enterprise=db.session.get(Enterprise, row.id),
        responsible_name=f"Pak {CANARY}",
        provider=f"pelatih {CANARY}",
    )
    with transaction():
        give_consent(
            scope=everywhere(),
            owner_id=owner.id,
            purpose_key=LENDER,
            way="lisan_saksi",
            witness=f"saksi {CANARY}",
            given_on=local_today(),
            by=None,
        )
    return SimpleNamespace(
        owner_id=owner.id, enterprise_id=row.id, account_id=account.id, mentor=mentor
    )


def everything_held() -> str:
    """All that the database holds, as text; JSON is written out."""
    values = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(sa.select(table)):
            values += [
                json.dumps(value, ensure_ascii=False, default=str)
                if isinstance(value, dict | list)
                else str(value)
                for value in row
            ]
    return "\n".join(values)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The files of a ZIP."""
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        return {name: pack.read(name) for name in pack.namelist()}
