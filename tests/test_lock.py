"""What CI installs is locked, and the lock fits the ranges that the program promises."""

from __future__ import annotations

import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from helpers import ROOT

LOCK = ROOT / ".ci" / "lock.txt"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NOT_IN_CI = {"bench", "guided"}
"""What CI does not install: peers to measure beside, and a fuzzer."""


def locked() -> dict[str, Version]:
    lines = [line for line in LOCK.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found: dict[str, Version] = {}
    for line in lines:
        name, sign, version = line.partition("==")
        assert sign, f"{line} is no exact version"
        assert canonicalize_name(name) not in found
        found[str(canonicalize_name(name))] = Version(version)
    return found


def promised() -> list[Requirement]:
    extras = PROJECT["project"]["optional-dependencies"]
    texts = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
    texts += [text for name, of_extra in extras.items() if name not in NOT_IN_CI for text in of_extra]
    found = [Requirement(text) for text in texts]
    return [each for each in found if each.name != "pushpull"]


def test_every_dependency_is_locked_inside_its_range() -> None:
    versions = locked()
    assert [each.name for each in promised() if canonicalize_name(each.name) not in versions] == []
    assert [str(each) for each in promised() if versions[canonicalize_name(each.name)] not in each.specifier] == []
    assert len(promised()) > 20


def test_every_range_has_an_end() -> None:
    for each in promised():
        assert {"<", "<="} & {part.operator for part in each.specifier}, each


def test_ci_takes_the_lock_for_all_it_installs() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    setting = next(number for number, line in enumerate(lines) if line.startswith("export PIP_CONSTRAINT="))
    assert lines[setting].endswith('/.ci/lock.txt"')
    assert not [line for line in lines[:setting] if "pip install" in line or line.startswith("  bash")]
