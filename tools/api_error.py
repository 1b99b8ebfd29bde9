"""What the API answers where it refuses: one shape of JSON for every error.

{"error": {"code": "unknown_parameter", "message": "what is wrong and what to do",
           "parameter": "its name, where one is to blame"}}
"""

import json

from werkzeug.exceptions import HTTPException

JSON = "application/json"


class ApiError(HTTPException):
    """An answer with an error. status : HTTP status; error : its name for programs; message : what
    people read, with the remedy; parameter : name, or ""; headers : {name: value}."""

    def __init__(self, status, error, message, parameter="", headers=None):
        super().__init__(message)
        self.code = status
        self.error = error
        self.parameter = parameter
        self.more_headers = dict(headers or {})

    def get_body(self, *_args, **_kwargs):
        found = {"code": self.error, "message": str(self.description)}
        if self.parameter:
            found["parameter"] = self.parameter
        return json.dumps({"error": found})

    def get_headers(self, *_args, **_kwargs):
        return [
            ("Content-Type", JSON),
            ("Cache-Control", "no-store"),
            *self.more_headers.items(),
        ]
