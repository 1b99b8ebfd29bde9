"""The logins of the demonstration may do what invited users may."""

from odoo.tests import tagged

from ...demo import masters
from ...demo.companies import COMPANIES
from .common import RecommenderCommon


@tagged("post_install", "-at_install")
class TestDemoUsers(RecommenderCommon):
    def test_each_of_them_exports_as_others_do(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        companies = {key: self.env["res.company"].create({"name": key}) for key in COMPANIES}
        masters._create_users(self.env, companies)
        for login, *_others in masters.USERS:
            user = self.env["res.users"].search([("login", "=", login)])
            with self.subTest(login=login):
                self.assertEqual(user.lang, "fr_FR")
                self.assertTrue(user.has_group("base.group_allow_export"))
