"""The tests notice a slip in the rule: a small sample here, all of it in `trials/mutants.py`."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
import yaml

from helpers import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="processes are forked, which is a matter of POSIX")
def test_at_least_nine_of_ten_slips_of_a_sample_are_caught() -> None:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COV", "PYTEST"))}
    command = [sys.executable, "trials/mutants.py", "--sample", "15"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=clean)
    told = dict(line.split(": ", 1) for line in done.stdout.splitlines() if ": " in line)
    assert told["mutants"] == "15", done.stderr
    assert float(told["caught"].removesuffix(" %")) >= 90, done.stdout


def test_every_slip_that_is_listed_as_not_caught_still_stands_in_the_code() -> None:
    groups = yaml.safe_load((ROOT / "trials" / "survivors.yaml").read_text(encoding="utf-8"))
    for group in groups:
        assert group["why"].endswith(".")
        for one in group["mutants"]:
            lines = [line.strip() for line in (ROOT / one["file"]).read_text(encoding="utf-8").splitlines()]
            assert one["line"] in lines, one
