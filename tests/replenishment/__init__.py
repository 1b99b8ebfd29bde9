from . import (
    test_replenishment_advice,
    test_replenishment_alert,
    test_replenishment_decision,
    test_replenishment_security,
    test_replenishment_speed,
    test_replenishment_stock_extract,
    test_replenishment_stock_outs,
    test_replenishment_tab,
    test_replenishment_tours,
    test_replenishment_undo,
    test_replenishment_warehouses,
    test_replenishment_with_modules,
)
