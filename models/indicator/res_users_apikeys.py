"""Keys of the API: Odoo's own keys with a scope of ours, so that they open nothing else.

The scope names the role that the key was made for. What a request may do is the lesser of the role
and the rights of the key's user.
"""

from typing import NamedTuple

from odoo import api, models

SCOPE = "ai.api."
# From the least to the most; each may what those before it may.
ROLES = ("viewer", "manager", "admin")
ADMIN_GROUP = "base.group_system"
# Odoo finds a key by its first characters, and compares the rest by its hash.
INDEX_LENGTH = 8


class ApiKey(NamedTuple):
    """A key that was shown. id : of its row; user_id; role : one of ROLES."""

    id: int
    user_id: int
    role: str


class ResUsersApikeys(models.Model):
    _inherit = "res.users.apikeys"

    @api.model
    def _ai_find(self, key):
        """ApiKey of a text that may be one of ours; None where it is not. Keys that Odoo's own
        button makes open everything but this API."""
        self.env.cr.execute(
            "SELECT id, user_id, scope FROM res_users_apikeys WHERE index = %s AND scope = ANY(%s)",
            [key[:INDEX_LENGTH], [SCOPE + role for role in ROLES]],
        )
        for row, user, scope in self.env.cr.fetchall():
            if self._check_credentials(scope=scope, key=key) == user:
                return ApiKey(row, user, scope.removeprefix(SCOPE))
        return None
