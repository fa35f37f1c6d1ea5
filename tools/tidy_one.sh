#!/usr/bin/env bash
# tidy_one.sh FILE STAMP: clang-tidy on one file; leaves the stamp where it is clean. A finding is printed and ends in 1, and
# so does a clang-tidy that breaks.
words=$(clang-tidy -p build/clang --quiet "$1" 2>&1)
status=$?
found=$(printf '%s\n' "$words" | grep -E '(error|warning):' | sort -u)
if [ -n "$found" ] || [ $status -ne 0 ]; then
  printf '%s: clang-tidy ended with %s\n%s\n' "$1" "$status" "${found:-$words}"
  exit 1
fi
: >"$2"
