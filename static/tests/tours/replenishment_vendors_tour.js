/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_vendors", {
    test: true,
    steps: () => [
        click(
            "button[name=action_open_ai_vendor]:contains('%')",
            "the order says how reliable its vendor is"
        ),
        sees(".o_form_view .alert-info:contains('0% on time')", "and opens why"),
        ...openApp("purchase.menu_purchase_root"),
        click(".o_menu_sections [data-menu-xmlid='purchase.menu_procurement_management']"),
        click("[data-menu-xmlid='smart_recommender.menu_purchase_vendor_scores']"),
        click(
            ".o_list_view:has(th[data-name=lead_mean]) .o_data_cell:contains('Fournisseur Lent')",
            "all vendors, the least reliable first"
        ),
        sees(".o_form_view .o_field_widget[name=lead_mean]:contains('12')"),
    ],
});
