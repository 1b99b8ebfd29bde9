"""What clients of `make soak` do, and what they have to find afterwards."""

import random
from collections import Counter
from dataclasses import dataclass, field

# Of a hundred deeds.
SHARES = {"create": 50, "write": 20, "suggestions": 15, "sheet": 10, "dashboard": 5}
LINES = 5


def deeds(seed):
    """Deeds without end, in these shares of each twenty; the first one creates a quotation."""
    generator = random.Random(seed)  # noqa: S311 (of a load that is made)
    part = [name for name, share in SHARES.items() for _each in range(share // 5)]
    yield "create"
    while True:
        generator.shuffle(part)
        yield from part


@dataclass
class Ledger:
    """What was sent, and of what Odoo said that it was saved.

    sent, saved : {UUID of a quotation: …}; written : {id of a quotation: [UUIDs that it may hold]},
    the last one that was confirmed, and those after it whose answer did not come.
    """

    sent: set = field(default_factory=set)
    saved: dict = field(default_factory=dict)
    written: dict = field(default_factory=dict)

    def confirm(self, number, mark):
        self.written[number] = [mark]

    def suspect(self, number, mark):
        self.written.setdefault(number, [None]).append(mark)

    def reconciled(self, rows):
        """{"saved", "lost", "doubled": int}: what Odoo confirmed, and is not there, or twice.

        rows : [(id, UUID of the quotation, UUID of the last write or None)] in the database.
        """
        found = Counter(mark for _number, mark, _written in rows)
        held = {number: written for number, _mark, written in rows}
        lost = [mark for mark in self.saved if not found[mark]]
        lost += [number for number, marks in self.written.items() if held.get(number) not in marks]
        return {
            "saved": len(self.saved),
            "lost": len(lost),
            "doubled": sum(count > 1 for count in found.values()),
        }
