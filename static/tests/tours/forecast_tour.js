/** @odoo-module **/

import { registry } from "@web/core/registry";
import { openApp } from "./core_steps";

const TAB = ".o_notebook .nav-link[name=ai_forecast]";

function openForecasts() {
    return [
        ...openApp("menu_root"),
        {
            trigger: ".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']",
            run: "click",
        },
        {
            trigger: "[data-menu-xmlid='smart_recommender.menu_demand_forecasts']",
            run: "click",
        },
    ];
}

function openRow(name) {
    return {
        content: `open the forecast of ${name}`,
        trigger: `.o_data_row:has(.o_ai_sparkline) .o_data_cell[name=product_id]:contains("${name}")`,
        run: "click",
    };
}

registry.category("web_tour.tours").add("smart_recommender_forecasts", {
    test: true,
    url: "/web",
    steps: () => [
        ...openForecasts(),
        {
            content: "what rises is told by a word and a line",
            trigger: ".o_data_row:contains('Bonbonne 19 L'):contains('Up') .o_ai_sparkline",
            isCheck: true,
        },
        openRow("Savon"),
        {
            content: "totals, trend and confidence",
            trigger:
                ".o_ai_forecast[data-status=ok]:has(.o_ai_forecast_total[data-days='30']):contains('Stable'):contains('History behind it')",
            isCheck: true,
        },
        {
            content: "the chart has been drawn",
            trigger: ".o_ai_forecast_canvas canvas",
            run() {
                const canvas = document.querySelector(".o_ai_forecast_canvas canvas");
                const chart = window.Chart.getChart(canvas);
                const drawn = chart.data.datasets.map(
                    (dataset) => dataset.data.filter((value) => value !== null).length
                );
                // Two ranges of two edges, what was sold and the forecast.
                if (drawn.join() !== "90,90,90,90,120,90") {
                    throw new Error(`drawn: ${drawn}`);
                }
            },
        },
        {
            content: "by week",
            trigger: ".o_ai_forecast_steps button[data-step=week]",
            run: "click",
        },
        {
            trigger: ".o_ai_forecast_steps button[data-step=week].active",
            run() {
                const canvas = document.querySelector(".o_ai_forecast_canvas canvas");
                const drawn = window.Chart.getChart(canvas).data.datasets.map(
                    (dataset) => dataset.data.filter((value) => value !== null).length
                );
                if (drawn.join() !== "12,12,12,12,17,12") {
                    throw new Error(`drawn by week: ${drawn}`);
                }
            },
        },
        {
            content: "the same in a table",
            trigger: ".o_ai_forecast_table summary",
            run: "click",
        },
        {
            trigger: ".o_ai_forecast_table tbody tr:contains('72')",
            run() {
                const rows = [...document.querySelectorAll(".o_ai_forecast_table tbody tr")];
                const filled = rows.map((row) =>
                    [...row.querySelectorAll("td")].map((cell) => (cell.textContent ? "x" : "-"))
                );
                const found = filled.map((cells) => cells.join("")).join(" ");
                if (found !== [...Array(8).fill("x-"), ...Array(12).fill("-x")].join(" ")) {
                    throw new Error(`weeks: ${found}`);
                }
            },
        },
        {
            content: "and on the product",
            trigger: ".o_field_widget[name=product_id] a, a.o_form_uri",
            run: "click",
        },
        { trigger: TAB, run: "click" },
        { trigger: ".o_ai_forecast[data-status=ok] .o_ai_forecast_method", isCheck: true },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_forecast_pager", {
    test: true,
    url: "/web",
    steps: () => [
        ...openForecasts(),
        openRow("Bonbonne 19 L"),
        { trigger: ".o_ai_forecast:contains('Rising')", isCheck: true },
        { content: "the next product", trigger: ".o_pager_next", run: "click" },
        {
            content: "has its own chart",
            trigger: ".o_ai_forecast:not(:contains('Rising')) canvas",
            isCheck: true,
        },
    ],
});

registry.category("web_tour.tours").add("smart_recommender_forecast_young", {
    test: true,
    steps: () => [
        { trigger: TAB, run: "click" },
        {
            trigger: ".o_ai_forecast_empty:contains('Not enough history'):contains('14 days')",
            isCheck: true,
        },
    ],
});
