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
        this.state = reactive({ state: "ready", reason: false, ...presence });
        const isBreak = this.state.state === "break";
        this.chosen = { state: isBreak ? "break" : "ready", reason: this.state.reason };
        this.isTalking = false;
        this.told = Promise.resolve();
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
        browser.clearTimeout(this.notes);
    }

    /** A server that is away misses a beat, and the operator becomes away; the next one mends it. */
    async beat() {
        try {
            await this.softphone.orm.silent.call(MODEL, "heartbeat", []);
        } catch (error) {
            console.warn("The server does not know that this operator is here:", error);
        }
    }

    /** The operator is ready, or on a break with a reason. */
    async set(state, reason = false) {
        browser.clearTimeout(this.notes);
        this.chosen = { state, reason };
        await this.say(state, reason);
        this.tellQueue(state === "ready");
    }

    /** Tell the exchange whether its queue rings here, one after the other. */
    tellQueue(isReady) {
        const { line } = this.softphone;
        const { ready_code: ready, break_code: pause } = this.softphone.state.account;
        const code = isReady ? ready : pause;
        if (code && line && line.isRegistered) {
            this.told = this.told.then(() => line.signal(code));
        }
    }

    async say(state, reason = false) {
        Object.assign(
            this.state,
            await this.softphone.orm.call(MODEL, "set_presence", [state, reason])
        );
    }

    /** What was chosen begins again, at the queue too. */
    async resume() {
        const { state, reason } = this.chosen;
        await this.set(state, reason);
    }

    /** A call begins, or the last one ends; then there is time for notes, where it was talked. */
    async follow(isTalking, hasTalked = false) {
        if (isTalking === this.isTalking) {
            return;
        }
        this.isTalking = isTalking;
        browser.clearTimeout(this.notes);
        const { after_call: seconds } = this.softphone.state.account;
        const takesNotes = !isTalking && hasTalked && seconds && this.chosen.state === "ready";
        try {
            if (isTalking) {
                await this.say("busy");
            } else if (takesNotes) {
                await this.say("after_call");
            } else {
                await this.say(this.chosen.state, this.chosen.reason);
            }
        } catch (error) {
            console.warn("The server does not know whether this operator talks:", error);
        }
        if (takesNotes) {
            this.tellQueue(false);
            this.notes = browser.setTimeout(() => this.resume(), 1000 * seconds);
        }
    }
}
