"""Daily jobs that go through the companies: one that fails leaves the others alone."""

import logging

from psycopg2 import OperationalError

from odoo import api, models

from ...tools.concurrency import CONCURRENCY_ERRORS

_logger = logging.getLogger(__name__)


class AiCompanyJob(models.AbstractModel):
    _name = "ai.company.job"
    _description = "Job of Each Company"

    @api.model
    def _each_company(self, companies, method, job):
        """Call a method for each company, in the language of its address: what a job writes down,
        people read. One that fails leaves the others alone.

        method : str, takes a company; job : str, XML id of the scheduled action, which runs again
        where somebody else changed the same rows: what was done is not done twice.
        """
        for company in companies:
            try:
                with self.env.cr.savepoint():
                    getattr(self._in_company(company), method)(company)
            except OperationalError as error:
                if error.pgcode not in CONCURRENCY_ERRORS:
                    raise
                _logger.info("%s of %s is tried again", self._description, company.name)
                self.env.ref(job)._trigger()
            except Exception:
                _logger.exception("%s of %s failed", self._description, company.name)

    @api.model
    def _in_company(self, company):
        """This model as the jobs of a company use it."""
        return self.with_company(company).with_context(lang=company.sudo().partner_id.lang)
