"""Remove the databases of ours from a server that is not ours; the Makefile removes the files."""

import os

from series import ALL
from workspace import SetupError, run_main, say, users


def check_unused():
    """Nothing is taken away under a command that runs, such as a demo that is being served."""
    for process, description in users().items():
        raise SetupError(
            f"{description} uses what would be removed. Stop it with Ctrl-C in its terminal or "
            f"with 'kill {process}', then run 'make clean' again."
        )


def drop_databases():
    try:
        from postgres import running_server
    except ImportError as error:
        raise SetupError(
            "The databases at DB_HOST cannot be dropped, for Python packages are missing. Run "
            "'make setup' and again 'make clean', or unset DB_HOST to remove only files."
        ) from error
    with running_server() as server:
        for database in sorted(server.databases()):
            if any(series.owns(database) for series in ALL):
                say(f"dropping {database}")
                server.drop(database)


def main():
    check_unused()
    # The embedded server's data lies under .run/ and goes with it.
    if os.environ.get("DB_HOST"):
        drop_databases()


if __name__ == "__main__":
    run_main(main)
