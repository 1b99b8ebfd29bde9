/** @odoo-module **/

import { registry } from "@web/core/registry";

const TONES = { client: 440, network: 880 };
const SILENCE = -75;
const PATIENCE = 8000;

const softphone = () => odoo.__WOWL_DEBUG__.root.env.services["smart_recommender.softphone"];

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

const hears = (name) => ({
    content: `the tone of the ${name} is heard`,
    trigger: ".o_softphone_card[data-phase='talking']",
    run: () => expectTone(TONES[name]),
});

const ringing = (who) => ({
    content: `${who} rings`,
    trigger: `.o_softphone_card[data-phase='ringing']:contains('${who}')`,
    timeout: 30000,
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
    timeout: 30000,
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
    timeout: 20000,
    isCheck: true,
});

const over = {
    content: "the call is over",
    trigger: ".o_softphone:not(:has(.o_softphone_card)) .o_softphone_number",
    timeout: 20000,
    isCheck: true,
};

const notice = (text) => ({
    content: `it says: ${text}`,
    trigger: `.o_softphone_notice:contains('${text}')`,
    timeout: 20000,
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
        ...dial("0522000066"),
        talking("0522000066"),
        press("keypad"),
        ...["1", "2", "3", "4"].map((key) => ({
            content: `press ${key}`,
            trigger: `.o_softphone_keys [data-key='${key}']`,
            run: "click",
        })),
        { content: "wait for the tones", trigger: ".o_softphone", run: () => pause(2500) },
        press("hang_up"),
        over,
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
            timeout: 30000,
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
        over,
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
    const until = async (condition) => {
        const end = Date.now() + PATIENCE;
        while (!condition()) {
            if (Date.now() > end) {
                throw new Error(`a call does not go on: ${JSON.stringify(state.calls)}`);
            }
            await pause(50);
        }
    };
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
