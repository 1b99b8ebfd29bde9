"""What people decide on anomalies, and who may see them and decide."""

from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import AnomalyCommon

DECISIONS = ("action_confirm", "action_ignore", "action_reopen", "action_explain")


@tagged("post_install", "-at_install")
class TestAnomalyDecisions(AnomalyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spike = cls._anomaly().with_user(cls.manager)
        cls.drop = cls._week(product=cls.cups).with_user(cls.manager)

    def _explain(self, anomalies, reason="promotion", **vals):
        """Fill the dialog as a person does."""
        action = anomalies.action_explain()
        wizards = self.env[action["res_model"]].with_user(self.manager)
        with Form(wizards.with_context(**action["context"])) as form:
            form.reason = reason
            for name, value in vals.items():
                form[name] = value
        return form.save().action_apply()

    def test_a_manager_confirms_ignores_and_reopens_several_at_once(self):
        both = self.spike | self.drop
        for action, state in (
            ("action_confirm", "confirmed"),
            ("action_ignore", "ignored"),
            ("action_reopen", "new"),
        ):
            getattr(both, action)()
            self.assertEqual(set(both.mapped("state")), {state})

    def test_an_explanation_is_kept_with_its_reason_and_comment(self):
        both = self.spike | self.drop
        self._explain(both, comment="Solde de novembre", exclude_from_training=True)
        self.assertEqual(set(both.mapped("state")), {"explained"})
        self.assertEqual(set(both.mapped("reason")), {"promotion"})
        self.assertEqual(set(both.mapped("comment")), {"Solde de novembre"})
        self.assertTrue(all(both.mapped("exclude_from_training")))
        for anomaly in both:
            self.assertIn("Solde de novembre", anomaly.message_ids[0].body)
            self.assertEqual(anomaly.message_ids[0].author_id, self.manager.partner_id)

    def test_an_explanation_without_comment_keeps_the_one_that_is_there(self):
        self.spike.comment = "Voir avec Karim"
        messages = self.spike.message_ids
        self._explain(self.spike)
        self.assertEqual(self.spike.comment, "Voir avec Karim")
        self.assertEqual(self.spike.message_ids, messages)
        self.assertFalse(self.spike.exclude_from_training)

    def test_a_decision_is_told_in_the_history(self):
        # What changes in the transaction that made it is not told: let it end.
        self.env.cr.flush()
        spike = self.spike.with_context(tracking_disable=False)
        spike.action_ignore()
        self.env.cr.flush()
        changes = spike.message_ids.sudo().tracking_value_ids
        self.assertEqual(changes.mapped("new_value_char"), ["Ignored"])

    def test_whatever_is_decided_later_takes_the_days_back_into_training(self):
        for action in ("action_reopen", "action_confirm", "action_ignore"):
            with self.subTest(action=action):
                self._explain(self.spike, exclude_from_training=True)
                getattr(self.spike, action)()
                self.assertFalse(self.spike.exclude_from_training)
                self.assertFalse(self.spike.reason)

    def test_days_of_customers_and_salespeople_cannot_be_left_out(self):
        customer = self._anomaly(level="customer", partner_id=self.partner.id)
        seller = self._anomaly(level="salesperson", salesperson_id=self.salesperson.id)
        wizards = self.env["ai.anomaly.explain"].with_user(self.manager)
        for anomalies in (customer, seller, customer | self.spike):
            wizard = wizards.create(
                {
                    "anomaly_ids": [Command.set(anomalies.ids)],
                    "reason": "customer",
                    "exclude_from_training": True,
                }
            )
            self.assertFalse(wizard.can_exclude)
            with self.assertRaisesRegex(UserError, "by product"):
                wizard.action_apply()
            self.assertEqual(set(anomalies.mapped("state")), {"new"})
        self._explain(customer.with_user(self.manager), "customer")
        self.assertEqual(customer.state, "explained")

    def test_nothing_selected_is_said_so(self):
        wizards = self.env["ai.anomaly.explain"].with_user(self.manager)
        with self.assertRaisesRegex(UserError, "Select"):
            wizards.create({"reason": "other", "anomaly_ids": []}).action_apply()

    def test_only_managers_decide(self):
        for user in (self.leader, self.salesperson):
            for action in DECISIONS:
                with self.subTest(user=user.login, action=action), self.assertRaises(AccessError):
                    getattr(self.spike.with_user(user), action)()
            with self.assertRaises(AccessError):
                self.env["ai.anomaly.explain"].with_user(user).create(
                    {"anomaly_ids": [Command.set(self.spike.ids)], "reason": "other"}
                )
        self.assertEqual(self.spike.state, "new")

    def test_an_anomaly_opens_what_it_is_about(self):
        for anomaly, record in (
            (self.spike, self.soap),
            (self._anomaly(level="customer", partner_id=self.partner.id), self.partner),
            (self._anomaly(level="slow_category", categ_id=self.category.id), self.category),
        ):
            action = anomaly.action_open_subject()
            self.assertEqual((action["res_model"], action["res_id"]), (record._name, record.id))


@tagged("post_install", "-at_install")
class TestAnomalySecurity(AnomalyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ours = cls._anomaly()
        cls.theirs = cls._anomaly(cls.cups, company_id=cls.other.id)
        cls.both = cls._create_user("sr_both", "smart_recommender.group_manager")
        cls.both.company_ids = [Command.link(cls.other.id)]

    def _seen(self, user, companies=None):
        anomalies = self.anomalies.with_user(user)
        if companies:
            anomalies = anomalies.with_context(allowed_company_ids=companies.ids)
        return anomalies.search([("id", "in", (self.ours | self.theirs).ids)])

    def test_managers_and_who_sees_all_documents_read(self):
        for user in (self.manager, self.leader):
            self.assertEqual(self._seen(user), self.ours)
            self.assertTrue(self.ours.with_user(user).sentence)

    def test_who_sees_own_documents_only_sees_nothing(self):
        portal = new_test_user(self.env, "sr_portal_an", groups="base.group_portal")
        for user in (self.salesperson, portal):
            with self.assertRaises(AccessError):
                self._seen(user)
            with self.assertRaises(AccessError):
                self.ours.with_user(user).read(["quantity"])

    def test_each_company_sees_its_own(self):
        for companies, rows in (
            (self.company, self.ours),
            (self.other, self.theirs),
            (self.company | self.other, self.ours | self.theirs),
        ):
            self.assertEqual(self._seen(self.both, companies), rows)

    def test_a_manager_decides_nothing_of_another_company(self):
        theirs = self.theirs.with_user(self.manager)
        for action in ("action_confirm", "action_ignore", "action_reopen"):
            with self.assertRaises(AccessError):
                getattr(theirs, action)()
        wizard = self.env["ai.anomaly.explain"].with_user(self.manager)
        with self.assertRaises(AccessError):
            wizard.create(
                {"anomaly_ids": [Command.set(self.theirs.ids)], "reason": "other"}
            ).action_apply()
        self.assertEqual(self.theirs.state, "new")

    def test_nobody_makes_or_removes_anomalies_by_hand(self):
        for user in (self.manager, self.leader):
            with self.assertRaises(AccessError):
                self.ours.with_user(user).copy()
            with self.assertRaises(AccessError):
                self.ours.with_user(user).unlink()
        with self.assertRaises(AccessError):
            self.ours.with_user(self.leader).write({"comment": "x"})

    def test_a_manager_comments_and_changes_nothing_else_by_hand(self):
        ours = self.ours.with_user(self.manager)
        ours.comment = "A wedding"
        for vals in ({"severity": "low"}, {"comment": "x", "exclude_from_training": True}):
            with self.assertRaisesRegex(AccessError, "only the comment"):
                ours.write(vals)
        self.assertEqual((self.ours.comment, self.ours.severity), ("A wedding", "high"))

    def _call(self, login, method, *args, **kwargs):
        """What a client gets over HTTP: (result, name of the error)."""
        self.authenticate(login, login)
        answer = self.opener.post(
            f"{self.base_url()}/web/dataset/call_kw",
            json={
                "jsonrpc": "2.0",
                "params": {
                    "model": "ai.anomaly",
                    "method": method,
                    "args": list(args),
                    "kwargs": {"context": {"allowed_company_ids": self.company.ids}, **kwargs},
                },
            },
        ).json()
        return answer.get("result"), answer.get("error", {}).get("data", {}).get("name", "")

    @mute_logger("odoo.http")
    def test_the_same_over_rpc(self):
        ids = self.ours.ids
        for login, method, error in (
            ("sr_sales", "read", "AccessError"),
            ("sr_sales", "action_ignore", "AccessError"),
            ("sr_leader", "action_ignore", "AccessError"),
            ("sr_leader", "action_explain", "AccessError"),
            ("sr_leader", "_decide", "AccessError"),
            ("sr_leader", "read", ""),
            ("sr_manager", "action_ignore", ""),
        ):
            with self.subTest(login=login, method=method):
                self.assertIn(error, self._call(login, method, ids)[1] or "")
                if error:
                    self.assertEqual(self.ours.state, "new")
        self.env.invalidate_all()
        self.assertEqual(self.ours.state, "ignored")
        rows, error = self._call("sr_sales", "search_read", [], fields=["subject"])
        self.assertFalse(rows)
        self.assertIn("AccessError", error)
