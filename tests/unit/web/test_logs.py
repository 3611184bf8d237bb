"""Logs hold no personal data and no line of anybody's making."""

from __future__ import annotations

import io
import json
import logging

import pytest

from app.web.logs import log_formatter, masked

CANARIES = (
    "3302041708850001",
    "33.0204.170885.0001",
    "01.234.567.8-901.000",
    "081234567890",
    "+62 812-3456-7890",
    "siti@contoh.id",
)


@pytest.fixture
def written():
    """A logger of its own and what it wrote."""
    stream = io.StringIO()
    output = logging.StreamHandler(stream)
    output.setFormatter(log_formatter())
    logger = logging.getLogger("test.web.logs")
    logger.handlers[:] = [output]
    logger.propagate = False
    logger.setLevel(logging.INFO)
    yield logger, stream
    logger.handlers.clear()


@pytest.mark.parametrize("canary", CANARIES)
def test_personal_numbers_are_covered_in_any_text(canary):
    assert masked(f"pemilik {canary}, desa Losari") == "pemilik •••, desa Losari"


@pytest.mark.parametrize(
    "text", ["1.250.000", "kode 33.02.04.2001", "22 November 2026", "Rp 12.500.000"]
)
def test_amounts_days_and_area_codes_are_left_alone(text):
    assert masked(text) == text


@pytest.mark.parametrize("canary", CANARIES)
def test_personal_numbers_never_reach_a_record(written, canary):
    logger, stream = written

    logger.info("owner %s saved", canary)
    logger.error("failed", exc_info=ValueError(canary))

    assert canary not in stream.getvalue()


def test_a_name_with_a_line_break_stays_one_record(written):
    logger, stream = written

    logger.info("name %s", 'Siti\n{"event": "forged"}')
    lines = stream.getvalue().splitlines()

    assert len(lines) == 1
    assert json.loads(lines[0])["level"] == "info"


def test_a_record_says_when_it_was_written(written):
    logger, stream = written

    logger.warning("database_busy")
    record = json.loads(stream.getvalue())

    assert record["event"] == "database_busy"
    assert record["timestamp"].endswith("Z")
