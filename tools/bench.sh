#!/usr/bin/env bash
# Runs the benches of build/release (all, or those whose name contains the argument); each prints JSON lines.
set -u
ran=0 failed=0
for bench in build/release/bin/bench_* bench/*_bench.py; do
  [ -x "$bench" ] && [ "$(basename "$bench")" != bench_diff_process ] || continue  # that one is a peer of diff
  case $(basename "$bench") in *"${1:-}"*) ;; *) continue ;; esac
  "$bench" || { echo "bench: $(basename "$bench") failed" >&2; failed=1; }
  ran=$((ran + 1))
done
[ "$ran" -gt 0 ] || { echo "bench: no bench is called '${1:-}'" >&2; exit 1; }
exit $failed
