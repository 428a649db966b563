"""The papers for the meeting: one for the team, one for the family, from the same material."""

from collections.abc import Callable, Mapping

from pushpull.document import Document
from pushpull.reports.papers.family import family_paper
from pushpull.reports.papers.stamp import Material, Stamp
from pushpull.reports.papers.team import team_paper

PAPERS: Mapping[str, Callable[[Material], Document]] = {"team": team_paper, "family": family_paper}
"""The papers by their reader."""

__all__ = ["PAPERS", "Material", "Stamp", "family_paper", "team_paper"]
