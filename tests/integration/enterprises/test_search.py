"""Search by words and numbers: the same answers on both engines."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.errors import InvalidInput
from app.core.scope import Scope, everywhere
from app.db import db
from app.db.transaction import transaction
from app.enterprises import queries
from app.enterprises.queries import ListFilter, plans
from app.enterprises.queries import found as found_queries
from app.enterprises.queries.search import hit_count, words_of
from app.enterprises.rules.words import search_words
from app.web.paging import encode_cursor

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
        mine.name, mine.search_name, mine.search_words = "Baru Sekali", "baru sekali", "baru sekali"
        db.session.delete(db.session.get(type(row), gone.id))

    assert found("lama") == []
    assert found("baru") == ["Baru Sekali"]


@pytest.fixture
def many(factories):
    """Thirty names of which every third begins with "warung" and every second holds "bu"."""
    for number in range(30):
        first = "Warung" if number % 3 == 0 else f"Dapur {number % 7}"
        last = "Bu Sri" if number % 2 == 0 else "Pak Joko"
        factories.enterprise(
            name=f"{first} {last} {number:02}",
            village_code=("33.02.04.2005", "35.07.10.2003")[number % 5 == 0],
            search_words=f"{first} {last} {number:02} warung".lower(),
        )
    if not plans.is_sqlite():
        with transaction():
            db.session.execute(text("ANALYZE enterprise"))


def walked(scope, text, *, size):
    """Names of all pages, forth and then back."""
    wanted = ListFilter(text=text)
    forth, back, cursor = [], [], None
    while True:
        page = queries.page(scope, wanted, cursor=cursor, size=size)
        forth += [line.name for line in page.rows]
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    while page.previous_cursor is not None:
        page = queries.page(scope, wanted, cursor=page.previous_cursor, size=size)
        back = [line.name for line in page.rows] + back
    return forth, back


@pytest.mark.parametrize(
    ("few_hits", "walked_per_hit", "small_area"),
    [(2000, 12, 3000), (0, 12, 0), (0, 1, 0), (2000, 12, 0)],
    ids=["area read", "walked", "walked in vain", "gathered"],
)
@pytest.mark.parametrize("scope", [everywhere(), Scope(account_id=None, areas=("33",))])
@pytest.mark.parametrize("text", ["warung", "bu", "sri warung"])
def test_names_that_begin_with_the_word_come_first_however_they_are_found(
    many, monkeypatch, few_hits, walked_per_hit, small_area, scope, text
):
    monkeypatch.setattr(found_queries, "_FEW_HITS", few_hits)
    monkeypatch.setattr(found_queries, "_WALKED_PER_HIT", walked_per_hit)
    monkeypatch.setattr(found_queries, "_SMALL_AREA", small_area)
    first = text.split()[0]

    forth, back = walked(scope, text, size=4)

    assert len(forth) == queries.count(scope, ListFilter(text=text)) > 8
    assert forth == sorted(forth, key=lambda name: (not name.lower().startswith(first), name))
    assert len(set(forth)) == len(forth)
    assert back == forth[: len(back)]
    assert len(back) >= len(forth) - 4


def test_how_many_hold_a_word_is_known_before_the_hits_are_gathered(many):
    asked = [words_of(typed) for typed in ("warung", "wa", "sri", "xylofon")]

    held = [hit_count(words, names=30, most=25) for words in asked]

    assert held[:2] == [25, 25]
    assert 10 <= held[2] <= 15
    assert held[3] == 0


@pytest.mark.parametrize("is_frequent", [True, False])
def test_hits_in_a_regency_are_counted_the_same_however_frequent(many, monkeypatch, is_frequent):
    monkeypatch.setattr(found_queries, "_SMALL_AREA", 0)
    monkeypatch.setattr(found_queries, "_FEW_HITS", 0 if is_frequent else 2000)

    for typed, number in (("warung", 24), ("bu", 12), ("bu 02", 1)):
        assert queries.count(everywhere(), ListFilter(text=typed, area="33.02")) == number


@pytest.mark.parametrize("keys", [(2, "a", "b"), (0, "a", "b"), (0, "\x00", str(UUID(int=1)))])
def test_a_cursor_of_a_search_that_nobody_gave_is_refused(many, keys):
    with pytest.raises(InvalidInput) as refusal:
        queries.page(everywhere(), ListFilter(text="warung"), cursor=encode_cursor(*keys))

    assert refusal.value.code == "cursor_unknown"


def test_who_looks_for_a_village_among_enterprises_is_led_to_its_list(officer_client, factories):
    factories.enterprise(name="Keripik Bu Ratna")

    page = officer_client.get("/usaha?cari=losari").get_data(as_text=True)

    assert "Tidak ada usaha yang cocok" in page
    assert re.search(r'href="/usaha\?wilayah=33\.02\.[0-9.]+">Usaha di Losari', page)


def test_villages_out_of_reach_are_not_offered(officer_client, factories):
    page = officer_client.get("/usaha?cari=namosain").get_data(as_text=True)

    assert "Mencari desa?" not in page
