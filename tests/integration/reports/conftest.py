"""The register of the overview's tests, and how a report is asked for and fetched."""

from __future__ import annotations

from io import BytesIO
from types import SimpleNamespace

import openpyxl
import pytest
import sqlalchemy as sa

from app.core.clock import local_today
from app.db import db
from app.db.transaction import transaction
from app.health.models import HealthAssessment
from app.health.queries.instruments import instrument_numbered
from app.health.rules.answers import NOT_APPLICABLE
from app.jobs import run_pending
from tests.integration.dashboard.conftest import register as classes  # noqa: F401


@pytest.fixture
def register(classes):  # noqa: F811 - the fixture that was imported
    """That register; its assessments answer every question with "does not apply"."""
    count = len(instrument_numbered(1).indicators)
    with transaction():
        db.session.execute(
            sa.update(HealthAssessment).values(
                points=[None] * count, answer_states=[NOT_APPLICABLE] * count
            )
        )
    return classes


@pytest.fixture
def month() -> str:
    """The running month, as it stands in an address."""
    return f"{local_today():%Y-%m}"


@pytest.fixture
def ask(month):
    """Ask for a report and have it made; gives the address of its page."""

    def asked(client, path="/laporan", **words):
        answer = client.post(
            path, data={"area": "33.02", "span": month, "kind": "keduanya", **words}
        )
        assert answer.status_code == 303, answer.text
        run_pending()
        return answer.location

    return asked


@pytest.fixture
def fetch():
    """Both files of a report: the PDF as bytes, the workbook as rows by sheet."""

    def fetched(client, location):
        pdf = client.get(f"{location}/berkas.pdf")
        answer = client.get(f"{location}/berkas.xlsx")
        assert (pdf.status_code, answer.status_code) == (200, 200)
        book = openpyxl.load_workbook(BytesIO(answer.data))
        sheets = {
            sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
            for sheet in book.worksheets
        }
        content = pdf.data
        pdf.close()
        answer.close()
        return SimpleNamespace(pdf=content, sheets=sheets, book=book)

    return fetched
