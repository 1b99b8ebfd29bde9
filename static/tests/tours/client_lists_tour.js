/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_new_product", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        click(
            ".o_client_desk_arrivals .list-group-item:contains('Eau gazeuse'):contains('fits 1 client')",
            "The desk tells of a newly arrived product: for whom is it?"
        ),
        click(
            ".o_list_view .o_data_row:contains('Hôtel Atlas') td[name='lift']",
            "The clients whom it fits: open the sheet"
        ),
        sees(".o_client_sheet .o_client_name:contains('Hôtel Atlas')", "The sheet"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_mail_quotation", {
    test: true,
    steps: () => [
        click(
            ".o_client_quotations .o_client_row .o_client_send",
            "Send the open quotation as a pro forma"
        ),
        sees(
            ".o_notification:contains('was sent to achats@atlas.example')",
            "It is said to which address"
        ),
        sees(
            ".o_client_calls .o_client_mail_row:contains('Proforma')",
            "The mail is in the history of the client"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_set_tier", {
    test: true,
    steps: () => [
        {
            content: "The tier by revenue is shown: set another one",
            trigger: ".o_client_sheet:has(.o_client_tier) .o_client_set_tier",
            run: () => {
                const tier = document.querySelector(".o_client_set_tier");
                tier.value = "silver";
                tier.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        sees(".o_client_tier[data-tier='silver']:contains('Silver')", "It holds at once"),
    ],
});
