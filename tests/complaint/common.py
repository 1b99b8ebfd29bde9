"""A client of the call center that complains."""

from ..client.common import CallCenterCommon


class ComplaintCommon(CallCenterCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.complaints = cls.env["ai.complaint"].with_company(cls.company)
        cls.late = cls.env.ref("smart_recommender.complaint_motive_late")
        cls.quality = cls.env.ref("smart_recommender.complaint_motive_quality")

    @classmethod
    def _complain(cls, user=None, **vals):
        return (
            cls.complaints.with_user(user or cls.operator)
            .create(
                {
                    "company_id": cls.company.id,
                    "partner_id": cls.hotel.id,
                    "motive_id": cls.late.id,
                    **vals,
                }
            )
            .with_env(cls.env)
        )
