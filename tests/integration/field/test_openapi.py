"""The description of the API is whole, names every route, and says what is really answered."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.core.clock import local_today
from app.core.ids import new_id
from tests.openapi import faults, schema_faults

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_VERBS = {"GET", "POST", "PATCH", "DELETE", "HEAD", "PUT"}


@pytest.fixture
def described(client):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    return answer.get_json()


def routes(app):
    """Path and method of every rule under /api/v1."""
    found = set()
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/"):
            path = _PARAMETER.sub(r"{\1}", rule.rule.removeprefix("/api/v1"))
            methods = (rule.methods or set()) & _VERBS
            # A GET answers HEAD too, which says nothing of its own.
            found |= {
                (path, one.lower()) for one in methods if one != "HEAD" or "GET" not in methods
            }
    return found


def test_every_route_is_described_and_nothing_else(app, described):
    told = {(path, method) for path, item in described["paths"].items() for method in item}

    assert told == routes(app)


def test_the_description_is_well_formed(described):
    assert described["openapi"] == "3.1.0"
    assert {"title", "version"} <= described["info"].keys()
    problems = [
        fault
        for name, schema in described["components"]["schemas"].items()
        for fault in schema_faults(schema, described, name)
    ]
    ids = []
    for path, item in described["paths"].items():
        for method, told in item.items():
            at = f"{method} {path}"
            ids.append(told["operationId"])
            assert told["responses"], at
            for status, answer in told["responses"].items():
                assert re.fullmatch("[1-5][0-9]{2}", status), at
                assert answer["description"], at
                for content in answer.get("content", {}).values():
                    problems += schema_faults(content["schema"], described, at)
            for parameter in told.get("parameters", []):
                assert parameter["in"] in ("path", "query", "header"), at
                assert parameter.get("required") or parameter["in"] != "path", at
                problems += schema_faults(parameter["schema"], described, at)
            in_path = {one["name"] for one in told.get("parameters", []) if one["in"] == "path"}
            assert in_path == set(re.findall(r"{(\w+)}", path)), at
            for scheme in told["security"]:
                assert scheme.keys() <= described["components"]["securitySchemes"].keys(), at
    assert problems == []
    assert len(ids) == len(set(ids))


def fits(described, path, method, answer):
    """Whether an answer is one of those that are told, with what is told of it."""
    told = described["paths"][path][method]["responses"][str(answer.status_code)]
    if "content" not in told:
        return []
    return faults(answer.get_json(), told["content"]["application/json"]["schema"], described)


def test_answers_are_what_is_described(described, factories, phone_of, client, as_role):
    mentor = factories.mentor()
    by = mentor.account_id
    own, foreign = factories.enterprise(), factories.enterprise()
    keys = own.id, foreign.id
    factories.assigned(by, own, from_on=local_today() - timedelta(days=60))
    factories.assigned(factories.mentor().account_id, foreign)
    factories.assessment(enterprise=own)
    phone = phone_of(by)
    sent = [
        *(factories.visit_operation(key) for key in keys),
        {"op_id": "none"},
        factories.edit_operation(keys[0], {"hamlet": "Lor"}, {"hamlet": None}),
    ]

    answers = {
        ("/sync/push", "post"): [
            phone.push(*sent),
            phone.push(),
            phone.push(*sent, epoch="e-x"),
            phone.post("/api/v1/sync/push", b"{"),
            client.post("/api/v1/sync/push", json={}, headers={"X-Pulih-Lapangan": "1"}),
            phone.push({**sent[0], "schema_version": 0}),
        ],
        ("/sync/pull", "get"): [
            phone.get("/api/v1/sync/pull?limit=1"),
            phone.get("/api/v1/sync/pull"),
            phone.get("/api/v1/sync/pull?cursor=x"),
            phone.get("/api/v1/sync/pull?limit=0"),
            client.get("/api/v1/sync/pull"),
        ],
        ("/sync/reference", "get"): [phone.get("/api/v1/sync/reference")],
        ("/openapi.json", "get"): [client.get("/api/v1/openapi.json")],
        ("/session", "get"): [client.get("/api/v1/session")],
        ("/files/{file_id}", "patch"): [
            phone.client.patch(
                f"/api/v1/files/{new_id()}",
                data=b"x",
                headers={"X-Pulih-Lapangan": "1", "Upload-Offset": "0"},
                content_type="application/octet-stream",
            )
        ],
        ("/backups", "post"): [phone.post("/api/v1/backups", {"kind": "lain"})],
        ("/devices/current", "delete"): [phone.delete("/api/v1/devices/current")],
    }

    wrong = [
        f"{method} {path} {answer.status_code}: {fault}"
        for (path, method), given in answers.items()
        for answer in given
        for fault in fits(described, path, method, answer)
    ]
    assert wrong == []
