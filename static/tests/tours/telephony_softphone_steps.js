/** @odoo-module **/

import { click } from "./core_steps";

const TONES = { client: 440, network: 880 };
const SILENCE = -75;
// Of a machine that does much else.
const PATIENCE = 30000;

export const softphone = () => odoo.__WOWL_DEBUG__.root.env.services["smart_recommender.softphone"];

let connected;

/** The server is away as it is for a browser: nothing can be told. */
export function loseOdoo() {
    const { log } = softphone();
    connected = log.orm;
    log.orm = { silent: { call: () => Promise.reject(new Error("Odoo is away")) } };
}

export function findOdoo() {
    softphone().log.orm = connected;
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Listens to the first call that is talked in. */
class Ear {
    constructor() {
        const [call] = softphone().calls.talking;
        this.audio = new AudioContext();
        this.analyser = new AnalyserNode(this.audio, { fftSize: 4096 });
        this.audio.createMediaStreamSource(call.remote).connect(this.analyser);
    }

    /** Frequency of the loudest tone in Hz, 0 for silence. */
    tone() {
        const levels = new Float32Array(this.analyser.frequencyBinCount);
        this.analyser.getFloatFrequencyData(levels);
        const loudest = levels.indexOf(Math.max(...levels));
        const frequency = (loudest * this.audio.sampleRate) / this.analyser.fftSize;
        return levels[loudest] > SILENCE ? frequency : 0;
    }
}

async function expectTone(expected) {
    await until(() => softphone().calls.talking[0].remote.getAudioTracks().length);
    const ear = new Ear();
    const end = Date.now() + PATIENCE;
    while (Date.now() < end) {
        if (Math.abs(ear.tone() - expected) < 20) {
            await ear.audio.close();
            return;
        }
        await pause(100);
    }
    throw new Error(`a tone of ${expected} Hz was to be heard, and ${ear.tone()} Hz is`);
}

export async function until(condition) {
    const end = Date.now() + PATIENCE;
    while (!condition()) {
        if (Date.now() > end) {
            throw new Error(`waited in vain for ${condition}`);
        }
        await pause(50);
    }
}

/** A picture of another camera moves. */
async function expectPicture() {
    const picture = document.querySelector(".o_softphone_picture");
    const { totalVideoFrames: before } = picture.getVideoPlaybackQuality();
    await until(() => picture.getVideoPlaybackQuality().totalVideoFrames > before + 5);
}

export const seen = () => [
    {
        content: "type the number of who sends back what it sees",
        trigger: ".o_softphone_number",
        run: "text 0522000055",
    },
    click(".o_softphone_video_call", "call with video"),
    talking("0522000055"),
    {
        content: "a picture arrives",
        trigger: ".o_softphone_picture",
        run: expectPicture,
    },
    press("hang_up"),
    over,
];

export const hears = (name) => ({
    content: `the tone of the ${name} is heard`,
    trigger: ".o_softphone_card[data-phase='talking']",
    run: () => expectTone(TONES[name]),
});

export const ringing = (who) => ({
    content: `${who} rings`,
    trigger: `.o_softphone_card[data-phase='ringing']:contains('${who}')`,
    timeout: 60000,
    isCheck: true,
});

export const press = (name, content = name) => ({
    content,
    trigger: `.o_softphone .o_softphone_${name}`,
    run: "click",
});

export const registered = {
    content: "the telephone is registered",
    trigger: ".o_softphone_menu button .text-success",
    timeout: 60000,
    isCheck: true,
};

export const open = click(".o_softphone_menu button", "open the telephone");

export const dial = (number) => [
    { content: `type ${number}`, trigger: ".o_softphone_number", run: `text ${number}` },
    click(".o_softphone_call:not([disabled])", "call"),
];

export const fromTheDialer = (number) => [
    click(".o_dialer_menu button", "open the dialer"),
    { content: `type ${number}`, trigger: ".o_dialer_number", run: `text ${number}` },
    click(".o_dialer_call", "call from the dialer"),
];

export const talking = (who) => ({
    content: `talking with ${who}`,
    trigger: `.o_softphone_card[data-phase='talking']:contains('${who}')`,
    timeout: 60000,
    isCheck: true,
});

export const over = {
    content: "the call is over",
    trigger: ".o_softphone:not(:has(.o_softphone_card)) .o_softphone_number",
    timeout: 60000,
    isCheck: true,
};

export const notice = (text) => ({
    content: `it says: ${text}`,
    trigger: `.o_softphone_notice:contains('${text}')`,
    timeout: 60000,
    isCheck: true,
});

/** From the page on: call a number, and talk. */
export const called = (number) => [registered, open, ...dial(number), talking(number)];
