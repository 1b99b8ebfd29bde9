/** @odoo-module **/

import { Component, onPatched, useRef } from "@odoo/owl";
import { useSortable } from "@web/core/utils/sortable_owl";
import { KpiCard } from "./kpi_card";

/** Cards that stand together, in an order that is changed by dragging and by buttons. */
export class CardGrid extends Component {
    static template = "smart_recommender.CardGrid";
    static components = { KpiCard };
    static props = {
        className: { type: String, optional: true },
        cards: Array,
        partOf: Function,
        figureOf: Function,
        isEditing: Boolean,
        onOpen: Function,
        onChange: Function,
        onOrder: Function,
    };

    setup() {
        this.root = useRef("root");
        this.toFocus = null;
        useSortable({
            ref: this.root,
            elements: ".o_ai_card",
            handle: ".o_ai_card_handle",
            enable: () => this.props.isEditing,
            cursor: "grabbing",
            onDrop: ({ element, previous }) => this.onDrop(element, previous),
        });
        // A button that was pressed by key keeps the focus where its card goes.
        onPatched(() => this.focus());
    }

    focus() {
        if (!this.toFocus || !this.root.el) {
            return;
        }
        const { code, tool, other } = this.toFocus;
        const card = this.root.el.querySelector(`[data-code="${code}"]`);
        const find = (name) => card && card.querySelector(`[data-tool="${name}"]:not(:disabled)`);
        const button = find(tool) || find(other);
        if (button) {
            button.focus();
        }
        this.toFocus = null;
    }

    get codes() {
        return this.props.cards.map((card) => card.code);
    }

    onDrop(element, previous) {
        const { code } = element.dataset;
        const codes = this.codes.filter((each) => each !== code);
        const place = previous ? codes.indexOf(previous.dataset.code) + 1 : 0;
        codes.splice(place, 0, code);
        this.props.onOrder(codes);
    }

    onMove(card, step) {
        const { codes } = this;
        const place = codes.indexOf(card.code);
        codes.splice(place, 1);
        codes.splice(place + step, 0, card.code);
        const tools = ["earlier", "later"];
        const [tool, other] = step < 0 ? tools : tools.reverse();
        this.toFocus = { code: card.code, tool, other };
        this.props.onOrder(codes);
    }
}
