"""What clients like this one paid for a product: discounts that were accepted, on a click in a
quotation's line.

A discount is what the net price was below the product's usual price on the same pricelist in the
same quarter, whether it was given as a discount or as a lower price; so price lists that change and
classes of clients with lists of their own are no discounts. It says what was, not what would be.
"""

from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from ...tools.compat import check_access
from ...tools.rights import check_group

HISTORY_DAYS = 365
# Without lost quotations all bands say that everything is won.
LEAST_LOST = 5
TIERS = ("gold", "silver", "bronze", None)
# Where no training says when a quotation is given up.
USUAL_LAPSE = 180
# Edges as in algorithms.treasury.price_advice.
BANDS = ((None, 0.0), (0.0, 0.05), (0.05, 0.10), (0.10, 0.20), (0.20, None))


class AiPriceAdvice(models.AbstractModel):
    _name = "ai.price.advice"
    _description = "Price Advice"

    @api.model
    def get_advice(self, line):
        """Discounts that clients of the same class accepted, for a line of a quotation.

        line : {"product_id", "partner_id", "company_id", "currency_id", "uom_id": int, "price":
        float before discount, "tax_ids": list of int}; the line may be unsaved.
        Returns a JSON-ready dict: "is_silent"; "basis", and "note" or "", text; unless it is silent
        "quartiles": [{"label", "discount" 0..1, "price" in the currency of the line}] and "bands":
        [{"label", "rate" 0..1 or None}].
        Raises AccessError for users who do not sell or may not see the product, client or company,
        UserError for an unknown product or client.
        """
        check_group(
            self.env,
            "sales_team.group_sale_salesman",
            _("Only salespeople see what prices clients accepted. Ask your administrator."),
        )
        product = self._known(
            "product.product", line.get("product_id"), _("Choose a product first.")
        )
        partner = self._known("res.partner", line.get("partner_id"), _("Choose a client first."))
        company = self.env["res.company"].browse(line.get("company_id") or self.env.company.id)
        if company not in self.env.companies:
            raise AccessError(_("You do not work in the company of this quotation."))
        tier = self._tier(company, partner)
        rows = self._lines(company, product)
        price, cost = self._price_and_cost(company, product, line)
        return self._told(company, product, tier, rows, line.get("price") or 0.0, price, cost)

    @api.model
    def _known(self, model, record_id, message):
        record = self.env[model].browse(record_id or 0).exists()
        if not record:
            raise UserError(message)
        check_access(record, "read")
        return record

    @api.model
    def _tier(self, company, partner):
        """The place in TIERS of a client."""
        client = self.env["ai.client"].sudo()._of(company, partner)
        return TIERS.index(client.tier or None)

    # ------------------------------------------------------------------
    # What is known
    # ------------------------------------------------------------------

    @api.model
    def _lines(self, company, product):
        """[(product id, client, tier place, discount, won)] of decided lines of the category."""
        self.env.flush_all()
        self.env.cr.execute(self._lines_query(company, product))
        return self.env.cr.fetchall()

    def _lines_query(self, company, product):
        now = fields.Datetime.now()
        lapse = self.env["ai.training.result.wins"]._last_of(company).lapse or USUAL_LAPSE
        return SQL(
            """
            WITH quoted AS MATERIALIZED (
                SELECT sol.product_id, partner.commercial_partner_id AS client,
                       so.state IN ('sale', 'done') AS won,
                       COALESCE(so.pricelist_id, 0) AS pricelist,
                       date_trunc('quarter', so.date_order) AS quarter,
                       round((sol.price_unit / %(rate)s
                              * line_uom.factor / own_uom.factor)::numeric, 4) AS price,
                       COALESCE(sol.discount, 0)::float8 / 100 AS discount
                  FROM sale_order_line sol
                  JOIN sale_order so ON so.id = sol.order_id
                  JOIN res_partner partner ON partner.id = so.partner_id
                  JOIN product_product product ON product.id = sol.product_id
                  JOIN product_template template ON template.id = product.product_tmpl_id
                  JOIN uom_uom line_uom ON line_uom.id = sol.product_uom
                  JOIN uom_uom own_uom ON own_uom.id = template.uom_id
                 WHERE so.company_id = %(company)s
                   AND template.categ_id %(category)s
                   AND so.date_order >= now() AT TIME ZONE 'UTC' - %(days)s * interval '1 day'
                   AND (so.state IN ('sale', 'done', 'cancel')
                        OR so.state IN ('draft', 'sent')
                        AND so.create_date < %(now)s - %(lapse)s * interval '1 day')
                   AND sol.display_type IS NULL
                   AND sol.is_downpayment IS NOT TRUE
                   AND sol.product_uom_qty > 0
                   AND sol.price_unit > 0
            ), usual AS (
                SELECT product_id, pricelist, quarter,
                       mode() WITHIN GROUP (ORDER BY price DESC) AS price
                  FROM quoted
              GROUP BY product_id, pricelist, quarter
            )
            SELECT quoted.product_id, quoted.client,
                   COALESCE(array_position(ARRAY['gold', 'silver', 'bronze'], client.tier::text),
                            4) - 1,
                   (1 - quoted.price * (1 - quoted.discount) / usual.price)::float8,
                   quoted.won
              FROM quoted
              JOIN usual USING (product_id, pricelist, quarter)
         LEFT JOIN ai_client client ON client.partner_id = quoted.client
                                   AND client.company_id = %(company)s
             WHERE usual.price > 0
            """,
            rate=self.env["ai.sales.extract"]._order_rate(),
            company=company.id,
            category=_is(product.categ_id),
            days=HISTORY_DAYS,
            now=now,
            lapse=lapse,
        )

    @api.model
    def _price_and_cost(self, company, product, line):
        """(price before discount without taxes, cost) in the line's currency and unit; the cost
        None where it is not known or the user may not see it."""
        currency = self.env["res.currency"].browse(line.get("currency_id") or 0).exists()
        currency = currency or company.currency_id
        price = line.get("price") or 0.0
        taxes = self.env["account.tax"].browse(line.get("tax_ids") or []).exists()
        taxes = taxes.filtered(lambda tax: tax.company_id in company.sudo().parent_ids)
        if taxes and price:
            price = taxes.compute_all(price, currency=currency, product=product)["total_excluded"]
        product = product.with_company(company)
        if "standard_price" not in product.fields_get(["standard_price"]):
            return price, None
        unit = self.env["uom.uom"].browse(line.get("uom_id") or 0).exists() or product.uom_id
        cost = product.standard_price * unit._compute_quantity(1.0, product.uom_id, round=False)
        today = fields.Date.context_today(self)
        return price, company.currency_id._convert(cost, currency, company, today) or None

    # ------------------------------------------------------------------
    # What is told
    # ------------------------------------------------------------------

    @api.model
    def _told(self, company, product, tier, rows, shown_price, price, cost):
        import numpy as np

        from ...algorithms.treasury import price_advice

        columns = zip(*rows, strict=True) if rows else ((),) * 5
        products, clients, tiers, discounts, won = (np.array(each) for each in columns)
        lines = price_advice.QuotedLines(
            products.astype(np.int64),
            np.full(len(products), product.categ_id.id, np.int64),
            tiers.astype(np.int64),
            discounts.astype(np.float64),
            won.astype(bool),
        )
        advice = price_advice.price_advice(
            lines,
            [product.id],
            [product.categ_id.id],
            [tier],
            np.array([price]),
            np.array([np.nan if cost is None else cost]),
        )
        level = price_advice.LEVELS[advice.level[0]]
        words = self._tier_words(tier)
        if level == "silent":
            return self._silent(advice, words, price_advice)
        asked = (lines.group == tier) & ((level == "category") | (lines.product == product.id))
        if self._is_confidential(company, clients[asked & lines.won]):
            return {
                "is_silent": True,
                "basis": _("Too few clients bought this to tell you without naming them."),
                "note": "",
            }
        lost = int(advice.decided[0] - advice.won[0])
        return {
            "is_silent": False,
            "basis": self._basis(product, level, words, advice),
            "note": self._note(advice, lost),
            "quartiles": [
                {"label": label, "discount": float(each[0]), "price": shown_price * (1 - each[0])}
                for label, each in (
                    (_("A quarter got at most"), advice.low),
                    (_("Half got at most"), advice.median),
                    (_("Three quarters got at most"), advice.high),
                )
            ],
            "bands": self._bands(advice.win_rate[0]) if lost >= LEAST_LOST else [],
        }

    @api.model
    def _is_confidential(self, company, clients):
        """Whether so few clients are behind it that one who sees only own documents must not."""
        if self.env.su or self.env.user.has_group("sales_team.group_sale_salesman_all_leads"):
            return False
        return len(set(clients.tolist())) < company.sudo().ai_min_customers

    @api.model
    def _tier_words(self, tier):
        names = dict(self.env["ai.client"]._fields["tier"]._description_selection(self.env))
        return names.get(TIERS[tier]) or _("no tier yet")

    @api.model
    def _silent(self, advice, words, algorithm):
        return {
            "is_silent": True,
            "basis": _(
                "Too few quotations to clients of this class (%(tier)s) to say anything: "
                "%(won)s of %(decided)s lines with this product were won in the last year, and "
                "%(least_won)s of %(least)s are needed.",
                tier=words,
                won=advice.won[0],
                decided=advice.decided[0],
                least_won=algorithm.LEAST_WON,
                least=algorithm.LEAST_DECIDED,
            ),
            "note": "",
        }

    @api.model
    def _basis(self, product, level, words, advice):
        what = product.display_name if level == "product" else product.categ_id.display_name
        return _(
            "%(what)s, clients of the same class (%(tier)s), last year: %(won)s of %(decided)s "
            "lines were won.",
            what=what,
            tier=words,
            won=advice.won[0],
            decided=advice.decided[0],
        )

    @api.model
    def _note(self, advice, lost):
        notes = []
        if advice.capped[0]:
            notes.append(_("Discounts end where the price would fall below cost."))
        if lost < LEAST_LOST:
            notes.append(_("Too few were lost to tell how discounts go with winning."))
        notes.append(
            _("This is what was accepted. Nobody knows whether a lower discount would have done.")
        )
        return " ".join(notes)

    @api.model
    def _bands(self, rates):
        return [
            {"label": self._band_label(low, high), "rate": None if rate != rate else float(rate)}
            for (low, high), rate in zip(BANDS, rates, strict=True)
        ]

    @api.model
    def _band_label(self, low, high):
        if low is None:
            return _("No discount")
        if high is None:
            return _("Above %s%%", round(100 * low))
        return _("Up to %s%%", round(100 * high))


def _is(category):
    """A condition that an index helps with; Odoo 19 has products without a category."""
    return SQL("= %s", category.id) if category else SQL("IS NULL")
