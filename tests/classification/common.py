"""Sales and classes trained on them."""

from odoo import fields

from ..core.sales_common import SalesCommon


class ClassCommon(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.classes = cls.env["ai.product.class"]
        cls.changes = cls.env["ai.product.class.change"]
        # What other modules and demo data offer to all companies would be classified too.
        cls.others = (
            cls.env["product.template"].search([("sale_ok", "=", True)])
            - (cls.fountain | cls.bottle | cls.cups | cls.filter | cls.soap).product_tmpl_id
        )
        cls.others.sale_ok = False
        cls.stock_manager = cls._create_user("sr_stock", "stock.group_stock_manager")

    @classmethod
    def _weekly_sales(cls, weeks=8, company=None):
        """Each week: 10 fountains of 900, 1 or 5 bottles of 35, and twice cups of 12 in all.

        Revenue of 8 weeks: fountain 72 000 (X), bottle 24 × 35 = 840 (cv 0.71), cups 40 × 12 = 480
        (cv 1.5 and more); filter and soap do not sell.
        """
        # An older sale: all eight weeks count, and not from the first sale on.
        sales = {100: [(cls.fountain, 1.0), (cls.bottle, 1.0), (cls.cups, 1.0)]}
        for week in range(weeks):
            lines = [(cls.fountain, 10.0), (cls.bottle, 5.0 if week % 2 else 1.0)]
            if week in (2, 5):
                lines.append((cls.cups, 20.0))
            sales[7 * week + 3] = lines
        return cls._sell(sales, company=company)

    @classmethod
    def _train_classes(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "classes")

    def _class(self, product, company=None):
        return self.classes.search(
            [
                ("product_id", "=", product.id),
                ("company_id", "=", (company or self.company).id),
            ]
        )

    def _names(self, company=None):
        """{product: name of its class}"""
        rows = self.classes.search([("company_id", "=", (company or self.company).id)])
        return {row.product_id: row.name for row in rows}

    @classmethod
    def _stock(cls, products, quantity, cost, company=None, **vals):
        """Put goods on a shelf of the company, whatever documents say."""
        company = company or cls.company
        warehouse = cls.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        products.with_company(company).standard_price = cost
        cls.env["stock.quant"].sudo().create(
            [
                {
                    "product_id": product.id,
                    "location_id": warehouse.lot_stock_id.id,
                    "quantity": quantity,
                    "in_date": fields.Datetime.now(),
                    **vals,
                }
                for product in products
            ]
        )
