/** @odoo-module **/

import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const DAYS = [7, 30, 90];
const MOST_DAYS = 400;

/**
 * The last 7, 30 or 90 days, or days of one's own; they end yesterday or, where a page can show a day
 * that is not over, today.
 */
export class PeriodPicker extends Component {
    static template = "smart_recommender.PeriodPicker";
    static props = {
        period: Object,
        onPeriod: Function,
        untilToday: { type: Boolean, optional: true },
    };

    setup() {
        this.choices = this.props.untilToday ? [1, ...DAYS] : DAYS;
        const last = luxon.DateTime.now().minus({ days: this.props.untilToday ? 0 : 1 });
        this.last = last.toISODate();
        this.state = useState({
            isOwn: !this.props.period.days,
            from: this.props.period.date_from || last.minus({ days: 29 }).toISODate(),
            to: this.props.period.date_to || this.last,
            error: "",
        });
    }

    label(days) {
        return days === 1 ? _t("Today") : _t("%s days", days);
    }

    isChosen(days) {
        return !this.state.isOwn && this.props.period.days === days;
    }

    onDays(days) {
        Object.assign(this.state, { isOwn: false, error: "" });
        this.props.onPeriod({ days });
    }

    onOwn() {
        this.state.isOwn = true;
    }

    /** What is wrong with the two days, in words; "" where nothing is. */
    check() {
        const { from, to } = this.state;
        if (!from || !to) {
            return _t("Give the first and the last day.");
        }
        if (from > to) {
            return _t("The first day must not come after the last one.");
        }
        if (to > this.last) {
            return this.props.untilToday
                ? _t("A period ends today at the latest.")
                : _t("A period has complete days alone: it ends yesterday at the latest.");
        }
        const [first, last] = [from, to].map((text) => luxon.DateTime.fromISO(text));
        return last.diff(first, "days").days >= MOST_DAYS
            ? _t("A period has %s days at most.", MOST_DAYS)
            : "";
    }

    onSubmit() {
        this.state.error = this.check();
        if (!this.state.error) {
            const { from, to } = this.state;
            this.props.onPeriod({ date_from: from, date_to: to });
        }
    }
}
