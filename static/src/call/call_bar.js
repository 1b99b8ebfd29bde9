/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** Time as people read a clock: 1:05, and 1:02:03 from an hour on. minutes: number. */
export function clock(minutes) {
    const seconds = Math.round(minutes * 60);
    const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
    const hours = Math.floor(seconds / 3600);
    const shown = hours ? [hours, ...parts] : parts;
    return shown.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
}

/** The time since a moment, as a function for a template that is drawn each second. */
export function useClock() {
    const state = useState(useService("smart_recommender.running_calls").state);
    return (startedAt) => clock(Math.max(state.now - startedAt, 0) / 60000);
}

/** A running call: with whom, for how long, and the ways to end it. */
export class CallBar extends Component {
    static template = "smart_recommender.CallBar";
    static props = {
        call: Object,
        // Opens the client from elsewhere, before what the link leads to.
        beforeOpen: { type: Function, optional: true },
    };

    setup() {
        this.running = useService("smart_recommender.running_calls");
        this.time = useClock();
    }

    get who() {
        const { partnerName, number } = this.props.call;
        return partnerName || number;
    }

    async open() {
        this.props.beforeOpen();
        await this.running.open(this.props.call);
    }

    async log() {
        await this.running.log(this.props.call);
    }

    discard() {
        this.running.end(this.props.call.id);
    }
}
