"""Checking and writing a spreadsheet that was brought in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.enterprises import importing
from app.enterprises.rules.import_runs import CHECK_JOB, WRITE_JOB
from app.jobs import Progress, job


@job(CHECK_JOB)
def check_import(payload: dict[str, Any], progress: Progress) -> dict[str, Any] | None:
    """Read and compare the file of a run."""
    importing.check_run(UUID(payload["run_id"]), progress)
    return {"url": payload["url"]}


@job(WRITE_JOB)
def write_import(payload: dict[str, Any], progress: Progress) -> dict[str, Any] | None:
    """Write the rows of a confirmed run."""
    written = importing.write_run(UUID(payload["run_id"]), progress)
    return {"url": payload["url"], **written}
