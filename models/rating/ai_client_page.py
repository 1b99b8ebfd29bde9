"""What clients see of products on their own pages: plain values, and no records.

Portal users may read no products. What is shown is chosen first, by what the commercial entity
bought of the company or is offered by it, and then read past their rights: a name, a picture, the
client's own price, its own stars. No stock, no costs, nobody else's name.
"""

import pytz

from odoo import _, api, models
from odoo.tools import consteq, format_date, formatLang
from odoo.tools.misc import hmac

PAGE_SIZE = 12
MOST_OFFERS = 60
PAST_ORDERS = 3
NAMED_PRODUCTS = 3
IMAGE_SCOPE = "smart_recommender.client_image"
SORTS = ("last", "name", "stars")


class AiClientPage(models.AbstractModel):
    _name = "ai.client.page"
    _description = "Pages of a Client"

    @api.model
    def _is_open(self, company):
        """Whether the clients of a company have these pages."""
        return company.sudo().ai_client_pages

    # ------------------------------------------------------------------
    # What was bought
    # ------------------------------------------------------------------

    @api.model
    def _bought(self, partner, company, search="", only="", sort="last"):
        """Products that a client bought of a company, [{"template_id", "product_id", "last_on",
        "order_count"}].

        partner : res.partner, the contact whose stars count; search : str, of name or reference;
        only : "unrated" or "rated" by the contact; sort : one of SORTS.
        """
        entity = partner.sudo().commercial_partner_id
        rows = self.env["ai.sales.extract"].sudo()._bought_templates(company, entity)
        templates = self._templates([row["template_id"] for row in rows])
        own = {
            rating.res_id: rating.rating
            for rating in self.env["rating.rating"]._ai_own(company, partner, templates)
        }
        if only in ("rated", "unrated"):
            rows = [row for row in rows if (row["template_id"] in own) == (only == "rated")]
        if search:
            found = self._matching(templates, search)
            rows = [row for row in rows if row["template_id"] in found]
        if sort == "name":
            names = {template.id: (template.name or "").casefold() for template in templates}
            rows.sort(key=lambda row: names[row["template_id"]])
        elif sort == "stars":
            rows.sort(key=lambda row: -own.get(row["template_id"], 0))
        return rows

    @api.model
    def _bought_count(self, partner, company):
        return len(self._bought(partner, company))

    @api.model
    def _buys(self, partner, company, template_id):
        """The product.template (sudo) of an id, where the client bought it; else none."""
        bought = {row["template_id"] for row in self._bought(partner, company)}
        return self._templates([template_id] if template_id in bought else [])

    @api.model
    def _templates(self, ids):
        """Products past the rights of who asks, the archived ones too."""
        return self.env["product.template"].sudo().with_context(active_test=False).browse(ids)

    @api.model
    def _matching(self, templates, search):
        """Ids of those products with a word in their name or reference."""
        words = [
            "|",
            ("name", "ilike", search),
            ("product_variant_ids.default_code", "ilike", search),
        ]
        return set(templates.search([("id", "in", templates.ids), *words]).ids)

    @api.model
    def _bought_cards(self, partner, company, rows):
        """What the page shows of each row of ``_bought``, as plain values."""
        templates = self._templates([row["template_id"] for row in rows])
        own = {
            rating.res_id: rating
            for rating in self.env["rating.rating"]._ai_own(company, partner, templates)
        }
        products = self.env["product.product"].sudo().browse(row["product_id"] for row in rows)
        offered = self.env["ai.suggestion"].sudo()._offered(company, products.ids)
        means = self._means(company, templates)
        zone = self.env["ai.sales.extract"]._time_zone(company)
        return [
            {
                **row,
                "name": template.name,
                "image": self._image_url(row["product_id"]),
                "bought": self._bought_words(row, zone),
                "is_sold": product in offered,
                "quantity": "1",
                "uom": product.uom_id.name,
                "mean": means.get(template.id),
                **self._own_stars(own.get(template.id)),
            }
            for row, template, product in zip(rows, templates, products, strict=True)
        ]

    @api.model
    def _own_stars(self, rating):
        """What a contact gave a product, and what the shop says to it."""
        if not rating:
            return {"stars": 0, "comment": "", "answer": "", "rejected": ""}
        return {
            "stars": int(rating.rating),
            "comment": rating.feedback or "",
            "answer": rating.publisher_comment or "",
            "rejected": rating.ai_review == "rejected"
            and _("Your rating was not accepted: %s You can change it.", rating.ai_rejected_reason),
        }

    @api.model
    def _bought_words(self, row, zone):
        """When a product was bought last, and how often."""
        day = format_date(self.env, pytz.utc.localize(row["last_on"]).astimezone(zone).date())
        if row["order_count"] == 1:
            return _("Last bought on %s", day)
        return _("Last bought on %(day)s · %(count)s orders", day=day, count=row["order_count"])

    @api.model
    def _star_words(self):
        """{stars: what a screen reader says}."""
        return {stars: _("%s of 5 stars", stars) for stars in range(1, 6)}

    @api.model
    def _means(self, company, templates):
        """{template id: its stars in words} of products that so many clients rated that nobody can
        be told by it, as the minimum of customers of the settings says."""
        ratings = self.env["ai.product.rating"].sudo().with_context(allowed_company_ids=company.ids)
        return {
            template_id: _(
                "%(stars)s of 5 · %(count)s ratings",
                stars=formatLang(self.env, row.shrunk_mean, digits=1),
                count=row.count,
            )
            for template_id, row in ratings._of(company, templates).items()
            if row.client_count >= company.sudo().ai_min_customers
        }

    # ------------------------------------------------------------------
    # What is right for the client
    # ------------------------------------------------------------------

    @api.model
    def _recommended(self, partner, company, search=""):
        """What to offer a client on its page, as plain values, group by group.

        Groups are "reorder", "similar" and "new": popular products that it has not bought.
        Returns (status of ``ai.customer.recommendation._offers``, items).
        """
        partner, company = partner.sudo(), company.sudo()
        # Odoo leaves references out of names where the context says so.
        offers = self.env["ai.customer.recommendation"].sudo()
        offers = offers.with_context(display_default_code=False)
        found = offers._offers(partner, company, limit=MOST_OFFERS)
        rows = (
            self.env["ai.sales.extract"]
            .sudo()
            ._bought_templates(company, partner.commercial_partner_id)
        )
        bought = {row["template_id"] for row in rows}
        template = {
            product.id: product.product_tmpl_id.id
            for product in self.env["product.product"]
            .sudo()
            .browse(item["product_id"] for item in found["items"])
        }
        items = [
            item
            for item in found["items"]
            if item["kind"] != "popular" or template[item["product_id"]] not in bought
        ]
        if search:
            word = search.casefold()
            items = [item for item in items if word in item["name"].casefold()]
        groups = ("reorder", "similar", "new")
        means = self._means(company, self._templates(list(template.values())))
        cards = [
            {**self._offer_card(item), "mean": means.get(template[item["product_id"]])}
            for item in items
        ]
        return found["status"], sorted(cards, key=lambda card: groups.index(card["group"]))

    @api.model
    def _offer_card(self, item):
        """Of an offer what its client may see."""
        return {
            "group": {"reorder": "reorder", "similar": "similar"}.get(item["kind"], "new"),
            "why": self._why(item),
            "image": self._image_url(item["product_id"]),
            **{name: item[name] for name in ("product_id", "kind", "rank", "name", "uom")},
            "quantity": f"{item['quantity']:g}",
            "price": formatLang(
                self.env,
                item["price"],
                currency_obj=self.env["res.currency"].sudo().browse(item["currency_id"]),
            ),
            "asked": self._asked(item),
        }

    @api.model
    def _why(self, item):
        """Why a product is shown, to the client itself: tags and places are not named."""
        if item["kind"] == "reorder":
            return self._why_due(item)
        names = ", ".join(item["antecedents"])
        if item["kind"] == "similar":
            return names and _("Clients who buy %s also buy it", names)
        return _("Popular with our clients")

    @api.model
    def _why_due(self, item):
        last = format_date(self.env, item["last_date"])
        days = round(item["interval_days"])
        if days <= 1:
            return _("You usually buy it every day, last on %s", last)
        return _("You usually buy it every %(days)s days, last on %(day)s", days=days, day=last)

    @api.model
    def _asked(self, item):
        """Which open request of the client's own holds the product, if one does. What the staff is
        still preparing stays out."""
        orders = self.env["sale.order"].sudo().browse(line["order_id"] for line in item["quoted"])
        asked = orders.filtered("ai_asked_by_id")[:1]
        return asked and _("Asked for with %s", asked.name)

    @api.model
    def _past_orders(self, partner, company):
        """The last orders of a client to order again, [{"id", "name", "date", "products"}]."""
        orders = self.env["sale.order"].sudo()._ai_past_orders(partner, company, PAST_ORDERS)
        zone = self.env["ai.sales.extract"]._time_zone(company)
        result = []
        for order in orders:
            names = order._ai_goods().product_id.mapped("name")
            more = len(names) - NAMED_PRODUCTS
            text = ", ".join(names[:NAMED_PRODUCTS])
            result.append(
                {
                    "id": order.id,
                    "name": order.name,
                    "date": format_date(
                        self.env, pytz.utc.localize(order.date_order).astimezone(zone).date()
                    ),
                    "products": _("%(names)s and %(count)s more", names=text, count=more)
                    if more > 0
                    else text,
                }
            )
        return result

    # ------------------------------------------------------------------
    # Pictures
    # ------------------------------------------------------------------

    @api.model
    def _image_url(self, product_id):
        """Address of a product's picture, signed for the user who reads the page."""
        return f"/my/products/image/{product_id}/{self._image_token(product_id)}"

    @api.model
    def _image_token(self, product_id):
        return hmac(self.env(su=True), IMAGE_SCOPE, (self.env.uid, product_id))

    @api.model
    def _image_product(self, product_id, token):
        """The product (sudo) of a signed address, none where it was signed for somebody else."""
        products = self.env["product.product"].sudo().with_context(active_test=False)
        signed = consteq(token, self._image_token(product_id))
        return products.browse(product_id if signed else []).exists()
