"""Judge every PDF paper by two checkers of PDF/UA-1 that know nothing of each other. `just access-pdf`.

It fails when a checker is missing: a check that was left out looks like one that was passed. The extra `access`
installs them. A pass is no proof that a paper can be read by everybody; a finding is proof that it cannot.
"""

from __future__ import annotations

import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from papers import written

from pdfdoc import PdfFile

try:
    import page
    import pdfua
except ModuleNotFoundError as error:
    raise SystemExit(f'A checker is missing ({error.name}). Install it with: pip install -e ".[access]"') from error

CANNOT_RUN = {"UA-14-001"}
"""A rule of pdfua that stops on a fault of its own: no heading is empty. `own` looks instead."""


def findings(path: Path) -> list[str]:
    """Return what is wrong with a paper."""
    first = page.validate_pdf(path, profile="ua1")
    found = [f"page-validation {failure.rule_id}: {failure.message}" for failure in first.failures]
    if not first.is_compliant and not found:
        found.append("page-validation: does not comply, and no rule says why")
    second = pdfua.validate(str(path))
    found += [f"pdfua {finding.rule_id}: {finding.message}" for finding in second.findings]
    found += [
        f"pdfua {each.rule_id} did not run: {each.skipped_reason}"
        for each in second.skipped
        if each.rule_id not in CANNOT_RUN
    ]
    return found + own(PdfFile(path.read_bytes()))


def own(paper: PdfFile) -> list[str]:
    """Return what neither checker says."""
    found = [f"an empty {each.kind}" for each in paper.elements if each.kind[0] == "H" and not each.filled]
    found += [f"a font that is not in the file: {name}" for name in paper.loose_fonts()]
    heads = [each for each in paper.elements if each.kind == "TH" and "/Scope" not in each.attributes]
    return found + ["a head of a table without a scope"] * len(heads)


def rules_known() -> str:
    """Return how many rules each checker knows."""
    return f"page-validation {version('page-validation')}, pdfua {version('pdfua')} ({pdfua.coverage().summary()})"


def broken(folder: Path, good: Path) -> int:
    """Return how many spoilt copies of a good paper were let through: a checker that finds nothing checks nothing."""
    spoilt = {
        "no-language": (b"/Lang(", b"/Xang("),
        "not-marked": (b"/Marked true", b"/Marked null"),
        "no-words-for-a-figure": (b"/Alt(", b"/Xlt("),
        "no-scope": (b"/Scope/Column", b"/Xcope/Column"),
        "no-promise": (b"pdfuaid:part", b"pdfuaid:trap"),
        "no-such-element": (b"/S/TR", b"/S/TX"),
    }
    missed = 0
    for name, (old, new) in spoilt.items():
        content = good.read_bytes()
        if old not in content:
            print(f"  {name}: nothing to spoil")
            missed += 1
            continue
        path = folder / f"spoilt-{name}.pdf"
        path.write_bytes(content.replace(old, new))
        found = findings(path)
        both = [judge for judge in ("page-validation", "pdfua") if any(each.startswith(judge) for each in found)]
        print(f"  {name}: {'found by ' + ' and '.join(both or ['ourselves']) if found else 'NOT FOUND'}")
        missed += not found
    return missed


def main() -> int:
    """Write the papers, judge them, and return 1 if anything was found."""
    print(rules_known(), flush=True)
    bad = count = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        good = None
        for path in written(folder, "pdf"):
            found = findings(path)
            pages = len(PdfFile(path.read_bytes()).reader.pages)
            print(f"{path.name}: {pages} pages, {path.stat().st_size // 1000} kB, {len(found)} findings", flush=True)
            for each in found:
                print(f"  {each}")
            count, bad = count + 1, bad + bool(found)
            good = path if path.stem == "sample" else good
        if good is None:
            raise SystemExit("There is no sample among the papers.")
        print("The same sample, spoilt:")
        missed = broken(folder, good)
    print(f"{count} papers judged, {bad} with findings; {missed} faults made on purpose were not found")
    return int(bool(bad or missed))


if __name__ == "__main__":
    sys.exit(main())
