"""Choosing between two records."""

from __future__ import annotations

from typing import Any, cast

from wtforms import HiddenField

from app.quality.queries.pairs import Choice, Comparison
from app.quality.rules.merging import GONE, KEPT
from app.web.forms import BaseForm, RadiosField

_ENTERPRISE, _OWNER = "usaha_", "pemilik_"


class SearchForm(BaseForm):
    """The button that begins a search."""


class MergeForm(BaseForm):
    """Which values stay. Made by `merge_form`; versions are those that the person saw."""

    kept_version = HiddenField()
    gone_version = HiddenField()

    def versions(self) -> tuple[int, int]:
        """The versions that the person saw; (0, 0) for what is no number."""
        seen = (self.kept_version.data or "", self.gone_version.data or "")
        return (int(seen[0]), int(seen[1])) if all(map(str.isdigit, seen)) else (0, 0)

    def picks(self) -> dict[str, str]:
        """Which side each column of the enterprise is taken from."""
        return self._chosen(_ENTERPRISE)

    def owner_picks(self) -> dict[str, str]:
        """Which side each column of the owner is taken from."""
        return self._chosen(_OWNER)

    def _chosen(self, prefix: str) -> dict[str, str]:
        return {
            name.removeprefix(prefix): value
            for name, value in self.values().items()
            if name.startswith(prefix) and value
        }


def merge_form(found: Comparison) -> MergeForm:
    """The form with one choice for each difference."""
    fields: dict[str, Any] = {}
    for prefix, choices in ((_ENTERPRISE, found.choices), (_OWNER, found.owner_choices)):
        for choice in choices:
            fields[prefix + choice.name] = _either(choice)
    form = cast("MergeForm", type("MergeForm", (MergeForm,), fields)())
    form.kept_version.data = form.kept_version.data or str(found.kept.version)
    form.gone_version.data = form.gone_version.data or str(found.gone.version)
    return form


def _either(choice: Choice) -> RadiosField:
    return RadiosField(
        choice.label,
        choices=[(KEPT, choice.kept or "(kosong)"), (GONE, choice.gone or "(kosong)")],
        default=choice.proposed,
    )
