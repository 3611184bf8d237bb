"""Asking for long work, doing it, and who sees how far it is."""

from __future__ import annotations

import re
import threading
import time
from typing import Any
from uuid import UUID

import pytest
from flask import Flask, current_app
from sqlalchemy import update

from app.core.errors import InvalidInput
from app.core.ids import new_id
from app.core.permissions import Role
from app.db import db
from app.db.transaction import transaction
from app.jobs import Progress, enqueue, job, run_pending
from app.jobs.models import JobRun
from app.jobs.rules import BROKEN, GAVE_UP, MAX_STARTS

TRIES: list[str] = []
LOCKERS: list[threading.Thread] = []


@job("trial.good")
def do_well(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    progress.step(1, 2, "Setengah jalan")
    with transaction():
        progress.step(2, 2, "Hampir selesai")
    return {"url": "/usaha", "got": payload}


@job("trial.refusing")
def refuse(payload: dict[str, Any], progress: Progress) -> None:
    TRIES.append("refusing")
    raise InvalidInput("sheet_empty", message="Berkas ini kosong.")


@job("trial.broken")
def break_down(payload: dict[str, Any], progress: Progress) -> None:
    TRIES.append("broken")
    raise ZeroDivisionError


@job("trial.flaky")
def work_the_second_time(payload: dict[str, Any], progress: Progress) -> dict[str, Any]:
    TRIES.append("flaky")
    if len(TRIES) < 2:
        raise ConnectionError
    return {}


@job("trial.locking")
def lock_the_database(payload: dict[str, Any], progress: Progress) -> None:
    """Leave a writer behind that holds the lock for a moment after the work is done."""
    held = threading.Event()
    application = current_app._get_current_object()

    def hold() -> None:
        with application.app_context(), transaction() as session:
            session.execute(update(JobRun).values(message="ditahan"))
            held.set()
            time.sleep(0.6)

    LOCKERS.append(threading.Thread(target=hold))
    LOCKERS[-1].start()
    held.wait()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    TRIES.clear()
    monkeypatch.setattr("app.jobs.running._PAUSE_SECONDS", 0.05)


def ask(name: str, *, key: str = "key", by: UUID | None = None, area: str | None = None) -> UUID:
    with transaction():
        return enqueue(name, key=key, payload={"n": 1}, by=by, area_code=area)


def test_a_job_is_done_and_keeps_what_it_gave(app: Flask):
    job_id = ask("trial.good")

    count = run_pending()

    run = db.session.get_one(JobRun, job_id)
    assert count == 1
    assert (run.state, run.done, run.total) == ("done", 2, 2)
    assert run.result == {"url": "/usaha", "got": {"n": 1}}
    assert run.finished_at is not None


def test_the_same_key_is_asked_for_once_while_it_waits(app: Flask):
    first = ask("trial.good")

    second = ask("trial.good")

    assert first == second
    assert run_pending() == 1


def test_the_same_key_can_be_asked_for_again_after_the_end(app: Flask):
    first = ask("trial.good")
    run_pending()

    second = ask("trial.good")

    assert first != second
    assert run_pending() == 1


def test_two_people_who_ask_at_the_same_moment_get_the_same_job(app: Flask):
    found: list[UUID] = []
    start = threading.Barrier(2)

    def ask_at_once() -> None:
        with app.app_context():
            start.wait()
            found.append(ask("trial.good"))

    threads = [threading.Thread(target=ask_at_once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 2
    assert found[0] == found[1]


def test_a_refusal_ends_the_job_with_its_text_and_without_a_second_try(app: Flask):
    job_id = ask("trial.refusing")

    run_pending()

    run = db.session.get_one(JobRun, job_id)
    assert (run.state, run.message) == ("failed", "Berkas ini kosong.")
    assert TRIES == ["refusing"]


def test_a_broken_job_is_tried_three_times_and_fails_in_plain_words(app: Flask):
    job_id = ask("trial.broken")

    run_pending()

    run = db.session.get_one(JobRun, job_id)
    assert (run.state, run.message) == ("failed", BROKEN)
    assert len(TRIES) == 3


def test_a_fault_that_passes_does_not_fail_the_job(app: Flask):
    job_id = ask("trial.flaky")

    run_pending()

    assert db.session.get_one(JobRun, job_id).state == "done"


def test_how_a_job_ended_is_stored_though_the_database_is_locked_for_a_while(
    app: Flask, monkeypatch
):
    if db.engine.dialect.name == "sqlite":
        monkeypatch.setattr("app.db.engine.BUSY_TIMEOUT_MS", 50)
        db.engine.dispose()
    job_id = ask("trial.locking")

    run_pending()

    for thread in LOCKERS:
        thread.join()
    assert db.session.get_one(JobRun, job_id).state == "done"


def test_a_job_that_nobody_can_do_fails(app: Flask):
    job_id = ask("trial.unknown")

    run_pending()

    assert db.session.get_one(JobRun, job_id).state == "failed"


def test_a_job_that_took_its_worker_down_too_often_is_given_up(app: Flask):
    job_id = ask("trial.good")
    with transaction():
        db.session.get_one(JobRun, job_id).starts = MAX_STARTS

    run_pending()

    run = db.session.get_one(JobRun, job_id)
    assert (run.state, run.message) == ("failed", GAVE_UP)


def test_the_maker_sees_the_progress_as_page_and_as_figures(as_role):
    client = as_role(Role.MENTOR)
    job_id = ask("trial.good", by=client.account_id)

    waiting = client.get(f"/pekerjaan/{job_id}")
    run_pending()
    page = client.get(f"/pekerjaan/{job_id}")
    figures = client.get(f"/pekerjaan/{job_id}.json").json

    assert "Menunggu giliran" in waiting.text
    # Nobody knows yet how much there is to do, and a number of the job helps only when it failed.
    assert re.search(r"<span data-progress-counted hidden>", waiting.text)
    assert "Nomor pekerjaan" not in waiting.text + page.text
    assert "Muat ulang untuk melihat kemajuan" in waiting.text
    assert "Lihat hasilnya" in page.text
    assert figures["is_over"] is True
    assert figures["next_url"] == "/usaha"


def test_an_officer_sees_the_jobs_of_their_area(officer_client):
    job_id = ask("trial.good", by=new_id(), area="33.02.14")

    assert officer_client.get(f"/pekerjaan/{job_id}").status_code == 200


@pytest.mark.parametrize("area", [None, "33", "33.03", "35.07"])
def test_a_job_from_elsewhere_is_like_one_that_never_was(officer_client, area):
    job_id = ask("trial.good", by=new_id(), area=area)

    foreign = officer_client.get(f"/pekerjaan/{job_id}")
    unknown = officer_client.get(f"/pekerjaan/{new_id()}")

    assert foreign.status_code == unknown.status_code == 404
    assert officer_client.get(f"/pekerjaan/{job_id}.json").status_code == 404


def test_a_mentor_does_not_see_jobs_of_others_in_their_regency(as_role):
    job_id = ask("trial.good", by=new_id(), area="33.02")

    assert as_role(Role.MENTOR).get(f"/pekerjaan/{job_id}").status_code == 404


def test_who_has_no_right_to_jobs_is_refused(as_role):
    client = as_role(Role.ENTREPRENEUR)
    job_id = ask("trial.good", by=client.account_id)

    assert client.get(f"/pekerjaan/{job_id}").status_code == 403
