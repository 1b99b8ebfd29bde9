/** @odoo-module **/

import { Component } from "@odoo/owl";
import { inkOf, useChart } from "../core/chart";
import { date, labelled } from "../core/figures";

/**
 * Bars or lines over days, with a second scale where there are two; beside the canvas a table that
 * says the same.
 *
 * dates : ISO days; series : [{label, values, color, type ("bar" or "line"), axis ("y" or "y1"),
 * format}]; label : what the chart shows, in a sentence.
 */
export class SalesChart extends Component {
    static template = "smart_recommender.SalesChart";
    static props = { dates: Array, series: Array, label: String };

    setup() {
        useChart(
            (canvas) => this.draw(canvas),
            () => [JSON.stringify([this.props.dates, this.props.series])]
        );
    }

    day(text) {
        return date(text);
    }

    draw(canvas) {
        const { dates, series } = this.props;
        const ink = inkOf(canvas);
        const scale = (axis) => {
            const own = series.filter((each) => each.axis === axis);
            return {
                display: own.length > 0,
                position: axis === "y" ? "left" : "right",
                beginAtZero: true,
                grid: { color: ink.line, drawOnChartArea: axis === "y" },
                ticks: { color: ink.text, maxTicksLimit: 6 },
                title: {
                    display: own.length > 0,
                    color: ink.text,
                    text: own[0] && (own[0].title || own[0].label),
                },
            };
        };
        return new window.Chart(canvas, {
            type: "bar",
            data: {
                labels: dates.map((text) => this.day(text)),
                datasets: series.map(({ label, values, color, type, axis, format }) => ({
                    label,
                    type,
                    format,
                    data: values,
                    yAxisID: axis,
                    borderColor: color,
                    backgroundColor: color,
                    borderWidth: type === "line" ? 2 : 0,
                    pointRadius: values.length > 1 ? 0 : 3,
                    cubicInterpolationMode: "monotone",
                    maxBarThickness: 40,
                    order: type === "line" ? 0 : 1,
                })),
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                interaction: { mode: "index", intersect: false },
                scales: {
                    y: scale("y"),
                    y1: scale("y1"),
                    x: {
                        grid: { display: false },
                        ticks: { color: ink.text, maxTicksLimit: 8, maxRotation: 0 },
                    },
                },
                plugins: {
                    legend: {
                        position: "bottom",
                        labels: { color: ink.text, usePointStyle: true },
                    },
                    tooltip: {
                        callbacks: {
                            label: ({ dataset, parsed }) =>
                                labelled(dataset.label, dataset.format(parsed.y)),
                        },
                    },
                },
            },
        });
    }
}
