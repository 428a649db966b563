"""C2 to C6, E1 to E3 and E5: what stands behind the sentences, how old it is, who made it and who paid."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pushpull.audit.scorecard import Hit, Material, Measured, measured, words_in
from pushpull.kb.about import About, overdue, since
from pushpull.kb.comparison import Remark
from pushpull.kb.full import FullKnowledge
from pushpull.kb.questions import Settling

_VERSION = re.compile(r"\d{4}\.\d{1,2}\.\d+")


def reasons(kb: FullKnowledge) -> Iterator[tuple[str, Settling]]:
    """Yield every reason of every service, each with its path."""
    for service_id, service in kb.services.items():
        for name, question in service.questions.items():
            for option_id, option in question.options.items():
                where = f"services.{service_id}.questions.{name}.{option_id}"
                for mode, reason in (*option.arguments.items(), *option.settles.items()):
                    yield f"{where}.{mode}", reason


def c2(material: Material) -> Measured:
    """Return whether every statement names a source, or says that it rests on practice alone."""
    kb, chart = material.kb, material.comparison
    remarks: dict[str, Remark] = {f"comparison.framing.{name}": remark for name, remark in chart.framing.items()}
    for other, way in chart.others.items():
        for word, those in (("speaks_for", way.speaks_for), ("take_care", way.take_care)):
            remarks |= {f"comparison.others.{other}.{word}.{key}": remark for key, remark in those.items()}
    remarks |= {f"week.said.{name}": remark for name, remark in kb.week.said.items()}
    remarks |= {f"week.preschool_said.{name}": remark for name, remark in kb.week.preschool_said.items()}
    for name, service in kb.services.items():
        for word in ("guidance", "doses", "pitfalls"):
            remarks |= {f"services.{name}.{word}.{key}": remark for key, remark in getattr(service, word).items()}
    named: dict[str, tuple[str, ...]] = {f"notes.{name}": note.sources for name, note in kb.notes.items()}
    named |= {f"comparison.topics.{name}": topic.sources for name, topic in chart.topics.items()}
    named |= {"comparison.blend": chart.blend.sources}
    why = dict(reasons(kb))

    def fails() -> Iterator[Hit]:
        yield from (Hit(where, "bare") for where, ids in named.items() if not ids)
        yield from (Hit(where, "bare") for where, remark in remarks.items() if not remark.sources and not remark.caveat)
        for name, requirement in kb.requirements.items():
            if not requirement.sources and requirement.basis != "practice":
                yield Hit(f"requirements.{name}", "bare")
        for where, reason in why.items():
            if not reason.sources and (reason.basis == "research" or not reason.caveat):
                yield Hit(where, "bare")

    statements = len(named) + len(remarks) + len(kb.requirements) + len(why)
    marked = sum(not reason.sources for reason in why.values()) + sum(not r.sources for r in remarks.values())
    return measured(fails(), statements=str(statements), marked=str(marked), sources=str(len(kb.sources)))


def c3(material: Material) -> Measured:
    """Return whether the content has a version and a date."""
    rules = material.kb.rules
    fails = [] if _VERSION.fullmatch(rules.version) else [Hit("rules.version", "version", {"version": rules.version})]
    return measured(fails, version=rules.version, reviewed=rules.reviewed, sources=str(len(material.kb.sources)))


def c4(material: Material) -> Measured:
    """Return whether there is a time for review, no source is older than it, and it has not run out."""
    kb = material.kb
    months = kb.about.review_months
    dates = {f"sources.{name}": source.reviewed for name, source in kb.sources.items()}
    dates["about.searched"] = kb.about.searched
    fails = [
        Hit(where, "old", {"reviewed": date, "content": kb.rules.reviewed})
        for where, date in dates.items()
        if since(date, kb.rules.reviewed) > months
    ]
    late = overdue(kb.about, kb.rules.reviewed, material.today)
    return measured(
        fails,
        otherwise="judge" if late else "pass",
        months=str(months),
        reviewed=kb.rules.reviewed,
        since=str(since(kb.rules.reviewed, material.today)),
    )


def c5(material: Material) -> Measured:
    """Return whether it is said what is not known, and what studies cannot carry."""
    kb = material.kb
    why = dict(reasons(kb))
    research = {where: reason for where, reason in why.items() if reason.basis == "research"}

    def fails() -> Iterator[Hit]:
        yield from (
            Hit(f"services.{name}.not_known", "nothing_unknown")
            for name, service in kb.services.items()
            if not service.not_known
        )
        yield from (Hit(where, "no_caveat") for where, reason in research.items() if not reason.caveat)

    unread = {name for name, source in kb.sources.items() if source.checked in {"located", "unchecked"}}
    resting = [
        Hit(where, "unread", {"sources": ", ".join(reason.sources)})
        for where, reason in why.items()
        if reason.sources and unread.issuperset(reason.sources)
    ]
    unknown = sum(len(service.not_known) for service in kb.services.values())
    return measured(fails(), resting, unknown=str(unknown), research=str(len(research)))


def c6(material: Material) -> Measured:
    """Return whether it is said who paid."""
    return _stated(material, ("funding",), funding=material.kb.about.funding)


def e1(material: Material) -> Measured:
    """Return whether it is said how evidence was found, chosen, read and weighed."""
    names = ("found", "chosen", "read", "strengths", "gaps")
    return _stated(material, names, searched=material.kb.about.searched)


def e2(material: Material) -> Measured:
    """Return whether every grade and strength that is used has a stated meaning."""
    kb, words = material.kb, material.words
    used = {f"grade.{source.grade}" for source in kb.sources.values()}
    used |= {f"checked.{source.checked}" for source in kb.sources.values()}
    used |= {f"basis.{reason.basis}" for _, reason in reasons(kb)}
    fails = [Hit(f"words.{name}", "no_meaning") for name in sorted(used) if not words.has(name)]
    strengths = {
        option.arguments[mode].strength
        for service in kb.services.values()
        for question in service.questions.values()
        for option in question.options.values()
        for mode in option.arguments
    }
    fails += [Hit(f"rules.strengths.{name}", "no_meaning") for name in sorted(strengths - set(kb.rules.strengths))]
    grades = {grade: sum(source.grade == grade for source in kb.sources.values()) for grade in "abcde"}
    counted = ", ".join(f"{grade} {count}" for grade, count in grades.items() if count)
    read = sum(source.checked == "seen" for source in kb.sources.values())
    return measured(fails, grades=counted, read=str(read), sources=str(len(kb.sources)))


def e3(material: Material) -> Measured:
    """Return whether it is said who wrote it, who looked at it, and whether it was tested."""
    about = material.kb.about
    return _stated(material, ("authors", "reviewers", "tested"), authors=about.authors, reviewers=about.reviewers)


def e5(material: Material) -> Measured:
    """Return whether it is said what the makers stand to gain."""
    return _stated(material, ("conflicts",), conflicts=material.kb.about.conflicts)


def _stated(material: Material, names: tuple[str, ...], **values: str) -> Measured:
    about: About = material.kb.about
    least = material.yardstick.bars.statement_words
    fails = [
        Hit(f"about.{name}", "short", {"have": str(words_in(getattr(about, name))), "least": str(least)})
        for name in names
        if words_in(getattr(about, name)) < least
    ]
    return measured(fails, given=values)
