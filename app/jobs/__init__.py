"""Long work: enqueued with the rows it concerns, run by one worker, safe to kill at any moment.

    @job("enterprises.import")
    def import_sheet(payload: dict[str, Any], progress: Progress) -> dict[str, Any] | None:
        ...

    with transaction():
        job_id = enqueue("enterprises.import", key=f"import:{run_id}", payload={...}, by=account.id)

Jobs live in files named `jobs` inside a feature; the worker finds them by that name, the web
processes never import them. Whoever enqueues a job also words the title of its page:
`register_titles({"enterprises.import": "Impor usaha"})`. A result with "url" (a page of ours)
becomes the link "Lihat hasilnya". What a job must keep:

- Its key says what it is about (an area, a row), so that a form sent twice asks once. Rows that
  are made for it are made after `ask(...).is_new` said so, or taken away again.
- It may run twice: a worker that is killed starts its unfinished jobs again from the beginning.
  So a job writes in slices, each its own `transaction()`, and passes over what is written.
- `progress.step(done, total, message)` between slices. Inside a `transaction()` it is committed
  with it; outside it is its own short transaction.
- A refusal (`PulihError`) ends it as failed, with the refusal's text. Any other error is tried
  again, three times in all, and then ends as failed with a text for people.

Two processes serve an installation, next to each other, with the same environment:

    gunicorn wsgi:app
    flask jobs work          (or: python -m app.worker)

One worker per installation; a second one needs its own name (`flask jobs work --name worker-2`),
always the same, because a job that was interrupted waits for the worker of that name. SIGTERM
stops it: no new job is begun, running ones get ten seconds, what is unfinished is taken up again
at the next start. The engine's tables are made by `prepare_job_tables()` after every migration.
Only `app.jobs.engine` knows the engine (DBOS); see docs/decisions for why.
"""

from app.jobs.daily import daily
from app.jobs.engine import prepare_job_tables
from app.jobs.registry import job
from app.jobs.rules import register_titles
from app.jobs.running import Progress, run_pending
from app.jobs.services import Asked, ask, enqueue

__all__ = [
    "Asked",
    "Progress",
    "ask",
    "daily",
    "enqueue",
    "job",
    "prepare_job_tables",
    "register_titles",
    "run_pending",
]
