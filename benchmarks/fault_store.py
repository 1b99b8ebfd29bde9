"""A fitted model that was damaged, or replaced by a file that runs code when it is loaded."""

import os
import pickle
from pathlib import Path

from .fault_checks import finding, goes_on

MARK = "fault-code-ran"


class Bomb:
    """Makes a file where it is unpickled. path : of the file."""

    def __init__(self, path):
        self.path = str(path)

    def __reduce__(self):
        return os.mkdir, (self.path,)


def damaged(lab):
    """The file of the model of stars, cut off, changed, and replaced by one with code."""
    mark = lab.folder.parent / MARK
    with lab.served():
        for name, change in (
            ("cut off", lambda content: content[: len(content) // 2]),
            ("a byte changed", lambda content: bytes([content[0] ^ 1]) + content[1:]),
            ("replaced by code", lambda _content: pickle.dumps(Bomb(mark))),
        ):
            with finding(lab, f"stored model {name}") as found:
                lab.ended(lab.ask("ratings")[0])
                file = Path(*lab.helper("stored", company=lab.company, kind="ratings"))
                content = file.read_bytes()
                file.unlink()  # it may be linked from another database
                file.write_bytes(change(content))
                trusted = lab.helper("loadable", company=lab.company, kind="ratings")
                found.promise("it is not loaded", not trusted and not mark.exists())
                state, _error = goes_on(lab, found, lab.ask("ratings")[0])
                found.promise("it is learned again", state == "done")
                again = lab.helper("loadable", company=lab.company, kind="ratings")
                found.promise("the new one is in use", again and not mark.exists())
            yield found
