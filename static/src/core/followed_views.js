/** @odoo-module **/

/*
 * `js_class="ai_followed_form"` and `"ai_followed_list"`: views of trainings and their runs that follow
 * them, so that nobody reads "Running" of what has ended.
 *
 * They are read again when the bus says that something moved, and every few seconds while what they
 * show has not ended. Nobody edits these records, so that nothing can be lost.
 */

import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useBus } from "@web/core/utils/hooks";
import { formView } from "@web/views/form/form_view";
import { listView } from "@web/views/list/list_view";
import { onMounted, onWillUnmount } from "@odoo/owl";
import { TRAINING_MOVED } from "./training_service";

const SECONDS = 5;
const OPEN = ["pending", "running"];

function useFollowing(controller, isOpen, bus) {
    let timer = null;

    async function read() {
        // One reading at a time, and none of a page that nobody sees.
        if (!document.hidden && controller.model.root) {
            await controller.model.load();
        }
    }

    function wait() {
        timer = browser.setTimeout(async () => {
            if (isOpen()) {
                await read();
            }
            if (timer !== null) {
                wait();
            }
        }, SECONDS * 1000);
    }

    useBus(bus, TRAINING_MOVED, read);
    onMounted(wait);
    onWillUnmount(() => {
        browser.clearTimeout(timer);
        timer = null;
    });
}

class FollowedFormController extends formView.Controller {
    setup() {
        super.setup();
        useFollowing(this, () => OPEN.includes(this.model.root.data.state), this.env.bus);
    }
}

class FollowedListController extends listView.Controller {
    setup() {
        super.setup();
        const isOpen = () =>
            this.model.root.records.some((record) => OPEN.includes(record.data.state));
        useFollowing(this, isOpen, this.env.bus);
    }
}

const views = registry.category("views");
views.add("ai_followed_form", { ...formView, Controller: FollowedFormController });
views.add("ai_followed_list", { ...listView, Controller: FollowedListController });
