"""Fitted models between the turns of a training, and after it: attachments that are signed.

A joblib file is a pickle, and a pickle runs code: it is loaded only where the signature shows that
this database wrote it, and only under the versions of the addon and of the libraries that wrote it.
Everything else is learned again.
"""

import hashlib
import io
import logging
import uuid
from importlib.metadata import version

from odoo import api, models
from odoo.tools.misc import hmac

_logger = logging.getLogger(__name__)

ADDON = "smart_recommender"
NAME = "fitted-model.joblib"
LIBRARIES = ("joblib", "numpy", "scikit-learn", "scipy")
SCOPE = "smart_recommender.marked_model"
# What makes each file another one, before the model.
MARK_BYTES = 16


class AiModelStore(models.AbstractModel):
    _name = "ai.model.store"
    _description = "Fitted Models"

    @api.model
    def _save(self, run, model):
        """Attach a fitted model to a run, and drop those of the company's earlier runs.

        Raises OSError where it cannot be read back as it was written.
        """
        import joblib

        buffer = io.BytesIO()
        joblib.dump(model, buffer, compress=3)
        # Odoo names a file by its digest, and keeps what it finds under that name: a file that was
        # damaged would be in the way of the same model for ever.
        content = uuid.uuid4().bytes + buffer.getvalue()
        earlier = self._attachments(run.company_id, run.kind)
        if not self._attach(run, content):
            raise OSError(f"{NAME} of {run.name} could not be stored: is the disk full?")
        run.sudo().model_signature = self._signature(content, self._versions())
        earlier.unlink()

    @api.model
    def _attach(self, run, content):
        """Whether a file of this content is attached to a run now. Of a full disk Odoo 17 only
        writes to its log, and Odoo 19 raises."""
        vals = {"name": NAME, "res_model": run._name, "res_id": run.id, "raw": content}
        try:
            attachment = self.env["ir.attachment"].sudo().create(vals)
            attachment.invalidate_recordset(["raw", "datas"])
            return attachment.raw == content
        except OSError:
            _logger.warning("%s of %s could not be written", NAME, run.name, exc_info=True)
            return False

    @api.model
    def _load(self, run):
        """The fitted model of a run; None where there is none that can be trusted."""
        import joblib

        content = self._trusted_content(run)
        return joblib.load(io.BytesIO(content[MARK_BYTES:])) if content else None

    @api.model
    def _last(self, company, kind):
        """The model of a kind that a company uses; None where there is none to be trusted."""
        attachment = self._attachments(company, kind).sorted("id")[-1:]
        run = self.env["ai.training.run"].sudo().browse(attachment.res_id)
        return self._load(run) if attachment else None

    @api.model
    def _keep_better(self, run, new, judge):
        """Keep for a run what was newly learned, or what its company uses where the new is worse.

        judge : called with what is in use, returns (whether the new one is worse on what the old
        one could not know, {name: figure} for the run's metrics, NaN where too little is known).
        Returns what is used; whether that is the new one is in the run's result.
        """
        old, kept = self._last(run.company_id, run.kind), new
        if old is not None:
            is_worse, figures = judge(old)
            known = {name: None if each != each else each for name, each in figures.items()}
            run.metrics = {**(run.metrics or {}), **known}
            kept = old if is_worse else new
        self._save(run, kept)
        run._keep_result(replaced=kept is new)
        return kept

    @api.model
    def _trusted_content(self, run):
        """The file of a run's model where this database wrote it, under these versions; None where
        there is no other."""
        attachment = self.env["ir.attachment"].sudo().search(
            [("res_model", "=", run._name), ("res_id", "=", run.id), ("name", "=", NAME)],
            order="id desc",
            limit=1,
        )  # fmt: skip
        if not attachment:
            return None
        content = attachment.raw or b""
        if run.sudo().model_signature != self._signature(content, self._versions()):
            _logger.info("%s: the stored model is another's or other libraries'", run.name)
            return None
        return content

    @api.model
    def _attachments(self, company, kind):
        runs = self.env["ai.training.run"].sudo().search(
            [("company_id", "=", company.id), ("kind", "=", kind)]
        )  # fmt: skip
        return (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", runs._name),
                    ("res_id", "in", runs.ids),
                    ("name", "=", NAME),
                ]
            )
        )

    @api.model
    def _kept_domain(self):
        """Domain of the attachments that are fitted models."""
        return [("res_model", "=", "ai.training.run"), ("name", "=", NAME)]

    @api.model
    def _versions(self):
        addon = self.env["ir.module.module"].sudo().search([("name", "=", ADDON)])
        return {name: version(name) for name in LIBRARIES} | {ADDON: addon.latest_version}

    @api.model
    def _signature(self, content, versions):
        """What only this database can have computed for this content and these libraries."""
        message = (hashlib.sha256(content).hexdigest(), sorted(versions.items()))
        return hmac(self.env(su=True), SCOPE, message)
