/** @odoo-module **/

import { Component } from "@odoo/owl";
import { inkOf, PALETTE, useChart } from "./chart";
import { inPercent, labelled } from "./figures";

/**
 * A pie with its legend; who uses it shows the same figures as a table beside it.
 *
 * labels : texts; values : numbers; format : of a value; label : what it shows, in a sentence.
 */
export class PieChart extends Component {
    static template = "smart_recommender.PieChart";
    static props = { labels: Array, values: Array, format: Function, label: String };

    setup() {
        useChart(
            (canvas) => this.draw(canvas),
            () => [JSON.stringify([this.props.labels, this.props.values])]
        );
    }

    draw(canvas) {
        const { labels, values, format } = this.props;
        const total = values.reduce((sum, value) => sum + value, 0);
        const words = (value) => `${format(value)} (${inPercent(value / total)})`;
        return new window.Chart(canvas, {
            type: "pie",
            data: {
                labels,
                datasets: [{ data: values, backgroundColor: PALETTE, borderWidth: 1 }],
            },
            options: {
                maintainAspectRatio: false,
                animation: false,
                plugins: {
                    legend: {
                        position: "bottom",
                        labels: {
                            color: inkOf(canvas).text,
                            usePointStyle: true,
                            boxWidth: 8,
                            boxHeight: 8,
                        },
                    },
                    tooltip: {
                        callbacks: { label: ({ label, parsed }) => labelled(label, words(parsed)) },
                    },
                },
            },
        });
    }
}
