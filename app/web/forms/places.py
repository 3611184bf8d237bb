"""One box for a village: "losari rawalo".

This package does not know places; whoever does registers a directory with `register_places`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from wtforms import Field
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput

from app.core.text import search_text

_DIRECTORY = "place_directory"
_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")
_NOT_FOUND = "Desa tidak ditemukan. Tulis nama desa dan kecamatannya, contoh: losari rawalo."


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMatch:
    """One village that a text may mean."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDirectory:
    """Where villages are looked up. `label` gives None for a code that is no village."""

    search: Callable[[str], Sequence[PlaceMatch]]
    label: Callable[[str], str | None]
    # The code that stands today for one that a decree replaced.
    current: Callable[[str], str] = str


def register_places(app: Flask, directory: PlaceDirectory) -> None:
    """Let the forms of `app` look villages up in `directory`."""
    app.extensions[_DIRECTORY] = directory


class PlaceField(Field):
    """A village; `data` is its code or None.

    The box posts its text, the code that a suggestion filled in (`<name>-kode`) and, without
    script, the match that was chosen (`<name>-pilih`). Nothing is taken that was not chosen or
    written out in full.
    """

    component = "place"
    widget = TextInput()
    search_url = "/wilayah/cari"
    suggestions_label = "Saran desa"
    choose_label = "Pilih desa yang dimaksud"

    def __init__(self, label: str, validators: Any = None, **options: Any) -> None:
        options.setdefault("description", "Tulis nama desa dan kecamatan, contoh: losari rawalo")
        super().__init__(label, validators, **options)
        self.matches: Sequence[PlaceMatch] = ()
        self.text = ""
        self.code = ""
        self.data: str | None = None
        self.raw_data: list[Any] | None = None
        self.process_errors: list[str] = []

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the code of an existing village, or what was posted."""
        self.matches, self.process_errors, self.data = (), [], None
        if formdata is not None and self.name in formdata:
            self.raw_data = [formdata.get(self.name)]
            self._take_posted(
                text=formdata.get(self.name, "").replace("\x00", "").strip(),
                code=formdata.get(f"{self.name}-kode", ""),
                chosen=formdata.get(f"{self.name}-pilih", ""),
            )
            return
        self.raw_data = None
        if data is None or callable(data):
            data = self.default() if callable(self.default) else self.default
        self._show(data if isinstance(data, str) else "")

    def pre_validate(self, form: Any) -> None:
        """Ask for a choice when the text may mean several villages, or none."""
        if self.text and self.data is None:
            raise StopValidation("Pilih desa yang dimaksud." if self.matches else _NOT_FOUND)

    def _take_posted(self, *, text: str, code: str, chosen: str) -> None:
        directory = _directory()
        self.text = text
        if chosen and directory.label(chosen):
            self._show(directory.current(chosen))
        elif text and code and directory.label(code) == text:
            self._show(directory.current(code))
        elif _CODE.fullmatch(text) and directory.label(text):
            self._show(directory.current(text))
        elif text:
            self._search(directory)

    def _search(self, directory: PlaceDirectory) -> None:
        self.matches = directory.search(self.text)
        wanted = search_text(self.text)
        same = [match for match in self.matches if search_text(match.label) == wanted]
        if len(same) == 1:
            self._show(same[0].code)
            self.matches = ()

    def _show(self, code: str) -> None:
        self.code = code
        self.data = code or None
        self.text = (_directory().label(code) or code) if code else ""


def _directory() -> PlaceDirectory:
    directory: PlaceDirectory = current_app.extensions[_DIRECTORY]
    return directory
