#!/bin/sh
# The goals of bench/truth_scorer.py as a test. usage: truth_check.sh DRAFTWATCH SOURCE_DIR
folder="${DRAFTWATCH_DATA:-$2/../shared/data}/corpora"
[ -f "$folder/truth.tsv" ] || { echo "SKIPPED: $folder/truth.tsv is not here"; exit 77; }
exec python3 "$2/bench/truth_scorer.py" "$1" "$folder" --check
