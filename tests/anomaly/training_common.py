from ..core.sales_common import SalesCommon


class AnomalyTrainingCommon(SalesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.anomalies = cls.env["ai.anomaly"]
        cls.today = cls.env["ai.sales.extract"]._local_now(cls.company).date()

    @classmethod
    def _history(cls, days=120, soap=None, company=None):
        """Soap sells 12 a day but for the days of ``soap``, cups 8 or so."""
        soap = soap or {}
        sales = {}
        for ago in range(1, days + 1):
            lines = [(cls.cups, 7.0 + ago % 3)]
            if soap.get(ago, 12.0):
                lines.append((cls.soap, soap.get(ago, 12.0)))
            sales[ago] = lines
        return cls._sell(sales, company)

    @classmethod
    def _search_anomalies(cls, company=None):
        company = company or cls.company
        return cls.runs.with_company(company)._train_now(company, "anomalies")

    def _found(self, product, **values):
        domain = [("product_id", "=", product.id), *((k, "=", v) for k, v in values.items())]
        return self.anomalies.with_context(active_test=False).search(domain)
