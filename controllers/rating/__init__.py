from . import client_home, products_page, recommendations_page, unsubscribe_page
