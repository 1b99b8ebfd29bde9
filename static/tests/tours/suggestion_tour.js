/** @odoo-module **/

import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_service/tour_utils";
import { click, openApp, sees } from "./core_steps";

const TAB = ".o_notebook .nav-link[name=ai_suggestions]";

function suggestion(name) {
    return `.o_ai_suggestion:has(.o_ai_suggestion_name:contains("${name}"))`;
}

function openTab() {
    return click(TAB, "open the AI Suggestions tab");
}

function dropDownChoice(name) {
    return click(`.o-autocomplete--dropdown-item > a:contains("${name}")`, `choose ${name}`);
}

registry.category("web_tour.tours").add("smart_recommender_add_suggestion", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("sale.sale_menu_root"),
        sees(".o_sale_order"),
        click(".o_list_button_add", "a new quotation"),
        openTab(),
        sees(
            ".o_ai_suggestions_empty[data-status=empty_basket]",
            "without a customer and products it says what to do"
        ),
        {
            content: "for a customer",
            trigger: ".o_field_widget[name=partner_id] input",
            run: "text Client 0",
        },
        dropDownChoice("Client 0"),
        sees(
            ".o_ai_suggestions_popular:contains('Nothing is known of this customer')",
            "of whom this salesperson knows nothing: popular products"
        ),
        click(".o_notebook .nav-link[name=order_lines]"),
        click(".o_field_x2many_list_row_add > a:contains('Add a product')"),
        {
            content: "the product of a bundle",
            trigger:
                ".o_field_widget[name=product_id] input, .o_field_widget[name=product_template_id] input",
            run: "text Fontaine",
        },
        dropDownChoice("Fontaine"),
        sees(".o_field_widget[name=order_line] .o_data_row:contains('810')", "wait for its price"),
        sees(`${TAB}:contains('AI Suggestions (')`, "the title of the tab counts what it shows"),
        openTab(),
        sees(
            ".o_ai_suggestion:first-child:contains('Bonbonne 19 L'):contains('Because of Fontaine'):contains('8 of 10 orders'):contains('80%'):contains('31.50')",
            "its partner comes first, with the reason"
        ),
        sees(
            ".o_ai_suggestions_basis:contains('Based on 20 past orders: what goes with this quotation')",
            "above the list it says what it is made of"
        ),
        sees(
            "ul[data-kind=popular] .o_ai_suggestions_heading:contains('Popular in these categories')",
            "what is merely popular stands below, under a heading of its own"
        ),
        click(`${suggestion("Bonbonne 19 L")} .o_ai_suggestion_add`, "one click adds it"),
        {
            content: "the tab follows",
            trigger: `.o_ai_suggestions:not(:has(${suggestion("Bonbonne 19 L")})):has(${suggestion(
                "Gobelets"
            )})`,
            isCheck: true,
        },
        click(".o_notebook .nav-link[name=order_lines]"),
        sees(
            ".o_field_widget[name=order_line] .o_data_row:contains('Bonbonne 19 L'):contains('31.50')",
            "at the price of this customer"
        ),
        ...stepUtils.saveForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_dismiss_suggestion", {
    test: true,
    steps: () => [
        openTab(),
        click(`${suggestion("Bonbonne 19 L")} .o_ai_suggestion_dismiss`),
        {
            content: "it is gone, the other is still there",
            trigger: `.o_ai_suggestions:not(:has(${suggestion("Bonbonne 19 L")})):has(${suggestion(
                "Gobelets"
            )})`,
            isCheck: true,
        },
        ...stepUtils.saveForm(),
        click(".o_ai_suggestions_restore:contains('1 dismissed')", "and can be brought back"),
        sees(suggestion("Bonbonne 19 L")),
        click(`${suggestion("Gobelets")} .o_ai_suggestion_dismiss`),
        sees(`.o_ai_suggestions:not(:has(${suggestion("Gobelets")}))`),
        ...stepUtils.saveForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_blocked_suggestion", {
    test: true,
    steps: () => [
        openTab(),
        click(`${suggestion("Bonbonne 19 L")} .o_ai_suggestion_add`),
        sees(".modal-body:contains('Rappel du lot')", "the warning tells why"),
        click(".modal-footer .btn-primary"),
        sees(
            `${suggestion("Bonbonne 19 L")} .o_ai_suggestion_add:not(:disabled)`,
            "it is still only suggested"
        ),
        ...stepUtils.discardForm(),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_confirmed_order", {
    test: true,
    steps: () => [
        openTab(),
        sees(suggestion("Bonbonne 19 L")),
        sees(".o_ai_suggestions:not(:has(button))", "nothing can be added or dismissed"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_empty_quotation", {
    test: true,
    steps: () => [
        openTab(),
        sees(
            ".o_ai_suggestion:first-child:contains('Bonbonne 19 L'):contains('Due for reorder'):contains('Bought 5 times, usually every 10 days; due 3 days ago')",
            "what the customer is about to need comes first"
        ),
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
        sees(`.o_ai_suggestions:not(:has(${suggestion("Bonbonne 19 L")}))`),
        ...stepUtils.saveForm(),
    ],
});
