"""Nobody meets an English refusal."""

from __future__ import annotations

import ast
from pathlib import Path

import flask_wtf
import pytest
import wtforms

from app.web.forms.messages import INDONESIAN, inside_sentence

# Said to programmers, or made of a field's own name.
NEVER_SHOWN = {"Choices cannot be None.", "Invalid field name '%s'."}


def spoken_texts() -> set[str]:
    """Every text that WTForms and Flask-WTF hand to their translations."""
    texts = set()
    for package in (wtforms, flask_wtf):
        for path in Path(package.__file__).parent.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and _is_translation(node.func):
                    texts |= {
                        argument.value
                        for argument in node.args[-1:]
                        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
                    }
    return texts - NEVER_SHOWN


def _is_translation(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and target.attr == "gettext"


def test_the_libraries_still_speak_through_translations():
    assert len(spoken_texts()) > 15


@pytest.mark.parametrize("text", sorted(spoken_texts()))
def test_every_refusal_of_the_libraries_is_indonesian(text):
    said = INDONESIAN.gettext(text)

    assert said != text
    assert said.endswith(".")


def test_an_unknown_refusal_is_indonesian_too():
    assert INDONESIAN.gettext("Something new.") == "Isian ini belum benar. Periksa lagi."
    assert INDONESIAN.ngettext("One.", "Many.", 2) == "Isian ini belum benar. Periksa lagi."


def test_a_label_in_a_sentence_keeps_the_capitals_of_abbreviations():
    assert inside_sentence("Nama usaha") == "nama usaha"
    assert inside_sentence("NIK") == "NIK"
