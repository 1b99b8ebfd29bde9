/** @odoo-module **/

import { registry } from "@web/core/registry";
import {
    called,
    dial,
    findOdoo,
    fromTheDialer,
    hears,
    loseOdoo,
    notice,
    over,
    pause,
    press,
    ringing,
    seen,
    softphone,
    talking,
    until,
} from "./telephony_softphone_steps";

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
        ...called("0522000011"),
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
        {
            content: "Odoo knows that it was answered, and goes away",
            trigger: ".o_softphone",
            async run() {
                await until(() => !softphone().log.kept.get().length);
                loseOdoo();
            },
        },
        press("keypad"),
        ...["1", "2", "3", "4"].map((key) => ({
            content: `press ${key}`,
            trigger: `.o_softphone_keys [data-key='${key}']`,
            run: "click",
        })),
        // The other end hangs up once it has four digits.
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
