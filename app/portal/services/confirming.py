"""An owner's word about a visit, from their own page or with their number on the mentor's phone."""

from __future__ import annotations

from uuid import UUID, uuid5

from app.core.scope import Scope
from app.mentoring.rules.confirming import ON_PAGE
from app.mentoring.services.confirming import keep_owners_word
from app.portal.rules.messages import ABSENT, DENIED
from app.portal.services.messages import send_message


def confirm_visit(
    *, scope: Scope, by: UUID, visit_id: UUID, has_come: bool, way: str = ON_PAGE
) -> None:
    """Keep whether somebody came; a "no" reaches the officer, who answers it, and nobody else.

    The caller proved that it is the owner who says so: by their card, or their number.

    Raises:
        NotFound: the visit is unknown or outside the scope.
        WrongState: nobody was met, or it is long ago.
    """
    visit = keep_owners_word(scope=scope, by=by, visit_id=visit_id, has_come=has_come, way=way)
    if not has_come:
        send_message(
            scope=scope,
            by=by,
            enterprise_id=visit.enterprise_id,
            kind=ABSENT,
            topic=DENIED,
            visit_id=visit.id,
            key=uuid5(visit.id, ABSENT),
        )
