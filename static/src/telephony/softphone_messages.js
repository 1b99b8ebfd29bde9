/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";

/** What the state of the line says, by its name. */
export function lineText(status, extension) {
    const texts = {
        connecting: () => _t("Connecting to the exchange…"),
        registered: () => _t("Ready, extension %s", extension),
        lost: () => _t("No connection to the exchange. Trying again…"),
        refused: () => _t("The exchange refuses extension %s. Check its password.", extension),
        misconfigured: () =>
            _t("The address or domain of the exchange is not valid. Ask a manager to check it."),
        other_tab: () => _t("The telephone is in another tab of this browser."),
        unsupported: () =>
            _t("This browser cannot make calls. A secure (https) address is needed."),
    };
    return texts[status] ? texts[status]() : "";
}

/** What a call that came to nothing says, by its result. */
export function resultText(result, who) {
    const texts = {
        busy: () => _t("%s is busy.", who),
        no_answer: () => _t("%s does not answer.", who),
        rejected: () => _t("%s rejected the call.", who),
        missed: () => _t("Missed call from %s.", who),
        failed: () => _t("The call with %s failed.", who),
    };
    return texts[result] ? texts[result]() : "";
}

export const messages = {
    microphone: () =>
        _t(
            "The microphone cannot be used. Allow it for this site in the browser, then call again."
        ),
    microphoneLost: () =>
        _t("The microphone was taken away: nobody hears you. Allow it, then choose it again."),
    connectionLost: () => _t("The connection to the exchange was lost during the call."),
    callLost: () => _t("The call was lost with the exchange."),
    reloaded: (who) => _t("The call with %s was lost when the page was left.", who),
    transferred: (who) => _t("Transferred to %s.", who),
    transferFailed: (who) => _t("%s could not be reached. The client stays with you.", who),
    notRecorded: () =>
        _t("The exchange did not take the wish to record. Ask a manager to check its settings."),
    notReady: () => _t("The telephone is not connected yet."),
    sound: () => _t("The browser plays no sound yet: click into the page once."),
};
