"""Saving a plan: whole or not at all, readable by its owner only, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from pushpull.files import replacing
from pushpull.plan.files import LARGEST, PlanFile, can_be_opened, check_against, contents, open_plan
from pushpull.plan.writing import dump
from pushpull.problems import PushpullError

Change = tuple[tuple[str, ...], Any]
"""Where a value stands in the plan, and the value."""
News = Literal["", "joined", "joined_remarks", "gone"]
"""What was met on saving: nothing; a plan that somebody changed, now joined with this one, perhaps without its remarks;
or none any more."""


class ChangedElsewhereError(PushpullError):
    """The plan on the disk is not the one that was read or written last. It stays as it is."""


def put(file: PlanFile, changes: Iterable[Change], services: Collection[str]) -> tuple[PlanFile, News]:
    """Set values in a plan and save it. If it was changed elsewhere meanwhile, both changes are in it afterwards.

    Raises `PushpullError` if it cannot be written. If the two cannot be joined, this one is kept in a file of its own,
    which the error names. `services` are those that the knowledge has: a plan with another one cannot be asked about.
    """
    changes = list(changes)
    mine = _with(file, changes)
    there = file.path.exists()
    try:
        return save(mine), "gone" if file.on_disk is not None and not there else ""
    except ChangedElsewhereError:
        if file.on_disk is None:
            raise PushpullError("plan_appeared", file=str(file.path)) from None
        both = _joined(mine, changes, services)
        return save(both), "joined_remarks" if both.comments else "joined"


def save(file: PlanFile) -> PlanFile:
    """Write the plan beside its file and swap it in: whatever happens, the file is whole. Only its owner can read it.

    A file that holds remarks of a person is copied once, because the remarks do not survive. Raises
    `ChangedElsewhereError` if the file is not as it was when this plan was read or saved last.
    """
    content = dump(file.raw).encode()
    if len(content) > LARGEST or not can_be_opened(file, content):
        raise PushpullError("plan_full", file=str(file.path))
    try:
        found = contents(file.path) if file.path.exists() else None
    except PushpullError as error:
        raise ChangedElsewhereError("plan_changed", file=str(file.path)) from error
    if found is not None and found != file.on_disk:
        raise ChangedElsewhereError("plan_changed", file=str(file.path))
    if file.comments and found is not None:
        write(copy_of(file.path), found)
    handing_over = file.hold.handing_over() if file.hold else nullcontext(lambda _: None)
    try:
        with handing_over as hold, replacing(file.path, new=found is None) as beside:
            beside.write_bytes(content)
            hold(beside)
    except FileExistsError:
        raise ChangedElsewhereError("plan_changed", file=str(file.path)) from None
    return replace(file, comments=False, on_disk=content)


def copy_of(path: Path, why: str = "with-remarks") -> Path:
    """Return where a copy of a plan can go, by default one with a person's remarks; an earlier copy stays as it is."""
    numbers = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    names = (path.with_name(f"{path.stem}.{why}{number}{path.suffix}") for number in numbers)
    return next(name for name in names if not name.exists())


def write(path: Path, content: bytes) -> None:
    """Write a file beside its place and swap it in; raise `PushpullError` if it cannot be written."""
    with replacing(path) as beside:
        beside.write_bytes(content)


def _with(file: PlanFile, changes: Iterable[Change]) -> PlanFile:
    for keys, value in changes:
        file = file.with_value(keys, value)
    return file


def _joined(mine: PlanFile, changes: Iterable[Change], services: Collection[str]) -> PlanFile:
    """Return the plan on the disk with the same changes; if that cannot be, keep this one in a file of its own."""
    try:
        both = replace(_with(open_plan(mine.path), changes), hold=mine.hold)
        check_against(both, services)
    except (PushpullError, ValueError):
        both = None
    if both is not None and _services(mine) <= _services(both):
        return both
    copy = copy_of(mine.path, "from-interview")
    write(copy, dump(mine.raw).encode())
    raise PushpullError("plan_kept_apart", file=str(mine.path), copy=str(copy))


def _services(file: PlanFile) -> set[tuple[str, str]]:
    """Return what an interview goes by: the entries and their services."""
    return {(name, planned.service) for name, planned in file.plan.services.items()}
