from . import (
    call,
)
