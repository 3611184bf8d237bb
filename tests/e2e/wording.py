"""What betrays English or a code of ours on a page. No such word is Indonesian."""

from __future__ import annotations

import re

ENGLISH = frozenset(
    """
    the and with your you please save delete edit search submit cancel upload download click
    here required invalid error success new add update view list settings user users page next
    previous home help name address phone date today yesterday tomorrow from of for not are this
    that have has was were will can should must field value choose select option none yes
    every enterprise enterprises visit visits owner owners village villages score health therapy
    assessment mentors loading retry back forward close open reset apply clear sort ascending
    descending show hide more less first last results found created updated deleted login logout
    username password forgot remember welcome hello dashboard overview report reports export
    unknown missing empty between before after until since during january february march june
    july august october december monday tuesday wednesday thursday friday saturday sunday true
    false null undefined nan or
    """.split()  # noqa: SIM905 - forty lines of quotes would hide the words
)
# Names that are English by nature.
NAMES = re.compile(r"AGPL-3\.0-or-later")
# Therapies and rules of the instrument are told by name.
CODES = re.compile(r"\bT\d\d\b|\bKO-\d+\b")


def english_words(text: str) -> list[str]:
    """The English words and the bare codes in a text, each once, in order."""
    words = re.findall(r"[A-Za-z]+", NAMES.sub("", text))
    english = [word for word in dict.fromkeys(one.lower() for one in words) if word in ENGLISH]
    return [*english, *dict.fromkeys(CODES.findall(text))]
