/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_client_history", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        { trigger: ".o_client_desk_search input", run: "text hôtel atl" },
        { trigger: ".o_client_desk_search button[type='submit']", run: "click" },
        {
            trigger: ".o_client_desk_match:contains('Hôtel Atlas'):not(:contains('Fatima'))",
            run: "click",
        },
        { content: "Its history", trigger: ".o_client_history", run: "click" },
        {
            content: "What was done for it, and by whom",
            trigger:
                ".o_list_view:has(.o_data_row:contains('Order Confirmed')) .o_data_row:contains('Client Suspended'):contains('Chèque impayé'):contains('sr_supervisor')",
            isCheck: true,
        },
        {
            content: "Open the order",
            trigger: ".o_data_row:contains('Order Confirmed'):first td[name='name']",
            run: "click",
        },
        { trigger: ".o_form_view .o_arrow_button_current[data-value='sale']", isCheck: true },
    ],
});
