/** @odoo-module **/

/**
 * One tab of the browser owns the line: of two that register, only the last would ring.
 *
 * onOwned: called when this tab owns it; onLost: called when another one took it.
 */
export class TabLock {
    constructor(name, { onOwned, onLost }) {
        Object.assign(this, { name, onOwned, onLost });
    }

    /** Wait until no other tab has the line. */
    wait() {
        this.request({});
    }

    /** Take the line from the tab that has it. */
    take() {
        this.request({ steal: true });
    }

    async request(options) {
        try {
            await navigator.locks.request(this.name, options, () => {
                this.onOwned();
                return new Promise(() => {});
            });
        } catch (error) {
            if (error.name !== "AbortError") {
                throw error;
            }
            this.onLost();
            this.wait();
        }
    }
}
