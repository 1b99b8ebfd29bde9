"""/my/products: what a client bought, and the stars that it gives."""

from urllib.parse import urlencode

from odoo import _, http
from odoo.addons.portal.controllers.portal import CustomerPortal, pager
from odoo.exceptions import UserError
from odoo.http import request

from ...models.rating.ai_client_page import PAGE_SIZE, SORTS
from ...models.rating.rating_rating import LONGEST_COMMENT
from .client_home import LONGEST_SEARCH, as_number, own_page, posted

URL = "/my/products"
ONLY = ("unrated", "rated")
IMAGE_SECONDS = 86_400


class ProductsPage(CustomerPortal):
    @http.route([URL, f"{URL}/page/<int:page>"], type="http", auth="user", website=True)
    @own_page
    def my_products(self, page=1, **asked):
        """What the client bought, to be rated. asked : search, only, sortby, done."""
        return self._products(page, asked)

    @http.route(
        f"{URL}/<int:template_id>/rate", type="http", auth="user", methods=["POST"], website=True
    )
    @own_page
    def rate_product(self, template_id, stars="", comment="", **asked):
        """Give a product stars and a comment, or change them."""

        def rate():
            template = self._bought_template(template_id)
            given = as_number(stars, int)
            if given is None:
                raise UserError(_("Choose one to five stars for %s.", template.name))
            env = request.env
            env["rating.rating"]._ai_rate(
                env.company, env.user.partner_id, template, given, comment
            )
            return self._back(asked, "rated", template_id)

        typed = {"template_id": template_id, "stars": as_number(stars, int), "comment": comment}
        return posted(rate, lambda error: self._products(1, asked, {**typed, "error": error}))

    @http.route(
        f"{URL}/<int:template_id>/take-back",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    @own_page
    def take_back_rating(self, template_id, **asked):
        """Take stars and comment back."""

        def take_back():
            template = self._bought_template(template_id)
            env = request.env
            env["rating.rating"]._ai_take_back(env.company, env.user.partner_id, template)
            return self._back(asked, "taken_back", template_id)

        return posted(
            take_back,
            lambda error: self._products(1, asked, {"template_id": template_id, "error": error}),
        )

    @http.route(f"{URL}/invitations", type="http", auth="user", methods=["POST"], website=True)
    @own_page
    def set_invitations(self, wanted="", **asked):
        """Whether the contact is invited to rate by mail."""

        def change():
            request.env.user.partner_id.sudo().ai_no_invitations = not wanted
            return self._back(asked, "invitations")

        return posted(change, lambda error: self._products(1, asked, {"error": error}))

    @http.route(f"{URL}/image/<int:product_id>/<string:token>", type="http", auth="user")
    def product_image(self, product_id, token):
        """The picture of a product on a page that this user was shown."""
        product = request.env["ai.client.page"]._image_product(product_id, token)
        if not product:
            return request.not_found()
        stream = request.env["ir.binary"]._get_image_stream_from(
            product, "image_256", placeholder="web/static/img/placeholder.png"
        )
        stream.public = False
        return stream.get_response(max_age=IMAGE_SECONDS)

    # ------------------------------------------------------------------
    # Tools
    # ------------------------------------------------------------------

    @staticmethod
    def _bought_template(template_id):
        env = request.env
        template = env["ai.client.page"]._buys(env.user.partner_id, env.company, template_id)
        if not template:
            raise UserError(_("You can only rate products that you bought from us."))
        return template

    @staticmethod
    def _asked(asked):
        """What was asked for of the page, as far as it makes sense."""
        only, sort = asked.get("only"), asked.get("sortby")
        return {
            "search": (asked.get("search") or "").strip()[:LONGEST_SEARCH],
            "only": only if only in ONLY else "",
            "sortby": sort if sort in SORTS else SORTS[0],
        }

    def _back(self, asked, done, template_id=None):
        """The address of the page as the client left it."""
        query = {name: value for name, value in self._asked(asked).items() if value}
        page = as_number(asked.get("page"), int) or 1
        anchor = f"#product-{template_id}" if template_id else ""
        path = f"{URL}/page/{page}" if page > 1 else URL
        return f"{path}?{urlencode({**query, 'done': done})}{anchor}"

    def _products(self, page, asked, typed=None):
        """The page. typed : what a refused form held, with its error, or None."""
        env, query = request.env, self._asked(asked)
        partner, company = env.user.partner_id, env.company
        model = env["ai.client.page"]
        rows = model._bought(partner, company, query["search"], query["only"], query["sortby"])
        page = as_number(asked.get("page"), int) or page
        pages = pager(URL, len(rows), page, PAGE_SIZE, url_args=query)
        shown = rows[pages["offset"] : pages["offset"] + PAGE_SIZE]
        values = {
            **self._prepare_portal_layout_values(),
            **query,
            "page_name": "ai_products",
            "pager": pages,
            "products": model._bought_cards(partner, company, shown),
            "typed": typed or {},
            "done": "" if typed else asked.get("done", ""),
            "longest_comment": LONGEST_COMMENT,
            "star_words": model._star_words(),
            "nothing_found": _(
                "Nothing that you bought is called “%s”. Try a shorter word.", query["search"]
            ),
            "wants_invitations": not partner.sudo().ai_no_invitations,
            "has_invitations": company.sudo().ai_rating_invites,
        }
        return request.render("smart_recommender.my_products", values)
