"""The class on products: batch, filters, variants, who sees it."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .common import ClassCommon


@tagged("post_install", "-at_install")
class TestClassFields(ClassCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._weekly_sales()
        cls.other = cls._create_company("Autre")
        cls._sell({7 * week + 1: [(cls.soap, 5.0)] for week in range(8)}, company=cls.other)
        cls._train_classes()
        cls._train_classes(cls.other)
        cls.unclassified = cls._create_product("Nouveau")
        cls.mine = cls.fountain | cls.bottle | cls.cups | cls.filter | cls.soap | cls.unclassified

    def _found(self, *condition, model="product.product"):
        products = self.mine if model == "product.product" else self.mine.product_tmpl_id
        return set(self.env[model].search([("id", "in", products.ids), ("ai_class", *condition)]))

    def test_a_product_shows_its_class(self):
        self.assertEqual(self.mine.mapped("ai_class"), ["AX", "CZ", "CZ", "N", "N", False])
        self.assertEqual(
            self.mine.product_tmpl_id.mapped("ai_class"), ["AX", "CZ", "CZ", "N", "N", False]
        )

    def test_filters_find_letters(self):
        everything = set(self.mine)
        for condition, found in (
            (("=like", "A%"), {self.fountain}),
            (("=like", "B%"), set()),
            (("=like", "%Z"), {self.bottle, self.cups}),
            (("=", "N"), {self.filter, self.soap}),
            (("=", "AX"), {self.fountain}),
            (("ilike", "cz"), {self.bottle, self.cups}),
            (("in", ["AX", "N"]), {self.fountain, self.filter, self.soap}),
            (("not in", ["AX", "N"]), {self.bottle, self.cups, self.unclassified}),
            (("!=", "N"), everything - {self.filter, self.soap}),
            (("=", False), {self.unclassified}),
            (("!=", False), everything - {self.unclassified}),
        ):
            with self.subTest(condition=condition):
                self.assertEqual(self._found(*condition), found)
                self.assertEqual(
                    self._found(*condition, model="product.template"),
                    {product.product_tmpl_id for product in found},
                )

    def test_domains_of_other_models_reach_it(self):
        lines = self.env["sale.order.line"].search(
            [("company_id", "=", self.company.id), ("product_id.ai_class", "=", "AX")]
        )
        self.assertEqual(lines.product_id, self.fountain)

    def test_a_template_has_the_class_of_its_best_variant(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Taille",
                "value_ids": [Command.create({"name": name}) for name in ("S", "M", "L")],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Gants",
                "list_price": 10000.0,
                "detailed_type": "consu",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": [Command.set(attribute.value_ids.ids)],
                        }
                    )
                ],
            }
        )
        small, medium, large = template.product_variant_ids
        self._sell({7 * week + 1: [(small, 1.0), (medium, 5.0)] for week in range(8)})
        self._train_classes()
        self.assertEqual(
            [product.ai_class for product in (small, medium, large)], ["CX", "AX", "N"]
        )
        self.assertEqual(template.ai_class, "AX")
        search = self.env["product.template"].search
        found = [
            name
            for name in ("AX", "CX", "N")
            if search([("id", "=", template.id), ("ai_class", "=", name)])
        ]
        self.assertEqual(found, ["AX"])
        medium.active = False
        template.invalidate_recordset()
        self.assertEqual(template.ai_class, "CX")
        self.assertTrue(search([("id", "=", template.id), ("ai_class", "=", "CX")]))

    def test_the_class_is_that_of_the_current_company(self):
        soap = self.soap.with_company(self.other)
        self.assertEqual((soap.ai_class, self.soap.ai_class), ("AX", "N"))
        found = (
            self.env["product.product"].with_company(self.other).search([("ai_class", "=", "AX")])
        )
        self.assertEqual(found, self.soap)

    def test_classes_of_many_products_are_read_at_once(self):
        self.env.invalidate_all()
        with self.assertQueryCount(1):
            self.mine.mapped("ai_class")
        names = set(self.mine.product_tmpl_id.ids)
        self.env.invalidate_all()
        templates = self.env["product.template"].browse(names)
        templates.product_variant_ids.mapped("name")
        with self.assertQueryCount(1):
            templates.mapped("ai_class")

    def test_a_product_not_saved_yet_has_none(self):
        self.assertFalse(self.env["product.template"].new({"name": "Brouillon"}).ai_class)
        self.assertFalse(self.env["product.product"].new({"name": "Brouillon"}).ai_class)
        self.assertEqual(self.fountain.new(origin=self.fountain).ai_class, "AX")

    def test_salespeople_see_the_letter_and_not_the_figures(self):
        fountain = self.fountain.with_user(self.salesperson)
        self.assertEqual(fountain.read(["ai_class"])[0]["ai_class"], "AX")
        products = self.env["product.product"].with_user(self.salesperson)
        self.assertEqual(products.search([("ai_class", "=", "AX")]), self.fountain)
        for model in ("ai.product.class", "ai.product.class.change"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.salesperson).search([])

    def test_portal_users_have_nothing(self):
        portal = new_test_user(self.env, "sr_portal_class", groups="base.group_portal")
        for product in (self.fountain, self.fountain.product_tmpl_id):
            self.assertNotIn("ai_class", product.with_user(portal).fields_get())
            with self.assertRaises(AccessError):
                product.with_user(portal).read(["ai_class"])
        for model in ("ai.product.class", "ai.product.class.change"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
        with self.assertRaises(AccessError):
            self.classes.with_user(portal).get_class_matrix()

    def test_views_offer_badges_and_filters(self):
        for model, kind, xmlid in (
            ("product.template", "form", "product.product_template_only_form_view"),
            ("product.product", "form", "product.product_normal_form_view"),
            ("product.template", "kanban", "product.product_template_kanban_view"),
            ("product.product", "kanban", "product.product_kanban_view"),
            ("product.product", "kanban", "product.product_view_kanban_catalog"),
            ("product.template", "tree", "product.product_template_tree_view"),
            ("product.product", "tree", "product.product_product_tree_view"),
        ):
            view = self.env["ir.ui.view"].search([("id", "=", self.env.ref(xmlid).id)])
            arch = self.env[model].with_user(self.salesperson).get_view(view.id, view.type)["arch"]
            self.assertIn('name="ai_class"', arch, f"{model} {kind}")
        for xmlid in (
            "product.product_template_search_view",
            "product.product_search_form_view",
            "product.product_view_search_catalog",
        ):
            view = self.env.ref(xmlid)
            arch = self.env[view.model].get_view(view.id, "search")["arch"]
            for letter in "abcxyzn":
                self.assertIn(f'name="ai_class_{letter}"', arch, xmlid)
