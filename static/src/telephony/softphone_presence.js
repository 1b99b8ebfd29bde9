/** @odoo-module **/

import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const HEARTBEAT = 30000;
const MODEL = "ai.operator.presence";

/** Ready or on a break, told to Odoo and, by a code, to the queue of the exchange. */
export class Presence {
    constructor(softphone) {
        this.softphone = softphone;
        const { presence } = softphone.state.account;
        this.state = reactive({ state: "ready", reason_id: false, ...presence });
        const isBreak = this.state.state === "break";
        this.chosen = { state: isBreak ? "break" : "ready", reasonId: this.state.reason_id };
        this.isTalking = false;
    }

    /** Whoever has the line is there; a break goes on. */
    start() {
        this.stop();
        if (this.state.state === "break") {
            this.beat();
        } else {
            this.isTalking = true;
            this.follow(false);
        }
        this.timer = browser.setInterval(() => this.beat(), HEARTBEAT);
    }

    stop() {
        browser.clearInterval(this.timer);
    }

    /** A server that is away misses a beat, and the operator becomes away; the next one mends it. */
    async beat() {
        try {
            await this.softphone.orm.silent.call(MODEL, "heartbeat", []);
        } catch (error) {
            console.warn("The server does not know that this operator is here:", error);
        }
    }

    /** Whether operators say that they are on a break, and with which reason. */
    async set(state, reasonId = false) {
        this.chosen = { state, reasonId };
        await this.say(state, reasonId);
        const { line } = this.softphone;
        const { ready_code: ready, break_code: pause } = this.softphone.state.account;
        const code = state === "ready" ? ready : pause;
        if (code && line && line.isRegistered) {
            line.signal(code);
        }
    }

    async say(state, reasonId = false) {
        Object.assign(
            this.state,
            await this.softphone.orm.call(MODEL, "set_presence", [state, reasonId])
        );
    }

    /** A call begins or the last one ends; what was chosen comes back after it. */
    async follow(isTalking) {
        if (isTalking === this.isTalking) {
            return;
        }
        this.isTalking = isTalking;
        const { state, reasonId } = isTalking ? { state: "busy" } : this.chosen;
        try {
            await this.say(state, reasonId);
        } catch (error) {
            console.warn("The server does not know whether this operator talks:", error);
        }
    }
}
