"""Install modules, with what every copy of the database wants.

Called as `python inside_template.py [browsed] [ARGUMENT OF ODOO…]`. The bundles of styles and
scripts that browsers ask for take half a minute, and are made only where the word is given; with
the addon comes the world of its tests.
"""

import runpy
import sys
from pathlib import Path

MODULE = "smart_recommender"
BROWSED = "browsed"
WORLD = Path("tests", "core", "world.py")


def main():
    browsed = sys.argv[1:2] == [BROWSED]
    if browsed:
        del sys.argv[1]
    del sys.path[0]  # the names of our scripts are not for Odoo's imports
    import odoo.cli
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.service import server

    preload = server.preload_registries

    def preload_and_prepare(databases):
        code = preload(databases)
        for database in databases if not code else ():
            with Registry(database).cursor() as cr:
                prepare(api.Environment(cr, SUPERUSER_ID, {}), browsed)
        return code

    server.preload_registries = preload_and_prepare
    odoo.cli.main()


def prepare(env, browsed):
    if browsed:
        env["ir.qweb"]._pregenerate_assets_bundles()
    if MODULE in env.registry._init_modules:
        from odoo.modules.module import get_module_path

        # By its path: a package of tests wants Odoo's test framework.
        runpy.run_path(str(Path(get_module_path(MODULE), WORLD)))["keep"](env)


if __name__ == "__main__":
    main()
