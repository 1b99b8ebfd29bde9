"""The series of Odoo that the addon runs on, and where each keeps its things under .run/."""

import os
import re
from dataclasses import dataclass

from workspace import MODULE, ROOT, RUN, SetupError

# First words of what a database is for.
PURPOSES = ("demo", "bench", "test", "template")


@dataclass(frozen=True)
class Series:
    """One series of Odoo.

    name : as Odoo writes it, "17.0"; pythons : (major, minor) of each Python that has wheels of all
    locked packages.
    """

    name: str
    pythons: tuple

    @property
    def major(self):
        return int(self.name.partition(".")[0])

    @property
    def folder(self):
        return RUN / self.name

    @property
    def venv(self):
        return self.folder / "venv"

    @property
    def python(self):
        return self.venv / "bin" / "python"

    @property
    def addons(self):
        """The folder that Odoo finds the addon in."""
        return self.folder / "addons"

    @property
    def lock_file(self):
        return ROOT / f"requirements-lock-{self.name}.txt"

    @property
    def outcome(self):
        """Counts of the latest test run, for a closing line over several series."""
        return self.folder / "outcome.json"

    def database(self, purpose):
        """Each series has its own databases: none reads another's."""
        return f"{MODULE}_{purpose}_{self.major}"

    def owns(self, database):
        """Whether a database is one of those that the commands make for this series."""
        purposes = "|".join(PURPOSES)
        return bool(re.fullmatch(rf"{MODULE}_({purposes})(_\w+)?_{self.major}", database))


FIRST = Series("17.0", ((3, 10), (3, 11), (3, 12)))
NEXT = Series("19.0", ((3, 11), (3, 12)))
ALL = (FIRST, NEXT)
BY_NAME = {series.name: series for series in ALL}


def current():
    """The series that a script was started for, by scripts/launch.py."""
    name = os.environ.get("SERIES", FIRST.name)
    if name not in BY_NAME:
        raise SetupError(f"SERIES={name} is not one series. Give one of {', '.join(BY_NAME)}.")
    return BY_NAME[name]
