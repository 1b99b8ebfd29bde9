"""The API with data made once: sales of two companies, restated, and a row in each list."""

import json

from jsonschema import Draft202012Validator

from odoo import Command, fields
from odoo.tests import HttpCase

from ...controllers.indicator.api_endpoint import BASE
from ...models.indicator.res_users_apikeys import SCOPE
from ...tools.compat import generate_api_key
from .common import IndicatorCommon

MONTH = "days=30"


class ApiCommon(IndicatorCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.ai_api_rate = 0
        cls.other = cls._create_company("Autre", currency_id=cls.env.ref("base.EUR").id)
        cls.other.ai_api_rate = 0
        cls.admin = cls._create_user(
            "sr_api_admin",
            "base.group_system,sales_team.group_sale_manager,smart_recommender.group_manager,"
            "stock.group_stock_manager,purchase.group_purchase_user,account.group_account_invoice",
        )
        cls.admin.company_ids += cls.other
        for ago in range(1, 20):
            cls._order([cls._line(cls.soap, ago, 10)], cls._at(ago))
        for company in cls.company | cls.other:
            cls._restate(60, company)
        cls.training = cls.runs.create(
            {
                "company_id": cls.company.id,
                "kind": cls.runs._kinds()[0],
                "state": "done",
                "ended_at": cls._at(1),
            }
        )
        for resource in cls.env["ai.api.resource"]._resources().values():
            cls._make(resource.model)
        cls.keys = {role: cls._key(cls.admin, role) for role in ("viewer", "manager", "admin")}

    @classmethod
    def _key(cls, user, role="viewer", scope=None):
        later = fields.Date.add(fields.Date.today(), days=1)
        scope = SCOPE + role if scope is None else scope or None
        return generate_api_key(cls.env(user=user), scope, role, later)

    @classmethod
    def _make(cls, model, **vals):
        """A record of a list, with whatever it has to have."""
        records = {
            "res.company": cls.company,
            "product.product": cls.soap,
            "ai.training.run": cls.training,
            "stock.warehouse": cls.env["stock.warehouse"].search(
                [("company_id", "=", cls.company.id)], limit=1
            ),
        }
        for name, field in cls.env[model]._fields.items():
            if not field.required or field.compute or field.related or name in vals:
                continue
            if field.type == "many2one":
                vals[name] = records[field.comodel_name].id
            elif field.type == "many2many":
                vals[name] = [Command.set(cls.cups.ids)]
            elif field.type == "selection":
                vals[name] = field.selection[0][0]
            elif field.type == "date":
                vals[name] = cls._day(1)
            elif field.type == "char":
                vals[name] = "A"
        return cls.env[model].sudo().create(vals)

    def _get(self, path, key="admin", method="GET", headers=(), **more):
        """The response to a request. key : role of the administrator's keys, a key, or None."""
        sent = {**dict(headers)}
        if key:
            sent["Authorization"] = f"Bearer {self.keys.get(key, key)}"
        address = path if path.startswith("/") else f"{BASE}/{path}"
        return self.opener.request(
            method,
            self.base_url() + address,
            headers=sent,
            timeout=30,
            allow_redirects=False,
            **more,
        )

    def _ok(self, path, key="admin", **more):
        """The data of an answer that has to be one."""
        response = self._get(path, key, **more)
        self.assertEqual(response.status_code, 200, response.text)
        return response.json()

    def _refused(self, status, code, path, key="admin", **more):
        """The response to a request that has to be refused: in one shape, with words."""
        response = self._get(path, key, **more)
        self.assertEqual(response.status_code, status, response.text)
        self._check_error(response)
        self.assertEqual(response.json()["error"]["code"], code)
        return response

    def _check_error(self, response):
        self.assertEqual(response.headers["Content-Type"], "application/json", response.text)
        self._check_schema(response.json(), {"$ref": "#/components/schemas/Error"})
        self.assertTrue(response.json()["error"]["message"])
        self.assertNotIn("Traceback", response.text)

    def _check_schema(self, data, schema):
        """Hold data against a schema of the OpenAPI document."""
        if not hasattr(type(self), "told"):
            type(self).told = json.loads(self._get("openapi.json", None).text)
        whole = {**schema, "components": self.told["components"]}
        faults = [
            f"{'/'.join(map(str, fault.absolute_path))}: {fault.message}"
            for fault in Draft202012Validator(whole).iter_errors(data)
        ]
        self.assertEqual(faults, [])

    def _check_answer(self, path, response):
        """Hold an answer against what the document says of its route. path : as declared."""
        answer = self.told["paths"][path]["get"]["responses"]["200"]
        self._check_schema(response.json(), answer["content"]["application/json"]["schema"])
