"""What a piece of work costs in Odoo: time of the clock and of the CPU, statements, memory."""

import time
from dataclasses import dataclass
from unittest.mock import patch

from .measure import forget_peak, memory
from .table import row, seconds

HEADS = ("time", "of it CPU", "statements", "memory")


@dataclass(frozen=True)
class Cost:
    """Seconds of the clock and of this process, MB beyond what was held before, statements."""

    seconds: float
    cpu: float
    megabytes: float
    queries: int

    def row(self, name, times=1.0, ratio=""):
        """Print it, or so many times it."""
        cells = [seconds(times * self.seconds), seconds(times * self.cpu)]
        row(name, *cells, f"{times * self.queries:,.0f}", f"{self.megabytes:.0f} MB", ratio)


def cost(env, work):
    """What some work costs, from a cold cache to rows in the database."""
    from odoo.addons.smart_recommender.tools import binary_copy

    env.flush_all()
    env.invalidate_all()
    forget_peak()
    before = memory("VmRSS")
    with (
        patch.object(binary_copy, "read_rows", wraps=binary_copy.read_rows) as read,
        patch.object(binary_copy, "write_rows", wraps=binary_copy.write_rows) as write,
    ):
        queries, clock, cpu = env.cr.sql_log_count, time.perf_counter(), time.process_time()
        work()
        env.flush_all()
        clock, cpu = time.perf_counter() - clock, time.process_time() - cpu
        queries = env.cr.sql_log_count - queries + read.call_count + write.call_count
    return Cost(clock, cpu, memory("VmHWM") - before, queries)
