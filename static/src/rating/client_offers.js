/** @odoo-module **/

import { _t } from "@web/core/l10n/translation";
import { patch } from "@web/core/utils/patch";
import { formatFloat } from "@web/views/fields/formatters";
import { ClientOffers } from "../suggestion/client_offers";

/** On the client sheet: how many stars this client would give to an offer. */
patch(ClientOffers.prototype, {
    expectedStars({ expected_stars: stars }) {
        return stars === undefined
            ? ""
            : _t("Expected: %s of 5", formatFloat(stars, { digits: [16, 1] }));
    },
});
