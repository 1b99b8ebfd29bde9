/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";
import { lineText } from "./softphone_messages";
import { SoftphoneCallCard } from "./softphone_call_card";
import { SoftphoneSettings } from "./softphone_settings";

const COLORS = {
    registered: "text-success",
    connecting: "text-warning",
    lost: "text-danger",
    refused: "text-danger",
    misconfigured: "text-danger",
    unsupported: "text-danger",
    other_tab: "text-muted",
};

/** The calls and the line of the operator, over the page's lower corner. */
export class SoftphonePanel extends Component {
    static template = "smart_recommender.SoftphonePanel";
    static components = { SoftphoneCallCard, SoftphoneSettings };
    static props = {};

    setup() {
        this.softphone = useService("smart_recommender.softphone");
        this.phone = useState(this.softphone.state);
        this.state = useState({ number: "", settings: false });
    }

    get color() {
        return COLORS[this.phone.status] || "";
    }

    get lineText() {
        return lineText(this.phone.status, this.phone.account.extension);
    }

    get takesNotes() {
        return this.phone.presence.state === "after_call";
    }

    get canCall() {
        return this.phone.status === "registered" && /\d/.test(this.state.number);
    }

    async call(video) {
        const { number } = this.state;
        this.state.number = "";
        await this.softphone.dial(number, { video });
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && this.canCall) {
            this.call(false);
        }
    }

    dismiss() {
        this.softphone.tell("");
    }
}

/** The button in the bar above: its colour is the state of the line. */
export class SoftphoneMenu extends Component {
    static template = "smart_recommender.SoftphoneMenu";
    static props = {};

    setup() {
        this.softphone = useService("smart_recommender.softphone");
        this.phone = useState(this.softphone.state);
    }

    get color() {
        return COLORS[this.phone.status] || "";
    }

    get title() {
        return lineText(this.phone.status, this.phone.account.extension);
    }
}

const isOperator = () => Boolean(session.call_operator_id);

registry
    .category("systray")
    .add(
        "smart_recommender.softphone",
        { Component: SoftphoneMenu, isDisplayed: isOperator },
        { sequence: 31 }
    );
if (isOperator()) {
    registry
        .category("main_components")
        .add("smart_recommender.softphone", { Component: SoftphonePanel });
}
