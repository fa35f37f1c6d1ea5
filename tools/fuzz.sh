#!/usr/bin/env bash
# Runs every fuzz target of build/fuzz for some seconds, from its seeds in fuzz/corpus/<name>; as many at a time as there are
# processors. A finding is a failure; what found it stays in the folder that is named.
set -u
seconds=${1:-15}

# one TARGET SECONDS: its line, or the end of its log and status 1.
one() {
  local target=$1 name work seeds
  name=$(basename "$target" _fuzz)
  work=$(mktemp -d)
  mkdir "$work/grown"
  seeds="fuzz/corpus/$name"
  [ -d "$seeds" ] || seeds=""
  # shellcheck disable=SC2086
  if "$target" -max_total_time="$2" -timeout=20 -rss_limit_mb=2048 -close_fd_mask=1 -artifact_prefix="$work/" "$work/grown" $seeds >"$work/log" 2>&1; then
    printf 'fuzz %-14s %s\n' "$name" "$(grep -E '^Done|DONE' "$work/log" | tail -n 1)"
    rm -rf "$work"
  else
    printf 'fuzz %-14s FAILED, see %s\n%s\n' "$name" "$work" "$(tail -n 25 "$work/log")"
    return 1
  fi
}
export -f one

targets=$(find build/fuzz/bin -name '*_fuzz' -type f -perm -u+x | sort)
[ -n "$targets" ] || { echo "fuzz: no targets were built"; exit 1; }
printf '%s\n' "$targets" | xargs -P "$(nproc)" -I{} bash -c 'one "$1" "$2"' one {} "$seconds"
status=$?
[ $status -eq 0 ] && ended="no finding" || ended="FAILED"
echo "fuzz: $(printf '%s\n' "$targets" | wc -l) targets, $ended"
[ $status -eq 0 ]
