"""Small records of our own: tests depend on no demo data."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.base.models import res_users
from odoo.tests import TransactionCase, new_test_user

from . import world
from .history import write_orders

# Odoo makes a password hard to guess by half a second of work, for each of our users again.
res_users.MIN_ROUNDS = 1


class RecommenderCommon(TransactionCase):
    """A company with products, partners, a salesperson and a manager; see :mod:`.world`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        records = world.find(cls.env) or world.build(cls.env)
        company = records["company"]
        cls.env.user.write({"company_ids": [Command.link(company.id)], "company_id": company.id})
        cls.env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        for name in ("company", *world.PRODUCTS, "shared_partner", *world.USERS):
            setattr(cls, name, records[name].with_env(cls.env))
        cls.partners = cls.env["res.partner"].browse(
            [records[f"partner_{number}"].id for number in range(world.PARTNERS)]
        )
        cls.partner = cls.partners[0]
        cls.rules = cls.env["ai.recommendation.rule"]
        cls.runs = cls.env["ai.training.run"]

    @classmethod
    def _create_company(cls, name, **vals):
        return world.take_company(cls.env, name, vals)

    @classmethod
    def _activate_french(cls):
        cls.env["res.lang"]._activate_lang("fr_FR")
        cls.env["ir.module.module"]._load_module_terms(["smart_recommender"], ["fr_FR"])

    @classmethod
    def _create_user(cls, login, groups, company=None):
        """A user of one company, whose password is the login, as browsers of tests want it."""
        company = company or cls.company
        return new_test_user(
            cls.env,
            login=login,
            password=login,
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def _create_product(cls, name, price=10.0, **vals):
        return cls.env["product.product"].create({**world.product_vals(name, price), **vals})

    @classmethod
    def _create_products(cls, name, count, price=10.0, **vals):
        """As many products, numbered from 0, in one go."""
        return cls.env["product.product"].create(
            [{**world.product_vals(f"{name} {number}", price), **vals} for number in range(count)]
        )

    @classmethod
    def _use_currency(cls, name, rate=0.5, since="2020-01-01"):
        """A currency that is in use, of which one of the company's makes so many; returns it."""
        currency = cls.env.ref(f"base.{name}")
        currency.active = True
        currency.rate_ids.unlink()
        cls.env["res.currency.rate"].create(
            {
                "name": since,
                "currency_id": currency.id,
                "company_id": cls.company.id,
                "rate": rate,
            }
        )
        return currency

    def _block_for_sale(self, product, reason):
        if "sale_line_warn" not in product._fields:
            self.skipTest("products of this series of Odoo cannot be blocked for sale")
        product.write({"sale_line_warn": "block", "sale_line_warn_msg": reason})

    @classmethod
    def _create_tax(cls, name, percent, included=False):
        """A tax of the company; included : whether prices include it."""
        taxes = cls.env["account.tax"]
        newer = "price_include_override" in taxes._fields
        inclusion = (
            {"price_include_override": "tax_included" if included else "tax_excluded"}
            if newer
            else {"price_include": included}
        )
        group = cls.env["account.tax.group"].create({"name": name, "company_id": cls.company.id})
        return taxes.create(
            {
                "name": name,
                "amount": percent,
                "company_id": cls.company.id,
                "country_id": cls.env.ref("base.ma").id,
                "tax_group_id": group.id,
                **inclusion,
            }
        )

    @classmethod
    def _create_fiscal_position(cls, name, source, target):
        """A fiscal position that puts one tax in the place of another."""
        position = cls.env["account.fiscal.position"].create(
            {"name": name, "company_id": cls.company.id}
        )
        if "original_tax_ids" in target._fields:
            target.write(
                {
                    "fiscal_position_ids": [Command.link(position.id)],
                    "original_tax_ids": [Command.link(source.id)],
                }
            )
        else:
            position.tax_ids = [Command.create({"tax_src_id": source.id, "tax_dest_id": target.id})]
        return position

    @classmethod
    def _create_invoice(cls, partner=None):
        """One that nobody has paid, past Odoo's accounts: posting would want a chart of them."""
        company = {"company_id": cls.company.id}
        journal = cls.env["account.journal"].create(
            {"name": "Factures", "code": "FACT", "type": "sale", **company}
        )
        move = cls.env["account.move"].create(
            {
                "name": "FACTURE/12345",
                "move_type": "out_invoice",
                "journal_id": journal.id,
                "partner_id": (partner or cls.partner).id,
                **company,
            }
        )
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE account_move SET state = 'posted', payment_state = 'not_paid' WHERE id = %s",
            [move.id],
        )
        cls.env.invalidate_all()
        return move

    @classmethod
    def _create_order(cls, products, state="sale", days_ago=1, partner=None, company=None, **vals):
        """An order with one line for each product; a pair (product, quantity) sets the quantity."""
        company = company or cls.company
        lines = []
        for entry in products:
            product, quantity = entry if isinstance(entry, tuple) else (entry, 1.0)
            lines.append(Command.create({"product_id": product.id, "product_uom_qty": quantity}))
        order = (
            cls.env["sale.order"]
            .with_company(company)
            .create(
                {
                    "partner_id": (partner or cls.partner).id,
                    "company_id": company.id,
                    "order_line": lines,
                    **vals,
                }
            )
        )
        order.write(
            {"state": state, "date_order": fields.Datetime.now() - timedelta(days=days_ago)}
        )
        return order

    @classmethod
    def _create_history(cls, company=None):
        """20 orders: 8 fountain + bottle (4 of them with cups), 2 fountain alone, 2 bottle alone,
        8 soap alone. Fountain → bottle: 8 of 10, lift 0.8 / 0.5 = 1.6."""
        partners = cls.partners if not company else cls.env["res.partner"].create(
            [{"name": f"{company.name} {number}"} for number in range(6)]
        )  # fmt: skip
        baskets = (
            [(cls.fountain, cls.bottle, cls.cups)] * 4
            + [(cls.fountain, cls.bottle)] * 4
            + [(cls.fountain,)] * 2
            + [(cls.bottle,)] * 2
            + [(cls.soap,)] * 8
        )
        now = fields.Datetime.now()
        write_orders(
            cls.env,
            company or cls.company,
            [
                (
                    partners[number % len(partners)],
                    now - timedelta(days=number + 1),
                    [(product, 1.0) for product in products],
                )
                for number, products in enumerate(baskets)
            ],
        )

    @classmethod
    def _train(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "rules")

    def _rule(self, antecedents, consequent, company=None):
        """The rule with exactly these products, switched off or not; at most one."""
        key = ",".join(str(product_id) for product_id in sorted(antecedents.ids))
        return self.rules.with_context(active_test=False).search(
            [
                ("company_id", "=", (company or self.company).id),
                ("antecedent_key", "=", key),
                ("consequent_id", "=", consequent.id),
            ]
        )
