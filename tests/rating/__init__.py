from . import (
    test_rating_alert,
    test_rating_complaint,
    test_rating_demo,
    test_rating_invitation,
    test_rating_pages,
    test_rating_portal_tours,
    test_rating_product,
    test_rating_rating,
    test_rating_review,
    test_rating_tours,
    test_rating_training,
    test_rating_training_tours,
)
