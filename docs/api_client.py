"""Read the AI Recommender from another system: python api_client.py https://odoo.example.com KEY"""

import sys

import requests


class Recommender:
    def __init__(self, address, key):
        self.address, self.session = address, requests.Session()
        self.session.headers["Authorization"] = f"Bearer {key}"

    def get(self, path, **parameters):
        """Data of a route, such as get("kpi/metrics", days=30)."""
        address = path if path.startswith("/") else f"/smart_recommender/api/v1/{path}"
        response = self.session.get(self.address + address, params=parameters, timeout=30)
        if not response.ok:
            raise RuntimeError(response.json()["error"]["message"])
        return response.json()

    def rows(self, path, **parameters):
        """All rows of a list, page by page."""
        while path:
            page = self.get(path, **parameters)
            yield from page["data"]
            path, parameters = page["next"], {}


if __name__ == "__main__":
    for figure in Recommender(*sys.argv[1:3]).get("kpi/metrics", days=30)["data"]:
        print(figure["name"], figure["value"], sep="\t")
