/** @odoo-module **/

import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("smart_recommender_popular_in_category", {
    test: true,
    steps: () => [
        {
            content: "open the AI Suggestions tab",
            trigger: ".o_notebook .nav-link[name=ai_suggestions]",
            run: "click",
        },
        {
            content: "it is said that nothing goes with the product",
            trigger: ".o_ai_suggestions_popular:contains('Nothing else is known')",
            isCheck: true,
        },
        {
            content: "and what is popular in its category is one click away",
            trigger:
                ".o_ai_suggestion:contains('Fontaine'):contains('Popular in Machines') .o_ai_suggestion_add",
            run: "click",
        },
        {
            content: "what goes with that comes at once, with its reason",
            trigger: ".o_ai_suggestion:contains('Bonbonne'):contains('Because of Fontaine')",
            isCheck: true,
        },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: ".o_form_saved", isCheck: true },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_backtest", {
    test: true,
    steps: () => [
        {
            content: "the run says what would have happened",
            trigger: ".alert-warning:contains('does not help')",
            isCheck: true,
        },
        {
            content: "with the figures of each method",
            trigger:
                ".o_field_widget[name=backtest_ids] .o_data_row:contains('Most Popular'):contains('40%')",
            isCheck: true,
        },
        {
            content: "the manager insists",
            trigger: "button:contains('Show It Anyway')",
            run: "click",
        },
        {
            content: "and may think again",
            trigger: "button:contains('Show Popular Products Instead')",
            isCheck: true,
        },
    ],
});
