"""Recordings: kept only with the announcement or consent of the setting, heard by the operator of
the call and by supervisors, deleted after their days, and all of this written down.

The file itself is read through :meth:`AiCall._hear` alone: over RPC, in exports and by Odoo's own
addresses of files nobody gets it.
"""

import base64
import hashlib
from datetime import timedelta

from odoo import _, api, fields, models
from odoo.exceptions import AccessError, UserError

from ..call.ai_call import AiCall as Call

# A player asks for a file in parts, which are one hearing.
ONE_HEARING = timedelta(minutes=10)
KINDS = ((b"RIFF", "wav"), (b"\x1aE\xdf\xa3", "webm"), (b"OggS", "ogg"), (b"ID3", "mp3"))
MIMETYPES = {"wav": "audio/wav", "webm": "audio/webm", "ogg": "audio/ogg", "mp3": "audio/mpeg"}


class AiCall(models.Model):
    _inherit = "ai.call"
    _editable = Call._editable | {"recording_upload"}

    recording = fields.Binary(groups=fields.NO_ACCESS)
    recording_upload = fields.Binary(
        string="Recording File",
        compute="_compute_recording_upload",
        inverse="_inverse_recording_upload",
        help="A sound file of the call. Who hears it is written down.",
    )
    has_recording = fields.Boolean(string="Recorded", readonly=True, copy=False)
    hearing_ids = fields.One2many(
        "ai.call.hearing",
        "call_id",
        string="Hearings",
        groups="smart_recommender.group_call_supervisor",
    )

    def _compute_recording_upload(self):
        self.recording_upload = False

    def _inverse_recording_upload(self):
        for call in self.filtered("recording_upload"):
            data = base64.b64decode(call.recording_upload)
            call._keep_recording(data)

    @api.model_create_multi
    def create(self, vals_list):
        calls = super().create(vals_list)
        calls.invalidate_recordset(["recording_upload"])
        return calls

    def write(self, vals):
        done = super().write(vals)
        if "recording_upload" in vals:
            self.invalidate_recordset(["recording_upload"])
        return done

    # ------------------------------------------------------------------
    # Keeping
    # ------------------------------------------------------------------

    def _may_record(self):
        """Whether the company's setting and the consent to this call allow a recording."""
        self.ensure_one()
        call = self.sudo()
        setting = self.env["ai.telephony.server"]._of(call.company_id).recording
        allowed = {"announced": ("announced", "given"), "asked": ("given",)}
        return call.consent in allowed.get(setting, ())

    def _keep_recording(self, data):
        """Attach a sound file. data : bytes. Raises UserError for anything else."""
        self.ensure_one()
        ending = _ending(data)
        if not ending:
            raise UserError(
                _("%s: a recording is a WAV, WebM, Ogg or MP3 file.", self.display_name)
            )
        self.sudo().write(
            {
                "recording": base64.b64encode(data),
                "recording_filename": f"call-{self.id}.{ending}",
                "has_recording": True,
            }
        )
        self._note_hearing("kept", data)

    # ------------------------------------------------------------------
    # Hearing
    # ------------------------------------------------------------------

    def _hear(self):
        """The recording for the user, as (bytes, media type), which is written down.

        Raises AccessError for calls of others unless the user is a supervisor, and where there is
        nothing to hear.
        """
        self.ensure_one()
        self.env["ai.client"]._check_operator()
        call = self.search([("id", "=", self.id)])
        data = base64.b64decode(call.sudo().recording or b"") if call else b""
        if not data:
            raise AccessError(_("There is no recording of this call that you may hear."))
        since = fields.Datetime.now() - ONE_HEARING
        same = [
            ("call_id", "=", call.id),
            ("user_id", "=", self.env.uid),
            ("kind", "=", "heard"),
            ("date", ">", since),
        ]
        if not self.env["ai.call.hearing"].sudo().search_count(same, limit=1):
            call._note_hearing("heard", data)
        return data, MIMETYPES.get(_ending(data), "application/octet-stream")

    def _note_hearing(self, kind, data):
        self.env["ai.call.hearing"].sudo().create(
            {
                "company_id": self.sudo().company_id.id,
                "call_id": self.id,
                "call_name": self.display_name,
                "kind": kind,
                "user_id": self.env.uid,
                "digest": hashlib.sha256(data).hexdigest(),
                "size": len(data),
            }
        )

    # ------------------------------------------------------------------
    # Deleting
    # ------------------------------------------------------------------

    def _delete_recording(self):
        """Delete the file, and write down which it was."""
        data = base64.b64decode(self.recording or b"")
        self.write({"recording": False, "recording_filename": False, "has_recording": False})
        self._note_hearing("deleted", data)

    def unlink(self):
        for call in self.sudo().filtered("has_recording"):
            call._note_hearing("deleted", base64.b64decode(call.recording or b""))
        return super().unlink()


def _ending(data):
    """Ending of the name of a sound file by how it begins; None for anything else."""
    if data[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "mp3"
    found = next((ending for start, ending in KINDS if data.startswith(start)), None)
    return None if found == "wav" and data[8:12] != b"WAVE" else found
