"""Training of the model of stars: a few seconds, so in one turn.

The model of the last run stays in use, carried over to this one, where it tells ratings that it has
not seen better than the new one does. Too few ratings are no failure: most shops start without any.
"""

from odoo import _, api, fields, models
from odoo.tools import formatLang

from ..core.ai_training_run import SEED


class AiTrainingRun(models.Model):
    _inherit = "ai.training.run"

    kind = fields.Selection(
        selection_add=[("ratings", "Rating Model")], ondelete={"ratings": "cascade"}
    )
    ratings_result_ids = fields.One2many("ai.training.result.ratings", "run_id", readonly=True)

    # ------------------------------------------------------------------
    # Actions
    # ------------------------------------------------------------------

    @api.model
    def action_run_ratings(self):
        """Ask for a new model of stars of the current company; a background job makes it.

        Returns the client action that says so. Raises AccessError for anyone but managers,
        UserError where the recommender is switched off.
        """
        return self.env["ai.training"]._ask_for(["ratings"])

    def action_open_rating_errors(self):
        """Open how far off the models of stars of the run's company were. Managers only."""
        return self._open_results(
            "ai_training_result_ratings_action",
            domain=[("company_id", "=", self.company_id.id)],
        )

    def action_open_rating_estimates(self):
        """Open the stars that this run expects clients to give. Managers only."""
        return self._open_results("ai_rating_estimate_action")

    # ------------------------------------------------------------------
    # Training
    # ------------------------------------------------------------------

    def _train_ratings(self):
        """Learn the stars of the run's company, and replace its model and expectations."""
        # Lazy: scipy costs address space that only training may take.
        from ...algorithms.core import exceptions
        from ...algorithms.rating import training
        from ...algorithms.rating.ratings import build_ratings

        company = self.company_id
        ratings = build_ratings(**self.env["ai.sales.extract"]._stars(company))
        self._keep_rating_figures(ratings)
        try:
            model, report = training.train(ratings, SEED)
        except exceptions.InsufficientDataError:
            self.metrics = {
                "least": training.LEAST_RATINGS,
                "least_clients": training.LEAST_CLIENTS,
                "least_products": training.LEAST_PRODUCTS,
            }
            # What was taken back is not to be told by a model of yesterday.
            self.env["ai.model.store"]._attachments(company, self.kind).unlink()
            self._keep_result(estimate_count=self.env["ai.rating.estimate"]._replace(self, None))
            return
        kept = self._champion(model, ratings, report)
        tells = kept.method != "mean"
        count = self.env["ai.rating.estimate"]._replace(self, kept if tells else None)
        self._keep_report(report, estimate_count=count)

    def _keep_rating_figures(self, ratings):
        from ...algorithms.rating.shrunk_means import prior_strength

        clients, products = set(ratings.client.tolist()), set(ratings.product.tolist())
        self.product_count = len(products)
        self._keep_result(
            rating_count=len(ratings),
            client_count=len(clients),
            product_count=len(products),
            mean_stars=float(ratings.stars.mean()) if len(ratings) else 0.0,
            prior_strength=prior_strength(ratings.product, ratings.stars),
        )

    def _keep_report(self, report, **figures):
        errors = report.errors
        self._keep_result(
            method=report.method,
            rmse=errors[report.method].rmse,
            mae=errors[report.method].mae,
            baseline_rmse=errors["baseline"].rmse,
            baseline_mae=errors["baseline"].mae,
            mean_rmse=errors["mean"].rmse,
            mean_mae=errors["mean"].mae,
            **figures,
        )

    def _champion(self, model, ratings, report):
        """The new model, or the last one where the new one is worse on what that has not seen."""
        from ...algorithms.rating.training import duel

        def judge(old):
            outcome = duel(old, ratings, report)
            return outcome.is_worse, {
                "unseen": outcome.unseen,
                "old_rmse": outcome.old,
                "new_rmse": outcome.new,
            }

        return self.env["ai.model.store"]._keep_better(self, model, judge)

    # ------------------------------------------------------------------
    # Messages
    # ------------------------------------------------------------------

    def _message_ratings(self):
        result = self._result()
        if not result.method:
            return self._few_ratings_message()
        return _(
            "%(ratings)s ratings of %(clients)s clients and %(products)s products, %(mean)s stars "
            "on average; expected stars for %(estimates)s offers, in %(seconds)s s.",
            ratings=self._grouped(result.rating_count),
            clients=self._grouped(result.client_count),
            products=self._grouped(result.product_count),
            mean=formatLang(self.env, result.mean_stars, digits=2),
            estimates=self._grouped(result.estimate_count),
            seconds=formatLang(self.env, self.duration, digits=1),
        )

    def _few_ratings_message(self):
        result = self._result()
        return _(
            "There are too few ratings for a model of stars: %(ratings)s of %(clients)s clients "
            "and %(products)s products count, and %(least)s of %(least_clients)s clients and "
            "%(least_products)s products are needed. Invite clients to rate what they bought.",
            ratings=self._grouped(result.rating_count),
            clients=self._grouped(result.client_count),
            products=self._grouped(result.product_count),
            **(self.metrics or {}),
        )

    def _verdict_ratings(self):
        """How far off the model is, and whether it is in use; none without one."""
        self.ensure_one()
        result = self._result()
        if not result.method:
            return False
        figures = {
            name: formatLang(self.env, result[name], digits=3)
            for name in ("rmse", "mae", "mean_rmse", "mean_mae")
        }
        if result.is_beaten:
            message = _(
                "Told from other ratings, stars are off by %(mae)s on average (RMSE %(rmse)s) with "
                "the mean of the product, and no method tells them better. No stars are expected "
                "of single clients.",
                **figures,
            )
        else:
            message = _(
                "Told from other ratings, stars are off by %(mae)s on average (RMSE %(rmse)s), "
                "with the mean of the product by %(mean_mae)s (RMSE %(mean_rmse)s).",
                **figures,
            )
        return message if result.replaced else f"{message} {self._kept_message()}"

    def _kept_message(self):
        metrics = self.metrics or {}
        return _(
            "The model before stays in use: on %(count)s ratings that it had not seen its RMSE is "
            "%(old)s, that of the new one %(new)s.",
            count=self._grouped(metrics.get("unseen", 0)),
            old=formatLang(self.env, metrics.get("old_rmse") or 0.0, digits=3),
            new=formatLang(self.env, metrics.get("new_rmse") or 0.0, digits=3),
        )
