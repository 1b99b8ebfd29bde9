"""Making keys: behind the password, for roles that the user may have, shown once."""

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...tools.compat import longest_api_key_days
from .common import IndicatorCommon


@tagged("post_install", "-at_install")
class TestIndicatorApiKey(IndicatorCommon):
    def setUp(self):
        super().setUp()
        self.buttons = (
            type(self.env["res.users"]).action_ai_new_api_key,
            type(self.env["ai.api.key"]).make_key,
        )
        # What they do once the password was given.
        self.open, self.make = (button.__wrapped__ for button in self.buttons)

    def test_the_buttons_ask_for_the_password(self):
        for button in self.buttons:
            self.assertTrue(getattr(button, "__has_check_identity"))  # noqa: B009

    def test_a_key_has_the_scope_of_its_role_and_is_shown_once(self):
        self.assertEqual(self.open(self.manager)["res_model"], "ai.api.key")
        form = Form(self.env["ai.api.key"].with_user(self.manager))
        form.name, form.role = "Entrepôt de données", "manager"
        wizard = form.save()
        shown = self.make(wizard)
        key = shown["context"]["default_key"]
        [(view, _kind)] = shown["views"]
        arch = self.env[shown["res_model"]].get_view(view, "form")["arch"]
        self.assertIn("nothing else", arch)
        self.assertNotIn("full access", arch)
        row = self.env["res.users.apikeys"].search([("user_id", "=", self.manager.id)])
        self.assertEqual((row.name, row.scope), ("Entrepôt de données", "ai.api.manager"))
        found = self.env["res.users.apikeys"]._ai_find(key)
        self.assertEqual((found.user_id, found.role), (self.manager.id, "manager"))
        self.assertFalse(wizard.exists())

    def test_only_administrators_make_keys_of_administrators(self):
        keys = self.env["ai.api.key"]
        roles = [role for role, _words in keys.with_user(self.manager)._roles()]
        self.assertEqual(roles, ["viewer", "manager"])
        # Newer series take any value of a selection that is computed.
        wizard = keys.with_user(self.manager).create({"name": "x"})
        self.env.cr.execute("UPDATE ai_api_key SET role = 'admin' WHERE id = %s", wizard.ids)
        wizard.invalidate_recordset()
        with self.assertRaises(AccessError):
            self.make(wizard)
        admin = self._create_user("sr_key_admin", "base.group_system")
        self.assertIn("admin", dict(keys.with_user(admin)._roles()))

    def test_keys_end_where_odoo_ends_them(self):
        longest = longest_api_key_days(self.env(user=self.manager))
        usual = self.env["ai.api.key"].with_user(self.manager)._usual_end()
        if longest is None:
            self.assertFalse(usual)
        else:
            self.assertLessEqual((usual - fields.Date.today()).days, longest)

    def test_portal_users_make_none(self):
        portal = self._create_user("sr_key_portal", "base.group_portal")
        with self.assertRaises(AccessError):
            self.env["ai.api.key"].with_user(portal).create({"name": "x"})
