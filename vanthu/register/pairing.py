"""Which deadlines belong to which task, in a record that people may have changed."""

from typing import Any

from models.text import fold, one_line

Item = dict[str, Any]


def deadlines_of(task: Item, deadlines: list[Item]) -> list[Item]:
    """The task's deadlines in their order.

    The reader's own pairing (`_deadlines` against `_id`) holds; where it says nothing, or a person wrote the task or the
    deadline anew, the deadline's phrase in the task's text does, or else the same date.
    """
    read = set(task.get("_deadlines", ()))
    paired = [deadline for deadline in deadlines if deadline.get("_id") in read]
    free = [deadline for deadline in deadlines if not read or "_id" not in deadline]
    if task.get("_deadlines") == [] and task["due_on"] is None:
        free = [deadline for deadline in deadlines if "_id" not in deadline]
    phrase = one_line(fold(task["text"] or ""))
    held = [deadline for deadline in free if (text := one_line(fold(deadline["text"] or ""))) and text in phrase]
    if not (paired or held):
        held = [deadline for deadline in free if deadline["due_on"] and deadline["due_on"] == task["due_on"]][:1]
    chosen = {id(deadline) for deadline in (*paired, *held)}
    return [deadline for deadline in deadlines if id(deadline) in chosen]


def move_tasks(record: Item) -> None:
    """A task is due with the earliest of its dated deadlines: bring it there after people changed these."""
    for task in record["tasks"]:
        if task.get("_due_by_person"):
            continue
        mine = deadlines_of(task, record["deadlines"])
        if mine or task.get("_deadlines"):
            task["due_on"] = min((deadline["due_on"] for deadline in mine if deadline["due_on"]), default=None)
