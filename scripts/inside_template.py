"""Install modules, and generate the bundles of styles and scripts that browsers ask for.

Called as `python inside_template.py [ARGUMENT OF ODOO…]`. Bundles take half a minute: made here,
every copy of the database has them.
"""

import sys


def main():
    del sys.path[0]  # the names of our scripts are not for Odoo's imports
    import odoo.cli
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry
    from odoo.service import server

    preload = server.preload_registries

    def preload_with_bundles(databases):
        code = preload(databases)
        for database in databases if not code else ():
            with Registry(database).cursor() as cr:
                api.Environment(cr, SUPERUSER_ID, {})["ir.qweb"]._pregenerate_assets_bundles()
        return code

    server.preload_registries = preload_with_bundles
    odoo.cli.main()


if __name__ == "__main__":
    main()
