"""Build the wheel, install it where there is nothing else, and use it from a folder far away from the checkout.

Not a test of pytest's: it needs the network for the dependencies. `just wheel` runs it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*words: str, cwd: Path) -> str:
    """Return what a command prints; stop with its own words if it fails."""
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
    return done.stdout


def main() -> None:
    """Check the wheel as a stranger would meet it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", name, str(ROOT), cwd=folder)
        wheel = next(folder.glob("*.whl"))
        files = set(zipfile.ZipFile(wheel).namelist())
        data = sorted((ROOT / "data").rglob("*.yaml"))
        shipped = {f"pushpull/{path.relative_to(ROOT)}" for path in data}
        assert shipped <= files, sorted(shipped - files)
        prepared = {f"pushpull/prepared/{path.relative_to(ROOT / 'data').with_suffix('.json')}" for path in data}
        assert prepared <= files, sorted(prepared - files)
        render = ROOT / "src" / "pushpull" / "render"
        beside = [render / "page.css", render / "paper.typ", *(render / "fonts").iterdir()]
        drawing = {f"pushpull/render/{path.relative_to(render).as_posix()}" for path in beside}
        assert drawing <= files, sorted(drawing - files)
        venv.create(folder / "venv", with_pip=True)
        python = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
        run(str(python), "-m", "pip", "install", "--quiet", str(wheel), cwd=folder)
        elsewhere = folder / "a folder with spaces"
        elsewhere.mkdir()
        assert "No problems" in run(str(python), "-m", "pushpull", "kb", "check", cwd=elsewhere)
        assert "Push-in" in run(str(python.with_name("pushpull")), "compare", cwd=elsewhere)
        example = ROOT / "examples" / "reading-and-speech.yaml"
        run(str(python), "-m", "pushpull", "export", str(example), "-o", "paper.html", cwd=elsewhere)
        assert "<style>" in (elsewhere / "paper.html").read_text(encoding="utf-8")
        print(f"{wheel.name}: {len(shipped)} files of knowledge, found from another folder")


if __name__ == "__main__":
    main()
