"""Remove the databases of ours from a server that is not ours; the Makefile removes the files."""

import os

from postgres import running_server
from workspace import DEMO_DATABASE, SERVING_MARK, TEST_DATABASE, SetupError, run_main, say


def check_not_serving():
    """Nothing is taken away under a demo that is being served."""
    try:
        process = int(SERVING_MARK.read_text())
        os.kill(process, 0)
    except (FileNotFoundError, ValueError, ProcessLookupError):
        return
    except PermissionError:
        pass  # alive, and somebody else's
    raise SetupError(
        f"A demo is being served by process {process}. Stop it with Ctrl-C in its terminal or with "
        f"'kill {process}', then run 'make clean' again."
    )


def main():
    check_not_serving()
    if not os.environ.get("DB_HOST"):
        return  # the embedded server's data lies under .run/ and goes with it
    with running_server() as server:
        for database in (DEMO_DATABASE, TEST_DATABASE):
            say(f"dropping {database}")
            server.drop(database)


if __name__ == "__main__":
    run_main(main)
