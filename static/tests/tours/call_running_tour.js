/** @odoo-module **/

import { registry } from "@web/core/registry";
import { playTelephony } from "./call_tour";
import { click, sees } from "./core_steps";

const KEY = "smart_recommender.tour_call";

/** The beginning of the one call of this tab; it must stay the same. */
function beginnings() {
    const [calls] = Object.entries(sessionStorage)
        .filter(([key]) => key.startsWith("smart_recommender.calls."))
        .map(([, value]) => JSON.parse(value).calls);
    return calls.map((call) => call.startedAt).join();
}

function remember() {
    sessionStorage.setItem(KEY, beginnings());
}

function expectSameCall() {
    const [before, now] = [sessionStorage.getItem(KEY), beginnings()];
    if (!before || before !== now) {
        throw new Error(`the call that began at ${before} is now ${now || "lost"}`);
    }
}

/** Press F5: the mark is gone when the page has come back. */
const reload = () => [
    {
        content: "reload the page",
        trigger: "body",
        run() {
            document.body.setAttribute("data-before-reload", "");
            // The step is over first: it would be done again after the reload.
            setTimeout(() => location.reload(), 200);
        },
        expectUnloadPage: true,
    },
];

const sheetWithCall = (name, run = expectSameCall) => ({
    content: `the sheet of ${name} with the same call`,
    trigger: `body:not([data-before-reload]) .o_client_sheet:has(.o_client_call) .o_client_name:contains('${name}')`,
    // After a reload on a busy machine.
    timeout: 30000,
    run,
});

const logCall = () => [
    click(".o_client_call_log", "end the call"),
    {
        content: "what was said",
        trigger: ".o_field_widget[name='description'] textarea",
        run: "text Livrer jeudi",
    },
    click(".o_form_button_save", "save"),
];

registry.category("web_tour.tours").add("smart_recommender_call_survives", {
    test: true,
    steps: () => [
        sheetWithCall("Hôtel Atlas", remember),
        ...reload(),
        sheetWithCall("Hôtel Atlas"),
        click(".o_client_actions button:contains('Contact')", "another screen"),
        {
            content: "the bar above still counts",
            trigger: "body:has(.o_form_view) .o_dialer_running:contains(':')",
            run: expectSameCall,
        },
        click(".o_dialer_menu button", "and leads back to who calls"),
        click(".o_dialer .o_client_call_open"),
        sheetWithCall("Hôtel Atlas", () => {
            expectSameCall();
            // Where the address of this screen leads after it was left.
            sessionStorage.setItem(`${KEY}.address`, location.href);
        }),
        ...logCall(),
        {
            content: "the call is over",
            trigger: ".o_client_sheet:not(:has(.o_client_call)) .o_client_calls:contains('Livrer')",
            run() {
                document.body.setAttribute("data-before-reload", "");
                history.replaceState({}, "", sessionStorage.getItem(`${KEY}.address`));
                setTimeout(() => location.reload(), 200);
            },
            expectUnloadPage: true,
        },
        sees(
            "body:not([data-before-reload]):not(:has(.o_client_call)):not(:has(.o_dialer_running)) .o_client_name:contains('Hôtel Atlas')",
            "its address shows the client and begins no second call"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_call_back_button", {
    test: true,
    steps: () => [
        sheetWithCall("Hôtel Atlas", remember),
        click("[data-menu-xmlid='smart_recommender.menu_calls']", "another menu"),
        click("[data-menu-xmlid='smart_recommender.menu_call_list']"),
        {
            content: "the browser's back",
            trigger: ".o_list_view, .o_view_nocontent",
            // The address of this screen is written a moment after it is drawn.
            run: () => setTimeout(() => history.back(), 500),
        },
        sheetWithCall("Hôtel Atlas"),
        click(".o_client_call_discard", "a wrong number"),
        sees(".o_client_sheet:not(:has(.o_client_call))", "no call runs any more"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_unknown_caller", {
    test: true,
    steps: () => [
        {
            content: "Nobody has this number",
            trigger:
                ".o_client_desk_found:has(.o_client_call) .o_client_desk_unknown:contains('+212700112233')",
            run: remember,
        },
        ...reload(),
        {
            content: "The same after a reload",
            trigger:
                "body:not([data-before-reload]) .o_client_desk_found:has(.o_client_call) .o_client_desk_unknown:contains('+212700112233')",
            run: expectSameCall,
        },
        click(".o_client_desk_unknown .btn-primary", "Create the client"),
        {
            content: "The number is there already",
            trigger: ".o_field_widget[name='phone'] input",
            run() {
                const { value } = document.querySelector(".o_field_widget[name='phone'] input");
                if (value.replace(/\D/g, "") !== "212700112233") {
                    throw new Error(`the number is ${value}`);
                }
            },
        },
        {
            content: "Name the client",
            trigger: ".o_field_widget[name='name'] :is(input, textarea)",
            run: "text Nouveau Client",
        },
        click(".o_form_button_save", "Save"),
        sheetWithCall("Nouveau Client"),
        ...reload(),
        sheetWithCall("Nouveau Client"),
        ...logCall(),
        sees(
            ".o_client_sheet:not(:has(.o_client_call)) .o_client_calls:contains('Livrer jeudi')",
            "The sheet tells it"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_callback", {
    test: true,
    steps: () => [
        {
            content: "whom to call back, with the number",
            trigger:
                ".o_data_row:contains('Hôtel Atlas') .o_data_cell[name='ai_client_phone']:contains('0661234567')",
            run: playTelephony,
        },
        click(
            ".o_data_row:contains('Hôtel Atlas') .o_data_cell[name='start']",
            "open the call-back"
        ),
        click(".o_form_view .o_call_button", "call"),
        sheetWithCall("Hôtel Atlas", remember),
        { content: "one call and no other", trigger: ".o_dialer_running", run: expectSameCall },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_callback_on_a_phone", {
    test: true,
    steps: () => [
        {
            content: "a card with the number",
            trigger: ".o_kanban_record:contains('Hôtel Atlas'):contains('0661234567')",
            run: playTelephony,
        },
        click(".o_kanban_record:contains('Hôtel Atlas') .o_call_button", "call from the card"),
        sheetWithCall("Hôtel Atlas", remember),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_empty_call", {
    test: true,
    steps: () => [
        click(".o_list_button_add, .o-kanban-button-new"),
        {
            content: "who was it?",
            trigger: ".o_form_view .o_field_widget[name='result']",
            run() {
                document.querySelector(".o_form_button_save").click();
            },
        },
        sees(
            ".modal-body:contains('choose the client, or enter the number')",
            "the message says what to give"
        ),
        click(".modal-footer .btn-primary"),
        click(".o_form_button_cancel"),
    ],
});
