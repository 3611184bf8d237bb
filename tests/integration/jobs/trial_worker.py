"""A worker process with jobs for tests: `python -m tests.integration.jobs.trial_worker`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from app.factory import create_app
from app.jobs import Progress, job
from app.jobs.worker import work


@job("trial.slow")
def walk_slowly(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Write one line a step into the payload's file, and say so."""
    steps = payload["steps"]
    for number in range(1, steps + 1):
        with Path(payload["file"]).open("a", encoding="utf-8") as file:
            file.write(f"{number}\n")
        time.sleep(0.1)
        progress.step(number, steps, f"Langkah {number}")
    return {"steps": steps}


if __name__ == "__main__":
    work(create_app())
