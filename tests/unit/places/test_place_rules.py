import gzip

import pytest
import yaml

from app.core.errors import InvalidInput
from app.places.rules import (
    kind_of,
    label_of,
    lineage,
    match_rank,
    parse_area_code,
    read_areas,
    read_edition,
    read_programs,
    typed_words,
)
from app.places.services import AREAS_FILE, PROGRAMS_FILE


@pytest.fixture(scope="module")
def bundle():
    with gzip.open(AREAS_FILE, "rt", encoding="utf-8") as file:
        return read_edition(file.readline()), {entry.code: entry for entry in read_areas(file)}


def test_bundle_holds_as_many_areas_as_the_decree(bundle):
    about, areas = bundle

    counts = dict.fromkeys(about["counts"], 0)
    for entry in areas.values():
        counts[entry.level] += 1

    assert counts == {"provinsi": 38, "kabkota": 514, "kecamatan": 7285, "desa": 83762}
    assert about["counts"] == counts
    assert "2430/2025" in about["decree"]


def test_every_area_of_the_bundle_has_its_parent_and_a_name(bundle):
    _, areas = bundle

    lost = [
        code
        for code, entry in areas.items()
        if entry.parent_code and entry.parent_code not in areas
    ]
    nameless = [code for code, entry in areas.items() if not entry.search_name.strip()]

    assert lost == nameless == []


def test_village_of_the_bundle_carries_the_words_above_it(bundle):
    losari = bundle[1]["33.02.04.2001"]

    assert (losari.name, losari.level, losari.kind) == ("Losari", "desa", "desa")
    assert losari.search_path == "losari rawalo kabupaten banyumas jawa tengah"


def test_every_bundled_programme_stands_in_a_village(bundle):
    programs = read_programs(yaml.safe_load(PROGRAMS_FILE.read_text(encoding="utf-8")))

    assert len({program.village_code for program in programs}) == len(programs) == 41
    assert all(bundle[1][program.village_code].level == "desa" for program in programs)
    assert all(program.source for program in programs)
    assert {program.year for program in programs} <= {None, *range(2016, 2022)}


@pytest.mark.parametrize(
    ("text", "code"),
    [("3302042001", "33.02.04.2001"), ("33.02", "33.02"), (" 33 ", "33"), ("330204", "33.02.04")],
)
def test_code_is_written_with_dots(text, code):
    assert parse_area_code(text) == code


@pytest.mark.parametrize("text", ["", "3", "33.2", "33.02.04.001", "33021", "abc", "33-02"])
def test_other_shapes_are_no_code(text):
    with pytest.raises(InvalidInput):
        parse_area_code(text)


def test_kind_follows_from_name_and_code():
    assert kind_of("33.02", "Kabupaten Banyumas") == "kabupaten"
    assert kind_of("53.71", "Kota Kupang") == "kota"
    assert kind_of("53.71.01.1001", "Namosain") == "kelurahan"
    assert kind_of("94.03.01.3001", "Kampung Adat") == "desa adat"


def test_label_leaves_the_province_out_unless_it_is_the_area():
    assert label_of(["Jawa Tengah", "Kabupaten Banyumas", "Rawalo"]) == "Rawalo, Kabupaten Banyumas"
    assert label_of(["Jawa Tengah"]) == "Jawa Tengah"
    assert lineage("33.02") == ("33", "33.02")


def test_words_that_say_nothing_are_dropped_unless_alone():
    assert typed_words("Desa Losari, Kec. Rawalo") == ["losari", "rawalo"]
    assert typed_words("desa") == ["desa"]
    assert typed_words("a % _ -") == []


def test_name_as_typed_ranks_before_names_that_only_begin_so():
    names = ["losari lor", "kalilosari", "losari", "rawalo losari"]

    ranked = sorted(names, key=lambda name: match_rank(name, "losari", ["losari"]))

    assert ranked[:2] == ["losari", "losari lor"]
