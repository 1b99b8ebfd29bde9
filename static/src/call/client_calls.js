/** @odoo-module **/

import { onWillUnmount, onWillUpdateProps } from "@odoo/owl";
import { serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { patch } from "@web/core/utils/patch";
import { ClientDesk } from "../client/client_desk";
import { ClientSheet } from "../client/client_sheet";
import { date, dateTime } from "../core/figures";

const { DateTime } = luxon;

/** Calls on the client sheet: one that came in or was dialled is timed until it is logged. */
patch(ClientSheet.prototype, {
    setup() {
        super.setup(...arguments);
        this.telephony = useService("smart_recommender.telephony");
        Object.assign(this.state, { call: null, now: Date.now() });
        if (this.props.number) {
            this.startCall("in", this.props.number, this.props.startedAt || Date.now());
        }
        useBus(this.telephony.bus, "dialled", ({ detail }) => this.onDialled(detail));
        const ticker = setInterval(() => (this.state.now = Date.now()), 1000);
        onWillUnmount(() => clearInterval(ticker));
        onWillUpdateProps(({ partnerId }) => {
            if (partnerId !== this.props.partnerId) {
                this.state.call = null;
            }
        });
    },

    direction(call) {
        return call.direction === "in" ? _t("Incoming call") : _t("Outgoing call");
    },

    minutes(duration) {
        const seconds = Math.round(duration * 60);
        return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    },

    get callTime() {
        return this.minutes(Math.max(this.state.now - this.state.call.startedAt, 0) / 60000);
    },

    startCall(direction, number, startedAt) {
        this.state.call = { direction, number, startedAt };
    },

    onDialled({ number, partnerId, startedAt }) {
        const known = this.sheet.identity.phones.some((phone) =>
            [phone.dial, phone.number].includes(number)
        );
        if (partnerId === this.props.partnerId || known) {
            this.startCall("out", number, startedAt || Date.now());
        }
    },

    async logCall() {
        const { call } = this.state;
        const phones = this.sheet.identity.phones;
        const context = {
            default_partner_id: this.props.partnerId,
            default_direction: call ? call.direction : "out",
            default_number: call ? call.number : phones.length ? phones[0].number : "",
        };
        if (call) {
            context.default_start = serializeDateTime(DateTime.fromMillis(call.startedAt));
            context.default_duration = (Date.now() - call.startedAt) / 60000;
        }
        await this.action.doAction("smart_recommender.ai_call_quick_action", {
            additionalContext: context,
            onClose: async (infos) => {
                // Saved and not thrown away: the call has ended.
                if (infos && infos.dismiss) {
                    return;
                }
                this.state.call = null;
                await this.load();
            },
        });
    },
});

/** Whom to call back, and who was spoken with last, on the operator's desk. */
patch(ClientDesk.prototype, {
    moment(row) {
        return row.start ? dateTime(row.start) : date(row.date);
    },
});
