"""`flask health …`: scoring without a database."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

import click
from flask.cli import AppGroup

from app.core.errors import InvalidInput
from app.health.rules import first_instrument, next_class_steps, score
from app.health.rules.case_line import read_case_line, result_of

group = AppGroup("health", help="Diagnosis kesehatan usaha.")

EXIT_BAD_INPUT = 2
# A case has about a thousand bytes.
LONGEST_LINE = 1_000_000


@group.command("score", with_appcontext=False)
def score_lines() -> None:
    """Score assessments: one JSON object a line from standard input to standard output.

    Stops at the first line that can't be read: its number on standard error, exit status 2.
    Blank lines are passed over.
    """
    for text in _results(_lines(sys.stdin.buffer)):
        sys.stdout.write(f"{text}\n")


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines in bounded memory: one that is too long is cut, and refused as broken JSON."""
    while line := stream.readline(LONGEST_LINE):
        yield line


def _results(lines: Iterable[bytes]) -> Iterator[str]:
    instrument = first_instrument()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            named = read_case_line(instrument, line)
        except InvalidInput as problem:
            click.echo(f"Baris {number}: {problem.message}", err=True)
            sys.exit(EXIT_BAD_INPUT)
        result = score(instrument, named.case)
        steps = next_class_steps(instrument, named.case, result)
        yield json.dumps(result_of(instrument, named.id, result, steps))
