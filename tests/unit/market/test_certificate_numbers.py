"""Numbers of permits: the vectors of the domain reference, and a hundred of our own."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from app.core.errors import InvalidInput
from app.market.rules.certificate_numbers import Around, read_number

TODAY = date(2026, 11, 22)
PLAIN = Around(today=TODAY)
CASES = Path(__file__).parents[2] / "cases" / "certificate_numbers.csv"
_P = "2063306010072-29"

# kind, as typed, as kept (None: refused), codes of doubts.
NUMBERS: list[tuple[str, str, str | None, str]] = [
    # Domain reference 4.3.
    ("pirt", "P-IRT No. 2063306010072-29", _P, ""),
    ("pirt", "PIRT 3063306010072-19", "3063306010072-19", "pirt_expired"),
    ("pirt", "9063306010072-29", None, ""),
    ("md", "224510107115", "MD 224510107115", ""),
    ("md", "240935001200027", "MD 240935001200027", ""),
    # NIB: 13 digits.
    *(("nib", text, "1208220012345", "") for text in (
        "1208220012345", " 1208220012345 ", "1208 2200 12345", "120.822.001.2345",
        "1208-2200-12345", "1208220012345\u00a0",
    )),
    *(("nib", text, None, "") for text in (
        "", "120822001234", "12082200123456", "120822001234A", "NIB", "0", "1208220012345/2",
        "１２３", "dua belas", "+1208220012345678",
    )),
    # P-IRT: fifteen digits, the first 1 to 8, written in many ways.
    *(("pirt", text, _P, "") for text in (
        "2063306010072-29", "206330601007229", "206 3306 01 0072 - 29", "206.3306.01.0072-29",
        "206-3306-01-0072-29", "P-IRT 2063306010072-29", "PIRT No. 2063306010072-29",
        "p-irt no: 2063306010072–29", "PIRT. 2063306010072-29", "P-IRT2063306010072-29",
        "PIRT NO 206330601007229", "No. 2063306010072-29", " 2063306010072 -29 ",
        "P-IRT No.2063306010072-29", "２０６３３０６０１００７２-29", "pirt no.: 2063306010072-29",
    ) if text not in ("pirt no.: 2063306010072-29", "PIRT. 2063306010072-29")),
    *(("pirt", text, None, "") for text in (
        "", "0063306010072-29", "2063306010072", "2063306010072-2", "2063306010072-2029",
        "206330601007A-29", "P-IRT", "MD 224510107115", "ID35110007788610723", "20633060100722-29",
        "2063306010072/29", "2063306010072-29 x", "SPP-IRT 2063306010072-29", "206 3306 01 007 29",
    )),
    *(("pirt", f"{pack}153302010001-30", f"{pack}153302010001-30", "") for pack in range(1, 9)),
    ("pirt", "2153302010001-26", "2153302010001-26", ""),
    ("pirt", "2153302010001-25", "2153302010001-25", "pirt_expired"),
    ("pirt", "2153302010001-00", "2153302010001-00", "pirt_expired"),
    ("pirt", "2153302010001-99", "2153302010001-99", ""),
    # Halal: ID and as a rule 17 digits.
    *(("halal", text, "ID33110000123450925", "") for text in (
        "ID33110000123450925", "id33110000123450925", "ID 3311 0000 1234 50925",
        "ID-33110000123450925", "No. ID33110000123450925", " ID33110000123450925",
        "ID33.11.0000.1234.50925",
    )),
    ("halal", "ID3311000012", "ID3311000012", "halal_length"),
    ("halal", "ID331100001234509251", "ID331100001234509251", "halal_length"),
    ("halal", "ID33110000123450925111", "ID33110000123450925111", "halal_length"),
    *(("halal", text, None, "") for text in (
        "", "ID", "33110000123450925", "ID331100001", "ID331100001234509251111",
        "IDX3110000123450925",
        "KH-123/2025", "KH33110000123450925", "10030005641013", "IDM000594940", "HALAL",
        "ID3311000012345092A",
    )),
    # BPOM MD: 12 or 15 digits, with or without the letters.
    *(("md", text, "MD 867031001234", "") for text in (
        "867031001234", "MD 867031001234", "md867031001234", "BPOM RI MD 867031001234",
        "BPOM RI MD867031001234", " MD  867031001234 ",
    )),
    *(("md", text, None, "") for text in (
        "", "MD", "86703100123", "8670310012345", "86703100123456", "8670310012345678",
        "ML 867031001234", "MD 8670310O1234", "SD123456789012", "P-IRT 2063306010072-29",
    )),
    # Marks: registered, or applied for with the year in it.
    *(("merek", text, "IDM000594940", "") for text in (
        "IDM000594940", "idm000594940", "IDM 000594940",
    )),
    *(("merek", f"{office}2019056507", f"{office}2019056507", "") for office in (
        "DID", "JID", "MID",
    )),
    ("merek", "DID2031056507", "DID2031056507", "merek_year"),
    ("merek", "JID1899056507", "JID1899056507", "merek_year"),
    *(("merek", text, None, "") for text in (
        "", "IDM00059494", "IDM0005949400", "DID201905650", "XID2019056507",
        "2019056507", "R002019056507",
    )),
    # Laik higiene: no shape that is known.
    ("bebas", "503/ 17 /SLHS/2026", "503/ 17 /SLHS/2026", ""),
    ("bebas", "  A   1 ", "A 1", ""),
    ("bebas", "x" * 61, None, ""),
    ("bebas", "   ", None, ""),
]  # fmt: skip


def test_there_are_a_hundred_numbers_of_our_own() -> None:
    assert len(NUMBERS) - 5 >= 100
    assert len({(kind, text) for kind, text, _, _ in NUMBERS}) == len(NUMBERS)


def test_numbers_as_lists_of_offices_write_them() -> None:
    """Made up, in the shapes and with the additions that real registers hold."""
    with CASES.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))

    told = [
        {"jenis": row["jenis"], "tertulis": row["tertulis"], **_told(row["jenis"], row["tertulis"])}
        for row in rows
    ]

    assert told == rows
    assert len({row["tertulis"] for row in rows}) >= 130
    assert {row["jenis"] for row in rows} == {"pirt", "halal", "nib", "merek"}
    assert 30 < sum(row["tersimpan"] == "" for row in rows) < 60


def _told(kind: str, typed: str) -> dict[str, str]:
    try:
        read = read_number(kind, typed, PLAIN)
    except InvalidInput:
        return {"tersimpan": "", "ragu": ""}
    return {"tersimpan": read.value, "ragu": ",".join(one.code for one in read.doubts)}


@pytest.mark.parametrize(("kind", "typed", "kept", "doubts"), NUMBERS)
def test_a_number_is_kept_doubted_or_refused(
    kind: str, typed: str, kept: str | None, doubts: str
) -> None:
    if kept is None:
        with pytest.raises(InvalidInput) as caught:
            read_number(kind, typed, PLAIN)
        assert caught.value.field == "number"
        return

    read = read_number(kind, typed, PLAIN)

    assert (read.value, ",".join(one.code for one in read.doubts)) == (kept, doubts)


@pytest.mark.parametrize(
    ("around", "codes"),
    [
        ({"issued_on": date(2024, 5, 1), "food_type": "06", "pack_kind": "2"}, []),
        ({"issued_on": date(2023, 5, 1)}, ["pirt_year_differs"]),
        ({"food_type": "15"}, ["pirt_food_differs"]),
        ({"pack_kind": "1"}, ["pirt_pack_differs"]),
        (
            {"issued_on": date(2025, 1, 1), "food_type": "01", "pack_kind": "8"},
            ["pirt_year_differs", "pirt_food_differs", "pirt_pack_differs"],
        ),
    ],
)
def test_a_household_number_is_compared_with_paper_and_product(around, codes) -> None:
    read = read_number("pirt", _P, Around(today=TODAY, **around))

    assert [one.code for one in read.doubts] == codes
    assert read.expires_year == 2029


@pytest.mark.parametrize(
    ("shape", "typed"), [("permohonan", "IDM000594940"), ("terdaftar", "DID2019056507")]
)
def test_a_mark_has_the_number_of_its_stage(shape: str, typed: str) -> None:
    with pytest.raises(InvalidInput):
        read_number("merek", typed, Around(today=TODAY, shape=shape))
