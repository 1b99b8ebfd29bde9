/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const TAB = ".o_notebook .nav-link[name=ai_replenishment]";

/** A menu of the app that one is in. The app is not opened again: what it opens with may be the
 *  same list, and a step would then act on the one that is about to be replaced. */
function openMenu(name) {
    return [
        {
            trigger: ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']",
            run: "click",
        },
        { trigger: `[data-menu-xmlid='smart_recommender.${name}']`, run: "click" },
    ];
}

/** A group of the list, open as the board opens, by its words and, where they may be of an earlier
 *  list, by its count. */
function openedGroup(words, count = "") {
    return {
        content: `the group ${words} is open`,
        trigger: `.o_group_header.o_group_open:contains('${words}'):contains('(${count}')`,
        isCheck: true,
    };
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
        {
            content: "select what runs out",
            trigger: ".o_data_row:contains('Savon') .o_list_record_selector input",
            run: "click",
        },
        {
            content: "ask for an order",
            trigger: ".o_control_panel button[name=action_order]",
            run: "click",
        },
        {
            content: "nothing is ordered yet: before and after are shown",
            trigger: ".o_form_view .alert-info:contains('Nothing is ordered yet')",
            isCheck: true,
        },
        {
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains('Savon'):contains('26')",
            isCheck: true,
        },
        { trigger: ".o_statusbar_buttons button[name=action_apply]", run: "click" },
        {
            content: "it is applied",
            trigger: ".o_field_statusbar .o_arrow_button_current:contains('Applied')",
            isCheck: true,
        },
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
        {
            content: "the decision is kept",
            trigger: ".o_data_row:contains('Applied') .o_data_cell[name=kind]",
            run: "click",
        },
        { trigger: ".o_statusbar_buttons button[name=action_undo]", run: "click" },
        {
            content: "and undone",
            trigger: ".o_field_statusbar .o_arrow_button_current:contains('Undone')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_replenishment_tab", {
    test: true,
    steps: () => [
        { trigger: TAB, run: "click" },
        {
            content: "what to do",
            trigger: ".o_ai_replenishment_action[data-action=order_now]:contains('Order Now')",
            isCheck: true,
        },
        {
            content: "and why",
            trigger: ".o_ai_replenishment_explanation:contains('Reorder point 36')",
            isCheck: true,
        },
        {
            content: "how much from whom",
            trigger: ".o_ai_replenishment_headline:contains('from Fournisseur Maghreb')",
            isCheck: true,
        },
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
        {
            content: "the other warehouse has figures of its own",
            trigger: ".o_ai_replenishment_warehouses button:contains('Annexe')",
            run: "click",
        },
        {
            trigger: ".o_ai_replenishment_action[data-action=ok]:contains('OK')",
            isCheck: true,
        },
        { trigger: ".o_ai_replenishment_open", run: "click" },
        {
            content: "on the board's form",
            trigger: ".o_form_view .o_field_widget[name=warehouse_id]:contains('Annexe')",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_replenishment_new", {
    test: true,
    steps: () => [
        { trigger: TAB, run: "click" },
        {
            trigger: ".o_ai_replenishment_empty:contains('Not planned yet'):contains('training')",
            isCheck: true,
        },
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
        {
            trigger: ".o_data_row:contains('Savon') .o_list_record_selector input",
            run: "click",
        },
        {
            content: "who may not order has no button for it",
            trigger: ".o_control_panel .o_list_selection_box, .o_selection_box",
            run() {
                if (document.querySelector("button[name=action_order]")) {
                    throw new Error("a recommender manager may not order");
                }
            },
        },
        {
            content: "with a selection newer series select a row instead of opening it",
            trigger: ".o_data_row:contains('Savon') .o_list_record_selector input",
            run: "click",
        },
        { trigger: ".o_data_row:contains('Savon') .o_data_cell[name=product_id]", run: "click" },
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
        { trigger: `.o_menu_sections [data-menu-xmlid='${section}']`, run: "click" },
        { trigger: `[data-menu-xmlid='smart_recommender.${entry}']`, run: "click" },
        {
            trigger: ".o_breadcrumb:contains('Replenishment Board')",
            isCheck: true,
        },
        { trigger: ".o_list_view .o_group_header:contains('Order Now')", isCheck: true },
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
