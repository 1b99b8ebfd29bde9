"""Who reads the rules of a company while they are trained: never none, never of two trainings."""

import threading
import time
from contextlib import closing, contextmanager, suppress

import psycopg2

PAUSE = 0.02
QUESTION = """
    SELECT count(*), count(DISTINCT run_id)
      FROM ai_recommendation_rule
     WHERE company_id = %s AND active AND source = 'trained'
"""


class Watch:
    """What was read: reads, empty and mixed ones, and those that the database refused."""

    def __init__(self):
        self.reads = self.empty = self.mixed = self.refused = 0

    def note(self, rules, runs):
        self.reads += 1
        self.empty += not rules
        self.mixed += runs > 1

    @property
    def is_clean(self):
        return self.reads > 0 and not self.empty and not self.mixed


@contextmanager
def watching(connect, company):
    """Read all the time beside the block; yields a Watch. connect : opens a connection."""
    watch, over = Watch(), threading.Event()
    thread = threading.Thread(target=_read, args=(connect, company, watch, over), daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()


def _read(connect, company, watch, over):
    while not over.is_set():
        # A database that is stopped is no wrong answer.
        with suppress(psycopg2.Error), closing(connect()) as connection:
            while not over.is_set():
                with connection.cursor() as cursor:
                    cursor.execute(QUESTION, [company])
                    watch.note(*cursor.fetchone())
                time.sleep(PAUSE)
        if not over.is_set():
            watch.refused += 1
            time.sleep(10 * PAUSE)
