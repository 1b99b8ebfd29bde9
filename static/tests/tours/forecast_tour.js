/** @odoo-module **/

import { registry } from "@web/core/registry";
import { click, openApp, sees } from "./core_steps";

const TAB = ".o_notebook .nav-link[name=ai_forecast]";

function openForecasts() {
    return [
        ...openApp("menu_root"),
        click(".o_menu_sections [data-menu-xmlid='smart_recommender.menu_forecasts']"),
        click("[data-menu-xmlid='smart_recommender.menu_demand_forecasts']"),
    ];
}

function openRow(name) {
    return click(
        `.o_data_row:has(.o_ai_sparkline) .o_data_cell[name=product_id]:contains("${name}")`,
        `open the forecast of ${name}`
    );
}

registry.category("web_tour.tours").add("smart_recommender_forecasts", {
    test: true,
    url: "/web",
    steps: () => [
        ...openForecasts(),
        sees(
            ".o_data_row:contains('Bonbonne 19 L'):contains('Up') .o_ai_sparkline",
            "what rises is told by a word and a line"
        ),
        openRow("Savon"),
        sees(
            ".o_ai_forecast[data-status=ok]:has(.o_ai_forecast_total[data-days='30']):contains('Stable'):contains('History behind it')",
            "totals, trend and confidence"
        ),
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
        click(".o_ai_forecast_steps button[data-step=week]", "by week"),
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
        click(".o_ai_forecast_table summary", "the same in a table"),
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
        click(".o_field_widget[name=product_id] a, a.o_form_uri", "and on the product"),
        click(TAB),
        sees(".o_ai_forecast[data-status=ok] .o_ai_forecast_method"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_forecast_pager", {
    test: true,
    url: "/web",
    steps: () => [
        ...openForecasts(),
        openRow("Bonbonne 19 L"),
        sees(".o_ai_forecast:contains('Rising')"),
        click(".o_pager_next", "the next product"),
        sees(".o_ai_forecast:not(:contains('Rising')) canvas", "has its own chart"),
    ],
});

registry.category("web_tour.tours").add("smart_recommender_forecast_young", {
    test: true,
    steps: () => [
        click(TAB),
        sees(".o_ai_forecast_empty:contains('Not enough history'):contains('14 days')"),
    ],
});
