import hashlib

from app.health.rules import first_instrument
from app.interventions.rules import current_catalogue
from app.interventions.rules.catalogue import FOLDER

CATALOGUE = current_catalogue()
# A published version is never edited: therapies in plans name it.
PUBLISHED = {1: "9448684ab3f3a79f49d6bd7c0fa6c01d6b19b84577873023270fa7c5b3a8363a"}


def test_catalogue_holds_the_twenty_nine_therapies_with_all_their_facts():
    assert list(CATALOGUE.therapies) == [f"T{number:02d}" for number in range(1, 30)]
    for therapy in CATALOGUE.therapies.values():
        assert therapy.name
        assert therapy.purpose
        assert therapy.providers
        assert therapy.duration
        assert therapy.success_measure
        assert therapy.follow_up
        assert set(therapy.gates) <= set(CATALOGUE.gate_texts)
        assert therapy.pillar in CATALOGUE.pillars


def test_every_indicator_of_the_instrument_has_its_therapies():
    indicators = [indicator.code for indicator in first_instrument().indicators]

    assert list(CATALOGUE.options) == indicators
    for options in CATALOGUE.options.values():
        assert all(option.therapy in CATALOGUE.therapies for option in options)


def test_order_is_safety_bleeding_numbers_legality_market_investment():
    ranks = [CATALOGUE.therapies[code].rank for code in ("T20", "T05", "T03", "T01", "T04", "T13")]
    later = [CATALOGUE.therapies[code].rank for code in ("T14", "T15", "T06", "T07", "T18", "T22")]
    safety = CATALOGUE.knockouts["KO-6"].rank

    assert ranks + later == sorted(ranks + later)
    assert safety is not None
    assert safety < ranks[0]


def test_limits_follow_the_class():
    limits = [CATALOGUE.limit_for(name) for name in ("sakit", "kurang_sehat", "sehat", None)]

    assert limits == [2, 3, 3, 3]


def test_ranks_are_unique():
    ranks = [therapy.rank for therapy in CATALOGUE.therapies.values()]

    assert len(set(ranks)) == len(ranks)


def test_published_versions_are_as_they_were():
    files = {
        version: hashlib.sha256((FOLDER / f"terapi-v{version}.yaml").read_bytes()).hexdigest()
        for version in PUBLISHED
    }

    assert files == PUBLISHED
