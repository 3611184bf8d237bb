"""Templates print; they don't reckon, select or ask. Read from their syntax trees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

CHECKOUT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((CHECKOUT / "app").rglob("templates/**/*.html"))
FILTERS_THAT_SELECT = {
    "attr", "batch", "groupby", "map", "max", "min", "reject", "rejectattr", "round", "select",
    "selectattr", "slice", "sort", "sum", "unique",
}  # fmt: skip
CALLS_THAT_CHANGE = {"append", "extend", "insert", "namespace", "pop", "update"}
NAMES_THAT_ASK = {"db", "session", "query", "queries"}
ARITHMETIC = (
    nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg,
)  # fmt: skip
HANDLER = re.compile(r"""\son[a-z]+\s*=""")
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE)
FORM = re.compile(r"<form\b(?P<tag>[^>]*)>(?P<body>.*?)</form>", re.IGNORECASE | re.DOTALL)


def name_of(path: Path) -> str:
    """How a template is called in messages."""
    return str(path.relative_to(CHECKOUT / "app"))


def tree(path: Path) -> nodes.Template:
    """The syntax tree of a template, read without any extension, so that `do` is an error."""
    return Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))


def called(node: nodes.Call) -> str:
    """The last name of what is called."""
    target = node.node
    if isinstance(target, nodes.Name):
        return target.name
    return target.attr if isinstance(target, nodes.Getattr) else ""


def breaches(root: nodes.Template) -> Iterator[str]:
    """What a template does beyond printing."""
    for node in root.find_all(nodes.Filter):
        if node.name in FILTERS_THAT_SELECT:
            yield f"line {node.lineno}: selects by |{node.name}"
    for node in root.find_all(nodes.Call):
        if called(node) in CALLS_THAT_CHANGE:
            yield f"line {node.lineno}: builds something by {called(node)}()"
    for node in root.find_all(nodes.Name):
        if node.name in NAMES_THAT_ASK:
            yield f"line {node.lineno}: asks the database through {node.name}"
    for node in root.find_all(ARITHMETIC):
        yield f"line {node.lineno}: reckons"


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_only_prints(path):
    assert list(breaches(tree(path))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_has_nothing_inline(path):
    text = path.read_text(encoding="utf-8")

    assert " style=" not in text
    assert "javascript:" not in text
    assert "<style" not in text
    assert not HANDLER.search(text)
    assert not INLINE_SCRIPT.search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_form_that_changes_something_carries_its_token(path):
    text = path.read_text(encoding="utf-8")

    for form in FORM.finditer(text):
        if re.search(r"""method=["']?post""", form["tag"], re.IGNORECASE):
            body = form["body"]
            assert re.search(r"csrf_field\(\)|hidden_tag\(\)|csrf_token", body)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_form_that_keeps_what_is_typed_offers_it_back(path):
    text = path.read_text(encoding="utf-8")

    for form in FORM.finditer(text):
        assert ("data-draft=" in form["tag"]) == ("draft_offer()" in form["body"])


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_takes_nothing_from_other_sites(path):
    text = path.read_text(encoding="utf-8")

    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", text)


def test_component_is_one_macro_named_as_its_file():
    components = CHECKOUT / "app" / "web" / "templates" / "components"

    for path in components.glob("*.html"):
        macros = [macro.name for macro in tree(path).find_all(nodes.Macro)]
        assert macros == [path.stem], path


def test_every_page_has_a_title():
    for path in TEMPLATES:
        root = tree(path)
        parents = [one.template.value for one in root.find_all(nodes.Extends)]
        # What bases stand on one another leave their title to the pages.
        if path.name != "base.html" and parents in (["base.html"], ["portal/base.html"]):
            assert "title" in {block.name for block in root.find_all(nodes.Block)}, path
