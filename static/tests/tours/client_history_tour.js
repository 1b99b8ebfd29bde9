/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_client_history", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        { trigger: ".o_client_desk_search input", run: "text hôtel atl" },
        click(".o_client_desk_search button[type='submit']"),
        click(".o_client_desk_match:contains('Hôtel Atlas'):not(:contains('Fatima'))"),
        click(".o_client_history", "Its history"),
        sees(
            ".o_list_view:has(.o_data_row:contains('Order Confirmed')) .o_data_row:contains('Client Suspended'):contains('Chèque impayé'):contains('sr_supervisor')",
            "What was done for it, and by whom"
        ),
        click(".o_data_row:contains('Order Confirmed'):first td[name='name']", "Open the order"),
        sees(".o_form_view .o_arrow_button_current[data-value='sale']"),
    ],
});
