"""Recordings: the exchange brings them, people hear them."""

from odoo import _, http
from odoo.http import request

from ...tools.rights import check_group
from ..core.refusal import explained
from .event import LARGEST_RECORDING, Refusal, answered, check_size, exchange


class TelephonyRecording(http.Controller):
    @http.route(
        "/smart_recommender/telephony/recording/<string:call_id>",
        type="http",
        auth="public",
        methods=["PUT"],
        csrf=False,
        save_session=False,
    )
    def keep(self, call_id, **_others):
        """The sound file of a call that has been told, where its client knew or agreed."""

        def work():
            server = exchange()
            check_size(LARGEST_RECORDING)
            call = server.env["ai.call"]._by_exchange_id(server.company_id, call_id)
            if not call:
                raise Refusal(404, "No call has this id. Tell of the call first.")
            if not call._may_record():
                raise Refusal(409, "This call must not be recorded: nothing was kept.")
            if not call.has_recording:
                call._keep_recording(request.httprequest.get_data())
            return {"call_id": call.id}

        return answered(work)

    @http.route(
        "/smart_recommender/telephony/hear/<string:call_id>",
        type="http",
        auth="user",
        methods=["GET"],
    )
    @explained
    def hear(self, call_id, **_others):
        """The recording of a call, for its operator and supervisors; the hearing is logged."""
        check_group(
            request.env,
            "smart_recommender.group_call_operator",
            _("Only the call center hears recordings."),
        )
        companies = request.env.user.company_ids.ids
        call = (
            request.env["ai.call"]
            .with_context(allowed_company_ids=companies)
            .browse(int(call_id) if call_id.isdecimal() else 0)
        )
        data, mimetype = call._hear()
        headers = [
            ("Content-Type", mimetype),
            ("X-Content-Type-Options", "nosniff"),
            ("Cache-Control", "no-store"),
            ("Accept-Ranges", "bytes"),
        ]
        response = request.make_response(data, headers=headers)
        response.make_conditional(
            request.httprequest.environ, accept_ranges=True, complete_length=len(data)
        )
        return response
