/** @odoo-module **/

import { registry } from "@web/core/registry";

/** A telephony module that only notes what it dialled, where the next step can see it. */
function playTelephony() {
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

function press(keys) {
    return keys.split("").map((key) => ({
        content: `press ${key}`,
        trigger: `.o_dialer_key[data-key='${key}']`,
        run: "click",
    }));
}

function dialled(text) {
    return {
        content: `${text} was dialled`,
        trigger: `body[data-dialled='${text}']`,
        isCheck: true,
    };
}

registry.category("web_tour.tours").add("smart_recommender_dialer", {
    test: true,
    url: "/web",
    steps: () => [
        {
            content: "open the dialer",
            trigger: ".o_dialer_menu button",
            run() {
                playTelephony();
                document.querySelector(".o_dialer_menu button").click();
            },
        },
        ...press("0661223399"),
        {
            content: "nobody has this number",
            trigger: ".o_dialer_message:contains('No client has this number')",
            isCheck: true,
        },
        { content: "call all the same", trigger: ".o_dialer_call", run: "click" },
        dialled("+212661223399"),
        { content: "erase", trigger: ".o_dialer_erase", run: "click" },
        { content: "erase", trigger: ".o_dialer_erase", run: "click" },
        ...press("44"),
        {
            content: "the client with this number",
            trigger: ".o_dialer_match:contains('Épicerie Atlas'):contains('Rabat')",
            isCheck: true,
        },
        { content: "call the client", trigger: ".o_dialer_call", run: "click" },
        dialled("+212661223344 Épicerie Atlas"),
        { content: "open the sheet", trigger: ".o_dialer_match", run: "click" },
        {
            content: "the sheet of the client, and the dialer has gone",
            trigger: ".o_client_sheet:contains('Épicerie Atlas')",
            run() {
                document.body.dataset.dialled = "";
            },
        },
        { content: "its number", trigger: ".o_client_phone", run: "click" },
        dialled("+212661223344 Épicerie Atlas"),
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
        {
            content: "the bar is there, the dialer is not",
            trigger: ".o_menu_systray:not(:has(.o_dialer_menu)) .o_user_menu",
            isCheck: true,
        },
    ],
});
