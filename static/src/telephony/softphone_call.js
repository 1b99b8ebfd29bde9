/** @odoo-module **/

import { browser } from "@web/core/browser/browser";
import { cleanName, cleanNumber, identityOf } from "./softphone_identity";

const INCOMING = { Busy: "busy", Rejected: "rejected", Canceled: "missed", Expires: "missed" };
const OUTGOING = {
    Busy: "busy",
    Rejected: "rejected",
    Canceled: "cancelled",
    "No Answer": "no_answer",
    "Request Timeout": "no_answer",
    Unavailable: "no_answer",
};
// A camera that nobody answers with one is switched off.
const PICTURE_WITHIN = 6000;
// Of a key, in milliseconds.
const TONES = { duration: 120, interToneGap: 80 };
// An exchange drops what comes from an address that it does not know yet: so long, and a little
// more, after the browser has chosen the pair of addresses that the sound takes, or another one.
const PAIR_SETTLES_AFTER = 500;
const NO_MICROPHONE = "User Denied Media Access";

/** Whether a description of media has a part of a kind that is not refused. */
function offers(kind, sdp) {
    return new RegExp(`^m=${kind} [1-9]`, "m").test(sdp || "");
}

/**
 * One call at the exchange, on top of a session of the library.
 *
 * `info` is what is shown, made reactive by who owns the call: { id, direction, number, name,
 * partner: {id, name} or false, phase: "ringing"|"dialling"|"talking"|"ended", startedAt,
 * answeredAt: milliseconds, muted, held, offersVideo, video, parentId, consults: id or false,
 * consent: "" before anybody was asked, recorded }.
 * listener: { onChanged, onAnswered, onEnded(call, result), onIdentity, onMicrophoneLost }, each
 * called with the call.
 */
export class SoftphoneCall {
    constructor(session, request, isIncoming, devices, listener) {
        Object.assign(this, { session, devices, listener, isIncoming });
        this.remote = new MediaStream();
        this.player = devices.open();
        const { number, name } = isIncoming
            ? identityOf(request)
            : { number: session.remote_identity.uri.user, name: "" };
        this.info = {
            id: request.getHeader("X-Call-Id") || request.call_id,
            parentId: request.getHeader("X-Parent-Call-Id") || "",
            direction: isIncoming ? "in" : "out",
            number: cleanNumber(number),
            name: cleanName(name),
            partner: false,
            phase: isIncoming ? "ringing" : "dialling",
            startedAt: Date.now(),
            answeredAt: 0,
            muted: false,
            held: false,
            offersVideo: isIncoming && offers("video", request.body),
            video: false,
            consults: false,
            consent: "",
            recorded: false,
        };
        this.listen();
    }

    /** The object that is shown, reactive once its owner has made it so. */
    show(info) {
        this.info = info;
    }

    listen() {
        const { session } = this;
        session.on("accepted", () => this.onAccepted());
        session.on("ended", ({ cause }) => this.onOver(cause));
        session.on("failed", ({ cause }) => this.onOver(cause));
        session.on("reinvite", ({ request }) => this.onReinvite(request));
        session.on("update", ({ request }) => this.onReinvite(request));
        session.on("getusermediafailed", () => (this.lacksMicrophone = true));
        const connect = (connection) => {
            connection.addEventListener("track", (ev) => this.onTrack(ev));
        };
        if (session.connection) {
            connect(session.connection);
        }
        session.on("peerconnection", ({ peerconnection }) => connect(peerconnection));
    }

    /** Sound and picture may come in streams of their own, and again after a change. */
    onTrack({ track }) {
        const kind = track.kind;
        this.remote.getTracks().forEach((old) => old.kind === kind && this.remote.removeTrack(old));
        this.remote.addTrack(track);
        if (kind === "audio") {
            this.player.srcObject = this.remote;
            this.player.play().catch(() => this.listener.onSilent(this));
        } else {
            track.addEventListener("unmute", () => this.setPicture(true));
            track.addEventListener("mute", () => this.setPicture(false));
        }
    }

    sender(kind) {
        const senders = this.session.connection.getSenders();
        return senders.find(({ track }) => track && track.kind === kind);
    }

    /** Both see each other, or nobody does. */
    setPicture(arrives) {
        this.info.video = arrives && Boolean(this.sender("video"));
    }

    endCamera() {
        const camera = this.info.phase === "talking" && !this.info.video && this.sender("video");
        if (camera) {
            camera.track.stop();
            camera.replaceTrack(null);
        }
    }

    onAccepted() {
        Object.assign(this.info, { phase: "talking", answeredAt: Date.now() });
        this.settled = this.whenSettled();
        this.watchMicrophone();
        browser.setTimeout(() => this.endCamera(), PICTURE_WITHIN);
        this.listener.onAnswered(this);
    }

    watchMicrophone() {
        const { track } = this.sender("audio");
        track.addEventListener("ended", () => this.onMicrophoneEnded());
    }

    onMicrophoneEnded() {
        if (this.info.phase === "talking") {
            this.listener.onMicrophoneLost(this);
        }
    }

    /** The exchange says that somebody else is at the other end now. */
    onReinvite(request) {
        const { number, name } = identityOf(request);
        if (number && number !== this.info.number) {
            Object.assign(this.info, { number: cleanNumber(number), name: cleanName(name) });
            this.listener.onIdentity(this);
        }
    }

    onOver(cause) {
        if (this.info.phase === "ended") {
            return;
        }
        this.lacksMicrophone = this.lacksMicrophone || cause === NO_MICROPHONE;
        const result = this.resultOf(cause);
        this.info.phase = "ended";
        this.devices.close(this.player);
        this.listener.onEnded(this, result);
    }

    resultOf(cause) {
        if (this.info.answeredAt) {
            return "answered";
        }
        if (this.isRejected) {
            return "rejected";
        }
        return (this.isIncoming ? INCOMING : OUTGOING)[cause] || "failed";
    }

    // What the operator does

    answer(line, video) {
        this.session.answer(line.mediaOptions(this.devices.constraints(video)));
    }

    reject() {
        this.isRejected = true;
        this.session.terminate({ status_code: 486 });
    }

    hangUp() {
        if (!this.session.isEnded()) {
            this.session.terminate();
        }
    }

    setMuted(muted) {
        this.session[muted ? "mute" : "unmute"]({ audio: true });
        this.info.muted = muted;
    }

    /** @returns {Promise<boolean>} once the exchange knows */
    setHeld(held) {
        return new Promise((resolve) => {
            const done = () => {
                this.info.held = held;
                resolve(true);
            };
            const begun = this.session[held ? "hold" : "unhold"]({}, done);
            if (!begun) {
                resolve(false);
            }
            this.session.on("ended", () => resolve(false));
        });
    }

    /** Of a key that is pressed before sound arrives nothing would be heard. */
    whenSettled() {
        const { connection } = this.session;
        const { iceTransport } = this.sender("audio").transport;
        return new Promise((resolve) => {
            let timer = null;
            const wait = () => {
                browser.clearTimeout(timer);
                if (connection.connectionState === "connected") {
                    timer = browser.setTimeout(resolve, PAIR_SETTLES_AFTER);
                }
            };
            connection.addEventListener("connectionstatechange", wait);
            iceTransport.addEventListener("selectedcandidatepairchange", wait);
            wait();
        });
    }

    async press(key) {
        await this.settled;
        this.session.sendDTMF(key, { ...TONES, transportType: "RFC2833" });
    }

    /** Speak into another microphone from now on. */
    async changeMicrophone() {
        const stream = await navigator.mediaDevices.getUserMedia(this.devices.constraints(false));
        const [track] = stream.getAudioTracks();
        track.enabled = !this.info.muted;
        await this.sender("audio").replaceTrack(track);
        this.watchMicrophone();
    }

    /**
     * Have the exchange record from now on, or no longer.
     *
     * @returns {Promise<boolean>} whether it does
     */
    setRecorded(recorded) {
        return new Promise((resolve) => {
            const refused = () => resolve(false);
            this.session.sendRequest("INFO", {
                extraHeaders: [`Record: ${recorded ? "on" : "off"}`],
                eventHandlers: {
                    onSuccessResponse: () => {
                        this.info.recorded = recorded;
                        resolve(true);
                    },
                    onErrorResponse: refused,
                    onTransportError: refused,
                    onRequestTimeout: refused,
                    onDialogError: refused,
                },
            });
        });
    }

    /** Ask the exchange whether it still knows the call; one that it forgot ends by itself. */
    probe() {
        this.session.sendInfo("text/plain", "");
    }

    /**
     * Give the client to a target, who has been spoken to in another call where `consulted` is
     * given. The library leaves our leg open: it ends when the target has taken over.
     *
     * @returns {Promise<"done"|"failed"|"back">} "back": nobody took the client, who rings again
     */
    refer(target, consulted) {
        return new Promise((resolve) => {
            this.comeBack = () => resolve("back");
            const failed = () => resolve("failed");
            this.session.refer(target, {
                replaces: consulted && consulted.session,
                eventHandlers: {
                    accepted: () => resolve("done"),
                    failed,
                    requestFailed: failed,
                },
            });
            this.session.on("ended", () => resolve("done"));
        });
    }
}
