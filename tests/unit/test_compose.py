"""docker-compose.yml: what can be known of it without Docker."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import yaml

from cmo import __version__
from cmo.graph.address import Server, find_address

ROOT = Path(__file__).resolve().parents[2]


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    )
    return loaded


def dockerfile() -> list[list[str]]:
    """The instructions by which the app's image is built, each as its words."""
    text = compose()["services"]["app"]["build"]["dockerfile_inline"]
    return [shlex.split(line) for line in text.splitlines() if line.strip()]


def test_every_volume_is_declared() -> None:
    file = compose()
    named = {
        mount.split(":")[0]
        for service in file["services"].values()
        for mount in service.get("volumes", ())
        if not mount.startswith((".", "/"))
    }

    assert named
    assert named == set(file["volumes"])


def test_every_service_is_pinned_watched_and_local() -> None:
    for name, service in compose()["services"].items():
        assert re.search(r":\d+\.\d+\.\d+", service["image"]), name
        assert service["healthcheck"]["test"][0] in {"CMD", "CMD-SHELL"}, name
        assert all(port.startswith("127.0.0.1:") for port in service["ports"]), name
        assert all(isinstance(value, str) for value in service["environment"].values()), name


def test_it_knows_only_the_keys_of_its_specification() -> None:
    allowed = {
        "build",
        "cap_drop",
        "command",
        "depends_on",
        "environment",
        "healthcheck",
        "image",
        "ports",
        "pull_policy",
        "restart",
        "security_opt",
        "stop_grace_period",
        "volumes",
    }
    checks = {"interval", "retries", "start_period", "test", "timeout"}

    assert set(compose()) == {"services", "volumes"}
    for service in compose()["services"].values():
        assert set(service) <= allowed
        assert set(service["healthcheck"]) <= checks
        assert set(service.get("build", ())) <= {"context", "dockerfile_inline"}


def test_every_password_comes_from_the_environment() -> None:
    asked = r"\$\{CMO_NEO4J_PASSWORD:\?set CMO_NEO4J_PASSWORD to eight characters or more\}"
    neo4j, app = (compose()["services"][name]["environment"] for name in ("neo4j", "app"))

    assert re.fullmatch(f"neo4j/{asked}", neo4j["NEO4J_AUTH"])
    assert re.fullmatch(asked, app["CMO_NEO4J_PASSWORD"])
    known = {"NEO4J_AUTH", "CMO_NEO4J_PASSWORD"}
    others = [name for held in (neo4j, app) for name in held if name not in known]
    assert not [name for name in others if re.search("pass|auth|secret", name, re.IGNORECASE)]


def test_it_starts_the_version_that_the_tests_run_against() -> None:
    pom = (ROOT / "tests/fixtures/neo4j/pom.xml").read_text(encoding="utf-8")
    tested = re.search(r"<neo4j\.version>([\d.]+)<", pom)
    assert tested is not None

    assert compose()["services"]["neo4j"]["image"] == f"neo4j:{tested[1]}-community"


def test_the_app_waits_for_a_healthy_neo4j_and_opens_the_casebook_there() -> None:
    services = compose()["services"]
    place = find_address(services["app"]["environment"]["CMO_CASEBOOK"], {})

    assert services["app"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}
    assert isinstance(place, Server)
    name, port = re.fullmatch(r"bolt://([a-z0-9]+):(\d+)", place.uri).groups()  # type: ignore[union-attr]  # fails where there is no match
    assert name in services
    assert any(published.endswith(f":{port}") for published in services[name]["ports"])


def test_the_app_is_built_from_files_that_are_here_and_that_the_package_needs() -> None:
    copied = [words[1:-1] for words in dockerfile() if words[0] == "COPY"]
    names = {name for group in copied for name in group}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    needed = {
        "pyproject.toml",
        project["project"]["readme"],
        *project["project"]["license-files"],
        *wheel["packages"],
        *wheel["force-include"],
    }

    assert compose()["services"]["app"]["build"]["context"] == "."
    assert names == needed
    assert all((ROOT / name).exists() for name in names)
    assert compose()["services"]["app"]["image"] == f"cmo-casebook:{__version__}"


def test_the_app_is_built_here_and_not_looked_for_elsewhere() -> None:
    assert compose()["services"]["app"]["pull_policy"] == "build"


def test_the_app_runs_on_a_pinned_python_as_somebody_without_rights() -> None:
    said = dockerfile()
    (base,) = [words[1] for words in said if words[0] == "FROM"]
    users = [words[1] for words in said if words[0] == "USER"]
    made = [words for words in said if words[:2] == ["RUN", "useradd"]]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    python = re.fullmatch(r"python:3\.(\d+)\.\d+-slim-[a-z]+", base)
    least = re.fullmatch(r">=3\.(\d+)", project["requires-python"])
    assert python is not None
    assert least is not None

    assert int(python[1]) >= int(least[1])
    assert users == [made[0][-1]]
    assert said.index(["USER", *users]) > max(n for n, w in enumerate(said) if w[0] == "RUN")
    assert compose()["services"]["app"]["cap_drop"] == ["ALL"]


def test_the_command_of_the_app_serves_a_file_that_is_here_at_the_port_that_is_watched() -> None:
    app = compose()["services"]["app"]
    streamlit, run, script, *options = app["command"]

    assert (streamlit, run) == ("streamlit", "run")
    assert (ROOT / script).is_file()
    assert "--server.address=0.0.0.0" in options
    # Without it Streamlit asks a server on the internet for the address to print.
    assert "--browser.serverAddress=127.0.0.1" in options
    port = next(o.partition("=")[2] for o in options if o.startswith("--server.port="))
    assert app["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"127.0.0.1:{port}/_stcore/health" in app["healthcheck"]["test"][-1]
