from odoo import models
from odoo.tools import SQL


class AiClient(models.Model):
    _inherit = "ai.client"

    def _called_query(self, company, partners):
        """SQL: partner_id and the last call with it or one of its contacts."""
        return SQL(
            """
            SELECT call.commercial_partner_id AS partner_id, max(call.start) AS last_call_date
              FROM ai_call call
             WHERE call.company_id = %s
               AND call.commercial_partner_id IS NOT NULL
               AND %s
          GROUP BY call.commercial_partner_id
            """,
            company.id,
            self.env["ai.sales.extract"]._only(SQL("call.commercial_partner_id"), partners),
        )

    def _contacted_query(self, company, partners):
        """SQL: partner_id and the last mail from or to it, or the last call-back that was done.

        Mails are those of :mod:`.ai_client_sheet_mail`, on contacts and on orders of the company.
        """
        callback = self.env.ref("mail.mail_activity_data_call", raise_if_not_found=False)
        is_mail = SQL(
            """
            message.is_internal IS NOT TRUE
            AND (message.message_type IN ('email', 'email_outgoing')
                 OR message.message_type IN ('comment', 'auto_comment')
                    AND (EXISTS (
                            SELECT FROM res_partner author
                             WHERE author.id = message.author_id
                               AND author.commercial_partner_id = partner.commercial_partner_id)
                         OR EXISTS (
                            SELECT
                              FROM mail_notification notified
                              JOIN res_partner reader ON reader.id = notified.res_partner_id
                             WHERE notified.mail_message_id = message.id
                               AND reader.commercial_partner_id = partner.commercial_partner_id)))
            """
        )
        return SQL(
            """
            SELECT partner_id, max(date) AS last_contact_date
              FROM (
                SELECT partner.commercial_partner_id AS partner_id, message.date
                  FROM res_partner partner
                  JOIN mail_message message
                    ON message.model = 'res.partner' AND message.res_id = partner.id
                 WHERE %(only)s
                   AND (message.mail_activity_type_id = %(callback)s OR %(is_mail)s)
             UNION ALL
                SELECT partner.commercial_partner_id, message.date
                  FROM sale_order so
                  JOIN res_partner partner ON partner.id = so.partner_id
                  JOIN mail_message message
                    ON message.model = 'sale.order' AND message.res_id = so.id
                 WHERE so.company_id = %(company)s AND %(only)s AND %(is_mail)s
                   ) AS contact
          GROUP BY partner_id
            """,
            only=self.env["ai.sales.extract"]._only(SQL("partner.commercial_partner_id"), partners),
            callback=callback.id if callback else None,
            is_mail=is_mail,
            company=company.id,
        )
