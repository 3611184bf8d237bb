"""How long an import may lie, and what goes on with one that stopped."""

from __future__ import annotations

from datetime import timedelta

CHECK_JOB, WRITE_JOB = "enterprises.check_import", "enterprises.write_import"
# What is due in a state in which something should be going on.
JOB_OF_STATE = {"waiting": CHECK_JOB, "applying": WRITE_JOB}
# A run without a job belongs to a shell; after this long without a sign of life it stopped.
SILENT_AFTER = timedelta(minutes=2)
# What nobody confirmed is deleted, and so are the rows that nobody mended.
KEPT_DAYS = 30
KEPT_FOR = timedelta(days=KEPT_DAYS)


def job_key(job_name: str, run_id: object) -> str:
    """The key under which a job of a run is asked for once."""
    return f"{job_name}:{run_id}"
