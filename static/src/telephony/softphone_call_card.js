/** @odoo-module **/

import { Component, useEffect, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { clock } from "../call/call_bar";
import { SoftphoneRecording } from "./softphone_recording";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** One call: who it is, how long, and what can be done with it. */
export class SoftphoneCallCard extends Component {
    static template = "smart_recommender.SoftphoneCallCard";
    static components = { SoftphoneRecording };
    static props = { call: Object };

    setup() {
        this.keys = KEYS;
        this.softphone = useService("smart_recommender.softphone");
        this.calls = this.softphone.calls;
        this.phone = useState(this.softphone.state);
        this.state = useState({ part: "", target: "" });
        this.picture = useRef("picture");
        useEffect(
            (isVideo) => {
                if (isVideo) {
                    this.picture.el.srcObject = this.calls.find(this.call.id).remote;
                }
            },
            () => [this.hasPicture]
        );
    }

    get call() {
        return this.props.call;
    }

    get hasPicture() {
        return this.call.video && this.call.phase === "talking";
    }

    get who() {
        const { partner, name, number } = this.call;
        return (partner && partner.name) || name || number || _t("Number withheld");
    }

    get phaseText() {
        const { phase, direction, held, consults } = this.call;
        if (phase === "talking") {
            return held ? _t("On hold") : consults ? _t("Asking a colleague") : _t("Talking");
        }
        return direction === "in" ? _t("Incoming call") : _t("Calling…");
    }

    get time() {
        const { answeredAt, startedAt } = this.call;
        return clock(Math.max(this.phone.now - (answeredAt || startedAt), 0) / 60000);
    }

    get level2() {
        return this.phone.account.level2;
    }

    get asksToRecord() {
        const { phase, consults } = this.call;
        return phase === "talking" && !consults && this.phone.account.recording !== "off";
    }

    show(part) {
        this.state.part = this.state.part === part ? "" : part;
    }

    openSheet() {
        this.softphone.openSheet(this.call);
    }

    transfer() {
        this.calls.transfer(this.call.id, this.state.target);
    }

    transferToLevel2() {
        this.calls.transfer(this.call.id, this.level2);
    }

    async consult() {
        const number = this.state.target;
        Object.assign(this.state, { part: "", target: "" });
        await this.softphone.dial(number, { consults: this.call.id });
    }
}
