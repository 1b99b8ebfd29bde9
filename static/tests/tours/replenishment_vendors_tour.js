/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_vendors", {
    test: true,
    steps: () => [
        {
            content: "the order says how reliable its vendor is",
            trigger: "button[name=action_open_ai_vendor]:contains('%')",
            run: "click",
        },
        {
            content: "and opens why",
            trigger: ".o_form_view .alert-info:contains('0% on time')",
            isCheck: true,
        },
        ...openApp("purchase.menu_purchase_root"),
        {
            trigger: ".o_menu_sections [data-menu-xmlid='purchase.menu_procurement_management']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='smart_recommender.menu_purchase_vendor_scores']",
            run: "click",
        },
        {
            content: "all vendors, the least reliable first",
            trigger:
                ".o_list_view:has(th[data-name=lead_mean]) .o_data_cell:contains('Fournisseur Lent')",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_field_widget[name=lead_mean]:contains('12')",
            isCheck: true,
        },
    ],
});
