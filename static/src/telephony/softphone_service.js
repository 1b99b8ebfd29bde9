/** @odoo-module **/

import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { session } from "@web/session";
import { LOGGED } from "../call/running_calls";
import { sheetAction } from "../client/client_desk";
import { loadJsSIP } from "./jssip_loader";
import { Devices } from "./softphone_devices";
import { SoftphoneCalls } from "./softphone_calls";
import { SoftphoneLine } from "./softphone_line";
import { SoftphoneLog } from "./softphone_log";
import { messages } from "./softphone_messages";
import { Presence } from "./softphone_presence";
import { Ringer } from "./softphone_ring";
import { Kept } from "./softphone_storage";
import { TabLock } from "./softphone_tab";

const SECOND = 1000;
// An exchange that stops in good order ends its calls just before.
const JUST_NOW = 3 * SECOND;

/**
 * The telephone of an operator with an account at the exchange.
 *
 * `state` is reactive: { account: what `my_account` returns or null, status: of the line ("off"
 * without an account), calls: see SoftphoneCall.info, notice: text, last: {id, number, name} of
 * the call that ended, presence: {state, reason}, open: whether the panel is shown, now: milliseconds }.
 */
export class Softphone {
    constructor({ action, orm }, userId) {
        Object.assign(this, { action, orm, userId });
        this.state = reactive({
            account: null,
            status: "off",
            calls: [],
            notice: "",
            last: null,
            presence: { state: "ready" },
            open: false,
            now: Date.now(),
        });
    }

    /** Ask for the account, and have a line where there is one. */
    async start() {
        const account = await this.orm.silent.call("ai.telephony.account", "my_account", []);
        if (!account) {
            return;
        }
        Object.assign(this.state, { account, status: "connecting" });
        this.devices = new Devices();
        this.ringer = new Ringer(this.devices);
        this.log = new SoftphoneLog(this.orm, this.userId);
        this.presence = new Presence(this);
        this.state.presence = this.presence.state;
        this.calls = new SoftphoneCalls(this);
        this.lost = new Kept(`running.${this.userId}`, [], browser.sessionStorage);
        if (!navigator.mediaDevices || !navigator.locks || !window.RTCPeerConnection) {
            this.state.status = "unsupported";
            return;
        }
        this.JsSIP = await loadJsSIP();
        this.listen();
        this.log.flush();
        this.lock.wait();
    }

    listen() {
        this.lock = new TabLock(`smart_recommender.softphone.${this.userId}`, {
            onOwned: () => this.connect(),
            onLost: () => this.disconnect(),
        });
        this.state.status = "other_tab";
        browser.addEventListener("pagehide", () => this.leave());
        browser.addEventListener("beforeunload", (ev) => {
            if (this.state.calls.length) {
                ev.preventDefault();
            }
        });
        browser.addEventListener("online", () => this.line && this.line.reconnect());
        browser.addEventListener("offline", () => this.line && this.onStatus("lost"));
        browser.setInterval(() => this.tick(), SECOND);
    }

    tick() {
        if (this.state.calls.length) {
            this.state.now = Date.now();
        }
    }

    // The line

    connect() {
        this.state.status = "connecting";
        try {
            this.line = new SoftphoneLine(this.JsSIP, this.state.account, {
                onStatus: (status) => this.onStatus(status),
                onSession: (...given) => this.calls.onSession(...given),
            });
        } catch (error) {
            // What a manager entered is no address: the rest of Odoo goes on.
            console.warn(error);
            this.state.status = "misconfigured";
            return;
        }
        this.line.start();
        this.presence.start();
        this.tellLost();
    }

    disconnect() {
        this.calls.hangUpAll();
        if (this.line) {
            this.line.stop();
            this.line = null;
        }
        this.presence.stop();
        this.state.status = "other_tab";
    }

    onStatus(status) {
        const { calls, status: before } = this.state;
        const wasTalking = calls.length || Date.now() - this.calls.endedAt < JUST_NOW;
        this.state.status = status;
        if (status === "lost" && before !== "lost" && wasTalking) {
            this.tell(messages.connectionLost());
        }
        if (status === "registered" && before !== "registered") {
            this.calls.probe();
        }
    }

    takeLine() {
        this.lock.take();
    }

    get canDial() {
        return ["connecting", "registered", "lost"].includes(this.state.status);
    }

    // A page that is left

    leave() {
        this.lost.set(
            this.state.calls.map(({ partner, name, number }) => partner.name || name || number)
        );
        this.ringer.stop();
        if (this.line) {
            this.calls.hangUpAll();
            this.line.stop();
        }
    }

    /** Say which calls ended with the page that was here before. */
    tellLost() {
        const [who] = this.lost.get();
        this.lost.set([]);
        if (who) {
            this.tell(messages.reloaded(who));
        }
    }

    // What others see

    tell(notice) {
        this.state.notice = notice;
        if (notice) {
            this.state.open = true;
        }
    }

    toggle() {
        this.state.open = !this.state.open;
        if (this.state.open && "Notification" in window && Notification.permission === "default") {
            Notification.requestPermission();
        }
    }

    async openSheet({ number, partner }) {
        await this.action.doAction(
            sheetAction(partner ? partner.id : false, { number, call: LOGGED })
        );
    }

    async openCall(id) {
        await this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "ai.call",
            res_id: id,
            views: [[false, "form"]],
            target: "new",
        });
    }

    async dial(number, context) {
        await this.calls.dial(number, context);
    }
}

export const softphoneService = {
    dependencies: ["action", "orm"],
    start(_env, services) {
        const userId = session.call_operator_id;
        const softphone = new Softphone(services, userId);
        if (userId) {
            softphone.start();
        }
        return softphone;
    },
};

registry.category("services").add("smart_recommender.softphone", softphoneService);

registry.category("smart_recommender.telephony_providers").add(
    "softphone",
    {
        isAvailable: (env) => env.services["smart_recommender.softphone"].canDial,
        dial: (env, number, context) =>
            env.services["smart_recommender.softphone"].dial(number, context),
        logsItself: true,
    },
    { sequence: 5 }
);
