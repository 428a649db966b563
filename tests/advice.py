"""What the working copy of `data/` would say otherwise than an earlier one: `kb diff` over the examples and all cases.

    python tests/advice.py                     against where this branch began, or the last commit
    python tests/advice.py BASE                against that commit
    python tests/advice.py BASE REPOSITORY     the commit is in another copy of the repository; BASE may be empty

It prints and never fails: whether a change of advice is right is for people to say.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

import casebook
from pushpull.interview import Answers
from pushpull.kb.base import KnowledgeBase
from pushpull.load.knowledge import load_knowledge

ROOT = Path(__file__).resolve().parent.parent


def git(repository: Path, *words: str) -> bytes | None:
    """Return what git says, or None if it cannot."""
    try:
        done = subprocess.run(["git", "-C", str(repository), *words], capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def base_of(repository: Path) -> str | None:
    """Return the commit to hold the working copy against, or None where there is none.

    The last commit if `data/` was changed since, else where this branch left the main one, else the commit before.
    """
    head = git(repository, "rev-parse", "--verify", "HEAD")
    if head is None:
        return None
    if git(repository, "diff", "--quiet", "HEAD", "--", "data") is None:
        return "HEAD"
    for main in ("origin/HEAD", "origin/main", "main"):
        left = git(repository, "merge-base", "HEAD", main)
        if left and left != head:
            return left.decode().strip()
    before = git(repository, "rev-parse", "--verify", "HEAD^")
    return before.decode().strip() if before else None


def checked_out(repository: Path, base: str, folder: Path) -> bool:
    """Put `data/` of a commit into a folder, and return whether that was possible."""
    packed = git(repository, "archive", base, "data")
    if packed is None:
        return False
    with tarfile.open(fileobj=io.BytesIO(packed)) as tar:
        tar.extractall(folder, filter="data")
    return (folder / "data").is_dir()


def plans(kb: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield every case as a plan: a name and its text. A case with two codings is two plans."""
    for name, case in casebook.published().items():
        for coder, coding in case.codings.items():
            yield f"{name}.{coder}", plan(kb, case.service, case.grade, coding.answers)
    for name, one in casebook.own().items():
        yield name, plan(kb, one.service, one.grade, one.answers)


def plan(kb: KnowledgeBase, service: str, grade: str, answers: Answers) -> str:
    """Return a plan for one service; what is asked about the student stands at the top."""
    once = {name: ticks for name, ticks in answers.items() if name in kb.student_questions}
    own = {name: ticks for name, ticks in answers.items() if name not in once}
    lines = ["plan: 1", f"student: {{grade: {grade}}}" if grade else "student: {}", f"answers: {_flow(once)}"]
    return "\n".join([*lines, "services:", "  case:", f"    service: {service}", f"    answers: {_flow(own)}", ""])


def _flow(answers: Answers) -> str:
    return "{" + ", ".join(f"{name}: [{', '.join(ticks)}]" for name, ticks in answers.items()) + "}"


def main(words: list[str]) -> int:
    """Print the difference, or why there is none to print."""
    repository = Path(words[1]) if len(words) > 1 else ROOT
    base = words[0] if words and words[0] else base_of(repository)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if base is None or not checked_out(repository, base, folder):
            print("There is no earlier content here to hold this one against.")
            return 0
        (folder / "cases").mkdir()
        for case, text in plans(load_knowledge(())):
            (folder / "cases" / f"{case}.yaml").write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pushpull", "kb", "diff", str(folder / "data"), str(ROOT / "data")]
        command += ["--plans", str(ROOT / "examples"), "--plans", str(folder / "cases"), "--plain"]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    print(f"Advice since {base}")
    print(
        (done.stdout + done.stderr).replace(f"{folder}/data", "data then").replace(f"{ROOT}/data", "data now"), end=""
    )
    if done.returncode:
        print("The two contents cannot be held against each other with the program as it is now.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
