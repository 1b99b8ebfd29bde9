/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

const openMenu = (name) => [
    ...openApp("menu_call_center"),
    click("[data-menu-xmlid='smart_recommender.menu_coupon']", "Open the menu of coupons"),
    click(`[data-menu-xmlid='smart_recommender.${name}']`, "Open its entry"),
];

// As the tests make the coupon.
const CODE = "20261128000019";
const PIN = "4795";
const WRONG_PIN = "4796";

/** Type where Enter has gone on to. */
function goOn(selector, text, ends = false) {
    if (document.activeElement !== document.querySelector(selector)) {
        throw new Error(`${selector} is not where one types`);
    }
    type(selector, text, ends);
}

/** Type as a hand does, or a scanner, which ends with Enter. */
function type(selector, text, ends = false) {
    const input = document.querySelector(selector);
    input.focus();
    input.value = text;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    if (ends) {
        input.form.requestSubmit();
    }
}

registry.category("web_tour.tours").add("smart_recommender_coupon_on_sheet", {
    test: true,
    steps: () => [
        sees(
            ".o_client_coupons .o_client_row:contains('50')",
            "The sheet shows what the client can use"
        ),
        click(".o_client_coupon", "The client has a coupon in hand"),
        {
            content: "A typing error is told at once",
            trigger: ".o_coupon_dialog .o_coupon_code",
            run: () => type(".o_coupon_code", "12345678901234"),
        },
        {
            content: "Read again",
            trigger: ".o_coupon_dialog .o_coupon_typing",
            run: () => type(".o_coupon_code", CODE, true),
        },
        {
            content: "The scanner's Enter has gone on to the PIN",
            trigger: ".o_coupon_dialog .o_coupon_pin",
            run: () => goOn(".o_coupon_pin", PIN),
        },
        click(".o_coupon_submit:not(:disabled)", "The name is there already"),
        click(
            ".o_coupon_good .o_coupon_use:contains('S')",
            "It is good, and there is something to use it on"
        ),
        sees(".o_coupon_used:contains('took')", "It was used"),
        click(".modal-header .btn-close", "Close the dialog"),
        sees(".o_client_sheet:not(:has(.o_client_coupons))", "The sheet has no coupon any more"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_coupon_on_order", {
    test: true,
    steps: () => [
        click("button[name='action_use_coupon']", "Take a coupon"),
        {
            content: "Its ID",
            trigger: ".o_coupon_dialog .o_coupon_code",
            run: () => type(".o_coupon_code", CODE),
        },
        {
            content: "A wrong PIN",
            trigger: ".o_coupon_dialog .o_coupon_pin",
            run: () => type(".o_coupon_pin", WRONG_PIN),
        },
        click(".o_coupon_submit:not(:disabled)", "Use it"),
        {
            content: "It is refused; the right PIN",
            trigger: ".o_coupon_refused:contains('There is no coupon')",
            run: () => type(".o_coupon_pin", PIN, true),
        },
        sees(".o_coupon_used:contains('took')", "It was used"),
        click(".modal-header .btn-close", "Close the dialog"),
        sees(".o_form_view .o_data_row:contains('Coupon')", "The order has its line"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_coupon_desk", {
    test: true,
    steps: () => [
        ...openMenu("menu_coupon_desk"),
        {
            content: "Scan",
            trigger: ".o_coupon_desk .o_coupon_code",
            run: () => type(".o_coupon_code", CODE, true),
        },
        {
            content: "The PIN",
            trigger: ".o_coupon_pin",
            run: () => goOn(".o_coupon_pin", PIN, true),
        },
        {
            content: "The client's name, in small letters",
            trigger: ".o_coupon_name",
            run: () => goOn(".o_coupon_name", "hotel atlas", true),
        },
        click(
            ".o_coupon_good .o_coupon_use:contains('INV'), .o_coupon_use:contains('VT')",
            "The oldest invoice is offered"
        ),
        sees(".o_coupon_used:contains('took')", "It was used"),
        click(".o_coupon_next", "The next one"),
        sees(
            ".o_coupon_desk .o_coupon_form:not(:has(.o_coupon_used)) .o_coupon_submit:disabled",
            "The screen is empty again"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_coupon_generate", {
    test: true,
    steps: () => [
        ...openMenu("menu_coupon_generate"),
        {
            content: "Why",
            trigger: ".modal-content .o_field_widget[name='reason'] input",
            run: "text Retards de novembre",
        },
        {
            content: "How much",
            trigger: ".modal-content .o_field_widget[name='amount'] input",
            run: "text 25",
        },
        {
            content: "For whom",
            trigger: ".modal-content .o_field_widget[name='client_list'] textarea",
            run: "text HOT-1",
        },
        {
            content: "How many",
            trigger: ".modal-content .o_field_widget[name='number'] input",
            run: "text 3",
        },
        {
            content: "Look at the preview",
            trigger: ".modal-content .o_field_widget[name='reason'] input",
            run: "text Retards de novembre 2",
        },
        sees(".modal-content .alert-info:contains('75')", "Three coupons for one client"),
        click(".modal-footer button[name='action_generate']", "Generate"),
        click(
            ".o_form_view button[name='action_open_coupons']",
            "The batch is there; look at its coupons"
        ),
        sees(".o_list_view .o_data_row:eq(2)", "Three coupons"),
    ],
});
