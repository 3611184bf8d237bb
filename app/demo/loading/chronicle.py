"""The history of the invented world, numbered in the order in which things happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

# Each gives its actions their wording when it is loaded.
import app.aid.services
import app.credit.services.debts
import app.credit.services.loan_steps
import app.credit.services.members
import app.credit.services.repayments
import app.credit.services.restructuring
import app.credit.services.savings
import app.enterprises.services
import app.health.services
import app.interventions.services
import app.market.services.certificates
import app.market.services.channel_rows
import app.mentoring.services
import app.mentoring.services.confirming
import app.portal.services.cards
import app.portal.services.messages
import app.programme.services
import app.rights.services.requests
import app.trainings.services  # noqa: F401
from app.db import db
from app.history.rules import is_registered
from app.history.services import append


class Chronicle:
    """Collects what happened; `write` numbers it by instant and stores it."""

    def __init__(self) -> None:
        self._rows: list[dict[str, Any]] = []

    def note(
        self,
        action: str,
        subject: tuple[str, UUID],
        *,
        at: datetime,
        by: UUID | None,
        enterprise_id: UUID | None = None,
        area_code: str | None = None,
        changes: Mapping[str, Any] | None = None,
        note: str | None = None,
    ) -> None:
        """Note one thing that happened; `subject` is its type and key.

        Raises:
            ValueError: an action that no feature gave a wording.
        """
        if not is_registered(action):
            raise ValueError(f"unknown action {action}")
        self._rows.append(
            {
                "at": at,
                "account_id": by,
                "action": action,
                "subject_type": subject[0],
                "subject_id": subject[1],
                "enterprise_id": enterprise_id,
                "area_code": area_code,
                "changes": None if changes is None else dict(changes),
                "note": note,
                "origin": None,
            }
        )

    def write(self) -> int:
        """Number and insert everything within the open transaction; give how many."""
        self._rows.sort(key=lambda row: row["at"])
        return append(db.session(), self._rows)
