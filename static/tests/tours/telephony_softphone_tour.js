/** @odoo-module **/

import { registry } from "@web/core/registry";

const TONES = { client: 440, network: 880 };
const SILENCE = -75;
// Of a machine that does much else.
const PATIENCE = 30000;

const softphone = () => odoo.__WOWL_DEBUG__.root.env.services["smart_recommender.softphone"];

let connected;

/** The server is away as it is for a browser: nothing can be told. */
function loseOdoo() {
    const { log } = softphone();
    connected = log.orm;
    log.orm = { silent: { call: () => Promise.reject(new Error("Odoo is away")) } };
}

function findOdoo() {
    softphone().log.orm = connected;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

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

async function until(condition) {
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

const seen = () => [
    {
        content: "type the number of who sends back what it sees",
        trigger: ".o_softphone_number",
        run: "text 0522000055",
    },
    { content: "call with video", trigger: ".o_softphone_video_call", run: "click" },
    talking("0522000055"),
    {
        content: "a picture arrives",
        trigger: ".o_softphone_picture",
        run: expectPicture,
    },
    press("hang_up"),
    over,
];

const hears = (name) => ({
    content: `the tone of the ${name} is heard`,
    trigger: ".o_softphone_card[data-phase='talking']",
    run: () => expectTone(TONES[name]),
});

const ringing = (who) => ({
    content: `${who} rings`,
    trigger: `.o_softphone_card[data-phase='ringing']:contains('${who}')`,
    timeout: 60000,
    isCheck: true,
});

const press = (name, content = name) => ({
    content,
    trigger: `.o_softphone .o_softphone_${name}`,
    run: "click",
});

const registered = {
    content: "the telephone is registered",
    trigger: ".o_softphone_menu button .text-success",
    timeout: 60000,
    isCheck: true,
};

const open = { content: "open the telephone", trigger: ".o_softphone_menu button", run: "click" };

const dial = (number) => [
    { content: `type ${number}`, trigger: ".o_softphone_number", run: `text ${number}` },
    { content: "call", trigger: ".o_softphone_call:not([disabled])", run: "click" },
];

const fromTheDialer = (number) => [
    { content: "open the dialer", trigger: ".o_dialer_menu button", run: "click" },
    { content: `type ${number}`, trigger: ".o_dialer_number", run: `text ${number}` },
    { content: "call from the dialer", trigger: ".o_dialer_call", run: "click" },
];

const talking = (who) => ({
    content: `talking with ${who}`,
    trigger: `.o_softphone_card[data-phase='talking']:contains('${who}')`,
    timeout: 60000,
    isCheck: true,
});

const over = {
    content: "the call is over",
    trigger: ".o_softphone:not(:has(.o_softphone_card)) .o_softphone_number",
    timeout: 60000,
    isCheck: true,
};

const notice = (text) => ({
    content: `it says: ${text}`,
    trigger: `.o_softphone_notice:contains('${text}')`,
    timeout: 60000,
    isCheck: true,
});

const tours = registry.category("web_tour.tours");

tours.add("smart_recommender_softphone_incoming", {
    test: true,
    steps: () => [
        ringing("Hôtel Atlas"),
        press("answer"),
        {
            content: "the client's sheet opens, without a second form for the call",
            trigger:
                ".o_client_sheet:not(:has(.o_client_call)) .o_client_name:contains('Hôtel Atlas')",
            isCheck: true,
        },
        hears("client"),
        press("agree", "the client agrees to be recorded"),
        {
            content: "it is recorded",
            trigger: ".o_softphone_recording[data-recorded='1']",
            isCheck: true,
        },
        { content: "speak a little", trigger: ".o_softphone", run: () => pause(2000) },
        press("hang_up"),
        {
            content: "it was logged",
            trigger: ".o_softphone_last:contains('Hôtel Atlas')",
            isCheck: true,
        },
    ],
});

tours.add("smart_recommender_softphone_outgoing", {
    test: true,
    steps: () => [
        registered,
        open,
        ...dial("0522000011"),
        talking("0522000011"),
        hears("network"),
        press("mute"),
        {
            content: "muted",
            trigger: ".o_softphone_mute.active",
            run: "click",
        },
        press("hold"),
        {
            content: "on hold",
            trigger: ".o_softphone_card[data-held='1'] .o_softphone_hold",
            run: "click",
        },
        {
            content: "and back",
            trigger: ".o_softphone_card[data-held='0']",
            isCheck: true,
        },
        hears("network"),
        press("hang_up"),
        over,
        ...fromTheDialer("0522123411"),
        talking("0522123411"),
        {
            content: "no call that somebody would log again",
            trigger:
                "body:has(.o_client_desk_unknown):not(:has(.o_client_call, .o_dialer_running))",
            isCheck: true,
        },
        press("hang_up"),
        over,
        ...dial("0522000022"),
        notice("is busy"),
        ...dial("0522000033"),
        notice("does not answer"),
        ...dial("0522000033"),
        {
            content: "it rings there",
            trigger: ".o_softphone_card[data-phase='dialling']",
            isCheck: true,
        },
        press("hang_up"),
        over,
        ...seen(),
        ...dial("0522000066"),
        talking("0522000066"),
        press("keypad"),
        ...["1", "2", "3", "4"].map((key) => ({
            content: `press ${key}`,
            trigger: `.o_softphone_keys [data-key='${key}']`,
            run: "click",
        })),
        { content: "wait for the tones", trigger: ".o_softphone", run: () => pause(4000) },
        { content: "Odoo goes away", trigger: ".o_softphone", run: loseOdoo },
        press("hang_up"),
        over,
        {
            content: "the end is kept in the browser, and Odoo comes back",
            trigger: ".o_softphone",
            run() {
                if (softphone().log.kept.get().length !== 1) {
                    throw new Error("what Odoo could not be told is not kept");
                }
                findOdoo();
            },
        },
        {
            content: "it was logged afterwards",
            trigger: ".o_softphone_last:contains('0522000066')",
            isCheck: true,
        },
    ],
});

tours.add("smart_recommender_softphone_queue", {
    test: true,
    steps: () => [
        ringing("Hôtel Atlas"),
        press("answer"),
        talking("Hôtel Atlas"),
        hears("client"),
        press("refuse", "the client does not want to be recorded"),
        {
            content: "it is not",
            trigger: ".o_softphone_recording:contains('not recorded')",
            isCheck: true,
        },
        press("hang_up"),
        {
            content: "time for notes",
            trigger: ".o_softphone_after_call .o_softphone_resume",
            run: "click",
        },
        {
            content: "open the settings",
            trigger: ".o_softphone:not(:has(.o_softphone_after_call)) .o_softphone_settings_toggle",
            run: "click",
        },
        {
            content: "take a break",
            trigger: ".o_softphone_presence",
            run() {
                const select = document.querySelector(".o_softphone_presence");
                const pauses = [...select.options].find(({ value }) => value.startsWith("break-"));
                select.value = pauses.value;
                select.dispatchEvent(new Event("change"));
            },
        },
        {
            content: "it is one",
            trigger: ".o_softphone_presence",
            async run() {
                const { presence } = softphone();
                await until(() => presence.state.state === "break");
                await presence.told;
            },
        },
    ],
});

tours.add("smart_recommender_softphone_transfers", {
    test: true,
    steps: () => [
        ringing("Hôtel Atlas"),
        press("answer"),
        talking("Hôtel Atlas"),
        hears("client"),
        press("transfer"),
        { content: "to a busy one", trigger: ".o_softphone_target", run: "text 0522000022" },
        press("blind"),
        notice("could not be reached"),
        ringing("Hôtel Atlas"),
        press("answer", "the client has come back"),
        talking("Hôtel Atlas"),
        hears("client"),
        press("transfer"),
        { content: "to a colleague", trigger: ".o_softphone_target", run: "text 0522000011" },
        press("consult"),
        talking("0522000011"),
        press("complete"),
        notice("Transferred to 0522000011"),
        over,
    ],
});

tours.add("smart_recommender_softphone_odd_caller", {
    test: true,
    steps: () => [
        {
            content: "an odd caller rings",
            trigger: ".o_softphone_card[data-phase='ringing']",
            timeout: 60000,
            run() {
                const panel = document.querySelector(".o_softphone");
                if (document.body.dataset.harmed || panel.querySelector("script")) {
                    throw new Error("the caller's name was taken for HTML");
                }
                if (panel.scrollWidth > panel.clientWidth) {
                    throw new Error("the caller's number is wider than the panel");
                }
            },
        },
        press("reject"),
        notice("Missed call from"),
    ],
});

tours.add("smart_recommender_softphone_lost", {
    test: true,
    steps: () => [
        registered,
        open,
        ...dial("0522000011"),
        talking("0522000011"),
        notice("The connection to the exchange was lost"),
        notice("The call was lost with the exchange"),
        {
            content: "registered again",
            trigger: ".o_softphone[data-status='registered'] .o_softphone_number",
            isCheck: true,
        },
    ],
});

const CALLS = 20;

async function callOnce() {
    const { calls, state } = softphone();
    await calls.dial("0522000011");
    await until(() => state.calls.length && state.calls[0].phase === "talking");
    calls.hangUpAll();
    await until(() => !state.calls.length && !softphone().log.kept.get().length);
}

async function callMany() {
    for (let count = 1; count <= CALLS; count++) {
        await callOnce();
        const { calls, devices } = softphone();
        if (calls.byId.size || devices.players.size) {
            throw new Error("a call that is over is still held");
        }
        // A tour looks at every fifth of them.
        document.body.dataset.calls = Math.floor(count / 5) * 5;
    }
}

tours.add("smart_recommender_softphone_many_calls", {
    test: true,
    steps: () => [
        registered,
        open,
        { content: "twenty calls", trigger: ".o_softphone", run: () => void callMany() },
        ...[5, 10, 15, CALLS].map((count) => ({
            content: `${count} calls are over`,
            trigger: `body[data-calls='${count}']`,
            timeout: 60000,
            isCheck: true,
        })),
    ],
});
