"""Settings of alerts: by company, and who may change them."""

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import ClientAlertCommon


@tagged("post_install", "-at_install")
class TestAlertRules(ClientAlertCommon):
    def test_each_company_has_its_own(self):
        other = self._create_company("SR Autre")
        self._rule("unpaid", threshold=40)
        rules = self.env["ai.alert.rule"]
        self.assertEqual(rules._of(other)["unpaid"].threshold, 15)
        self.assertEqual(len(rules._of(other)), len(rules._of(self.company)))
        self._invoice(10, days_ago=50)
        self._run()
        self.assertFalse(self._run(other))
        self.assertFalse(self.alerts.search([("company_id", "=", other.id)]))

    def test_every_kind_says_what_it_means(self):
        rules = self.env["ai.alert.rule"]
        alerts = type(self.env["ai.client.alert"])
        for kind in rules._kinds():
            self.assertTrue(hasattr(rules, f"_facts_{kind}"), kind)
            self.assertTrue(hasattr(alerts, f"_sentence_{kind}"), kind)
        self.assertEqual(set(rules._kinds()), set(dict(rules._fields["kind"].selection)))

    def test_senseless_settings_are_refused(self):
        rule = self._rule("unpaid")
        with self.assertRaisesRegex(ValidationError, "Unpaid invoices"):
            rule.threshold = 0
        rule.threshold = 15
        with self.assertRaisesRegex(ValidationError, "at least one day"):
            rule.mail_days = 0
        rule.mail_days = 7
        with self.assertRaisesRegex(ValidationError, "no e-mail address"):
            self.company.email = False
            self._rule("overdue", sends_mail=True)
        with self.assertRaisesRegex(ValidationError, "choose a user"):
            rule.write({"tell": "user", "user_id": False})

    def test_who_may_change_them(self):
        rule = self._rule("unpaid")
        rule.with_user(self.call_manager).threshold = 20
        action = self.env["ai.alert.rule"].with_user(self.call_manager).action_open_rules()
        self.assertEqual(action["domain"], [("company_id", "=", self.company.id)])
        self.assertEqual(rule.with_user(self.supervisor).threshold, 20)
        with mute_logger("odoo.addons.base.models.ir_model"):
            for user in (self.supervisor, self.operator):
                with self.assertRaises(AccessError):
                    rule.with_user(user).threshold = 5
            with self.assertRaises(AccessError):
                self.env["ai.alert.rule"].with_user(self.supervisor).action_open_rules()
            with self.assertRaises(AccessError):
                rule.with_user(self.operator).read(["threshold"])

    def test_operators_see_their_own_alerts(self):
        self._only("unpaid")
        self._invoice(10, days_ago=50)
        alert = self._run()
        found = [("id", "=", alert.id)]
        self.assertEqual(self.alerts.with_user(self.operator).search(found), alert)
        self.assertEqual(self.alerts.with_user(self.supervisor).search(found), alert)
        self.assertFalse(self.alerts.with_user(self.colleague).search(found))
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_model"):
            alert.with_user(self.supervisor).is_open = False
        action = alert.with_user(self.operator).action_open_client()
        self.assertEqual(action["tag"], "smart_recommender.client_sheet")
