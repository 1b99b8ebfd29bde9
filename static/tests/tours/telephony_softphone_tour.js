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
import { click, sees } from "./core_steps";

const tours = registry.category("web_tour.tours");

tours.add("smart_recommender_softphone_incoming", {
    test: true,
    steps: () => [
        ringing("Hôtel Atlas"),
        press("answer"),
        sees(
            ".o_client_sheet:not(:has(.o_client_call)) .o_client_name:contains('Hôtel Atlas')",
            "the client's sheet opens, without a second form for the call"
        ),
        hears("client"),
        press("agree", "the client agrees to be recorded"),
        sees(".o_softphone_recording[data-recorded='1']", "it is recorded"),
        { content: "speak a little", trigger: ".o_softphone", run: () => pause(2000) },
        press("hang_up"),
        sees(".o_softphone_last:contains('Hôtel Atlas')", "it was logged"),
    ],
});

tours.add("smart_recommender_softphone_outgoing", {
    test: true,
    steps: () => [
        ...called("0522000011"),
        hears("network"),
        press("mute"),
        click(".o_softphone_mute.active", "muted"),
        press("hold"),
        click(".o_softphone_card[data-held='1'] .o_softphone_hold", "on hold"),
        sees(".o_softphone_card[data-held='0']", "and back"),
        hears("network"),
        press("hang_up"),
        over,
        ...fromTheDialer("0522123411"),
        talking("0522123411"),
        sees(
            "body:has(.o_client_desk_unknown):not(:has(.o_client_call, .o_dialer_running))",
            "no call that somebody would log again"
        ),
        press("hang_up"),
        over,
        ...dial("0522000022"),
        notice("is busy"),
        ...dial("0522000033"),
        notice("does not answer"),
        ...dial("0522000033"),
        sees(".o_softphone_card[data-phase='dialling']", "it rings there"),
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
        ...["1", "2", "3", "4"].map((key) =>
            click(`.o_softphone_keys [data-key='${key}']`, `press ${key}`)
        ),
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
        sees(".o_softphone_last:contains('0522000066')", "it was logged afterwards"),
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
        sees(".o_softphone_recording:contains('not recorded')", "it is not"),
        press("hang_up"),
        click(".o_softphone_after_call .o_softphone_resume", "time for notes"),
        click(
            ".o_softphone:not(:has(.o_softphone_after_call)) .o_softphone_settings_toggle",
            "open the settings"
        ),
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
