"""The locked requirements, and what `make` offers."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize("name", ["run", "dev", "lighthouse"])
def test_every_requirement_is_pinned_with_hashes_and_no_address(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    requirements = re.split(r"\n(?=[A-Za-z0-9])", text.strip())
    assert len(requirements) > (1 if name == "lighthouse" else 50)
    for requirement in requirements:
        assert re.match(r"[A-Za-z0-9._\[\],-]+==\S+", requirement), requirement.partition("\n")[0]
        assert "--hash=sha256:" in requirement, requirement.partition("\n")[0]
    assert not re.search(r"://|--(extra-)?index-url|--find-links|file:", text)


def test_lighthouse_is_locked_with_hashes_and_no_address() -> None:
    text = (ROOT / "tests/lighthouse/package-lock.json").read_text()
    _itself, *packages = json.loads(text)["packages"].values()
    assert len(packages) > 50
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert not any("resolved" in package for package in packages)
    assert "://" not in text


def test_what_is_needed_to_run_is_a_part_of_what_is_needed_to_test() -> None:
    def pinned(name: str) -> set[str]:
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
        return {line.removesuffix("\\").strip() for line in lines if re.match(r"[A-Za-z0-9]", line)}

    assert pinned("run") <= pinned("dev")


def test_make_alone_lists_every_target() -> None:
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert {"setup", "run", "test", "lock", "lint", "types", "fmt", "bench-report", "clean"} <= targets
    for target in targets:
        assert f"make {target}" in listed
