/** @odoo-module **/

import { Component, onWillStart, onWillUnmount } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { clock } from "../call/call_bar";
import { inPercent, NOT_KNOWN } from "../core/figures";
import { usePart } from "../core/part";

const EVERY = 5000;

/** For supervisors: who is there, who is in a call, who waits; read anew every few seconds. */
export class OperatorBoard extends Component {
    static template = "smart_recommender.OperatorBoard";
    static components = { Layout };
    static props = ["*"];

    setup() {
        this.orm = useService("orm");
        this.display = { controlPanel: {} };
        this.clock = (seconds) => clock(seconds / 60);
        this.part = usePart(() => this.orm.silent.call("ai.operator.board", "get_board", []));
        onWillStart(() => this.part.read());
        this.timer = browser.setInterval(() => this.tick(), EVERY);
        onWillUnmount(() => browser.clearInterval(this.timer));
    }

    get board() {
        return this.part.data;
    }

    get level() {
        const { level } = this.board.service;
        return level === null ? NOT_KNOWN : inPercent(level);
    }

    /** A board that nobody looks at asks for nothing. */
    tick() {
        if (!document.hidden && !this.part.isLoading) {
            this.part.read();
        }
    }
}

registry.category("actions").add("smart_recommender.operator_board", OperatorBoard);
