from . import (
    test_telephony_account,
    test_telephony_board_tours,
    test_telephony_event,
    test_telephony_presence,
    test_telephony_recording,
    test_telephony_running,
    test_telephony_softphone_lost_tours,
    test_telephony_softphone_tours,
)
