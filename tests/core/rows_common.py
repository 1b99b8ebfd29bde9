"""A row of each model of ours in a company, as tests that go through the whole registry want."""

from contextlib import contextmanager, suppress
from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import Command, fields, models
from odoo.exceptions import UserError

from .access import is_ours
from .common import RecommenderCommon

# Of these nobody makes more.
ALREADY_THERE = ("ai.kpi", "ai.alert.rule")
# What others want comes first.
FIRST = ("ai.complaint.motive",)
# What a constraint asks of a row.
VALUES = {"ai.experiment": {"share": 0.5}}


class Undo(Exception):
    """Ends a savepoint whose changes nobody wants to keep."""


class RowsCommon(RecommenderCommon):
    @contextmanager
    def _undone(self):
        """Nothing that is done in the block is kept; its own errors are raised."""
        with suppress(Undo), self.env.cr.savepoint():
            yield
            raise Undo
        self.env.invalidate_all(flush=False)

    @classmethod
    def _train_each_kind(cls, company):
        """Train what can be trained; a kind that fails leaves nothing behind. Returns the runs."""
        runs = cls.runs
        for kind in cls.runs._kinds():
            with cls.env.cr.savepoint():
                run = cls.runs.with_company(company)._train_now(company, kind)
                run.sudo().write({"training_id": cls._training(company).id})
                runs |= run
        return runs

    @classmethod
    def _training(cls, company):
        trainings = cls.env["ai.training"]
        of_company = [("company_id", "=", company.id)]
        return trainings.search(of_company, limit=1) or trainings.create({"company_id": company.id})

    @classmethod
    def _create_rows(cls, company, partner, product, user):
        """Rows that a short history does not give by itself, one of each stored model of ours.

        partner, product, user : whom and what they are of. Returns {model: id of its row}.
        """
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        of_company = [("company_id", "=", company.id)]
        known = {record._name: record.id for record in (company, product, partner, user)}
        known["stock.warehouse"] = env["stock.warehouse"].search(of_company, limit=1).id
        known["product.template"] = product.product_tmpl_id.id
        known["res.currency"] = company.currency_id.id
        # A call with a call-back is in the calendar as well.
        call = {
            "company_id": company.id,
            "partner_id": partner.id,
            "user_id": user.id,
            "callback_at": fields.Datetime.now() + timedelta(days=1),
        }
        known["ai.call"] = env["ai.call"].create(call).id
        lead = {"name": partner.name, "partner_id": partner.id, "user_id": user.id, **of(company)}
        known["crm.lead"] = env["crm.lead"].create(lead).id
        known["ai.client"] = env["ai.client"].search(of_company, limit=1).id
        rules = env["ai.alert.rule"].sudo()._of(company)
        known["ai.alert.rule"] = rules["unpaid"].id
        known["account.move"] = cls._create_invoice_of(company, partner).id
        known["ai.training.run"] = cls.runs.search(of_company, limit=1).id
        order = env["sale.order"].search([*of_company, ("state", "=", "draft")], limit=1)
        known["sale.order"] = (order or env["sale.order"].search(of_company, limit=1)).id
        vendor = {"partner_id": partner.id, **of(company)}
        known["purchase.order"] = env["purchase.order"].create(vendor).id
        known["rating.rating"] = env["rating.rating"]._ai_rate(
            company, partner, product.product_tmpl_id, 1, partner.name
        ).id  # fmt: skip
        cls._create_coupon(env, company, partner, known)
        cls._create_telephone(env, company, user, known)
        container = cls._create_product(f"{partner.name} 19 L", **of(company))
        known["second product"] = container.id
        vals = {"product_id": container.id, **of(company)}
        known["ai.deposit.container"] = env["ai.deposit.container"].create(vals).id
        cls._create_order([container], partner=partner, company=company)
        for name in sorted(cls.env, key=lambda name: (name not in FIRST, name)):
            model = env[name]
            if name in known or not is_ours(model) or model._abstract or not model._auto:
                continue
            row = cls._found_row(model, company)
            if not row and not model._transient:
                row = cls._create_row(model, known, company)
            known[name] = row.id
        known["calendar.event"] = env["ai.call"].browse(known["ai.call"]).callback_event_id.id
        return known | cls._rows_of_queries(env, of_company)

    @classmethod
    def _found_row(cls, model, company):
        """A row of the company; of what all share, one that nobody makes."""
        if "company_id" in model._fields:
            return model.sudo().search([("company_id", "=", company.id)], limit=1)
        return model.sudo().search([], limit=1) if model._name in ALREADY_THERE else model.browse()

    @classmethod
    def _rows_of_queries(cls, env, of_company):
        """{model: id} of models that are queries over the rows of others."""
        env.flush_all()
        found = {}
        for name in env:
            model = env[name]
            if is_ours(model) and not model._auto and not model._abstract:
                domain = of_company if "company_id" in model._fields else []
                found[name] = model.sudo().search(domain, limit=1).id
        return found

    @classmethod
    def _create_invoice_of(cls, company, partner):
        own, cls.company = cls.company, company
        try:
            return cls._create_invoice(partner)
        finally:
            cls.company = own

    @classmethod
    def _create_telephone(cls, env, company, user, known):
        """An exchange, and the user's account at it."""
        address = {
            "websocket_url": "wss://exchange.example.com/ws",
            "domain": "exchange.example.com",
        }
        server = env["ai.telephony.server"].create({**of(company), **address})
        account = {"user_id": user.id, "server_id": server.id, "extension": "101", **of(company)}
        known["ai.telephony.server"] = server.id
        known["ai.telephony.account"] = env["ai.telephony.account"].create(account).id

    @classmethod
    def _create_coupon(cls, env, company, partner, known):
        """A coupon that was used on an order; its key is none of a server's."""
        client = {"commercial_partner_id": partner.id}
        amount = {"amount": 50.0, "expiry_date": fields.Date.today(), **of(company)}
        batch = {"uuid": str(company.id), "key_version": 1, "reason": "Retards", "user_id": env.uid}
        known["ai.coupon.batch"] = env["ai.coupon.batch"].create({**amount, **batch}).id
        coupon = {
            **amount,
            **client,
            "name": f"CPN/{company.id}",
            "code": f"{company.id:014d}",
            "batch_id": known["ai.coupon.batch"],
            "partner_id": partner.id,
            "holder_key": partner.id,
            "remaining": 50.0,
            "expires_at": fields.Datetime.now() + timedelta(days=1),
        }
        known["ai.coupon"] = env["ai.coupon"].create(coupon).id
        order = env["sale.order"].browse(known["sale.order"])
        use = {
            **of(company),
            **client,
            "coupon_id": known["ai.coupon"],
            "amount": 0.0,
            "kind": "order",
            "document": order.name,
            "document_currency_id": order.currency_id.id,
            "order_id": order.id,
            "user_id": env.uid,
        }
        known["ai.coupon.redemption"] = env["ai.coupon.redemption"].create(use).id

    @classmethod
    def _create_row(cls, model, known, company):
        """A record with the first option of each selection, and what we know of other models."""
        vals = of(company) if "company_id" in model._fields else {}
        for name, field in model._fields.items():
            if not field.store or field.compute or field.related or name in models.MAGIC_COLUMNS:
                continue
            if field.type == "many2one":
                value = known.get(field.comodel_name)
            elif field.type == "many2many" and model._transient:
                value = (
                    [Command.set([known[field.comodel_name]])]
                    if known.get(field.comodel_name)
                    else None
                )
            else:
                value = _value(field, cls.env, company)
            if value is not None and name != "company_id":
                vals[name] = value
        vals |= VALUES.get(model._name, {})
        try:
            with cls.env.cr.savepoint():
                return model.sudo().create(vals)
        except (UserError, IntegrityError):  # one that wants more than a row of each other model
            return model.browse()


def of(company):
    return {"company_id": company.id}


def _value(field, env, company):
    if field.type == "date":
        return fields.Date.today()
    if not field.required:
        return None
    if field.type == "selection":
        return field.get_values(env)[0]
    return {
        "char": company.name,
        "text": company.name,
        "datetime": fields.Datetime.now(),
        "float": 1.0,
        "integer": 1,
        "monetary": 1.0,
    }.get(field.type)
