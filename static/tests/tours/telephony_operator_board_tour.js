/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

registry.category("web_tour.tours").add("smart_recommender_operator_board", {
    test: true,
    url: "/web",
    steps: () => [
        ...openApp("menu_call_center"),
        { trigger: "[data-menu-xmlid='smart_recommender.menu_calls']", run: "click" },
        { trigger: "[data-menu-xmlid='smart_recommender.menu_operator_board']", run: "click" },
        {
            content: "An operator talks with a client",
            trigger: ".o_ai_operator_board_operators tr:contains('101'):contains('Hôtel Atlas')",
            isCheck: true,
        },
        {
            content: "A caller waits, whatever it is called",
            trigger: ".o_ai_operator_board_waiting tr:contains('<b>sales</b>')",
            isCheck: true,
        },
    ],
});
