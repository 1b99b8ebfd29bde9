/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, sees } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_popular_in_category", {
    test: true,
    steps: () => [
        click(".o_notebook .nav-link[name=ai_suggestions]", "open the AI Suggestions tab"),
        sees(
            ".o_ai_suggestions_popular:contains('Nothing else is known')",
            "it is said that nothing goes with the product"
        ),
        click(
            ".o_ai_suggestion:contains('Fontaine'):contains('Popular in Machines') .o_ai_suggestion_add",
            "and what is popular in its category is one click away"
        ),
        sees(
            ".o_ai_suggestion:contains('Bonbonne'):contains('Because of Fontaine')",
            "what goes with that comes at once, with its reason"
        ),
        click(".o_form_button_save"),
        sees(".o_form_saved"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_backtest", {
    test: true,
    steps: () => [
        sees(".alert-warning:contains('does not help')", "the run says what would have happened"),
        sees(
            ".o_field_widget[name=backtest_ids] .o_data_row:contains('Most Popular'):contains('40%')",
            "with the figures of each method"
        ),
        click("button:contains('Show It Anyway')", "the manager insists"),
        sees("button:contains('Show Popular Products Instead')", "and may think again"),
    ],
});
