"""The list of business fields that is part of the project."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from app.core import settings
from app.core.errors import InvalidInput
from app.core.settings import Settings
from app.enterprises.rules.kbli import (
    field_of,
    fields_of,
    forget_loaded,
    kbli_doubts,
    loaded_path,
    read_list,
    search_fields,
    version_of,
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path):
    before = list(settings._bound)
    settings.bind(
        Settings(
            database_url="",
            secret_key="",
            nik_key=b"n" * 32,
            nik_index_key=b"i" * 32,
            folder=tmp_path,
        )
    )
    yield tmp_path
    settings._bound[:] = before


def listed(extra: dict[str, str]) -> bytes:
    rows = [{"code": f"{code:05d}", "title": "BIDANG LAMA"} for code in range(80000, 81200)]
    rows += [{"code": code, "title": title} for code, title in extra.items()]
    return json.dumps(rows).encode()


def test_the_list_of_2020_is_whole_and_keeps_leading_zeros():
    known = fields_of("2020")

    assert len(known) == 1790
    assert known["01111"].title == "Pertanian Jagung"
    assert all(len(code) == 5 and code.isdigit() for code in known)


def test_words_find_titles_and_digits_find_codes():
    assert "10391" in {field.code for field in search_fields("tempe")}
    assert {field.code[:3] for field in search_fields("141")} == {"141"}
    assert search_fields("zzz qqq") == []
    assert search_fields("  ") == []


def test_an_unknown_code_is_doubted_and_a_known_one_is_not():
    assert kbli_doubts("10391") == ()
    assert kbli_doubts(None) == ()
    (doubt,) = kbli_doubts("99999")
    assert "99999 tidak ada dalam daftar KBLI 2020" in doubt.message


def test_a_list_that_nobody_loaded_doubts_nothing():
    assert kbli_doubts("99999", "2025") == ()


def test_a_loaded_list_is_asked_first(folder):
    path = loaded_path("2025")
    path.parent.mkdir()
    forget_loaded()
    path.write_bytes(listed({"01111": "PERTANIAN BARU", "99998": "BIDANG BARU"}))

    assert field_of("01111").title == "Pertanian baru"
    assert field_of("01111", "2020").title == "Pertanian Jagung"
    assert (version_of("99998", None), version_of("10391", None)) == ("2025", "2020")
    assert version_of("10391", "2025") == "2025"
    assert kbli_doubts("99998") == ()
    assert kbli_doubts("10391", "2025")[0].code == "kbli_unknown_10391"


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'[{"code": "1"}]', b"\x1f\x8bxx"])
def test_what_is_no_list_is_refused(content):
    with pytest.raises(InvalidInput):
        read_list(content, "2025")


def test_a_compressed_list_is_read():
    assert len(read_list(gzip.compress(listed({})), "2025")) == 1200
