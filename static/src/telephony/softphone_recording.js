/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Whether a call that is talked in may be recorded, and whether it is. */
export class SoftphoneRecording extends Component {
    static template = "smart_recommender.SoftphoneRecording";
    static props = { call: Object };

    setup() {
        this.softphone = useService("smart_recommender.softphone");
        this.calls = this.softphone.calls;
        this.phone = useState(this.softphone.state);
    }

    get call() {
        return this.props.call;
    }

    get isAsked() {
        return this.phone.account.recording === "asked";
    }

    get question() {
        return this.isAsked
            ? _t("May the call be recorded? Ask the client first.")
            : _t("Record the call? Only once it was announced.");
    }

    agree() {
        this.calls.noteConsent(this.call.id, this.isAsked ? "given" : "announced");
    }

    refuse() {
        this.calls.noteConsent(this.call.id, "refused");
    }

    toggle() {
        this.calls.setRecorded(this.call.id, !this.call.recorded);
    }
}
