# Short names for what is done often. `just` lists them.
# Everything runs in .venv: python3 -m venv .venv && .venv/bin/pip install -e '.[dev]'

export PATH := justfile_directory() / ".venv/bin:" + env("PATH")
export PYTHONDONTWRITEBYTECODE := "1"

_default:
    @just --list --unsorted

# everything that has to hold before a change lands
check: checks test

# all of that but the tests
checks: lint types imports data docs-check wheel

# the tests alone
test *words:
    pytest {{ words }}

# how much of the program the tests run, lines and branches; it fails below 95 %
coverage *words:
    coverage erase
    coverage run -m pytest {{ words }}
    coverage combine --quiet
    coverage report

# change the pure core in a thousand small ways; each change has to fail a test (it takes a while)
mutants *words:
    python trials/mutants.py {{ words }}

# style and common mistakes
lint:
    ruff format --check .
    ruff check .

# types
types:
    mypy

# one direction of imports
imports:
    lint-imports --no-logo

# the knowledge base, checked and judged by the program itself
data:
    pushpull kb check
    pushpull kb audit

# mend what can be mended by itself
fix:
    ruff format .
    ruff check --fix .

# write the golden papers anew; their diff is what a change of advice means
golden:
    GOLDEN=write pytest tests/test_golden.py
    git diff --stat -- tests/golden

# what the working data would say otherwise than an earlier commit: over examples and cases
advice-diff base="":
    python tests/advice.py "{{ base }}"

# what a blind coder of the published cases may see, and blank sheets to fill in
blind dir:
    python tests/blind.py write {{ dir }}

# write the pages that are made from the program
docs:
    python docs/make.py

# say whether those pages are stale
docs-check:
    python docs/make.py --check

# judge every HTML page: axe-core in Chromium, html-validate, and whether it fits (.ci/tools installs them)
access-html:
    python tests/access/pages.py

# judge every PDF paper by two checkers of PDF/UA (the extra `access` installs them)
access-pdf:
    python tests/access/pdf.py

# both of these: what a public school may hand out
access: access-html access-pdf

# build the wheel, install it into an empty environment and use it from another folder
wheel:
    python tests/wheel.py

# measure everything, and write docs/performance.md (the extra `bench`; it takes some 20 minutes)
bench *words:
    python benchmarks/all.py {{ words }}

# all tests on other Pythons, each in a fresh environment; writes trials/results/machines.json
pythons *paths:
    python trials/pythons.py {{ paths }}

# the long runs, one after the other: kills, a million inputs, ten thousand interviews (about an hour)
trials:
    python trials/kill.py
    python trials/fuzz.py
    python trials/soak.py

# write .ci/lock.txt anew: the versions that a fresh environment gets today
lock:
    #!/usr/bin/env bash
    set -euo pipefail
    unset PIP_CONSTRAINT
    fresh=$(mktemp -d)
    trap 'rm -rf "$fresh"' EXIT
    python3 -m venv "$fresh"
    "$fresh/bin/pip" install --quiet "hatchling>=1.27,<2" editables -e ".[dev,access]"
    { grep '^#' .ci/lock.txt; "$fresh/bin/pip" freeze --exclude-editable; } > "$fresh/lock.txt"
    cp "$fresh/lock.txt" .ci/lock.txt

# look the locked versions up in the lists of known weaknesses; with --all it fails where it cannot look, too
audit *words:
    #!/usr/bin/env bash
    set -euo pipefail
    fresh=$(mktemp -d)
    trap 'rm -rf "$fresh"' EXIT
    python3 -m venv "$fresh"
    env -u PIP_CONSTRAINT "$fresh/bin/pip" install --quiet pip-audit
    "$fresh/bin/python" trials/weaknesses.py {{ words }}
