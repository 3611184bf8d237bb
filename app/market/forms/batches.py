"""The form by which many begin at once."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from wtforms.validators import InputRequired, Length

from app.core.clock import local_today
from app.market.queries.batches import Candidate
from app.web.forms import DateField, ManyChoicesField, NoteField, OnceForm


class BatchForm(OnceForm):
    """Who is registered for a session."""

    chosen = ManyChoicesField("Usaha", [InputRequired(message="Pilih paling sedikit satu usaha.")])
    on = DateField("Tanggal sesi", [InputRequired()])
    note = NoteField("Catatan", [Length(max=500, message="Paling banyak 500 huruf.")])

    @property
    def sent(self) -> list[str]:
        """Keys that were sent, of whomever."""
        return [one for one in dict.fromkeys(self.chosen.raw_data or ()) if _is_key(one)]

    @property
    def ids(self) -> list[UUID]:
        """Who was ticked, as keys."""
        return [UUID(one) for one in self.chosen.data or ()]


def batch_form(lines: Iterable[Candidate]) -> BatchForm:
    """The form with those who may be ticked."""
    form = BatchForm()
    offered = [(str(one.id), _label(one)) for one in lines]
    known = {key for key, _ in offered}
    # Who began meanwhile, or by this very form, is no longer offered and may still be sent: the
    # service says what becomes of them.
    offered += [(key, "Usaha yang tadi dipilih") for key in form.sent if key not in known]
    form.chosen.offer(offered)
    if not form.is_submitted():
        form.on.show(local_today())
    return form


def _label(one: Candidate) -> str:
    parts = [f"{one.name}, {one.owner_name} ({one.village})"]
    if one.product:
        parts.append(one.product)
    if one.hint:
        parts.append(f"Cocok: {one.hint}" if one.fits else one.hint)
    return ". ".join(parts)


def _is_key(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
