from . import (
    test_deposit_alert,
    test_deposit_balance,
    test_deposit_demo,
    test_deposit_order,
    test_deposit_return,
    test_deposit_rights,
    test_deposit_tours,
)
