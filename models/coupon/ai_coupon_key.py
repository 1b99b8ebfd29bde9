"""The key from which PINs are derived. It is kept outside the database and its dumps.

    odoo.conf, section [options]    smart_recommender_coupon_key = …
    environment                     SMART_RECOMMENDER_COUPON_KEY=…

The file counts before the environment. A key is 32 characters or more. A second key, with ``_2``
behind the name, makes the coupons from then on; the older one still checks those that it made.
"""

import os
import re

from odoo import _, api, models
from odoo.exceptions import UserError
from odoo.tools import config

OPTION = "smart_recommender_coupon_key"
SHORTEST = 32
_NAME = re.compile(rf"{OPTION}(?:_([2-9]|[1-9]\d+))?", re.IGNORECASE)


class AiCouponKey(models.AbstractModel):
    _name = "ai.coupon.key"
    _description = "Key of Coupons' PINs"

    @api.model
    def _newest(self):
        """Version of the key that makes new coupons. Raises UserError where there is none."""
        versions = self._keys()
        if not versions:
            raise UserError(self._missing(1))
        return max(versions)

    @api.model
    def _key(self, version):
        """The key of a version, as bytes. Raises UserError where it is missing."""
        key = self._keys().get(version)
        if key is None:
            raise UserError(self._missing(version))
        return key

    @api.model
    def _keys(self):
        """{version: key} that are set. Raises UserError for one that is too short to be safe."""
        found = {}
        for source in (os.environ, config.options):
            for name, value in source.items():
                match = _NAME.fullmatch(name)
                if match and value:
                    found[int(match[1] or 1)] = str(value).strip().encode()
        for version, key in found.items():
            if len(key) < SHORTEST:
                raise UserError(
                    _(
                        "The key %(name)s of coupons is too short: ask your administrator for one "
                        "of %(length)s characters or more.",
                        name=self._option(version),
                        length=SHORTEST,
                    )
                )
        return found

    @api.model
    def _missing(self, version):
        option = self._option(version)
        return _(
            "The key of coupons is missing on this server. Ask your administrator to put "
            "%(option)s = … (%(length)s random characters or more) into odoo.conf, section "
            "[options], or %(variable)s into the environment, and to restart Odoo.",
            option=option,
            length=SHORTEST,
            variable=option.upper(),
        )

    @api.model
    def _option(self, version):
        return OPTION if version == 1 else f"{OPTION}_{version}"
