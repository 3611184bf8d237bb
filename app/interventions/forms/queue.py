"""The proposals of a queue, each a small form of its own on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from wtforms import BooleanField
from wtforms.validators import Length

from app.interventions.forms.therapies import DetailsForm
from app.web.forms import BaseForm, NoteField


class QueueRowForm(DetailsForm):
    """One proposal: whether it is chosen, and what is said about it."""

    class Meta(DetailsForm.Meta):
        """The page carries the token once."""

        csrf = False

    chosen = BooleanField("Pilih")


class RefusalForm(BaseForm):
    """Why the chosen proposals are refused."""

    reason = NoteField(
        "Alasan menolak",
        [Length(max=500)],
        description="Hanya untuk menolak; berlaku bagi semua yang dicentang",
    )


def row_form(
    intervention_id: UUID,
    *,
    posted: Mapping[str, Any] | None,
    defaults: Mapping[str, Any],
    people: Sequence[tuple[str, str]],
    is_chosen: bool = False,
) -> QueueRowForm:
    """The form of one proposal as it was posted, or with what the plan says already."""
    form = QueueRowForm(
        formdata=posted, prefix=f"u{intervention_id.hex}", data={**defaults, "chosen": is_chosen}
    )
    form.offer_people(list(people))
    return form
