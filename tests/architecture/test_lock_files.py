"""What is locked comes from the public places, on every machine the same."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

CHECKOUT = Path(__file__).resolve().parents[2]
UV_HOSTS = {".".join(("pypi", "org")), ".".join(("files", "pythonhosted", "org"))}
NPM_HOSTS = {".".join(("registry", "npmjs", "org"))}


def hosts(text: str) -> set[str]:
    """Every host of every web address in a text."""
    return {urlsplit(url).hostname or "" for url in re.findall(r"https?://[^\s\"']+", text)}


def test_python_lock_names_only_public_hosts():
    text = (CHECKOUT / "uv.lock").read_text(encoding="utf-8")

    assert hosts(text) <= UV_HOSTS
    assert "file:" not in text
    assert not re.search(r"""(?:path|directory|editable) = "(?!\.")""", text)


def test_python_project_names_no_index():
    text = (CHECKOUT / "pyproject.toml").read_text(encoding="utf-8")

    assert "tool.uv.index" not in text
    assert "find-links" not in text


def test_client_lock_names_no_other_registry():
    lock = CHECKOUT / "package-lock.json"
    packages = json.loads(lock.read_text(encoding="utf-8"))["packages"]

    sources = {entry["resolved"] for entry in packages.values() if "resolved" in entry}

    assert {urlsplit(source).hostname for source in sources} <= NPM_HOSTS
    assert all(entry.get("integrity") for name, entry in packages.items() if name)


def test_client_settings_deny_scripts_and_name_no_registry():
    lines = (CHECKOUT / ".npmrc").read_text(encoding="utf-8").split()

    assert "ignore-scripts=true" in lines
    assert "omit-lockfile-registry-resolved=true" in lines
    assert not [line for line in lines if line.startswith("registry")]


def test_no_file_names_a_package_host_or_a_path_of_some_machine():
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    banned = re.compile(r"|".join(map(re.escape, [*UV_HOSTS, *NPM_HOSTS, "/home/", "/Users/"])))

    named = set()
    for name in listed:
        path = CHECKOUT / name
        if name in {"uv.lock", "package-lock.json"} or not path.is_file():
            continue
        try:
            if banned.search(path.read_text(encoding="utf-8")):
                named.add(name)
        except UnicodeDecodeError:
            continue

    assert named <= {"tests/architecture/test_lock_files.py"}
