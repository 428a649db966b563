"""Why the other ways were not suggested, and a draft of what an IEP has to say of time outside class."""

from __future__ import annotations

from pushpull.kb import Delivery, Mode
from pushpull.reports import phrases
from pushpull.reports.papers.service import PaperService
from pushpull.reports.week import WeekPage

_WAYS: tuple[Delivery, ...] = ("push_in", "pull_out", "blend")
_REASONS = 2
"""So many reasons stand in the draft; a person adds what else there is."""


def not_chosen(page: PaperService, way: Delivery) -> str:
    """Return why a way is not what the answers speak for; nothing for the way that they do speak for."""
    found, words = page.found, page.words
    if way == found.mode:
        return ""
    if found.settled_by:
        return words("paper.not_settled")
    if found.mode == "unknown":
        return words("paper.not_unknown")
    if way == "blend":
        return words("paper.not_blend_parts" if found.parts else "paper.not_blend")
    ratios = page.kb.rules.ratios
    case = {mode: phrases.number(points) for mode, points in found.case.items()}
    if found.mode == "blend":
        rest = found.rest or found.case
        if rest["push_in"] < 0 and way == "push_in":
            return words("paper.not_push_in_stays")
        other: Mode = "pull_out" if way == "push_in" else "push_in"
        ratio = getattr(ratios.whole, way)
        number = phrases.number(rest[way])
        return words("paper.not_whole", rest=number, other=case[other], ratio=phrases.number(ratio))
    return words(f"paper.not_{way}", ratio=phrases.number(ratios.pull_out), **case)


def other_ways(page: PaperService) -> list[tuple[str, str]]:
    """Return the ways that were looked at beside the suggestion, by why they are not suggested."""
    found: dict[str, list[str]] = {}
    for way in _WAYS:
        if why := not_chosen(page, way):
            name = page.words(f"paper.way_{way}")
            now = page.planned.now == way
            found.setdefault(why, []).append(page.words("paper.way_now", way=name) if now else name)
    return [(", ".join(names), why) for why, names in found.items()]


def goes_outside(page: PaperService) -> bool:
    """Return whether any time outside class is proposed, or suggested where nothing is proposed."""
    if page.proposed:
        return any(line.leaves for line in page.proposed)
    return page.found.mode in {"pull_out", "blend"}


def explanation(page: PaperService) -> str:
    """Return a draft of the explanation that the law asks for: how much, during what, why, which aids were not enough.

    What the plan does not tell stands in brackets, for a person to fill in.
    """
    words, planned = page.words, page.planned
    if not goes_outside(page):
        return words("paper.explain_none")
    weeks = page.material.weeks
    outside = [line for line in page.proposed if line.leaves]
    service = page.kb.services[page.found.service].name
    part = "; ".join(line.amount.part for line in outside if line.amount.part)
    part = part or "; ".join(page.found.parts.get("pull_out", ()))
    what = words("paper.explain_part", service=service, part=part) if part else service
    if weeks and outside:
        minutes = WeekPage(page.kb, page.material.plan, weeks, words).number(
            sum((line.minutes for line in outside), start=outside[0].minutes * 0)
        )
        said = [words("paper.explain_amount", student=page.student, minutes=minutes, what=what)]
    else:
        said = [words("paper.explain_amount_open", student=page.student, what=what)]
    misses = dict.fromkeys(name for line in outside for name in line.amount.misses) or dict.fromkeys(planned.misses)
    said.append(
        words("paper.explain_misses", misses=", ".join(misses)) if misses else words("paper.explain_misses_open")
    )
    reasons = [page.text(reason.because) for reason in page.for_mode("pull_out")[:_REASONS]]
    said.append(words("paper.explain_why", reasons=" ".join(reasons)) if reasons else words("paper.explain_why_open"))
    aids = [aid for aid in planned.aids.values() if aid.was in {"tried", "rejected"}]
    named = "; ".join(words("paper.aid_with", aid=aid.aid, data=aid.data) if aid.data else aid.aid for aid in aids)
    note = page.notes.get("supports", "").rstrip(".")
    if named or note:
        said.append(words("paper.explain_aids", aids=named or note))
    else:
        said.append(words("paper.explain_aids_open"))
    return " ".join(said)
