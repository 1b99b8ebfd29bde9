/** @odoo-module **/

import { browser } from "@web/core/browser/browser";

// In seconds. An exchange that comes back is found within the longest of them.
const RECOVERY = { min: 1, max: 4 };
const EXPIRES = 120;

/**
 * The registration at the exchange.
 *
 * account: what `my_account` returns; onStatus: called with "connecting", "registered", "lost" or
 * "refused"; onSession: called with each session of the library and the request that began it.
 */
export class SoftphoneLine {
    constructor(JsSIP, account, { onStatus, onSession }) {
        Object.assign(this, { account, onStatus, onSession });
        this.ua = new JsSIP.UA({
            sockets: [new JsSIP.WebSocketInterface(account.websocket_url)],
            uri: account.uri,
            display_name: account.display_name,
            authorization_user: account.extension,
            realm: account.realm,
            ha1: account.ha1,
            register_expires: EXPIRES,
            session_timers: false,
            connection_recovery_min_interval: RECOVERY.min,
            connection_recovery_max_interval: RECOVERY.max,
        });
        this.listen();
    }

    listen() {
        const { ua } = this;
        ua.on("connecting", () => this.say("connecting"));
        ua.on("disconnected", () => this.say("lost"));
        ua.on("registered", () => this.say("registered"));
        ua.on("registrationFailed", ({ response }) => this.onRefused(response));
        ua.on("newRTCSession", ({ session, request, originator }) =>
            this.onSession(session, request, originator === "remote")
        );
    }

    say(status) {
        // An exchange that is being tried again is still away.
        if (status !== "connecting" || this.status !== "lost") {
            this.status = status;
            this.onStatus(status);
        }
    }

    /** An exchange that is just starting knows nobody yet: it is asked again. */
    onRefused(response) {
        const isRefused = response && [401, 403, 407].includes(response.status_code);
        this.say(isRefused ? "refused" : "lost");
        if (!isRefused) {
            browser.clearTimeout(this.again);
            this.again = browser.setTimeout(() => this.ua.register(), RECOVERY.min * 1000);
        }
    }

    start() {
        this.ua.start();
    }

    stop() {
        browser.clearTimeout(this.again);
        this.ua.removeAllListeners();
        this.ua.stop();
    }

    /** Connect anew: a network that was away leaves sockets that are dead and do not say so. */
    reconnect() {
        this.ua.transport.disconnect();
        this.ua.transport.connect();
    }

    get isRegistered() {
        return this.status === "registered";
    }

    target(number) {
        return `sip:${number}@${this.account.uri.split("@")[1]}`;
    }

    mediaOptions(constraints) {
        return {
            mediaConstraints: constraints,
            pcConfig: { iceServers: this.account.ice_servers },
        };
    }

    dial(number, constraints, extraHeaders = []) {
        const options = { ...this.mediaOptions(constraints), extraHeaders };
        return this.ua.call(this.target(number), options);
    }

    /**
     * Dial a code of the exchange, to which nobody listens.
     *
     * @returns {Promise<boolean>} whether the exchange took it
     */
    signal(code) {
        return new Promise((resolve) => {
            const session = this.ua.call(this.target(code), {
                ...this.mediaOptions({ audio: false, video: false }),
                rtcOfferConstraints: { offerToReceiveAudio: true },
                data: { isSignal: true },
            });
            session.on("accepted", () => session.terminate());
            session.on("ended", () => resolve(true));
            session.on("failed", () => resolve(false));
        });
    }
}
