#!/usr/bin/env bash
# The units are valid (verify prints nothing, not even a warning) and hardened (exposure at most 1.0 web, 1.3 others).
set -u
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# verify wants the program to exist; a copy of the units names one that does.
for unit in systemd/*.service systemd/*.target; do
  sed 's#^ExecStart=/usr/bin/draftwatchd#ExecStart=/bin/true#' "$unit" >"$work/$(basename "$unit")"
done
words=$(cd "$work" && SYSTEMD_LOG_LEVEL=warning systemd-analyze verify --man=no ./*.service ./*.target 2>&1)
status=$?
words=$(printf '%s' "$words" | grep -v -e '^$' -e 'SO_PASSCRED' || true)
if [ -n "$words" ] || [ $status -ne 0 ]; then
  echo "systemd-analyze verify (status $status):"
  echo "$words"
  failed=1
fi
for unit in systemd/*.service; do
  most=13
  case $unit in *-web.service) most=10 ;; esac
  if systemd-analyze security --offline=true --no-pager --threshold=$most "$unit" >"$work/score" 2>&1; then
    echo "$(basename "$unit"): $(tail -n 1 "$work/score" | sed 's/.*: //')"
  else
    echo "$(basename "$unit"): exposure above $most tenths"
    grep -E '✗' "$work/score" | head -n 20
    tail -n 1 "$work/score"
    failed=1
  fi
done
exit $failed
