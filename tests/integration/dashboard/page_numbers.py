"""What a page says in numbers: those that lead somewhere, those that don't, and its lists."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

# "1.250", or "1.000+" where counting stopped.
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})*\+?")
_FIGURE_VALUE = "pulih-figure__value"
# Lists whose rows are cards: proposals of therapies, visits to look at.
_CARDS = ("usul-", "k-")
_VOID = {"br", "hr", "img", "input", "link", "meta", "path", "source"}


@dataclass(kw_only=True)
class Figure:
    """A number on a page; `href` is empty where it leads nowhere, `label` the words beside it."""

    value: str
    href: str
    label: str


@dataclass
class Numbers(HTMLParser):
    """Reads one page."""

    figures: list[Figure] = field(default_factory=list)
    row_count: int = 0
    counted: str | None = None
    next_href: str | None = None
    # What the numbers of a column come to, by the column's word.
    sums: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[tuple[str, dict[str, str]]] = []
        self._texts: list[list[str]] = []
        self._has_link: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go in."""
        if tag in _VOID:
            return
        given = {name: value or "" for name, value in attrs}
        if given.get("rel") == "next":
            self.next_href = given.get("href")
        is_card = tag == "section" and given.get("aria-labelledby", "").startswith(_CARDS)
        if is_card or (tag == "th" and given.get("scope") == "row"):
            self.row_count += 1
        self._open.append((tag, given))
        self._texts.append([])
        self._has_link = [held or tag == "a" for held in self._has_link] + [False]

    def handle_data(self, data: str) -> None:
        """Remember words for everything that is open."""
        for texts in self._texts:
            texts.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Come out, and judge what was inside."""
        while self._open:
            name, given = self._open.pop()
            text = " ".join("".join(self._texts.pop()).split())
            self._judge(name, given, text, has_link=self._has_link.pop())
            if name == tag:
                return

    def _judge(self, tag: str, given: dict[str, str], text: str, *, has_link: bool) -> None:
        classes = given.get("class", "").split()
        if tag == "td" and NUMBER.fullmatch(text):
            self.sums[given.get("data-label", "")] += int(text.rstrip("+").replace(".", ""))
        if tag == "strong" and text.endswith(" usaha") and NUMBER.fullmatch(text[:-6]):
            self.counted = text[:-6]
        if tag == "a" and NUMBER.fullmatch(text):
            self._note(text, given["href"], given.get("aria-label", ""))
        elif tag == "a" and "pulih-figure__link" in classes:
            value, _, label = text.partition(" ")
            # Money is no count.
            if NUMBER.fullmatch(value):
                self._note(value, given["href"], label)
        elif not has_link and self._is_bare(tag, classes) and NUMBER.fullmatch(text):
            self._note(text, "", given.get("data-label", ""))

    def _note(self, value: str, href: str, label: str) -> None:
        if href or value != "0":
            self.figures.append(Figure(value=value, href=href, label=label))

    def _is_bare(self, tag: str, classes: list[str]) -> bool:
        within_link = any(name == "a" for name, _ in self._open)
        is_cell = tag == "td" and "govuk-table__cell--numeric" in classes
        return not within_link and (is_cell or _FIGURE_VALUE in classes)


def numbers_of(html: str) -> Numbers:
    """The numbers of a page."""
    page = Numbers()
    page.feed(html)
    return page
