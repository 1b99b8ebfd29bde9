"""Remove the databases of ours from a server that is not ours; the Makefile removes the files."""

import os

from postgres import running_server
from workspace import DEMO_DATABASE, TEST_DATABASE, run_main, say


def main():
    if not os.environ.get("DB_HOST"):
        return  # the embedded server's data lies under .run/ and goes with it
    with running_server() as server:
        for database in (DEMO_DATABASE, TEST_DATABASE):
            say(f"dropping {database}")
            server.drop(database)


if __name__ == "__main__":
    run_main(main)
