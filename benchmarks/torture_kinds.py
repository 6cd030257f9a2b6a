"""All that is done to the office in a round, and how often in a hundred."""

from collections.abc import Callable

from benchmarks import torture_machine as machine
from benchmarks import torture_programs as programs
from benchmarks import torture_rounds as rounds
from benchmarks.torture_office import Office

KINDS: dict[str, tuple[int, Callable[[Office], int]]] = {
    "intake, by the clock": (25, rounds.by_the_clock),
    "intake, at a step": (35, rounds.at_a_step),
    "two intakes": (8, rounds.two_at_once),
    "a person corrects": (12, rounds.a_person),
    "backup or log copy": (6, rounds.a_backup),
    "full disk": (5, machine.full_disk),
    "inbox read-only": (3, machine.read_only_inbox),
    "desk takes orders": (6, programs.the_desk),
    "a reader": (3, programs.a_reader),
    "a worker of two": (3, programs.a_worker),
    "inbox gone": (4, rounds.inbox_gone),
    "register held": (3, machine.locked),
    "clock jumps": (4, machine.jumping_clock),
}
"""Weight and what is done."""
