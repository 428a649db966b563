"""The school week: minutes to a percent inside the regular class, what is missed, and the group in reports. Exact.

It comes last and moves nothing: no suggestion knows it. Everything is a fraction until somebody reads it. Nothing is
rounded before it is sorted, unless the rule itself says so.
"""

from pushpull.lre.amounts import Amount, Apart, Child, Given, School, minutes_a_week
from pushpull.lre.bands import Room, band_of, room, rules_differ
from pushpull.lre.preschool import Category, category_of
from pushpull.lre.weeks import Alert, Counted, Missed, Week, Weeks, When, work_out

__all__ = [
    "Alert",
    "Amount",
    "Apart",
    "Category",
    "Child",
    "Counted",
    "Given",
    "Missed",
    "Room",
    "School",
    "Week",
    "Weeks",
    "When",
    "band_of",
    "category_of",
    "minutes_a_week",
    "room",
    "rules_differ",
    "work_out",
]
