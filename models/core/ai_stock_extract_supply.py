"""Who supplies a product, how fast, in what quantities and at what price.

    main vendor   as Odoo chooses one: valid today, of the company or of all, of the variant or of
                  all variants, lowest sequence, then largest minimum, then price
    minimum       the smallest of that vendor's lines, for larger ones are discounts for quantity;
                  price and delay are those of the same line, and what is ordered costs that or less
    packaging     the smallest one that is for purchase, in series of Odoo that have them; elsewhere
                  the vendor's unit where it is one of the product's packagings
    step          what product, vendor and packaging allow together, see ``tools.quantities``
    receipts      the first day of each receipt of a purchase order line, and the day it was ordered

Prices are per unit of the product, in the company's currency, at the rate of today.
"""

from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...tools import binary_copy, compat_sql, quantities

VENDOR_COLUMNS = {
    "product_id": "i4",
    "seller_id": "i4",
    "vendor_id": "i4",
    "currency_id": "i4",
    "delay": "f8",
    "minimum": "f8",
    "price": "f8",
    "unit": "f8",
    "unit_id": "i4",
    "is_packaging": "i4",
}
RECEIPT_COLUMNS = {
    "product_id": "i4",
    "vendor_id": "i4",
    "ordered": "i4",
    "received": "i4",
    "order_line_id": "i4",
}
PRODUCT_COLUMNS = {"product_id": "i4", "category_id": "i4", "uom_id": "i4"}
PACKAGING_COLUMNS = {"product_id": "i4", "quantity": "f8"}
COST_COLUMNS = {"product_id": "i4", "cost": "f8"}
ORDERPOINT_COLUMNS = {"product_id": "i4", "warehouse_id": "i4", "orderpoint_id": "i4"}
# Of VENDOR_COLUMNS, what decides by which steps one orders.
STEP_COLUMNS = ("unit", "unit_id", "is_packaging")
MOST_RECEIPT_DAYS = 730


class AiStockExtract(models.AbstractModel):
    _inherit = "ai.stock.extract"

    @api.model
    def _planned_products(self, company, product_ids=None):
        """Active products that are kept in stock and may be planned, by their number.

        Returns {column: (n,) array} with product_id, category_id (0 for none) and uom_id.
        """
        self.env.flush_all()
        query = SQL(
            """
            SELECT product.id, COALESCE(template.categ_id, 0), template.uom_id
              FROM product_product product
              JOIN product_template template ON template.id = product.product_tmpl_id
             WHERE product.active AND template.active
               AND %(stored)s
               AND %(conditions)s
               AND %(only)s
          ORDER BY product.id
            """,
            stored=compat_sql.stored_product_sql(),
            conditions=SQL(" AND ").join(self.env["ai.sales.extract"]._product_conditions(company)),
            only=self._only_products(product_ids)("product", "id"),
        )
        return binary_copy.read_rows(self.env.cr, query, PRODUCT_COLUMNS)

    @api.model
    def _vendors(self, company, product_ids=None):
        """The main vendor of each product that has one: {column: (n,) array} of VENDOR_COLUMNS.

        delay : days; minimum : units; price : per unit in the vendor's currency, 0 where unknown;
        unit : units of the product that the vendor's unit holds; unit_id : that unit; is_packaging
        : whether it is a package, 0 or 1.
        """
        self.env.flush_all()
        query = SQL(
            """
            SELECT DISTINCT ON (product_id)
                   product_id, seller_id, vendor_id, currency_id, delay, minimum, price, unit,
                   unit_id, is_packaging
              FROM (
            SELECT product.id AS product_id, seller.id AS seller_id, seller.partner_id AS vendor_id,
                   seller.currency_id, seller.sequence,
                   GREATEST(seller.delay, 0)::float8 AS delay,
                   COALESCE(seller.min_qty, 0)::float8 * own_uom.factor::float8
                       / seller_uom.factor::float8 AS minimum,
                   COALESCE(seller.price, 0)::float8
                       * (1 - COALESCE(seller.discount, 0)::float8 / 100)
                       * seller_uom.factor::float8 / own_uom.factor::float8 AS price,
                   own_uom.factor::float8 / seller_uom.factor::float8 AS unit,
                   seller_uom.id AS unit_id, (%(is_packaging)s)::int AS is_packaging,
                   first_value(seller.partner_id) OVER (
                       PARTITION BY product.id
                       ORDER BY seller.sequence, seller.min_qty DESC, seller.price, seller.id
                   ) AS main_id
              FROM product_supplierinfo seller
              JOIN res_partner vendor ON vendor.id = seller.partner_id AND vendor.active
              JOIN product_product product
                ON product.product_tmpl_id = seller.product_tmpl_id AND product.active
               AND (seller.product_id IS NULL OR seller.product_id = product.id)
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom own_uom ON own_uom.id = template.uom_id
              JOIN uom_uom seller_uom ON seller_uom.id = %(seller_unit)s
             WHERE (seller.company_id IS NULL OR seller.company_id = %(company)s)
               AND (seller.date_start IS NULL OR seller.date_start <= %(today)s)
               AND (seller.date_end IS NULL OR seller.date_end >= %(today)s)
               AND %(only)s
              ) AS seller
             WHERE vendor_id = main_id
          ORDER BY product_id, minimum, sequence, price, seller_id
            """,
            seller_unit=compat_sql.seller_unit_sql(),
            is_packaging=compat_sql.is_packaging_sql(),
            company=company.id,
            today=self.env["ai.sales.extract"]._local_now(company).date(),
            only=self._only_products(product_ids)("product", "id"),
        )
        return binary_copy.read_rows(self.env.cr, query, VENDOR_COLUMNS)

    @api.model
    def _currency_rates(self, company, currency_ids):
        """{currency id: what one of it is in the company's currency today}."""
        today = fields.Date.context_today(self)
        currencies = self.env["res.currency"].sudo().browse(currency_ids)
        return {
            currency.id: currency._get_conversion_rate(
                currency, company.currency_id, company, today
            )
            for currency in currencies
        }

    @api.model
    def _costs(self, company, products, product_ids=None):
        """Cost of each product in the company's currency: (n,) float64, 0 where there is none.

        products : (n,) int; product_ids : iterable of int that they are of, or None for all.
        """
        from ...algorithms.core.lookup import places, taken

        self.env.flush_all()
        query = compat_sql.cost_sql(company, product_ids)
        costs = binary_copy.read_rows(self.env.cr, query, COST_COLUMNS)
        return taken(costs["cost"], places(costs["product_id"], products))

    @api.model
    def _order_steps(self, company, products, whole, vendors, product_ids=None):
        """Smallest quantities by which products are ordered, in the product's unit.

        products : (n,) int; whole : (n,) bool, only ever sold whole; vendors : {column: (n,) array}
        with unit, unit_id and is_packaging of VENDOR_COLUMNS, unit_id 0 for none; product_ids :
        iterable of int that they are of, or None for all.
        Returns (n,) float64.
        """
        import numpy as np

        from ...algorithms.core.lookup import places, taken

        planned = self._planned_products(company, product_ids)
        unit_id = taken(planned["uom_id"], places(planned["product_id"], products), 0)
        packagings = self._packagings(company, product_ids)
        package = taken(packagings["quantity"], places(packagings["product_id"], products))
        # Thousands of products have a few kinds of steps.
        kinds, kind = np.unique(
            np.stack([unit_id, whole, *(vendors[name] for name in STEP_COLUMNS), package], axis=1),
            axis=0,
            return_inverse=True,
        )
        steps = [self._order_step(*each) for each in kinds.tolist()]
        return np.array(steps, float)[kind.reshape(-1)]

    @api.model
    def _order_step(self, unit_id, whole, size, vendor_unit_id, is_packaging, package):
        """The step of products that have all of this in common; ids as float, 0 for none."""
        units = self.env["uom.uom"].sudo()
        own = quantities.least_step(units.browse(int(unit_id)), bool(whole)) if unit_id else 0.0
        if not vendor_unit_id:
            return own
        vendor = units.browse(int(vendor_unit_id))
        return quantities.common_step(
            quantities.least_step(vendor, bool(is_packaging)) * size, own, package
        )

    @api.model
    def _packagings(self, company, product_ids=None):
        """Smallest packaging for purchase: {column: (n,) array} with product_id and quantity.

        Series of Odoo without packagings have none: there units are packages, see ``_vendors``.
        """
        if "product.packaging" not in self.env:
            query = SQL("SELECT 0, 0::float8 WHERE FALSE")
        else:
            query = SQL(
                """
                SELECT packaging.product_id, min(packaging.qty)::float8
                  FROM product_packaging packaging
                 WHERE packaging.purchase AND packaging.qty > 0
                   AND (packaging.company_id IS NULL OR packaging.company_id = %(company)s)
                   AND %(only)s
              GROUP BY packaging.product_id
                """,
                company=company.id,
                only=self._only_products(product_ids)("packaging"),
            )
        self.env.flush_all()
        return binary_copy.read_rows(self.env.cr, query, PACKAGING_COLUMNS)

    @api.model
    def _orderpoints(self, company, rows, product_ids=None):
        """Reordering rules at the stock location of the rows' warehouses: (n,) int, 0 for none.

        rows : {column: (n,) array} with product_id and warehouse_id.
        """
        from ...algorithms.core.lookup import pair_key, places, taken

        self.env.flush_all()
        query = SQL(
            """
            SELECT orderpoint.product_id, warehouse.id, orderpoint.id
              FROM stock_warehouse_orderpoint orderpoint
              JOIN stock_warehouse warehouse ON warehouse.lot_stock_id = orderpoint.location_id
             WHERE orderpoint.active
               AND orderpoint.company_id = %(company)s
               AND %(only)s
            """,
            company=company.id,
            only=self._only_products(product_ids)("orderpoint"),
        )
        found = binary_copy.read_rows(self.env.cr, query, ORDERPOINT_COLUMNS)
        wanted = pair_key(rows["product_id"], rows["warehouse_id"])
        at = places(pair_key(found["product_id"], found["warehouse_id"]), wanted)
        return taken(found["orderpoint_id"], at, 0)

    @api.model
    def _receipts(self, company):
        """Receipts of the last two years: {column: (n,) array} of RECEIPT_COLUMNS, days from 1970.

        The vendor is the commercial entity of the purchase order's.
        """
        self.env.flush_all()
        since = fields.Datetime.now() - timedelta(days=MOST_RECEIPT_DAYS)
        zone = self.env["ai.sales.extract"]._time_zone(company).zone
        query = SQL(
            """
            SELECT DISTINCT line.product_id, vendor.commercial_partner_id,
                   (purchase.date_approve AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date
                       - DATE '1970-01-01',
                   (move.date AT TIME ZONE 'UTC' AT TIME ZONE %(zone)s)::date - DATE '1970-01-01',
                   line.id
              FROM stock_move move
              JOIN stock_location source ON source.id = move.location_id
              JOIN purchase_order_line line ON line.id = move.purchase_line_id
              JOIN purchase_order purchase ON purchase.id = line.order_id
              JOIN res_partner vendor ON vendor.id = purchase.partner_id
             WHERE move.state = 'done' AND source.usage = 'supplier'
               AND purchase.company_id = %(company)s
               AND purchase.date_approve IS NOT NULL
               AND move.date >= %(since)s
            """,
            zone=zone,
            company=company.id,
            since=since,
        )
        return binary_copy.read_rows(self.env.cr, query, RECEIPT_COLUMNS)

    @api.model
    def _commercial_partners(self, partner_ids):
        """{partner id: id of its commercial entity}."""
        partners = self.env["res.partner"].sudo().browse(partner_ids)
        return {partner.id: partner.commercial_partner_id.id for partner in partners}
