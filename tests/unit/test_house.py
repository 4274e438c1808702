"""The house itself: what the files that nobody runs promise."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cmo import __version__

ROOT = Path(__file__).resolve().parents[2]
PYPROJECT = ROOT / "pyproject.toml"
NOT_OURS = re.compile(r"\.git|\.venv|\.hypothesis|\.\w+_cache|__pycache__|build|dist|.*\.egg-info")
# Folders that exist on one computer only; what a person must replace (/path/to/...) is fine.
PERSONAL_PATH = re.compile(r"(?<![\w.~:/}>-])/(?:home|Users|root|tmp|work)/[\w.]")


def project() -> dict[str, Any]:
    return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))


def is_ours(path: Path) -> bool:
    return not any(NOT_OURS.fullmatch(part) for part in path.relative_to(ROOT).parts)


def tracked_files() -> list[Path]:
    """Files under version control, new ones included; all of them where there is no git."""
    listed = None
    if shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
    if listed is not None and listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [path for path in ROOT.rglob("*") if is_ours(path)]
    return [path for path in paths if path.is_file()]


def text_files() -> Iterator[tuple[Path, str]]:
    for path in tracked_files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def test_every_dependency_says_why_it_is_there() -> None:
    declared = project()["project"]
    wanted = [
        *declared["dependencies"],
        *(name for extra in declared["optional-dependencies"].values() for name in extra),
    ]
    lines = PYPROJECT.read_text(encoding="utf-8").splitlines()

    without_reason = [
        name
        for name in wanted
        if not any(line.strip().startswith(f'"{name}",  # ') for line in lines)
    ]

    assert wanted
    assert not without_reason


def test_the_driver_and_its_fast_half_ask_for_the_same_version() -> None:
    bounds = {
        re.split(r"[>=<]", wanted)[0]: re.split(r"(?=[>=<])", wanted, maxsplit=1)[1]
        for wanted in project()["project"]["dependencies"]
        if wanted.startswith("neo4j")
    }

    assert len(bounds) == 2
    assert len(set(bounds.values())) == 1


def test_no_file_holds_a_path_of_one_computer() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path, text in text_files()
        for match in PERSONAL_PATH.finditer(text)
    ]

    assert not found


@pytest.mark.parametrize("before", ["", "see ", '"', "("])
@pytest.mark.parametrize("folder", ["home", "Users", "root", "tmp", "work"])
def test_a_path_of_one_computer_is_recognised(before: str, folder: str) -> None:
    assert PERSONAL_PATH.search(f"{before}/{folder}/x")


@pytest.mark.parametrize(
    "line", ["https://example.org/home/page", "cmo/work/x", "~/root/x", "/path/to/python3"]
)
def test_addresses_and_relative_paths_are_not_taken_for_one(line: str) -> None:
    assert not PERSONAL_PATH.search(line)


def test_make_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = re.search(r"^\.PHONY:(.*)$", makefile, re.MULTILINE)
    assert declared is not None

    helped = set(re.findall(r"^([a-z]+):.* ## \S", makefile, re.MULTILINE))

    assert helped == set(declared[1].split())


def test_make_without_a_target_prints_the_help() -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("make is not installed")

    said = subprocess.run(
        [make, "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    for target in ("demo", "test", "check", "bench", "trials", "fmt", "clean", "help"):
        assert re.search(rf"^make {target} +\S", said.stdout, re.MULTILINE), target


def test_contributors_find_every_target_explained() -> None:
    explained = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    for target in ("demo", "test", "check", "bench", "trials", "fmt", "clean"):
        assert f"`make {target}`" in explained


def test_the_changelog_has_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    assert f"\n## {__version__}\n" in changelog or f"\n## {__version__} " in changelog


def test_the_licence_is_apache_2_in_full() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")

    assert project()["project"]["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in licence
    assert "END OF TERMS AND CONDITIONS" in licence


def test_ci_runs_the_command_that_contributors_run() -> None:
    script = ROOT / ".ci" / "run"

    assert script.stat().st_mode & 0o111 == 0o111
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")


def test_the_wheel_carries_its_queries_and_its_casebooks(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = set(archive.namelist())

    for folder, place in (("cypher", "cmo/_cypher"), ("seed_data", "cmo/_seed_data")):
        expected = {
            f"{place}/{path.relative_to(ROOT / folder).as_posix()}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and is_ours(path)
        }
        assert expected
        assert expected <= packed
    assert {name.split("/")[0] for name in packed} <= {
        "cmo",
        f"cmo_casebook-{__version__}.dist-info",
    }


@pytest.mark.parametrize(("ci", "ends_with"), [("", 0), ("1", 1)])
def test_a_skipped_test_is_a_failure_where_everything_should_be_there(
    tmp_path: Path, ci: str, ends_with: int
) -> None:
    (tmp_path / "test_two.py").write_text(
        "import pytest\n\ndef test_one():\n    pass\n\n"
        "def test_other():\n    pytest.skip('no such engine')\n",
        encoding="utf-8",
    )

    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-rs", "-p", "tests.fixtures.skipped"),
            *("-p", "no:cacheprovider", "-c", os.devnull, "--rootdir", tmp_path, tmp_path),
        ],
        cwd=ROOT,
        env={**os.environ, "CI": ci, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == ends_with, run.stdout + run.stderr
    assert "1 tests ran, 1 were skipped" in run.stdout
    assert "no such engine" in run.stdout
