/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { openApp } from "./core_steps";

const openHotel = () => [
    {
        content: "Type a part of the name",
        trigger: ".o_client_desk_search input",
        run: "text hôtel atl",
    },
    {
        content: "Search",
        trigger: ".o_client_desk_search button[type='submit']",
        run: "click",
    },
    {
        content: "The house and its contact are found: take the house",
        trigger: ".o_client_desk_match:contains('Hôtel Atlas'):not(:contains('Fatima'))",
        run: "click",
    },
];

registry.category("web_tour.tours").add("smart_recommender_incoming_call", {
    test: true,
    steps: () => [
        {
            content: "The sheet of who calls is open, with the call in progress",
            trigger: ".o_client_sheet:has(.o_client_call) .o_client_name:contains('Hôtel Atlas')",
            isCheck: true,
        },
        {
            content: "What is due for reorder comes first: add it",
            trigger:
                ".o_client_offers ul[data-kind='reorder'] .o_client_offer:contains('Bonbonne') .o_client_offer_add",
            run: "click",
        },
        {
            content: "It is in a quotation, which the sheet shows",
            trigger: ".o_client_quotations .o_client_row a",
            isCheck: true,
        },
        {
            content: "The offer says that it is there, and how many",
            trigger:
                ".o_client_offer:contains('Bonbonne') .o_client_offer_quoted:contains('6 Units')",
            isCheck: true,
        },
        {
            content: "End the call",
            trigger: ".o_client_call_log",
            run: "click",
        },
        {
            content: "What came of it",
            trigger: ".o_field_widget[name='result'] input[data-value='order']",
            run: "click",
        },
        {
            content: "What was said",
            trigger: ".o_field_widget[name='description'] textarea",
            run: "text Livrer jeudi",
        },
        {
            content: "Save the call",
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The sheet tells it, and the call is over",
            trigger:
                ".o_client_sheet:not(:has(.o_client_call)) .o_client_calls:contains('Livrer jeudi')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_shared_number", {
    test: true,
    steps: () => [
        {
            content: "Both clients are shown",
            trigger:
                ".o_client_desk_found:has(.o_client_desk_match:contains('Client 0')) .o_client_desk_match:contains('Hôtel Atlas')",
            run: "click",
        },
        {
            content: "The sheet of the chosen one, with the call in progress",
            trigger: ".o_client_sheet:has(.o_client_call) .o_client_name:contains('Hôtel Atlas')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_new_order", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        {
            content: "Dismiss an offer",
            trigger:
                ".o_client_offers .o_client_offer:contains('Bonbonne') .o_client_offer_dismiss",
            run: "click",
        },
        {
            content: "Bring it back",
            trigger: ".o_client_offers_restore",
            run: "click",
        },
        {
            content: "Start an order",
            trigger:
                ".o_client_sheet:has(.o_client_offer:contains('Bonbonne')) .o_client_new_order",
            run: "click",
        },
        {
            content: "The suggestions are open, without any product in the quotation",
            trigger:
                ".o_ai_suggestion:contains('Bonbonne'):contains('Due for reorder') .o_ai_suggestion_add",
            run: "click",
        },
        {
            content: "Look at the lines",
            trigger: ".o_notebook a[name='order_lines']",
            run: "click",
        },
        {
            content: "It was added with the usual quantity",
            trigger:
                ".o_field_widget[name='order_line'] .o_data_row:contains('Bonbonne'):contains('6.00')",
            isCheck: true,
        },
        ...stepUtils.saveForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_supervisor", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        {
            content: "Suspend the client",
            trigger: ".o_client_suspend",
            run: "click",
        },
        {
            content: "Say why",
            trigger: ".o_field_widget[name='reason'] textarea",
            run: "text Chèque impayé",
        },
        {
            content: "Suspend",
            trigger: "button[name='action_suspend']",
            run: "click",
        },
        {
            content: "The sheet tells it with the reason",
            trigger: ".o_client_sheet .o_client_suspended:contains('Chèque impayé')",
            isCheck: true,
        },
        {
            content: "Open the menu of calls",
            trigger: "[data-menu-xmlid='smart_recommender.menu_calls']",
            run: "click",
        },
        {
            content: "Open the statistics",
            trigger: "[data-menu-xmlid='smart_recommender.menu_call_statistics']",
            run: "click",
        },
        {
            content: "They have the operator",
            trigger: ".o_ai_block_operators tbody:contains('sr_operator')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_new_order_left", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        { content: "Start an order", trigger: ".o_client_new_order", run: "click" },
        {
            content: "It is a new one, with the client and the suggestions",
            trigger:
                ".o_form_view:not(:has(.o_ai_suspended:visible)) .o_ai_suggestion:contains('Bonbonne'):contains('× 6 Units')",
            isCheck: true,
        },
        {
            content: "Nothing is wanted: back to the sheet",
            trigger: ".o_breadcrumb .o_back_button a, .breadcrumb-item.o_back_button a",
            run: "click",
        },
        {
            content: "No quotation is left behind",
            trigger: ".o_client_sheet .o_client_quotations:contains('No open quotation')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_suspended_sale", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        {
            content: "The sheet says that the client is suspended",
            trigger: ".o_client_sheet .o_client_suspended:contains('Chèque impayé')",
            isCheck: true,
        },
        { content: "Start an order", trigger: ".o_client_new_order", run: "click" },
        {
            content: "The quotation says so too",
            trigger: ".o_form_view .o_ai_suspended:contains('Chèque impayé')",
            isCheck: true,
        },
        {
            content: "It can be written",
            trigger:
                ".o_ai_suggestion:contains('Bonbonne'):contains('Due for reorder') .o_ai_suggestion_add",
            run: "click",
        },
        { trigger: ".o_notebook a[name='order_lines']", run: "click" },
        {
            trigger: ".o_field_widget[name='order_line'] .o_data_row:contains('Bonbonne')",
            isCheck: true,
        },
        ...stepUtils.saveForm(),
        {
            content: "An operator has no way around it",
            trigger: ".o_ai_suspended:not(:has(button:visible))",
            isCheck: true,
        },
        { trigger: ".o_form_statusbar button[name='action_confirm']:visible", run: "click" },
        {
            content: "and cannot confirm it",
            trigger: ".modal-body:contains('cannot be confirmed'):contains('Chèque impayé')",
            isCheck: true,
        },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        { trigger: ".o_form_view .o_ai_suspended", isCheck: true },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_suspended_override", {
    test: true,
    steps: () => [
        {
            content: "A supervisor is offered a way",
            trigger:
                ".o_ai_suspended:contains('Chèque impayé') button:contains('Confirm Nevertheless')",
            run: "click",
        },
        {
            content: "and says why",
            trigger: ".o_field_widget[name='reason'] textarea",
            run: "text Payé ce matin",
        },
        { trigger: ".modal-footer button[name='action_confirm']", run: "click" },
        {
            content: "The order is confirmed, and its chatter keeps the reason",
            trigger:
                ".o_form_view:has(.o_arrow_button_current[data-value='sale']):not(:has(.o_ai_suspended:visible)) .o-mail-Message:contains('Payé ce matin')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_contract", {
    test: true,
    steps: () => [
        ...openApp("menu_call_center"),
        ...openHotel(),
        {
            content: "The sheet warns of its contract: open it",
            trigger:
                ".o_client_contract:contains('6 of 12 Units of Bonbonne'):contains('to be renewed by') a",
            run: "click",
        },
        {
            content: "Renew it",
            trigger: ".o_form_view button[name='action_renew']",
            run: "click",
        },
        {
            content: "It is renewed, and says so below",
            trigger: ".o_field_widget[name='renewal_count']:contains('1')",
            isCheck: true,
        },
        {
            content: "Open the menu of clients",
            trigger: "[data-menu-xmlid='smart_recommender.menu_clients']",
            run: "click",
        },
        {
            content: "All contracts",
            trigger: "[data-menu-xmlid='smart_recommender.menu_client_contracts']",
            run: "click",
        },
        {
            content: "It is there, and due no more",
            trigger: ".o_data_row:not(.text-warning):contains('Hôtel Atlas'):contains('Running')",
            isCheck: true,
        },
    ],
});
