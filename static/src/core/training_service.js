/** @odoo-module **/

/*
 * News of trainings, from the bus of the server: screens that show one are told of each step, and who
 * asked for a training gets one message at its end, which opens it.
 *
 * Where the bus does not get through (a proxy without websockets), screens ask by themselves; see
 * followed_views.js.
 */

import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

export const TRAINING_MOVED = "SMART_RECOMMENDER:TRAINING_MOVED";

export const trainingService = {
    dependencies: ["action", "bus_service", "notification"],

    start(env, { action, bus_service, notification }) {
        function moved({ training, run }) {
            env.bus.trigger(TRAINING_MOVED, { training, run });
        }

        function ended({ training, title, message, type }) {
            const close = notification.add(message, {
                title,
                type,
                sticky: true,
                buttons: [
                    {
                        name: _t("Open Summary"),
                        primary: true,
                        onClick() {
                            close();
                            action.doAction({
                                type: "ir.actions.act_window",
                                res_model: "ai.training",
                                res_id: training,
                                views: [[false, "form"]],
                            });
                        },
                    },
                ],
            });
        }

        bus_service.subscribe("smart_recommender.training_moved", moved);
        bus_service.subscribe("smart_recommender.training_ended", ended);
        bus_service.start();
        return { moved, ended };
    },
};

registry.category("services").add("smart_recommender.training", trainingService);
