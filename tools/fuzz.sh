#!/usr/bin/env bash
# Runs every fuzz target of build/fuzz for some seconds, from its seeds in fuzz/corpus/<name>. A finding is a failure.
set -u
seconds=${1:-15}
ran=0 failed=0
for target in build/fuzz/bin/*_fuzz; do
  [ -x "$target" ] || continue
  name=$(basename "$target" _fuzz)
  work=$(mktemp -d)
  seeds="fuzz/corpus/$name"
  [ -d "$seeds" ] || seeds=""
  if "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -close_fd_mask=1 -artifact_prefix="$work/" "$work" $seeds >"$work/log" 2>&1; then
    printf 'fuzz %-14s %s\n' "$name" "$(grep -E '^Done|DONE' "$work/log" | tail -n 1)"
    rm -rf "$work"
  else
    printf 'fuzz %-14s FAILED, see %s\n' "$name" "$work"
    tail -n 25 "$work/log"
    failed=$((failed + 1))
  fi
  ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo "fuzz: no targets were built"; exit 1; }
echo "fuzz: $ran targets, $failed with a finding"
[ "$failed" -eq 0 ]
