"""Give the operators of the demonstration a telephone: inside Odoo's own environment.

Called as `python inside_telephone.py CONFIG DATABASE URL REALM FILE EXTENSION:LOGIN:PASSWORD…`;
numbers of clients who may call are written to FILE, one a line.
"""

import sys
from pathlib import Path

CLIENTS = 5


def main(config, database, url, realm, file, *accounts):
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        users = env["res.users"]
        given = [account.split(":", 2) for account in accounts]
        for extension, login, password in given:
            user = users.search([("login", "=", login)])
            give(
                env(context={"allowed_company_ids": user.company_id.ids}),
                user,
                url,
                realm,
                extension,
                password,
            )
        company = users.search([("login", "=", given[0][1])]).company_id
        Path(file).write_text("\n".join(numbers(env, company)))
        cr.commit()


def give(env, user, url, realm, extension, password):
    """An account of a user at the company's exchange, made or brought up to date."""
    company = user.company_id
    servers, accounts = env["ai.telephony.server"], env["ai.telephony.account"]
    server = servers.search([("company_id", "=", company.id)], limit=1)
    values = {"websocket_url": url, "domain": realm, "realm": realm, "level2_extension": "700"}
    if server:
        server.write(values)
    else:
        server = servers.create({"name": "Asterisk", "company_id": company.id, **values})
    account = accounts.search([("user_id", "=", user.id), ("company_id", "=", company.id)])
    account = account or accounts.create(
        {
            "company_id": company.id,
            "user_id": user.id,
            "server_id": server.id,
            "extension": extension,
        }
    )
    account.set_secret(password)


def numbers(env, company):
    """Numbers of a few clients, without blanks."""
    partners = env["res.partner"].search(
        [
            ("phone", "!=", False),
            ("is_company", "=", True),
            ("company_id", "in", [company.id, False]),
        ],
        limit=CLIENTS,
    )
    return [
        "".join(sign for sign in phone if sign in "+0123456789")
        for phone in partners.mapped("phone")
    ]


if __name__ == "__main__":
    main(*sys.argv[1:])
