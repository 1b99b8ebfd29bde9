/** @odoo-module **/

import { registry } from "@web/core/registry";

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

const openDialer = {
    content: "open the dialer",
    trigger: ".o_dialer_menu button",
    run: "click",
};

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
        { content: "a telephony module", trigger: ".o_dialer_menu", run: playTelephony },
        openDialer,
        ...press("0661223399"),
        {
            content: "nobody has this number",
            trigger: ".o_dialer_message:contains('No client has this number')",
            isCheck: true,
        },
        { content: "call all the same", trigger: ".o_dialer_call", run: "click" },
        dialled("+212661223399"),
        {
            content: "it is shown that the call runs, and offered to create the client",
            trigger:
                ".o_client_desk_found:has(.o_client_call:contains('Call to')) .o_client_desk_unknown:contains('+212661223399') .btn-primary",
            isCheck: true,
        },
        { content: "nobody answers", trigger: ".o_client_call_discard", run: "click" },
        openDialer,
        { content: "no number yet", trigger: ".o_dialer_call", run: "click" },
        {
            content: "it is said what is missing",
            trigger: ".o_dialer_message:contains('Type the number')",
            isCheck: true,
        },
        ...press("0661223345"),
        { content: "erase", trigger: ".o_dialer_erase", run: "click" },
        ...press("4"),
        {
            content: "the client with this number",
            trigger: ".o_dialer_match:contains('Épicerie Atlas'):contains('Rabat')",
            isCheck: true,
        },
        { content: "call the client", trigger: ".o_dialer_call", run: "click" },
        dialled("+212661223344 Épicerie Atlas"),
        {
            content: "the sheet of the client with the call",
            trigger: ".o_client_sheet:contains('Épicerie Atlas') .o_client_call_time",
            timeout: 30000,
            run() {
                document.body.dataset.dialled = "";
            },
        },
        {
            content: "the dialer has gone",
            trigger: "body:not(:has(.o_dialer_keys))",
            isCheck: true,
        },
        { content: "end and log", trigger: ".o_client_call_log", run: "click" },
        { content: "save", trigger: ".o_form_button_save", run: "click" },
        {
            content: "it is logged",
            timeout: 30000,
            trigger: ".o_client_sheet:not(:has(.o_client_call)) .o_client_call_row",
            isCheck: true,
        },
        { content: "its number", trigger: ".o_client_phone", run: "click" },
        dialled("+212661223344 Épicerie Atlas"),
        {
            content: "a call from the sheet runs too",
            trigger: ".o_client_sheet .o_client_call_time",
            isCheck: true,
        },
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
