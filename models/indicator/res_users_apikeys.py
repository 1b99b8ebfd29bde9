"""Keys of the API: Odoo's own keys with a scope of ours, so that they open nothing else.

The scope names the role that the key was made for. What a request may do is the lesser of the role
and the rights of the key's user.
"""

import hashlib
from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL

SCOPE = "ai.api."
# From the least to the most; each may what those before it may.
ROLES = ("viewer", "manager", "admin")
ADMIN_GROUP = "base.group_system"
# Odoo finds a key by its first characters, and compares the rest by its hash.
INDEX_LENGTH = 8
# {(database, id of a row): (digest of the key, the row's hash)} of keys that Odoo has checked. Its
# check takes long on purpose, for the sake of passwords; our keys are too long to be guessed.
CHECKED = {}
MOST_CHECKED = 1_000


class ApiKey(NamedTuple):
    """A key that was shown. id : of its row; user_id; role : one of ROLES; is_internal and
    company_id : of the user; per_minute : how often it may ask, 0 for no limit."""

    id: int
    user_id: int
    role: str
    is_internal: bool
    company_id: int
    per_minute: int


class ResUsersApikeys(models.Model):
    _inherit = "res.users.apikeys"

    @api.model
    def _ai_find(self, key):
        """ApiKey of a text that may be one of ours; None where it is not. Keys that Odoo's own
        button makes open everything but this API.

        The row is read each time: a key that was deleted, has ended, or whose user is archived is
        none at once.
        """
        ends = "expiration_date" in self._fields
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """
                SELECT shown.id, shown.user_id, shown.scope, shown.key,
                       res_users.share IS NOT TRUE, company.id, COALESCE(company.ai_api_rate, 0)
                  FROM res_users_apikeys shown
                  JOIN res_users ON res_users.id = shown.user_id AND res_users.active
                  JOIN res_company company ON company.id = res_users.company_id
                 WHERE shown.index = %s
                   AND shown.scope = ANY(%s)
                   AND %s
                """,
                key[:INDEX_LENGTH],
                [SCOPE + role for role in ROLES],
                SQL(
                    "COALESCE(expiration_date >= now() AT TIME ZONE 'utc', TRUE)"
                    if ends
                    else "TRUE"
                ),
            )
        )
        for row, user, scope, kept, *more in self.env.cr.fetchall():
            if self._ai_is_checked(row, scope, key, kept, user):
                return ApiKey(row, user, scope.removeprefix(SCOPE), *more)
        return None

    def _ai_is_checked(self, row, scope, key, kept, user):
        """Whether a key is that of a row. kept : the hash that Odoo has of it."""
        place = (self.env.cr.dbname, row)
        digest = hashlib.sha256(key.encode()).digest()
        if CHECKED.get(place) == (digest, kept):
            return True
        if self._check_credentials(scope=scope, key=key) != user:
            return False
        if len(CHECKED) >= MOST_CHECKED:
            CHECKED.clear()
        CHECKED[place] = (digest, kept)
        return True
