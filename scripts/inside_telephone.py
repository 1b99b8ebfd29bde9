"""Give the operators of the demonstration a telephone: inside Odoo's own environment.

Called as `python inside_telephone.py CONFIG DATABASE FILE`. FILE is JSON: {"url", "realm" of the
exchange, "accounts": {extension: [login, password]}}; it becomes {"key" of the exchange,
"numbers" of clients who may call}.
"""

import json
import sys
from pathlib import Path

CLIENTS = 5
# What a newcomer looks at first: consent is asked, and what was agreed to is recorded.
DEMO = {"level2_extension": "700", "recording": "asked", "active": True}


def main(config, database, file):
    import odoo
    from odoo import SUPERUSER_ID, api
    from odoo.modules.registry import Registry

    given = json.loads(Path(file).read_text())
    odoo.tools.config.parse_config(["-c", config, "-d", database, "--no-http"])
    with Registry(database).cursor() as cr:
        env = api.Environment(cr, SUPERUSER_ID, {})
        logins = [login for login, _password in given["accounts"].values()]
        users = env["res.users"].search([("login", "in", logins)])
        company = users.company_id
        env = env(context={"allowed_company_ids": company.ids})
        server = exchange_of(env, company, given["url"], given["realm"])
        for extension, (login, password) in given["accounts"].items():
            user = users.filtered(lambda each, login=login: each.login == login)
            account_of(env, server, user, extension).set_secret(password)
        answer = {"key": server._make_key(), "numbers": numbers(env, company)}
        cr.commit()
    Path(file).write_text(json.dumps(answer))


def exchange_of(env, company, url, realm):
    """The company's exchange, made or brought up to date."""
    values = {"websocket_url": url, "domain": realm, "realm": realm, **DEMO}
    servers = env["ai.telephony.server"].with_context(active_test=False)
    server = servers.search([("company_id", "=", company.id)], limit=1)
    if server:
        server.write(values)
        return server
    return servers.create({"name": "Asterisk", "company_id": company.id, **values})


def account_of(env, server, user, extension):
    """The account of a user at an exchange, made or brought up to date."""
    accounts = env["ai.telephony.account"].with_context(active_test=False)
    company = server.company_id
    account = accounts.search([("user_id", "=", user.id), ("company_id", "=", company.id)])
    values = {"server_id": server.id, "extension": extension, "active": True}
    if account:
        account.write(values)
        return account
    return accounts.create({"company_id": company.id, "user_id": user.id, **values})


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
