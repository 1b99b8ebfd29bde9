/** @odoo-module **/

import { registry } from "@web/core/registry";
import {
    called,
    notice,
    open,
    pause,
    registered,
    softphone,
    until,
} from "./telephony_softphone_steps";
import { sees } from "./core_steps";

const tours = registry.category("web_tour.tours");

tours.add("smart_recommender_softphone_lost", {
    test: true,
    steps: () => [
        ...called("0522000011"),
        notice("The connection to the exchange was lost"),
        notice("The call was lost with the exchange"),
        sees(".o_softphone[data-status='registered'] .o_softphone_number", "registered again"),
    ],
});

const CALLS = 20;
// By then all that is kept for good is there.
const WARM_CALLS = 5;
// Of the heap, over all later calls together: half of it was seen, less and less a call.
const LEAK_BYTES = 1_000_000;

async function callOnce() {
    const { calls, state } = softphone();
    await calls.dial("0522000011");
    await until(() => state.calls.length && state.calls[0].phase === "talking");
    calls.hangUpAll();
    await until(() => !state.calls.length && !softphone().log.kept.get().length);
}

/** Bytes of the heap that are still in use. */
async function heap() {
    for (let turn = 0; turn < 3; turn++) {
        window.gc();
        await pause(200);
    }
    return performance.memory.usedJSHeapSize;
}

async function callMany() {
    let before = 0;
    for (let count = 1; count <= CALLS; count++) {
        await callOnce();
        const { calls, devices } = softphone();
        if (calls.byId.size || devices.players.size) {
            throw new Error("a call that is over is still held");
        }
        if (count === WARM_CALLS) {
            before = await heap();
        }
        // A tour looks at every fifth of them.
        document.body.dataset.calls = Math.floor(count / 5) * 5;
    }
    const leaked = (await heap()) - before;
    console.info(`${CALLS - WARM_CALLS} calls left ${leaked} bytes of ${before}`);
    document.body.dataset.leaked = leaked > LEAK_BYTES ? leaked : "nothing";
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
        sees("body[data-leaked='nothing']", "the heap is as before"),
    ],
});
