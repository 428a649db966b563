"""The papers for the meeting: one for the team, one for the family, from the same material."""

from pushpull.reports.papers.family import family_paper
from pushpull.reports.papers.stamp import Material, Stamp
from pushpull.reports.papers.team import team_paper

__all__ = ["Material", "Stamp", "family_paper", "team_paper"]
