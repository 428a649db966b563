"""Why the other ways were not suggested, and a draft of what an IEP has to say of time outside class."""

from __future__ import annotations

from fractions import Fraction

from pushpull.kb.entry import Delivery, Mode
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
        if page.stays and way == "push_in":
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

    What the plan does not tell stands in brackets, for a person to fill in. Why the supports are not enough is always
    left to the team: nobody else can say it.
    """
    words, planned, weeks = page.words, page.planned, page.material.weeks
    outside = [line for line in page.proposed if line.leaves]
    service = page.kb.services[page.found.service].name
    part = "; ".join(line.amount.part for line in outside if line.amount.part)
    part = part or "; ".join(page.found.parts.get("pull_out", ()))
    what = words("paper.explain_part", service=service, part=part) if part else service
    misses = dict.fromkeys(name for line in outside for name in line.amount.misses) or dict.fromkeys(planned.misses)
    given = {"student": page.student, "what": what, "misses": ", ".join(misses) or words("paper.explain_what")}
    if weeks and outside:
        numbers = WeekPage(page.material.kb, page.material.plan, weeks, words)
        minutes = numbers.number(sum((line.minutes for line in outside), start=Fraction()))
        said = [words("paper.explain_amount", minutes=minutes, **given)]
        week = weeks.proposed or weeks.now
        if week.inside is not None and week.total is not None:
            rest = {"inside": numbers.number(week.inside), "total": numbers.number(week.total)}
            said.append(words("paper.explain_rest", **rest))
    else:
        said = [words("paper.explain_amount_open", **given)]
    # What people wish belongs to their views; it is no explanation of the place.
    reasons = [reason for reason in page.for_mode("pull_out") if reason.strength is None or reason.basis != "ethics"]
    because = " ".join(page.text(reason.because) for reason in reasons[:_REASONS])
    said.append(words("paper.explain_why", reasons=because) if because else words("paper.explain_why_open"))
    aids = [aid for aid in planned.aids.values() if aid.was in {"tried", "rejected"}]
    named = "; ".join(map(page.aid, aids))
    named = named or page.notes.get("supports", "").rstrip(".")
    said.append(words("paper.explain_aids", aids=named or words("paper.explain_aids_open")))
    return " ".join(said)
