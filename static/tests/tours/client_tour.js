/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { click, openApp, sees } from "./core_steps";

const openHotel = () => [
    {
        content: "Type a part of the name",
        trigger: ".o_client_desk_search input",
        run: "text hôtel atl",
    },
    click(".o_client_desk_search button[type='submit']", "Search"),
    click(
        ".o_client_desk_match:contains('Hôtel Atlas'):not(:contains('Fatima'))",
        "The house and its contact are found: take the house"
    ),
];

registry.category("web_tour.tours").add("smart_recommender_incoming_call", {
    test: true,
    steps: () => [
        sees(
            ".o_client_sheet:has(.o_client_call) .o_client_name:contains('Hôtel Atlas')",
            "The sheet of who calls is open, with the call in progress"
        ),
        click(
            ".o_client_offers ul[data-kind='reorder'] .o_client_offer:contains('Bonbonne') .o_client_offer_add",
            "What is due for reorder comes first: add it"
        ),
        sees(".o_client_quotations .o_client_row a", "It is in a quotation, which the sheet shows"),
        sees(
            ".o_client_offer:contains('Bonbonne') .o_client_offer_quoted:contains('6 Units')",
            "The offer says that it is there, and how many"
        ),
        click(".o_client_call_log", "End the call"),
        click(".o_field_widget[name='result'] input[data-value='order']", "What came of it"),
        {
            content: "What was said",
            trigger: ".o_field_widget[name='description'] textarea",
            run: "text Livrer jeudi",
        },
        click(".o_form_button_save", "Save the call"),
        sees(
            ".o_client_sheet:not(:has(.o_client_call)) .o_client_calls:contains('Livrer jeudi')",
            "The sheet tells it, and the call is over"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_shared_number", {
    test: true,
    steps: () => [
        click(
            ".o_client_desk_found:has(.o_client_desk_match:contains('Client 0')) .o_client_desk_match:contains('Hôtel Atlas')",
            "Both clients are shown"
        ),
        sees(
            ".o_client_sheet:has(.o_client_call) .o_client_name:contains('Hôtel Atlas')",
            "The sheet of the chosen one, with the call in progress"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_new_order", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        click(
            ".o_client_offers .o_client_offer:contains('Bonbonne') .o_client_offer_dismiss",
            "Dismiss an offer"
        ),
        click(".o_client_offers_restore", "Bring it back"),
        click(
            ".o_client_sheet:has(.o_client_offer:contains('Bonbonne')) .o_client_new_order",
            "Start an order"
        ),
        click(
            ".o_ai_suggestion:contains('Bonbonne'):contains('Due for reorder') .o_ai_suggestion_add",
            "The suggestions are open, without any product in the quotation"
        ),
        click(".o_notebook a[name='order_lines']", "Look at the lines"),
        sees(
            ".o_field_widget[name='order_line'] .o_data_row:contains('Bonbonne'):contains('6.00')",
            "It was added with the usual quantity"
        ),
        ...stepUtils.saveForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_supervisor", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        click(".o_client_suspend", "Suspend the client"),
        {
            content: "Say why",
            trigger: ".o_field_widget[name='reason'] textarea",
            run: "text Chèque impayé",
        },
        click("button[name='action_suspend']", "Suspend"),
        sees(
            ".o_client_sheet .o_client_suspended:contains('Chèque impayé')",
            "The sheet tells it with the reason"
        ),
        click("[data-menu-xmlid='smart_recommender.menu_calls']", "Open the menu of calls"),
        click("[data-menu-xmlid='smart_recommender.menu_call_statistics']", "Open the statistics"),
        sees(".o_ai_block_operators tbody:contains('sr_operator')", "They have the operator"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_new_order_left", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        click(".o_client_new_order", "Start an order"),
        sees(
            ".o_form_view:not(:has(.o_ai_suspended:visible)) .o_ai_suggestion:contains('Bonbonne'):contains('× 6 Units')",
            "It is a new one, with the client and the suggestions"
        ),
        click(
            ".o_breadcrumb .o_back_button a, .breadcrumb-item.o_back_button a",
            "Nothing is wanted: back to the sheet"
        ),
        sees(
            ".o_client_sheet .o_client_quotations:contains('No open quotation')",
            "No quotation is left behind"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_suspended_sale", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        sees(
            ".o_client_sheet .o_client_suspended:contains('Chèque impayé')",
            "The sheet says that the client is suspended"
        ),
        click(".o_client_new_order", "Start an order"),
        sees(".o_form_view .o_ai_suspended:contains('Chèque impayé')", "The quotation says so too"),
        click(
            ".o_ai_suggestion:contains('Bonbonne'):contains('Due for reorder') .o_ai_suggestion_add",
            "It can be written"
        ),
        click(".o_notebook a[name='order_lines']"),
        sees(".o_field_widget[name='order_line'] .o_data_row:contains('Bonbonne')"),
        ...stepUtils.saveForm(),
        sees(".o_ai_suspended:not(:has(button:visible))", "An operator has no way around it"),
        click(".o_form_statusbar button[name='action_confirm']:visible"),
        sees(
            ".modal-body:contains('cannot be confirmed'):contains('Chèque impayé')",
            "and cannot confirm it"
        ),
        click(".modal-footer .btn-primary"),
        sees(".o_form_view .o_ai_suspended"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_suspended_override", {
    test: true,
    steps: () => [
        click(
            ".o_ai_suspended:contains('Chèque impayé') button:contains('Confirm Nevertheless')",
            "A supervisor is offered a way"
        ),
        {
            content: "and says why",
            trigger: ".o_field_widget[name='reason'] textarea",
            run: "text Payé ce matin",
        },
        click(".modal-footer button[name='action_confirm']"),
        sees(
            ".o_form_view:has(.o_arrow_button_current[data-value='sale']):not(:has(.o_ai_suspended:visible)) .o-mail-Message:contains('Payé ce matin')",
            "The order is confirmed, and its chatter keeps the reason"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_contract", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        click(
            ".o_client_contract:contains('6 of 12 Units of Bonbonne'):contains('to be renewed by') a",
            "The sheet warns of its contract: open it"
        ),
        click(".o_form_view button[name='action_renew']", "Renew it"),
        sees(
            ".o_field_widget[name='renewal_count']:contains('1')",
            "It is renewed, and says so below"
        ),
        click("[data-menu-xmlid='smart_recommender.menu_clients']", "Open the menu of clients"),
        click("[data-menu-xmlid='smart_recommender.menu_client_contracts']", "All contracts"),
        sees(
            ".o_data_row:not(.text-warning):contains('Hôtel Atlas'):contains('Running')",
            "It is there, and due no more"
        ),
    ],
});
