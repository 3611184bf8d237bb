"""Search by words and numbers: the same answers on both engines."""

from __future__ import annotations

import pytest

from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises import queries
from app.enterprises.queries import ListFilter, plans
from app.enterprises.rules.words import search_words

NIK = "3302145208850003"


@pytest.fixture
def register(factories):
    sri = factories.owner(name="Sri Nur’aini", phone="+6281234567890", nik=NIK)
    joko = factories.owner(name="Joko", phone="+6281299999999")
    for name, owner, product in (
        ("Keripik Tempe Barokah", sri, "keripik tempe"),
        ("Warung É Enak", sri, "nasi 3 warna"),
        ("Jahit Rapi", joko, None),
        ("Ja'far Kripik-Kripik", joko, "kripik"),
    ):
        factories.enterprise(
            name=name,
            owner=owner,
            product_line=product,
            nib="1234567890123" if name == "Jahit Rapi" else None,
            search_words=search_words(name=name, owner_name=owner.name, product_line=product),
        )


def found(text, scope=None):
    page = queries.page(scope or everywhere(), ListFilter(text=text))
    assert queries.count(scope or everywhere(), ListFilter(text=text)) == len(page.rows)
    return [line.name for line in page.rows]


CASES = {
    "kerip": ["Keripik Tempe Barokah"],
    "barokah kerip": ["Keripik Tempe Barokah"],
    "KERIPIK": ["Keripik Tempe Barokah"],
    "kripik": ["Ja'far Kripik-Kripik"],
    "jafar": ["Ja'far Kripik-Kripik"],
    "ja": ["Ja'far Kripik-Kripik", "Jahit Rapi"],
    "nuraini": ["Keripik Tempe Barokah", "Warung É Enak"],
    "e": ["Warung É Enak"],
    "3 nasi": ["Warung É Enak"],
    "ripik": [],
    "tempe jahit": [],
    "%": [],
    "'": [],
    '"': [],
    "* OR 1": [],
    "enak)": ["Warung É Enak"],
    "NOT tempe": [],
    "words:tempe": [],
    "💥": [],
    NIK: ["Keripik Tempe Barokah", "Warung É Enak"],
    "3302-1452-0885-0003": ["Keripik Tempe Barokah", "Warung É Enak"],
    "3302145208850004": [],
    "0812 3456 7890": ["Keripik Tempe Barokah", "Warung É Enak"],
    "0812-9999-9999": ["Ja'far Kripik-Kripik", "Jahit Rapi"],
    "+62 812 3456 7890": ["Keripik Tempe Barokah", "Warung É Enak"],
    # Numbers lie sealed, so only a whole one is found.
    "081299": [],
    "1234567890123": ["Jahit Rapi"],
}


def test_words_and_numbers_find_the_same_on_both_engines(register):
    assert {text: found(text) for text in CASES} == CASES


def test_frequent_words_are_found_the_same_when_the_list_is_walked(register, monkeypatch):
    monkeypatch.setattr(plans, "_FEWEST", 1)
    monkeypatch.setattr(plans, "_BALANCE", 0)
    monkeypatch.setattr(plans, "_WORDS_EVERYWHERE", 1)
    area = Scope(account_id=None, areas=("33.02",))

    assert {text: found(text, area) for text in CASES} == CASES


def test_a_search_stays_within_the_scope(register, factories):
    factories.enterprise(name="Keripik Jauh", village_code="35.07.10.2003")

    assert found("keripik", Scope(account_id=None, areas=("35",))) == ["Keripik Jauh"]
    assert found(NIK, Scope(account_id=None, areas=("35",))) == []


def test_what_is_renamed_or_deleted_is_found_no_more(factories):
    row = factories.enterprise(name="Lama Sekali")
    gone = factories.enterprise(name="Lama Juga")
    with transaction():
        mine = db.session.get(type(row), row.id)
        mine.search_words = "baru sekali"
        db.session.delete(db.session.get(type(row), gone.id))

    assert found("lama") == []
    assert found("baru") == ["Lama Sekali"]
