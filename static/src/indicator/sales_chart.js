/** @odoo-module **/

import { Component } from "@odoo/owl";
import { inkOf, useChart } from "../core/chart";
import { amount, date, labelled } from "../core/figures";

const STEPS_ABOVE = 5;

/** A step that people count by: 1, 2 or 5 of a power of ten. */
function niceStep(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    return power * [1, 2, 5, 10].find((times) => times * power >= value);
}

/**
 * {axis: {min, max, stepSize}} of axes that share their zero and their lines.
 *
 * valuesOf : {axis: its values}.
 */
function sharedScales(valuesOf) {
    const steps = {};
    let below = 0;
    for (const [axis, values] of Object.entries(valuesOf)) {
        const most = Math.max(...values, 0);
        const least = Math.min(...values, 0);
        steps[axis] = niceStep((most || -least || 1) / STEPS_ABOVE);
        below = Math.max(below, Math.ceil(-least / steps[axis]));
    }
    return Object.fromEntries(
        Object.entries(steps).map(([axis, stepSize]) => [
            axis,
            { min: -below * stepSize, max: STEPS_ABOVE * stepSize, stepSize },
        ])
    );
}

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
        const valuesOf = {};
        for (const { axis, values } of series) {
            valuesOf[axis] = [...(valuesOf[axis] || []), ...values];
        }
        const scales = {};
        for (const [axis, { min, max, stepSize }] of Object.entries(sharedScales(valuesOf))) {
            const { title, label } = series.find((each) => each.axis === axis);
            scales[axis] = {
                position: axis === "y" ? "left" : "right",
                min,
                max,
                grid: { color: ink.line, drawOnChartArea: axis === "y" },
                ticks: { color: ink.text, stepSize, callback: (value) => amount(value) },
                title: { display: true, color: ink.text, text: title || label },
            };
        }
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
                    ...scales,
                    x: {
                        grid: { display: false },
                        ticks: { color: ink.text, maxTicksLimit: 8, maxRotation: 0 },
                    },
                },
                plugins: {
                    legend: {
                        position: "bottom",
                        labels: { color: ink.text, usePointStyle: true, boxWidth: 8, boxHeight: 8 },
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
