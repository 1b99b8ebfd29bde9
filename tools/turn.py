"""How long one turn of a training lasts.

A worker may take 60 seconds of the processor and, cron's too, 120 of the clock (Odoo's defaults of
limit_time_cpu and limit_time_real). PostgreSQL's work counts towards the clock alone.
"""

import time

CLOCK_SECONDS = 60


class Turn:
    """A turn that begins now."""

    def __init__(self):
        self.processor, self.clock = time.process_time(), time.monotonic()

    def is_over(self, processor_seconds):
        """Whether it has used up so many seconds of the processor, or those of the clock."""
        return (
            time.process_time() - self.processor > processor_seconds
            or time.monotonic() - self.clock > CLOCK_SECONDS
        )
