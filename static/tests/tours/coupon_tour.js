/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const openMenu = (name) => [
    ...openApp("menu_call_center"),
    {
        content: "Open the menu of coupons",
        trigger: "[data-menu-xmlid='smart_recommender.menu_coupon']",
        run: "click",
    },
    {
        content: "Open its entry",
        trigger: `[data-menu-xmlid='smart_recommender.${name}']`,
        run: "click",
    },
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
        {
            content: "The sheet shows what the client can use",
            trigger: ".o_client_coupons .o_client_row:contains('50')",
            isCheck: true,
        },
        {
            content: "The client has a coupon in hand",
            trigger: ".o_client_coupon",
            run: "click",
        },
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
        {
            content: "The name is there already",
            trigger: ".o_coupon_submit:not(:disabled)",
            run: "click",
        },
        {
            content: "It is good, and there is something to use it on",
            trigger: ".o_coupon_good .o_coupon_use:contains('S')",
            run: "click",
        },
        {
            content: "It was used",
            trigger: ".o_coupon_used:contains('took')",
            isCheck: true,
        },
        {
            content: "Close the dialog",
            trigger: ".modal-header .btn-close",
            run: "click",
        },
        {
            content: "The sheet has no coupon any more",
            trigger: ".o_client_sheet:not(:has(.o_client_coupons))",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_coupon_on_order", {
    test: true,
    steps: () => [
        {
            content: "Take a coupon",
            trigger: "button[name='action_use_coupon']",
            run: "click",
        },
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
        {
            content: "Use it",
            trigger: ".o_coupon_submit:not(:disabled)",
            run: "click",
        },
        {
            content: "It is refused; the right PIN",
            trigger: ".o_coupon_refused:contains('There is no coupon')",
            run: () => type(".o_coupon_pin", PIN, true),
        },
        {
            content: "It was used",
            trigger: ".o_coupon_used:contains('took')",
            isCheck: true,
        },
        {
            content: "Close the dialog",
            trigger: ".modal-header .btn-close",
            run: "click",
        },
        {
            content: "The order has its line",
            trigger: ".o_form_view .o_data_row:contains('Coupon')",
            isCheck: true,
        },
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
        {
            content: "The oldest invoice is offered",
            trigger: ".o_coupon_good .o_coupon_use:contains('INV'), .o_coupon_use:contains('VT')",
            run: "click",
        },
        {
            content: "It was used",
            trigger: ".o_coupon_used:contains('took')",
            isCheck: true,
        },
        {
            content: "The next one",
            trigger: ".o_coupon_next",
            run: "click",
        },
        {
            content: "The screen is empty again",
            trigger:
                ".o_coupon_desk .o_coupon_form:not(:has(.o_coupon_used)) .o_coupon_submit:disabled",
            isCheck: true,
        },
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
        {
            content: "Three coupons for one client",
            trigger: ".modal-content .alert-info:contains('75')",
            isCheck: true,
        },
        {
            content: "Generate",
            trigger: ".modal-footer button[name='action_generate']",
            run: "click",
        },
        {
            content: "The batch is there; look at its coupons",
            trigger: ".o_form_view button[name='action_open_coupons']",
            run: "click",
        },
        {
            content: "Three coupons",
            trigger: ".o_list_view .o_data_row:eq(2)",
            isCheck: true,
        },
    ],
});
