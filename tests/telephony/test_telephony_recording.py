"""Recordings: kept where it is allowed, heard by few, noted, deleted in time."""

import base64
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...controllers.telephony import event as controller
from ...tools.token_bucket import Buckets
from .common import WAV, TelephonyCommon

KEEP = "/smart_recommender/telephony/recording"
HEAR = "/smart_recommender/telephony/hear"


@tagged("post_install", "-at_install")
class TestTelephonyRecording(TelephonyCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.key = cls.server.action_new_key()["context"]["default_key"]
        cls.server.recording = "announced"
        cls.hearings = cls.env["ai.call.hearing"]

    def setUp(self):
        super().setUp()
        buckets = patch.object(controller, "BUCKETS", Buckets())
        buckets.start()
        self.addCleanup(buckets.stop)
        self._told(consent="announced")
        self.call = self._logged()

    def _put(self, data=WAV, key="call-1"):
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "audio/wav"}
        url = f"{self.base_url()}{KEEP}/{key}"
        return self.opener.put(url, data=data, headers=headers, timeout=20)

    def _hear(self, login, **headers):
        self.authenticate(login, login)
        return self.url_open(f"{HEAR}/{self.call.id}", headers=headers)

    def _kinds(self):
        return self.hearings.search([("call_id", "=", self.call.id)]).mapped("kind")

    def test_the_setting_and_the_consent_decide(self):
        cases = [
            ("off", "given", 409),
            ("announced", False, 409),
            ("announced", "refused", 409),
            ("announced", "announced", 200),
            ("announced", "given", 200),
            ("asked", "announced", 409),
            ("asked", "refused", 409),
            ("asked", "given", 200),
        ]
        for setting, consent, status in cases:
            with self.subTest(setting=setting, consent=consent):
                self.server.recording = setting
                self.call.write({"consent": consent, "recording": False, "has_recording": False})
                self.assertEqual(self._put().status_code, status)
                self.assertEqual(self.call.has_recording, status == 200)
                self.assertEqual(bool(self.call.recording), status == 200)

    def test_only_sound_of_a_known_call_is_kept(self):
        self.assertEqual(self._put(key="unknown").status_code, 404)
        for data in (b"<html>", b"RIFF", b"MZ" + bytes(50)):
            self.assertEqual(self._put(data).status_code, 400)
        with patch(f"{controller.__package__}.recording.LARGEST_RECORDING", 10):
            self.assertEqual(self._put().status_code, 413)
        self.assertFalse(self.call.has_recording)

    def test_its_operator_and_supervisors_hear_it_and_leave_a_trace(self):
        self._put()
        for login in ("sr_operator", "sr_supervisor"):
            answer = self._hear(login)
            self.assertEqual((answer.status_code, answer.content), (200, WAV), answer.text)
            self.assertEqual(answer.headers["Content-Type"], "audio/wav")
        heard = self.hearings.search([("kind", "=", "heard"), ("call_id", "=", self.call.id)])
        self.assertEqual(heard.user_id, self.operator | self.supervisor)
        part = self._hear("sr_operator", Range="bytes=4-7")
        self.assertEqual((part.status_code, part.content), (206, WAV[4:8]))

    def test_others_hear_nothing(self):
        self._put()
        for login in ("sr_colleague", "sr_tel_seller", "sr_tel_portal"):
            with self.subTest(login=login):
                answer = self._hear(login)
                self.assertEqual(answer.status_code, 403)
                self.assertNotIn(WAV, answer.content)
        self.assertNotIn("heard", self._kinds())

    def test_there_is_no_other_way_to_the_file(self):
        self._put()
        attachment = self.env["ir.attachment"].search(
            [("res_model", "=", "ai.call"), ("res_field", "=", "recording")], limit=1
        )
        self.assertTrue(attachment)
        for login in ("sr_operator", "sr_supervisor"):
            self.authenticate(login, login)
            for url in (
                f"/web/content/ai.call/{self.call.id}/recording",
                f"/web/content/{attachment.id}",
            ):
                with self.subTest(login=login, url=url), mute_logger("odoo.http"):
                    self.assertNotIn(WAV, self.url_open(url).content)
        self.supervisor.groups_id |= self.env.ref("base.group_allow_export")
        call = self.call.with_user(self.supervisor)
        for read in (
            lambda: call.read(["recording"]),
            lambda: call.search_read([], ["recording"]),
            lambda: call.export_data(["recording"]),
            lambda: call.write({"recording": False}),
        ):
            self._assert_refused(read)
        self.assertNotIn("recording", call.fields_get())
        file = attachment.with_user(self.supervisor)
        sound = base64.b64encode(WAV).decode()
        for name in ("datas", "raw", "db_datas"):
            self._assert_refused(lambda: file.read([name]))  # noqa: B023
            found = file.search_read([("res_field", "=", "recording")], [name])
            self.assertNotIn(sound, str(found))
            self.assertEqual(found, [])
        self.assertNotIn("heard", self._kinds())

    def test_a_file_that_is_uploaded_follows_the_same_rules(self):
        call = self.call.with_user(self.operator)
        call.recording_upload = base64.b64encode(WAV)
        self.assertTrue(call.has_recording)
        self.assertFalse(call.recording_upload)
        self.assertEqual(self._kinds(), ["kept"])
        with self.assertRaises(UserError):
            call.recording_upload = base64.b64encode(b"<html>")

    def test_old_recordings_are_deleted_and_it_is_written_down(self):
        self._put()
        self.hearings._cron_retention()
        self.assertTrue(self.call.has_recording)
        self.call.start = fields.Datetime.now() - timedelta(days=91)
        self.hearings._cron_retention()
        self.assertFalse(self.call.has_recording or self.call.recording)
        self.assertFalse(
            self.env["ir.attachment"].search(
                [
                    ("res_model", "=", "ai.call"),
                    ("res_field", "=", "recording"),
                    ("res_id", "=", self.call.id),
                ]
            )
        )
        self.assertEqual(sorted(self._kinds()), ["deleted", "kept"])
        digests = self.hearings.search([("call_id", "=", self.call.id)]).mapped("digest")
        self.assertEqual(len(set(digests)), 1)

    def test_a_deleted_call_leaves_its_trace(self):
        self._put()
        name = self.call.display_name
        self.call.with_user(self.call_manager).unlink()
        self.assertTrue(self.hearings.search([("call_name", "=", name), ("kind", "=", "deleted")]))

    def test_supervisors_read_the_log_and_nobody_writes_it(self):
        self._put()
        log = self.hearings.with_user(self.supervisor).search([])
        self.assertTrue(log)
        for user in self.supervisor | self.call_manager:
            for change in (
                lambda: log.with_user(user).write({"kind": "kept"}),  # noqa: B023
                lambda: log.with_user(user).unlink(),  # noqa: B023
            ):
                with self.assertRaises(AccessError):
                    change()
        with self.assertRaises(AccessError):
            self.hearings.with_user(self.operator).search([])
