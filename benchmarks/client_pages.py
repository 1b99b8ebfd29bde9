"""How fast a real server shows clients their pages, beside Odoo's own list of their orders.

10,000 products, 100,000 ratings, two workers; the clients are those with most orders.
"""

import itertools
import re

import requests

from .table import FAILED, gate, row, seconds, title
from .turns import in_turns, times

PAGE_MS, POST_MS = 300, 300
TURNS = {"": 40, "quick": 20, "smoke": 2}
TIMEOUT = 60


class Site:
    """Clients of one server. told : what :mod:`benchmarks.client_pages_data` tells."""

    def __init__(self, host, port, told):
        self.root = f"http://{host}:{port}"
        self.each = [self._logged_in(told, login) for login in told["logins"]]
        self.clients = itertools.cycle(self.each)

    def _logged_in(self, told, login):
        client = requests.Session()
        client.headers["Connection"] = "close"
        client.get(f"{self.root}/web/login?db={told['database']}", timeout=TIMEOUT)
        sent = {
            "params": {"db": told["database"], "login": login, "password": told["password"]},
        }
        address = f"{self.root}/web/session/authenticate"
        answer = client.post(address, json=sent, timeout=TIMEOUT).json()
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return client

    def page(self, path):
        """A page as the next client sees it; RuntimeError where it is refused."""
        return self._get(next(self.clients), path).text

    def _get(self, client, path):
        found = client.get(f"{self.root}{path}", timeout=TIMEOUT, allow_redirects=False)
        if found.status_code != 200:
            raise RuntimeError(f"{path}: {found.status_code}")
        return found

    def rating(self):
        """What gives the first product of the next client's page some stars."""
        forms = itertools.cycle([self._form(client) for client in self.each])

        def rate():
            client, address, form = next(forms)
            found = client.post(address, data=form, timeout=TIMEOUT, allow_redirects=False)
            if found.status_code != 303:
                raise RuntimeError(f"{address}: {found.status_code}")

        return rate

    def _form(self, client):
        page = self._get(client, "/my/products").text
        action = re.search(r'action="(/my/products/\d+/rate)"', page).group(1)
        token = re.search(r'name="csrf_token" value="([^"]+)"', page).group(1)
        return client, f"{self.root}{action}", {"csrf_token": token, "stars": "4"}


def run(site, size=""):
    """Measure a server that runs; returns the names of missed targets, none of the least size."""
    title("Pages of clients, one by one")
    ways = {
        "products": lambda: site.page("/my/products"),
        "search": lambda: site.page("/my/products?search=12&sortby=name"),
        "recommendations": lambda: site.page("/my/recommendations"),
        "orders": lambda: site.page("/my/orders"),
    }
    for _worker in range(6):
        for ask in ways.values():
            ask()
    found = in_turns({**ways, "rate": site.rating()}, TURNS[size])
    row("/my/products", seconds(found["products"].median))
    row("/my/products, a search", seconds(found["search"].median))
    row("/my/recommendations", seconds(found["recommendations"].median))
    row("stars saved", seconds(found["rate"].median))
    row("Odoo's /my/orders", seconds(found["orders"].median))
    for name in ("products", "search", "recommendations"):
        gate(f"ms of {name}", 1e3 * found[name].spread, PAGE_MS, at_least=False)
    gate("ms to save stars", 1e3 * found["rate"].spread, POST_MS, at_least=False)
    for name in ("products", "recommendations"):
        row(f"{name} over Odoo's orders", f"{times(found[name], found['orders']).value:.1f}")
    return FAILED if size != "smoke" else []
