/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

const TAB = ".o_notebook .nav-link[name=ai_replenishment]";

/** A menu of the app that one is in. The app is not opened again: what it opens with may be the
 *  same list, and a step would then act on the one that is about to be replaced. */
function openMenu(name) {
    return [
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']"),
        click(`[data-menu-xmlid='smart_recommender.${name}']`),
    ];
}

/** A group of the list, open as the board opens, by its words and, where they may be of an earlier
 *  list, by its count. */
function openedGroup(words, count = "") {
    return sees(
        `.o_group_header.o_group_open:contains('${words}'):contains('(${count}')`,
        `the group ${words} is open`
    );
}

/** A group within another one. Odoo 19 leaves these closed: there the step opens it. */
function openedInnerGroup(words, count = "") {
    return {
        content: `the inner group ${words} is open`,
        trigger: `.o_group_header.o_group_open:contains('${words}'):contains('(${count}')`,
        isCheck: true, // 19 opens it
    };
}

registry.category("web_tour.tours").add("smart_recommender_order_and_undo", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_root"),
        ...openMenu("menu_replenishment"),
        openedGroup("Order Now"),
        openedInnerGroup("Fournisseur Maghreb"),
        click(
            ".o_data_row:contains('Savon') .o_list_record_selector input",
            "select what runs out"
        ),
        click(".o_control_panel button[name=action_order]", "ask for an order"),
        sees(
            ".o_form_view .alert-info:contains('Nothing is ordered yet')",
            "nothing is ordered yet: before and after are shown"
        ),
        sees(".o_field_widget[name=line_ids] .o_data_row:contains('Savon'):contains('26')"),
        click(".o_statusbar_buttons button[name=action_apply]"),
        sees(".o_field_statusbar .o_arrow_button_current:contains('Applied')", "it is applied"),
        ...openMenu("menu_replenishment"),
        openedGroup("Order Now", 1),
        openedInnerGroup("Fournisseur Maghreb", 1),
        {
            content: "what was ordered is no longer to be ordered, the rest is",
            trigger: ".o_data_row:contains('Gobelets')",
            run() {
                const rows = [...document.querySelectorAll(".o_data_row")];
                if (rows.some((row) => /Savon.*Order Now/s.test(row.textContent))) {
                    throw new Error("soap is still to be ordered");
                }
            },
        },
        ...openMenu("menu_replenishment_decisions"),
        click(".o_data_row:contains('Applied') .o_data_cell[name=kind]", "the decision is kept"),
        click(".o_statusbar_buttons button[name=action_undo]"),
        sees(".o_field_statusbar .o_arrow_button_current:contains('Undone')", "and undone"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_replenishment_tab", {
    test: true,
    steps: () => [
        click(TAB),
        sees(
            ".o_ai_replenishment_action[data-action=order_now]:contains('Order Now')",
            "what to do"
        ),
        sees(".o_ai_replenishment_explanation:contains('Reorder point 36')", "and why"),
        sees(
            ".o_ai_replenishment_headline:contains('from Fournisseur Maghreb')",
            "how much from whom"
        ),
        {
            content: "the bar is filled by the stock that is there",
            trigger: ".o_ai_replenishment_fill",
            run() {
                const [fill, mark] = [".o_ai_replenishment_fill", ".o_ai_replenishment_mark"].map(
                    (name) => document.querySelector(name)
                );
                if (parseFloat(fill.style.width) >= parseFloat(mark.style.left)) {
                    throw new Error("the stock should end before the reorder point");
                }
            },
        },
        click(
            ".o_ai_replenishment_warehouses button:contains('Annexe')",
            "the other warehouse has figures of its own"
        ),
        sees(".o_ai_replenishment_action[data-action=ok]:contains('OK')"),
        click(".o_ai_replenishment_open"),
        sees(
            ".o_form_view .o_field_widget[name=warehouse_id]:contains('Annexe')",
            "on the board's form"
        ),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_replenishment_new", {
    test: true,
    steps: () => [
        click(TAB),
        sees(".o_ai_replenishment_empty:contains('Not planned yet'):contains('training')"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_board_read_only", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_root"),
        ...openMenu("menu_replenishment"),
        openedGroup("Order Now"),
        openedInnerGroup("Fournisseur Maghreb"),
        click(".o_data_row:contains('Savon') .o_list_record_selector input"),
        {
            content: "who may not order has no button for it",
            trigger: ".o_control_panel .o_list_selection_box, .o_selection_box",
            run() {
                if (document.querySelector("button[name=action_order]")) {
                    throw new Error("a recommender manager may not order");
                }
            },
        },
        click(
            ".o_data_row:contains('Savon') .o_list_record_selector input",
            "with a selection newer series select a row instead of opening it"
        ),
        click(".o_data_row:contains('Savon') .o_data_cell[name=product_id]"),
        {
            content: "the form explains and has no button either",
            trigger: ".o_form_view .o_field_widget[name=explanation]:contains('Reorder point')",
            run() {
                if (document.querySelector("button[name=action_order]")) {
                    throw new Error("a recommender manager may not order");
                }
            },
        },
    ],
});

/** The board from the menus of those who work with stock or purchases all day. */
function boardFrom(app, section, entry) {
    return [
        ...openApp(app),
        click(`.o_menu_sections [data-menu-xmlid='${section}']`),
        click(`[data-menu-xmlid='smart_recommender.${entry}']`),
        sees(".o_breadcrumb:contains('Replenishment Board')"),
        sees(".o_list_view .o_group_header:contains('Order Now')"),
    ];
}

registry.category("web_tour.tours").add("smart_recommender_board_from_inventory", {
    test: true,
    url: "/web",
    steps: () =>
        boardFrom(
            "stock.menu_stock_root",
            "stock.menu_stock_warehouse_mgmt",
            "menu_stock_replenishment"
        ),
});

registry.category("web_tour.tours").add("smart_recommender_board_from_purchase", {
    test: true,
    url: "/web",
    steps: () =>
        boardFrom(
            "purchase.menu_purchase_root",
            "purchase.menu_procurement_management",
            "menu_purchase_replenishment"
        ),
});
