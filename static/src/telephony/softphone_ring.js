/** @odoo-module **/

import { browser } from "@web/core/browser/browser";

const FREQUENCY = 425;
const PATTERNS = { in: [1, 2], out: [1.5, 3.5] };
const LOUDNESS = { in: 0.25, out: 0.08 };
const TITLE = 1000;

/** The sound of a ringing telephone, a notification of the browser, and a title that blinks. */
export class Ringer {
    constructor(devices) {
        this.devices = devices;
        this.stop();
    }

    /** kind: "in" for a client who calls, "out" for what the caller hears. */
    start(kind, who = "") {
        this.stop();
        this.sound(kind);
        if (kind === "in") {
            this.notify(who);
            this.blink(who);
        }
    }

    stop() {
        browser.clearInterval(this.timer);
        browser.clearInterval(this.blinking);
        if (this.title) {
            document.title = this.title;
        }
        if (this.notification) {
            this.notification.close();
        }
        if (this.audio) {
            this.audio.close();
        }
        Object.assign(this, { title: "", notification: null, audio: null });
    }

    /** A browser that plays nothing before the first click stays silent; the rest still tells. */
    sound(kind) {
        const [on, off] = PATTERNS[kind];
        const audio = new AudioContext();
        const gain = new GainNode(audio, { gain: 0 });
        const tone = new OscillatorNode(audio, { frequency: FREQUENCY });
        tone.connect(gain).connect(audio.destination);
        tone.start();
        const ring = () => {
            const loudness = LOUDNESS[kind] * this.devices.state.volume;
            gain.gain.setValueAtTime(loudness, audio.currentTime);
            gain.gain.setValueAtTime(0, audio.currentTime + on);
        };
        ring();
        this.audio = audio;
        this.timer = browser.setInterval(ring, (on + off) * 1000);
    }

    notify(who) {
        if (!("Notification" in window) || Notification.permission !== "granted") {
            return;
        }
        try {
            this.notification = new Notification(who, { tag: "smart_recommender.softphone" });
            this.notification.onclick = () => window.focus();
        } catch {
            // Phones show none from a page.
            this.notification = null;
        }
    }

    blink(who) {
        this.title = document.title;
        this.blinking = browser.setInterval(() => {
            document.title = document.title === this.title ? `☎ ${who}` : this.title;
        }, TITLE);
    }
}
