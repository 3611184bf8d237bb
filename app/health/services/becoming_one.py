"""What health does when two enterprises become one."""

from __future__ import annotations

from uuid import UUID

from app.db import db
from app.db.belongings import renewing
from app.enterprises.models import Enterprise
from app.health.services.recording import refresh_standing


@renewing
def know_standing(enterprise_id: UUID) -> None:
    """Let spans and the enterprise say what all its assessments say."""
    refresh_standing(db.session.get_one(Enterprise, enterprise_id))
