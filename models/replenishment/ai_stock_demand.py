"""How much each warehouse needs of each product, and how surely.

    demand   what was sold from its stock (kits as their components, without what vendors delivered
             to clients themselves), what productions used, and what left it for clients without a
             sales order (:mod:`..core.ai_stock_extract_use`)
    days     those that say something: a day that began and ended without stock and saw no demand is
             unknown (``algorithms.core.stock_outs``)

Forecasts beside it are in :mod:`.ai_stock_demand_forecast`.
"""

from types import SimpleNamespace

from odoo import api, models

from ...tools.quantities import LEAST_SALES, TOLERANCE

SHARE_DAYS = 90


class AiStockDemand(models.AbstractModel):
    _name = "ai.stock.demand"
    _description = "Demand of Warehouses"

    @api.model
    def _demand_table(self, company, since, until):
        """The demand from one day to another, and what forecasts and receipts say beside it.

        Returns {column: (n,) array} for ``ai.replenishment._store_demand``; None without any stock.
        """
        import pandas as pd

        stock = self.env["ai.stock.extract"]
        kits = stock._kits(company)
        products = self._stocked_products(company)
        warehouses = self._warehouses(company)
        if not warehouses or not len(products):
            return None
        product_ids = products["product_id"].tolist()
        history = self._stock_history(company, product_ids, kits, since, until)
        parts = [
            self._warehouse_table(warehouse, products, history, planned)
            for warehouse, planned in self._planned_in(warehouses, products, history)
        ]
        table = pd.concat(parts, ignore_index=True)
        table["is_sold_whole"] = table["product_id"].isin(self._whole_products(history))
        self._add_forecasts(company, table, kits, history)
        self._add_receipts(company, table)
        return {name: table[name].to_numpy() for name in table}

    @api.model
    def _warehouses(self, company):
        """The company's warehouses; the first one is that of orders without any."""
        warehouses = self.env["stock.warehouse"].sudo()
        return warehouses.search([("company_id", "=", company.id)])

    def _stocked_products(self, company):
        """Products to plan: DataFrame with product_id and category_id; kits are not."""
        import pandas as pd

        stock = self.env["ai.stock.extract"]
        planned = pd.DataFrame(stock._planned_products(company))
        # A kit without components is in no row of kits, and never in stock.
        kits = stock._kit_products(company)
        return planned[~planned["product_id"].isin(kits)].reset_index(drop=True)

    @api.model
    def _stock_history(self, company, product_ids, kits, since, until):
        """The demand and stock of products from one day to another, kits as their components.

        Returns a namespace of since, until; lines (DataFrame by warehouse and day; warehouse 0 is
        the vendors' own delivery) of all demand, used (those of them without a sales order);
        demand_days (DataFrame of first and last days by warehouse), first (Series of dates by
        product id), opened ({warehouse id: date of its first demand}), and stock and flows as
        ``ai.stock.extract`` has them.
        """
        import pandas as pd

        from ...algorithms.replenishment import kits as bundles

        extract, stock = self.env["ai.sales.extract"], self.env["ai.stock.extract"]
        wanted = kits[kits["component_id"].isin(product_ids)]
        sold = [*product_ids, *wanted["kit_id"].unique().tolist()]
        lines = extract._daily_demand(company, since, until, sold, by="warehouse")
        used = stock._used(company, since, until, product_ids)
        lines = bundles.explode(lines[used.columns], wanted)
        days = pd.DataFrame(extract._sale_days(company, until, sold)).assign(quantity=1.0)
        days = bundles.explode(days, wanted).drop(columns="quantity")
        days = pd.concat([days, pd.DataFrame(stock._use_days(company, until, product_ids))])
        days = days[days["warehouse_id"] > 0]
        days = days.groupby(["product_id", "warehouse_id"], as_index=False).agg(
            {"first": "min", "last": "max"}
        )
        return SimpleNamespace(
            since=since,
            until=until,
            lines=pd.concat([lines, used], ignore_index=True),
            used=used,
            demand_days=days,
            first=pd.to_datetime(days.groupby("product_id")["first"].min(), unit="D"),
            opened=self._opened(company, days),
            stock=stock._stock(company, product_ids),
            flows=stock._stock_flows(company, since, product_ids),
        )

    def _opened(self, company, demand_days):
        """{warehouse id: date of the first demand it met}."""
        import pandas as pd

        opened = self.env["ai.sales.extract"]._first_order_days(company)
        first = pd.to_datetime(demand_days.groupby("warehouse_id")["first"].min(), unit="D")
        for warehouse, day in first.items():
            opened[warehouse] = min(opened.get(warehouse, day.date()), day.date())
        return opened

    @staticmethod
    def _whole_products(history):
        """Products that only ever left in whole units, of those that left often enough to say."""
        lines = history.lines[history.lines["quantity"] > 0]
        parted = (lines["quantity"] - lines["quantity"].round()).abs() > TOLERANCE
        seen = parted.groupby(lines["product_id"]).agg(["size", "any"])
        return seen.index[(seen["size"] >= LEAST_SALES) & ~seen["any"]]

    @api.model
    def _warehouse_panel(self, warehouse, product_ids, history):
        """DemandPanel of a warehouse, its days without stock unknown, and StockOuts.

        history : of these products or more, see ``_stock_history``.
        """
        import pandas as pd

        from ...algorithms.core.demand_panel import demand_panel
        from ...algorithms.core.exceptions import BadQuantityError
        from ...algorithms.core.stock_history import past_stock
        from ...algorithms.core.stock_outs import without_stock_outs

        lines = history.lines[history.lines["warehouse_id"] == warehouse.id]
        # A warehouse that was opened later sold nothing before: no zeros.
        first = history.first
        if warehouse.id in history.opened:
            first = first.clip(lower=pd.Timestamp(history.opened[warehouse.id]))
        try:
            panel = demand_panel(lines, history.until, _days_of(history), product_ids, first)
        except BadQuantityError as error:
            raise self.env["ai.demand.history"]._bad_quantity_error(error) from error
        on_hand, opening = past_stock(
            panel.product_ids, panel.days, history.stock, history.flows, warehouse.id
        )
        panel = self.env["ai.demand.history"]._without_left_out(warehouse.company_id, panel)
        return without_stock_outs(panel, on_hand, opening)

    def _warehouse_table(self, warehouse, products, history, ids):
        """Demand of some products in a warehouse."""
        import numpy as np
        import pandas as pd

        from ...algorithms.replenishment.daily_demand import average_daily_demand

        panel, found = self._warehouse_panel(warehouse, ids.tolist(), history)
        days = warehouse.company_id.ai_demand_days
        offered = np.arange(panel.length) >= panel.first[:, None]
        mean, spread = average_daily_demand(panel, days)
        used = self._used_panel(warehouse, panel, history)
        used_mean, used_spread = average_daily_demand(used, days)
        demand_days = history.demand_days
        demand_days = demand_days[demand_days["warehouse_id"] == warehouse.id]
        last = demand_days.set_index("product_id")["last"].reindex(ids)
        never = last.isna().to_numpy()
        return pd.DataFrame(
            {
                "warehouse_id": warehouse.id,
                "product_id": panel.product_ids,
                "categ_id": products.set_index("product_id")["category_id"].reindex(ids).to_numpy(),
                "demand_state": np.select([never, np.isnan(mean)], ["never", "short"], "ok"),
                "mean_demand": np.where(never, 0.0, mean),
                "demand_spread": np.where(never, 0.0, spread),
                "used_demand": np.nan_to_num(used_mean),
                "used_spread": np.nan_to_num(used_spread),
                "known_days": panel.latest(days).sum(axis=1),
                "days_out": (offered & ~found.known)[:, -days:].sum(axis=1),
                # pandas makes dates of numbers with unknown ones by way of memory that it never
                # wrote, and now and then fails on what is in it.
                "last_sale": np.where(
                    never,
                    np.datetime64("NaT"),
                    last.fillna(0).to_numpy(np.int64).astype("datetime64[D]"),
                ).astype("datetime64[ns]"),
                "units": (panel.sold - used.sold)[:, -SHARE_DAYS:].sum(axis=1).clip(min=0.0),
            }
        )

    @staticmethod
    def _used_panel(warehouse, panel, history):
        """The part of a warehouse's DemandPanel that left without a sales order."""
        from dataclasses import replace

        from ...algorithms.core.demand_panel import demand_panel

        lines = history.used[history.used["warehouse_id"] == warehouse.id]
        used = demand_panel(lines, history.until, _days_of(history), panel.product_ids)
        return replace(used, first=panel.first, known=panel.known)

    def _planned_in(self, warehouses, products, history):
        """[(warehouse, (n,) product ids)] that belong to each; to the first also what has none."""
        import numpy as np

        ids = products["product_id"].to_numpy()
        touched = [self._touched_products(warehouse, history) for warehouse in warehouses]
        planned = [np.intersect1d(ids, each) for each in touched]
        planned[0] = np.union1d(planned[0], np.setdiff1d(ids, np.concatenate(touched)))
        return zip(warehouses, planned, strict=True)

    def _touched_products(self, warehouse, history):
        """Products that a warehouse sold, used, has or awaits, or has a reordering rule for."""
        import numpy as np

        sold, stock = history.demand_days, history.stock
        points = self.env["stock.warehouse.orderpoint"].sudo()
        here = [("location_id", "=", warehouse.lot_stock_id.id)]
        ruled = [product.id for (product,) in points._read_group(here, ["product_id"])]
        return np.concatenate(
            [
                sold.loc[sold["warehouse_id"] == warehouse.id, "product_id"],
                stock["product_id"][stock["warehouse_id"] == warehouse.id],
                np.array(ruled, np.int64),
            ]
        )

    # ------------------------------------------------------------------
    # Receipts
    # ------------------------------------------------------------------

    def _add_receipts(self, company, table):
        """Add columns of the lead times that main vendors kept; 0 where nothing was received."""
        import numpy as np

        from ...algorithms.core.lookup import places, taken
        from ...algorithms.replenishment.lead_times import lead_times

        stock = self.env["ai.stock.extract"]
        vendors = stock._vendors(company)
        entity = stock._commercial_partners(np.unique(vendors["vendor_id"]).tolist())
        partner = np.array([entity[each] for each in vendors["vendor_id"].tolist()], np.int64)
        receipts = stock._receipts(company)
        kept = lead_times(
            np.stack([partner, vendors["product_id"]], axis=1),
            vendors["delay"],
            np.stack([receipts["vendor_id"], receipts["product_id"]], axis=1),
            receipts["ordered"].astype("datetime64[D]"),
            receipts["received"].astype("datetime64[D]"),
        )
        at = places(vendors["product_id"], table["product_id"])
        table["receipt_vendor_id"] = taken(partner, at, 0)
        table["receipt_count"] = taken(kept.receipts, at, 0)
        table["receipt_lead"] = taken(kept.mean, at)
        table["receipt_spread"] = taken(kept.sd, at)


def _days_of(history):
    """How many days a history has."""
    return (history.until - history.since).days + 1
