from . import (
    test_client_contract,
    test_client_directory,
    test_client_event,
    test_client_figures,
    test_client_phone_lookup,
    test_client_phones,
    test_client_settings,
    test_client_sheet,
    test_client_suspended,
    test_client_tours,
)
