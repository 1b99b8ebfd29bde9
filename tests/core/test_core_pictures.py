"""Pictures of products are shown whatever the products are called."""

import base64

from odoo.tests import tagged

from .common import RecommenderCommon
from .tours import TourCase

RED_DOT = base64.b64encode(
    base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO"
        "9TXL0Y4OHwAAAABJRU5ErkJggg=="
    )
)
# As a page does: Chrome drops what its header spoils without a word in the page itself.
LOAD = """
Promise.all(
    %s.map(
        (id) =>
            new Promise((resolve, reject) => {
                const image = new Image();
                image.onload = resolve;
                image.onerror = () => reject(new Error(`the picture of product ${id} is broken`));
                image.src = `/web/image/product.product/${id}/image_128`;
            })
    )
).then(
    () => console.log("test successful"),
    (error) => console.error(error.message)
);
"""
# Any page of the server's; this one has nothing to load.
PLAIN_PAGE = "/web/health"


@tagged("post_install", "-at_install")
class TestPictures(RecommenderCommon, TourCase):
    def test_a_comma_in_a_name_breaks_no_picture(self):
        products = self.env["product.product"]
        for name in ("Échelle télescopique 3,8 m", "Eau minérale", "Tube 1,5"):
            products |= self._create_product(name, image_1920=RED_DOT)
        products.product_tmpl_id.image_1920 = RED_DOT
        self.browser_js(PLAIN_PAGE, LOAD % products.ids, login="admin")

    def test_the_name_of_the_file_is_still_that_of_the_product(self):
        product = self._create_product("Échelle 3,8 m")
        product.product_tmpl_id.image_1920 = RED_DOT
        self.authenticate("admin", "admin")
        answer = self.url_open(f"/web/image/product.product/{product.id}/image_128")
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertIn("chelle%203_8%20m.png", answer.headers["Content-Disposition"])
