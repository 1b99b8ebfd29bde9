"""The client and the notebook of docs/, run against this server."""

import json
import os
import sys
from pathlib import Path
from unittest.mock import patch

import requests

DOCS = Path(__file__).resolve().parents[2] / "docs"
SOLD = 10 * sum(range(1, 20))


class ApiExamples:
    """Tests of an ApiCommon."""

    def _prepare_examples(self):
        for replaced in (
            # The notebook imports the client that lies beside it.
            patch.object(sys, "path", [str(DOCS), *sys.path]),
            # A session that sees what the test has not committed.
            patch.object(requests, "Session", lambda: self.opener),
        ):
            replaced.start()
            self.addCleanup(replaced.stop)

    def test_the_client_reads_figures_and_whole_lists(self):
        self._prepare_examples()
        from api_client import Recommender

        client = Recommender(self.base_url(), self.keys["manager"])
        figures = client.get("kpi/metrics", days=30)["data"]
        self.assertEqual(figures[0]["value"], SOLD)
        for product in self.filter | self.bottle:
            self._make("ai.recommendation.rule", consequent_id=product.id)
        self.assertEqual(len(list(client.rows("recommendations", limit=2))), 3)
        with self.assertRaisesRegex(RuntimeError, "turnips"):
            client.get("kpi/metric/turnips")

    def test_the_cells_of_the_notebook_run(self):
        self._prepare_examples()
        notebook = json.loads((DOCS / "api_notebook.ipynb").read_text())
        self.assertEqual((notebook["nbformat"], notebook["nbformat_minor"]), (4, 5))
        self.assertEqual(len({cell["id"] for cell in notebook["cells"]}), len(notebook["cells"]))
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
        self.assertEqual([cell["outputs"] for cell in cells], [[] for _cell in cells])
        names = {}
        address = {"ODOO_URL": self.base_url(), "ODOO_KEY": self.keys["manager"]}
        with patch.dict(os.environ, address):
            for cell in cells:
                source = "".join(cell["source"])
                if "matplotlib" not in source:
                    exec(compile(source, "api_notebook.ipynb", "exec"), names)  # noqa: S102
        self.assertEqual(names["sales"]["revenue"].sum(), SOLD)
        self.assertIn("Revenue", list(names["figures"]["name"]))
