import pytest

from app.places import queries


def found(text, **options):
    return [hit.code for hit in queries.search_villages(text, **options)]


@pytest.fixture(autouse=True)
def country(factories):
    factories.country()


@pytest.mark.parametrize(
    "text",
    [
        "losari rawalo",
        "Rawalo  LOSARI",
        "los raw",
        "losari, kec. rawalo, kab. banyumas",
        "desa losari banyumas",
        "33.02.04.2001",
    ],
)
def test_words_in_any_order_find_the_village(text):
    assert found(text) == ["33.02.04.2001"]


def test_name_as_typed_comes_first():
    assert found("losari") == ["33.02.04.2001", "33.03.10.2002", "33.03.10.2003"]
    assert found("losari lor") == ["33.03.10.2003"]


def test_later_words_of_a_name_are_found_too():
    assert set(found("kidul")) == {"33.02.20.2001", "33.02.20.2002"}
    assert found("kidul sokaraja")[0] == "33.02.20.2001"


def test_district_alone_offers_its_villages_after_the_one_of_its_name():
    assert found("rawalo") == ["33.02.04.2006", "33.02.04.2001", "33.02.04.2002"]
    assert found("rawalo banyumas") == ["33.02.04.2006", "33.02.04.2001", "33.02.04.2002"]


def test_search_stays_within_an_area():
    assert found("losari", within="33.03") == ["33.03.10.2002", "33.03.10.2003"]
    assert found("losari", within="33.03.10.2003") == ["33.03.10.2003"]
    assert found("losari", within="33.0") == []
    assert found("33.02.04.2001", within="33.03") == []


@pytest.mark.parametrize("text", ["", " ", "%", "__", "a", "losari kupang", "xyzzy", "\x00", "'--"])
def test_nothing_is_found_for_what_no_village_is_called(text):
    assert found(text) == []


def test_hits_carry_the_label_and_are_limited():
    hits = queries.search_villages("losari", limit=1)

    assert [(hit.name, hit.label) for hit in hits] == [
        ("Losari", "Losari, Rawalo, Kabupaten Banyumas")
    ]


def test_areas_are_listed_with_what_lies_below_and_above():
    assert [row.code for row in queries.children()] == ["33", "53"]
    assert [row.name for row in queries.children("33.02.04")] == ["Losari", "Menganti", "Rawalo"]
    assert [row.name for row in queries.ancestors("33.02.04")] == [
        "Jawa Tengah",
        "Kabupaten Banyumas",
    ]
    assert [hit.code for hit in queries.villages_in("33.03")] == ["33.03.10.2002", "33.03.10.2003"]
    assert queries.path_labels(["", "33", "99.99"]) == {
        "": "Indonesia",
        "33": "Jawa Tengah",
        "99.99": "99.99",
    }
