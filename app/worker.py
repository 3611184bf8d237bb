"""The worker process: `python -m app.worker` is the same as `flask jobs work`."""

from __future__ import annotations

import os

from app.factory import app_or_exit
from app.jobs.worker import DEFAULT_NAME, work

if __name__ == "__main__":
    work(app_or_exit(), name=os.environ.get("WORKER_NAME", DEFAULT_NAME))
