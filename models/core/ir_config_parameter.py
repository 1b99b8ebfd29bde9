"""System parameters that name other machines: checked wherever they are written."""

from urllib.parse import urlsplit

from psycopg2 import Error
from psycopg2.extensions import parse_dsn

from odoo import _, api, models
from odoo.exceptions import ValidationError

SCHEDULER, REPLICA = "smart_recommender.dask_scheduler", "smart_recommender.replica"


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.constrains("key", "value")
    def _check_ai_machines(self):
        for parameter in self:
            if parameter.key == SCHEDULER and not _is_scheduler(parameter.value):
                raise ValidationError(
                    _(
                        "%s is no address of a Dask scheduler: give it as tcp://name:8786, or as "
                        "tls://name:8786 for one that asks for certificates.",
                        parameter.value,
                    )
                )
            if parameter.key == REPLICA and not _is_database(parameter.value):
                raise ValidationError(
                    _(
                        "%s is no address of a database: give it as "
                        "postgresql://user@name:5432/database, without a password. Odoo's user "
                        "finds that in ~/.pgpass.",
                        parameter.value,
                    )
                )


def _is_scheduler(text):
    try:
        address = urlsplit(text)
        complete = address.scheme in ("tcp", "tls") and address.hostname and address.port
    except ValueError:
        return False
    return bool(complete and text == f"{address.scheme}://{address.netloc}" and "@" not in text)


def _is_database(text):
    if not text.startswith(("postgresql://", "postgres://")):
        return False
    try:
        given = parse_dsn(text)
    except Error:
        return False
    return bool(given.get("dbname")) and "password" not in given
