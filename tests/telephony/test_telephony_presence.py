"""Who is there, since when, and what the board tells supervisors."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .common import TelephonyCommon


@tagged("post_install", "-at_install")
class TestTelephonyPresence(TelephonyCommon):
    def _of(self, user):
        return self.presences.with_user(user).with_company(self.company)

    def _board(self, user=None):
        board = self.env["ai.operator.board"].with_user(user or self.supervisor)
        return board.with_company(self.company).get_board()

    def _states(self, user):
        rows = self.presences.search([("user_id", "=", user.id)], order="start, id")
        return rows.mapped("state")

    def test_states_are_a_history(self):
        reason = self.env["ai.operator.break"].search([], limit=1)
        mine = self._of(self.operator)
        self.assertEqual(mine.heartbeat(), {"state": "ready", "reason": False})
        told = mine.set_presence("break", reason.id)
        self.assertEqual(told, {"state": "break", "reason": reason.id})
        mine.set_presence("break", reason.id)
        self.assertEqual(mine.heartbeat(), told)
        mine.set_presence("ready")
        self.assertEqual(self._states(self.operator), ["ready", "break", "ready"])
        rows = self.presences.search([("user_id", "=", self.operator.id)])
        self.assertEqual(len(rows.filtered(lambda row: not row.stop)), 1)

    def test_a_silent_browser_is_away_and_comes_back(self):
        mine = self._of(self.operator)
        mine.set_presence("break")
        self._silent(self.operator, 100)
        self.assertEqual(self._operator_state(), "away")
        self.env["ai.call.running"]._cron_minute()
        self.env["ai.call.running"]._cron_minute()
        self.assertEqual(self._states(self.operator), ["break", "away"])
        self.assertEqual(mine.heartbeat()["state"], "break")
        self.assertEqual(self._states(self.operator), ["break", "away", "break"])

    def _operator_state(self):
        (mine,) = (row for row in self._board()["operators"] if row["id"] == self.operator.id)
        return mine["state"]

    def test_what_makes_no_sense_is_refused(self):
        mine = self._of(self.operator)
        for wrong in (("asleep", False), ("break", 10**6), ("", False)):
            with self.subTest(wrong=wrong), self.assertRaises(UserError):
                mine.set_presence(*wrong)
        other = self.env["ai.operator.break"].create(
            {"name": "Sieste", "company_id": self._create_company("Kivu").id}
        )
        with self.assertRaises(UserError):
            mine.set_presence("break", other.id)

    def test_operators_speak_for_themselves_alone(self):
        for user in self.seller | self.portal:
            for told in (
                lambda: self._of(user).heartbeat(),  # noqa: B023
                lambda: self._of(user).set_presence("ready"),  # noqa: B023
            ):
                with self.subTest(user=user.login), self.assertRaises(AccessError):
                    told()
        self._of(self.operator).heartbeat()
        self._of(self.colleague).heartbeat()
        self.assertEqual(self._of(self.operator).search([]).user_id, self.operator)
        self.assertIn(self.colleague, self._of(self.supervisor).search([]).user_id)
        row = self._of(self.operator).search([])
        with self.assertRaises(AccessError):
            row.write({"state": "busy"})

    def test_the_board(self):
        self._of(self.operator).heartbeat()
        self._tell("ringing", 70)
        self._tell("answered", 60)
        self._told(event="queue_join", call_id="q", queue="sales", at=self._seconds(30))
        self._told(call_id="c1", started=self._seconds(100), answered=self._seconds(85))
        self._told(call_id="c2", started=self._seconds(100), answered=self._seconds(60))
        self._told(call_id="c3", extension="")
        board = self._board()
        self.assertEqual(
            board["service"],
            {
                "calls": 3,
                "answered": 2,
                "in_time": 1,
                "missed": 1,
                "level": 1 / 3,
                "within": 20,
            },
        )
        (mine,) = (row for row in board["operators"] if row["id"] == self.operator.id)
        self.assertEqual((mine["state"], mine["extension"]), ("ready", "101"))
        self.assertEqual(mine["call"]["client"], "Hôtel Atlas")
        self.assertTrue(mine["call"]["is_answered"])
        self.assertAlmostEqual(mine["call"]["seconds"], 60, delta=3)
        self.assertEqual([caller["client"] for caller in board["waiting"]], ["Hôtel Atlas"])
        self.assertAlmostEqual(board["longest_wait"], 30, delta=3)

    def test_the_board_is_of_supervisors_and_of_one_company(self):
        for user in self.operator | self.seller | self.portal:
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._board(user)
        other = self._create_company("Kivu")
        self.supervisor.company_ids |= other
        board = self.env["ai.operator.board"].with_user(self.supervisor).with_company(other)
        self.assertEqual(board.get_board()["operators"], [])

    def test_callers_who_never_left_are_forgotten(self):
        self._told(event="queue_join", call_id="q")
        caller = self.env["ai.queue.caller"].search([("exchange_call_id", "=", "q")])
        caller.joined_at = fields.Datetime.now() - timedelta(hours=3)
        self.assertFalse(self._board()["waiting"])
        caller.joined_at = fields.Datetime.now() - timedelta(days=31)
        self.env["ai.call.running"]._cron_minute()
        self.assertFalse(caller.exists())
