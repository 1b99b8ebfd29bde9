/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, sees } from "./core_steps";

/** A telephony module that only notes what it dialled, where the next step can see it. */
export function playTelephony() {
    registry.category("smart_recommender.telephony_providers").add(
        "tour",
        {
            isAvailable: () => true,
            dial(env, number, { partnerName }) {
                document.body.dataset.dialled = [number, partnerName].filter(Boolean).join(" ");
            },
        },
        { sequence: 1, force: true }
    );
}

const openDialer = click(".o_dialer_menu button", "open the dialer");

function press(keys) {
    return keys.split("").map((key) => click(`.o_dialer_key[data-key='${key}']`, `press ${key}`));
}

function dialled(text) {
    return sees(`body[data-dialled='${text}']`, `${text} was dialled`);
}

registry.category("web_tour.tours").add("smart_recommender_dialer", {
    test: true,
    url: "/web",
    steps: () => [
        { content: "a telephony module", trigger: ".o_dialer_menu", run: playTelephony },
        openDialer,
        ...press("0661223399"),
        sees(".o_dialer_message:contains('No client has this number')", "nobody has this number"),
        click(".o_dialer_call", "call all the same"),
        dialled("+212661223399"),
        sees(
            ".o_client_desk_found:has(.o_client_call:contains('Call to')) .o_client_desk_unknown:contains('+212661223399') .btn-primary",
            "it is shown that the call runs, and offered to create the client"
        ),
        click(".o_client_call_discard", "nobody answers"),
        openDialer,
        click(".o_dialer_call", "no number yet"),
        sees(".o_dialer_message:contains('Type the number')", "it is said what is missing"),
        ...press("0661223345"),
        click(".o_dialer_erase", "erase"),
        ...press("4"),
        sees(
            ".o_dialer_match:contains('Épicerie Atlas'):contains('Rabat')",
            "the client with this number"
        ),
        click(".o_dialer_call", "call the client"),
        dialled("+212661223344 Épicerie Atlas"),
        {
            content: "the sheet of the client with the call",
            trigger: ".o_client_sheet:contains('Épicerie Atlas') .o_client_call_time",
            timeout: 30000,
            run() {
                document.body.dataset.dialled = "";
            },
        },
        sees("body:not(:has(.o_dialer_keys))", "the dialer has gone"),
        click(".o_client_call_log", "end and log"),
        click(".o_form_button_save", "save"),
        {
            content: "it is logged",
            timeout: 30000,
            trigger: ".o_client_sheet:not(:has(.o_client_call)) .o_client_call_row",
            isCheck: true,
        },
        click(".o_client_phone", "its number"),
        dialled("+212661223344 Épicerie Atlas"),
        sees(".o_client_sheet .o_client_call_time", "a call from the sheet runs too"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_dial_link", {
    test: true,
    steps: () => [
        {
            content: "the link of the phone field, which shows where the pointer is",
            trigger: ".o_field_widget[name=phone] input",
            run() {
                playTelephony();
                document.querySelector(".o_field_widget[name=phone] a[href^='tel:']").click();
            },
        },
        dialled("0661223344"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_no_dialer", {
    test: true,
    url: "/web",
    steps: () => [
        sees(
            ".o_menu_systray:not(:has(.o_dialer_menu)) .o_user_menu",
            "the bar is there, the dialer is not"
        ),
    ],
});
