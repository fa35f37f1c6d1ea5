#!/bin/sh
# usage: prints_check.sh DRAFTWATCH SOURCE_DIR
exec python3 "$2/tests/cli/prints_check.py" "$1" "${DRAFTWATCH_DATA:-$2/../shared/data}/intl/us-congress/versions"
