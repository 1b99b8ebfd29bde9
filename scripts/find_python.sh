#!/bin/sh
# Print the first Python 3.10 to 3.12 that really starts (version managers leave dead shims).
for name in python3.11 python3.12 python3.10 python3 python; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 12))' \
        >/dev/null 2>&1; then
        command -v "$name"
        exit 0
    fi
done
exit 0
