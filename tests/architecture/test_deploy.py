"""What lies in `deploy/` names things that exist, and keeps its promises."""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path

import pytest
import yaml

CHECKOUT = Path(__file__).resolve().parents[2]
DEPLOY = CHECKOUT / "deploy"
SERVICES = sorted((DEPLOY / "systemd").glob("*.service"))
HARDENING = {
    "NoNewPrivileges": "yes",
    "ProtectSystem": "strict",
    "ProtectHome": "yes",
    "PrivateTmp": "yes",
    "PrivateDevices": "yes",
    "CapabilityBoundingSet": "",
    "RestrictSUIDSGID": "yes",
    "LockPersonality": "yes",
    "SystemCallArchitectures": "native",
    "UMask": "0077",
    "User": "pulih",
}


class _Lines(dict[str, object]):
    """Of a key that stands twice in a unit, all values count."""

    def __setitem__(self, key: str, value: object) -> None:
        if isinstance(value, list) and isinstance(self.get(key), list):
            self[key].extend(value)  # type: ignore[union-attr,attr-defined]
        else:
            super().__setitem__(key, value)


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(dict_type=_Lines, strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


@pytest.mark.parametrize("path", SERVICES, ids=lambda path: path.stem)
def test_every_unit_is_hardened_and_starts_what_exists(path):
    service = unit(path)["Service"]
    module = re.search(r"python -m (\S+)", service["ExecStart"])

    assert {name: service.get(name) for name in HARDENING} == HARDENING
    assert module
    assert module.group(1) in {"flask", "gunicorn", "app.worker"}
    assert "/etc/pulih/pulih.env" in service["EnvironmentFile"]


def test_the_key_of_the_backups_is_given_to_the_backup_alone():
    with_key = [path.stem for path in SERVICES if "backup.env" in path.read_text(encoding="utf-8")]
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]

    assert with_key == ["pulih-backup"]
    assert [name for name, one in services.items() if "backup.env" in one["env_file"]] == ["backup"]


def test_wrong_settings_are_not_tried_again_and_again():
    for name in ("pulih-web", "pulih-worker"):
        service = unit(DEPLOY / "systemd" / f"{name}.service")["Service"]

        assert service["RestartPreventExitStatus"] == "78"
        assert service["Restart"] == "on-failure"


def test_the_worker_may_give_way_to_pages():
    """It lowers its own priority when it starts; a filter may not refuse that."""
    text = (DEPLOY / "systemd" / "pulih-worker.service").read_text(encoding="utf-8")
    filters = re.findall(r"^SystemCallFilter=(.+)$", text, re.MULTILINE)

    assert filters.index("setpriority") > filters.index("~@privileged @resources")


def test_units_and_containers_run_the_same_commands():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    in_units = {
        path.stem.removeprefix("pulih-"): unit(path)["Service"]["ExecStart"]
        .removeprefix("/opt/pulih/.venv/bin/python -m ")
        .splitlines()[0]
        for path in SERVICES
    }
    in_containers = {
        name: " ".join(one["command"]).removeprefix(".venv/bin/python -m ")
        for name, one in compose.items()
        if "command" in one and one.get("image") == "pulih"
    }
    by_default = re.search(r'CMD \["\.venv/bin/python", "-m", (.+)\]', image)

    assert by_default
    in_containers["web"] = by_default.group(1).replace('"', "").replace(",", "")
    assert in_containers == in_units


def test_in_containers_too_pages_and_worker_own_nothing_of_the_database():
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]
    scripts = [one.split(":") for one in services["database"]["volumes"] if one.startswith("./")]

    assert all((DEPLOY / path).is_file() for path, *_ in scripts)
    assert next(path for path, *_ in scripts) == "./postgresql-roles.sql"
    assert services["past"]["volumes"] == ["./postgresql-past.sql:/past.sql:ro"]
    for name in ("web", "worker"):
        assert list(services[name]["depends_on"]) == ["past"]
        assert services[name].get("env_file", services["migrate"]["env_file"][:1]) == ["pulih.env"]
    for name in ("migrate", "past", "backup"):
        assert "migrate.env" in services[name]["env_file"]


def test_containers_have_few_rights_and_publish_to_this_machine_alone():
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]

    for name in ("migrate", "web", "worker", "backup"):
        assert compose[name]["read_only"] is True
        assert compose[name]["cap_drop"] == ["ALL"]
        assert compose[name]["security_opt"] == ["no-new-privileges:true"]
    published = [port for one in compose.values() for port in one.get("ports", ())]
    assert published == ["127.0.0.1:8000:8000"]


def test_the_image_copies_what_exists_and_no_secret():
    image = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    let_in = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", image, re.MULTILINE)
        for name in line.split()[:-1]
    ]

    assert "USER pulih" in image
    for name in copied:
        assert (CHECKOUT / name).exists(), name
        assert f"!{name}" in let_in, name
    assert let_in[0] == "*"
    assert not [name for name in copied if name.startswith((".env", "var", "tests"))]


def test_nginx_lets_no_caller_say_who_they_are_and_bounds_what_they_send():
    text = (DEPLOY / "nginx" / "pulih.conf").read_text(encoding="utf-8")

    assert text.count("{") == text.count("}")
    assert "$proxy_add_x_forwarded_for" not in text
    assert text.count("X-Forwarded-For $remote_addr;") == text.count("proxy_pass ") == 2
    for line in ("client_max_body_size 26m;", "client_body_timeout", "TLSv1.2 TLSv1.3"):
        assert line in text
    assert "access_log off;" in text
