"""Owners: who carries out the action of which segment, as the configuration says."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from reportgen import periods
from reportgen.brief.playbook import Assignment
from reportgen.config import Task
from reportgen.errors import UsageError
from reportgen.recipe import Recipe


def check(tasks: Mapping[str, Task], recipe: Recipe) -> None:
    """Refuses a task for a segment that `recipe` can't make. Raises `UsageError`."""
    known = [rule.id for rule in recipe.segments] or [archetype.id for archetype in recipe.vocabulary]
    # Clusters that share a kind are told apart by an ending, such as best-higher-spend.
    kinds = () if recipe.segments else tuple(f"{name}-" for name in known)
    if unknown := sorted(name for name in tasks if name not in known and not name.startswith(kinds)):
        raise UsageError(
            f"[playbook.{unknown[0]}]: recipe {recipe.id} has no segment {unknown[0]!r}",
            f"Its segments are {', '.join(known)}.",
        )


def assignments(tasks: Mapping[str, Task], end: date) -> tuple[Assignment, ...]:
    """The tasks of a brief whose period ends on `end`."""
    return tuple(
        Assignment(
            segment=segment, owner=task.owner, due=_due(task.due, end) if task.due else None, title=task.title,
            text=task.text,
        )
        for segment, task in sorted(tasks.items())
    )  # fmt: skip


def _due(rule: str, end: date) -> date:
    """The day of a rule such as "14 days" (after `end`) or "day 10" (of the month after it)."""
    number = int(re.sub(r"\D", "", rule))
    if rule.startswith("day"):
        return (periods.month_end(end) + timedelta(days=1)).replace(day=number)
    return end + timedelta(days=number)
