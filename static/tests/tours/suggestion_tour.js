/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { openApp } from "./core_steps";

const TAB = ".o_notebook .nav-link[name=ai_suggestions]";

function suggestion(name) {
    return `.o_ai_suggestion:has(.o_ai_suggestion_name:contains("${name}"))`;
}

function openTab() {
    return { content: "open the AI Suggestions tab", trigger: TAB, run: "click" };
}

function dropDownChoice(name) {
    return {
        content: `choose ${name}`,
        trigger: `.o-autocomplete--dropdown-item > a:contains("${name}")`,
        run: "click",
    };
}

registry.category("web_tour.tours").add("smart_recommender_add_suggestion", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("sale.sale_menu_root"),
        { trigger: ".o_sale_order", isCheck: true },
        { content: "a new quotation", trigger: ".o_list_button_add", run: "click" },
        openTab(),
        {
            content: "without a customer and products it says what to do",
            trigger: ".o_ai_suggestions_empty[data-status=empty_basket]",
            isCheck: true,
        },
        {
            content: "for a customer",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "text Client 0",
        },
        dropDownChoice("Client 0"),
        {
            content: "of whom this salesperson knows nothing: popular products",
            trigger: ".o_ai_suggestions_popular:contains('Nothing is known of this customer')",
            isCheck: true,
        },
        { trigger: ".o_notebook .nav-link[name=order_lines]", run: "click" },
        { trigger: ".o_field_x2many_list_row_add > a:contains('Add a product')", run: "click" },
        {
            content: "the product of a bundle",
            trigger:
                ".o_field_widget[name=product_id] input, .o_field_widget[name=product_template_id] input",
            run: "text Fontaine",
        },
        dropDownChoice("Fontaine"),
        {
            content: "wait for its price",
            trigger: ".o_field_widget[name=order_line] .o_data_row:contains('810')",
            isCheck: true,
        },
        {
            content: "the title of the tab counts what it shows",
            trigger: `${TAB}:contains('AI Suggestions (')`,
            isCheck: true,
        },
        openTab(),
        {
            content: "its partner comes first, with the reason",
            trigger:
                ".o_ai_suggestion:first-child:contains('Bonbonne 19 L'):contains('Because of Fontaine'):contains('8 of 10 orders'):contains('80%'):contains('31.50')",
            isCheck: true,
        },
        {
            content: "above the list it says what it is made of",
            trigger:
                ".o_ai_suggestions_basis:contains('Based on 20 past orders: what goes with this quotation')",
            isCheck: true,
        },
        {
            content: "what is merely popular stands below, under a heading of its own",
            trigger:
                "ul[data-kind=popular] .o_ai_suggestions_heading:contains('Popular in these categories')",
            isCheck: true,
        },
        {
            content: "one click adds it",
            trigger: `${suggestion("Bonbonne 19 L")} .o_ai_suggestion_add`,
            run: "click",
        },
        {
            content: "the tab follows",
            trigger: `.o_ai_suggestions:not(:has(${suggestion("Bonbonne 19 L")})):has(${suggestion(
                "Gobelets"
            )})`,
            isCheck: true,
        },
        { trigger: ".o_notebook .nav-link[name=order_lines]", run: "click" },
        {
            content: "at the price of this customer",
            trigger:
                ".o_field_widget[name=order_line] .o_data_row:contains('Bonbonne 19 L'):contains('31.50')",
            isCheck: true,
        },
        ...stepUtils.saveForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_dismiss_suggestion", {
    test: true,
    steps: () => [
        openTab(),
        { trigger: `${suggestion("Bonbonne 19 L")} .o_ai_suggestion_dismiss`, run: "click" },
        {
            content: "it is gone, the other is still there",
            trigger: `.o_ai_suggestions:not(:has(${suggestion("Bonbonne 19 L")})):has(${suggestion(
                "Gobelets"
            )})`,
            isCheck: true,
        },
        ...stepUtils.saveForm(),
        {
            content: "and can be brought back",
            trigger: ".o_ai_suggestions_restore:contains('1 dismissed')",
            run: "click",
        },
        { trigger: suggestion("Bonbonne 19 L"), isCheck: true },
        { trigger: `${suggestion("Gobelets")} .o_ai_suggestion_dismiss`, run: "click" },
        {
            trigger: `.o_ai_suggestions:not(:has(${suggestion("Gobelets")}))`,
            isCheck: true,
        },
        ...stepUtils.saveForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_blocked_suggestion", {
    test: true,
    steps: () => [
        openTab(),
        { trigger: `${suggestion("Bonbonne 19 L")} .o_ai_suggestion_add`, run: "click" },
        {
            content: "the warning tells why",
            trigger: ".modal-body:contains('Rappel du lot')",
            isCheck: true,
        },
        { trigger: ".modal-footer .btn-primary", run: "click" },
        {
            content: "it is still only suggested",
            trigger: `${suggestion("Bonbonne 19 L")} .o_ai_suggestion_add:not(:disabled)`,
            isCheck: true,
        },
        ...stepUtils.discardForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_confirmed_order", {
    test: true,
    steps: () => [
        openTab(),
        { trigger: suggestion("Bonbonne 19 L"), isCheck: true },
        {
            content: "nothing can be added or dismissed",
            trigger: ".o_ai_suggestions:not(:has(button))",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_empty_quotation", {
    test: true,
    steps: () => [
        openTab(),
        {
            content: "what the customer is about to need comes first",
            trigger:
                ".o_ai_suggestion:first-child:contains('Bonbonne 19 L'):contains('Due for reorder'):contains('Bought 5 times, usually every 10 days; due 3 days ago')",
            isCheck: true,
        },
        {
            content: "the usual quantity is shown, and that of what is measured with its decimals",
            trigger: `.o_ai_suggestions:has(${suggestion("Bonbonne 19 L")}:contains('× 4 Units')) ${suggestion(
                "Farine"
            )}:contains('× 20.5 kg') .o_ai_suggestion_add`,
            run: "click",
        },
        {
            content: "one click adds it",
            trigger: `.o_ai_suggestions:not(:has(${suggestion("Farine")})) ${suggestion(
                "Bonbonne 19 L"
            )} .o_ai_suggestion_add`,
            run: "click",
        },
        {
            trigger: `.o_ai_suggestions:not(:has(${suggestion("Bonbonne 19 L")}))`,
            isCheck: true,
        },
        ...stepUtils.saveForm(),
    ],
});
