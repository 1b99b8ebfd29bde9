"""Install modules, with what every copy of the database wants.

Called as `python inside_template.py [prepared] [ARGUMENT OF ODOO…]`. Where the word is given, the
bundles of styles and scripts that browsers ask for are made, which takes a dozen seconds, and the
world of the addon's tests.
"""

import runpy
import sys
from pathlib import Path

MODULE = "smart_recommender"
PREPARED = "prepared"
# In the names of bundles that no page of our tests asks for, half of the work: Odoo's own tests
# of its scripts, and dark pages. One that is asked for all the same is made then.
UNSEEN = ("qunit", "unit_test", "tests_assets", "mocha", "dark")
WORLD = Path("tests", "core", "world.py")


def main():
    prepared = sys.argv[1:2] == [PREPARED]
    if prepared:
        del sys.argv[1]
    del sys.path[0]  # the names of our scripts are not for Odoo's imports
    import odoo.cli
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.service import server

    preload = server.preload_registries

    def preload_and_prepare(databases):
        code = preload(databases)
        for database in databases if prepared and not code else ():
            with Registry(database).cursor() as cr:
                prepare(api.Environment(cr, SUPERUSER_ID, {}))
        return code

    server.preload_registries = preload_and_prepare
    odoo.cli.main()


def prepare(env):
    from odoo.modules.module import get_module_path

    make_bundles(env["ir.qweb"])
    # By its path: a package of tests wants Odoo's test framework.
    runpy.run_path(str(Path(get_module_path(MODULE), WORLD)))["keep"](env)


def make_bundles(views):
    """As Odoo's `_pregenerate_assets_bundles`, without those that are not seen.

    views : model ir.qweb.
    """
    scripts, styles = views._get_bundles_to_pregenarate()  # written as Odoo writes it
    for names, kind in ((scripts, "js"), (styles, "css")):
        for name in sorted(names):
            if not any(word in name for word in UNSEEN):
                bundle = views._get_asset_bundle(name, css=kind == "css", js=kind == "js")
                getattr(bundle, kind)()


if __name__ == "__main__":
    main()
