"""Odoo's own command line, without its warning of the user root, and at the same speed whatever
it calls, see inside_frames.py.

Called as `python inside_cli.py [COMMAND] [ARGUMENT OF ODOO…]`. A container often has no other user,
and our Odoo listens on this machine alone.
"""

import sys


def main():
    from inside_frames import give_threads_room, with_room

    del sys.path[0]  # the names of our scripts are not for Odoo's imports
    import odoo.cli
    from odoo.cli import server

    server.check_root_user = lambda: None
    give_threads_room()
    with_room(odoo.cli.main)()


if __name__ == "__main__":
    main()
