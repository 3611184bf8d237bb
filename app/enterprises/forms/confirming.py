"""A form that may have to be sent twice: the second time with "I have checked"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wtforms import BooleanField, Field, HiddenField, ValidationError

from app.core.errors import InvalidInput, PulihError
from app.core.identity import Doubt
from app.web.forms import BaseForm

DOUBTS = "doubts_unconfirmed"
STALE = "version_stale"


class DoubtsForm(BaseForm):
    """Shows doubts and remembers which of them were shown, so that only those are confirmed."""

    is_checked = BooleanField("Sudah saya periksa, data ini benar")
    seen = HiddenField()
    version = HiddenField()

    doubts: tuple[Doubt, ...] = ()

    @property
    def confirmed(self) -> tuple[str, ...]:
        """Codes of the doubts that the person has looked at."""
        return tuple((self.seen.data or "").split(",")) if self.is_checked.data else ()

    @property
    def seen_version(self) -> int:
        """The version of the row that the person saw when the form was opened."""
        typed = str(self.version.data or "")
        return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0

    def take_refusal(self, refusal: PulihError) -> None:
        """Show why a service refused; doubts become a box to tick."""
        super().take_refusal(refusal)
        if refusal.code == DOUBTS:
            self.doubts = refusal.values["doubts"]
            known = {code for code in (self.seen.data or "").split(",") if code}
            codes = sorted(known | {doubt.code for doubt in self.doubts})
            self.seen.data = ",".join(codes)
            self.is_checked.data = False

    def missed_saves(self, refusal: PulihError, version: int) -> int:
        """How often somebody else saved first; the next save is on top of theirs."""
        if refusal.code != STALE:
            return 0
        missed = version - self.seen_version
        self.version.data = str(version)
        return missed


def shaped(parse: Callable[[str], Any]) -> Callable[[Any, Field], None]:
    """A validator: what was typed must be something that `parse` can read."""

    def check(_form: Any, field: Field) -> None:
        # A masked number was shown by us and comes back as it was.
        if not field.data or "•" in field.data:
            return
        try:
            parse(field.data)
        except InvalidInput as refusal:
            raise ValidationError(refusal.message) from refusal

    return check
