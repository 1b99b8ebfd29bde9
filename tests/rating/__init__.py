from . import (
    test_rating_invitation,
    test_rating_pages,
    test_rating_rating,
    test_rating_training,
)
