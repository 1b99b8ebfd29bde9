/** @odoo-module **/

import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { ClientDesk } from "../client/client_desk";
import { ClientSheet } from "../client/client_sheet";
import { date, dateTime } from "../core/figures";
import { CallBar, clock } from "./call_bar";

ClientSheet.components = { ...ClientSheet.components, CallBar };
ClientDesk.components = { ...ClientDesk.components, CallBar };

/** On the client sheet: the call that runs with the client, and what was said and written before. */
patch(ClientSheet.prototype, {
    setup() {
        super.setup(...arguments);
        this.running = useService("smart_recommender.running_calls");
        this.callState = useState(this.running.state);
        useBus(this.running.bus, "logged", () => this.load());
    },

    async load(partnerId = this.props.partnerId) {
        await super.load(partnerId);
        const call = this.running.of(partnerId);
        if (call && !call.partnerName) {
            this.running.attribute(call.id, partnerId, this.sheet.identity.name);
        }
    },

    minutes: clock,

    get call() {
        return this.running.of(this.props.partnerId, this.callState.calls);
    },

    /** Calls and mails in one list, the newest first. */
    get history() {
        const calls = this.sheet.calls.map((call) => ({ ...call, key: `call-${call.id}` }));
        const mails = this.sheet.mails.map((mail) => ({ ...mail, key: `mail-${mail.id}`, mail }));
        return [...calls, ...mails].sort((one, other) => (one.start < other.start ? 1 : -1));
    },

    direction(call) {
        return call.direction === "in" ? _t("Incoming call") : _t("Outgoing call");
    },

    mailDirection(mail) {
        return mail.is_incoming ? _t("Mail from the client") : _t("Mail to the client");
    },

    async openMail({ model, res_id }) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id,
            views: [[false, "form"]],
            target: "current",
        });
    },

    async logCall() {
        const [phone] = this.sheet.identity.phones;
        const number = phone ? phone.number : "";
        await this.running.log({ partnerId: this.props.partnerId, number });
    },
});

/**
 * On the operator's desk: the call of a screen pop or of the dialer, and whom to call back.
 *
 * A number without a call has just rung; one with a call was there before, and may have ended.
 */
patch(ClientDesk.prototype, {
    setup() {
        super.setup(...arguments);
        this.running = useService("smart_recommender.running_calls");
        this.callState = useState(this.running.state);
        const { number, partnerId } = this.state;
        this.why = this.params.why;
        if (number) {
            const call = this.params.call
                ? this.running.resume(this.params.call, number, partnerId)
                : this.running.begin({ direction: "in", number, partnerId });
            this.callId = call ? call.id : this.params.call;
        }
    },

    get call() {
        return this.callId && this.running.find(this.callId, this.callState.calls);
    },

    address() {
        return { ...super.address(), call: this.callId };
    },

    attribute(partnerId) {
        super.attribute(partnerId);
        if (this.call && this.call.partnerId !== partnerId) {
            this.running.attribute(this.callId, partnerId);
        }
    },

    /** How many clients there are to call, and who is left out and why. */
    get queueText() {
        const { count, texts } = this.state.desk.next;
        const clients = count === 1 ? _t("1 client to call.") : _t("%s clients to call.", count);
        return [clients, ...texts].join(" ");
    },

    /** The sheet of whom to call next, or a word why there is nobody. */
    async callNext() {
        const action = await this.orm.call("ai.client", "action_call_next", [[]]);
        await this.action.doAction(action, { stackPosition: "replaceCurrentAction" });
    },

    moment(row) {
        return row.start ? dateTime(row.start) : date(row.date);
    },
});
