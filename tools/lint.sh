#!/usr/bin/env bash
# Format, layers, file and function length, clang-tidy on what changed most, systemd units. Every finding is an error.
set -u
failed=0
check() { printf 'lint: %s\n' "$1"; shift; "$@" || { failed=1; echo "lint: FAILED"; }; }

format() { git ls-files '*.h' '*.cpp' | xargs clang-format --dry-run --Werror; }
tidy() {
  [ -f build/clang/compile_commands.json ] || cmake --preset clang >/dev/null || return 1
  ninja -C build/clang -t targets all 2>/dev/null | sed -n 's/^\(.*embedded.*\.cpp\|[a-z_]*\.cpp\):.*/\1/p' >/dev/null
  ninja -C build/clang generated >/dev/null 2>&1 || true
  git ls-files 'base/*.cpp' 'model/*.cpp' 'text/*.cpp' 'config/*.cpp' 'storage/*.cpp' 'fetch/*.cpp' 'tracker/*.cpp' 'notify/*.cpp' 'web/*.cpp' 'sandbox/*.cpp' \
    | xargs -P "$(nproc)" -n 6 clang-tidy -p build/clang --quiet 2>/dev/null | tee /tmp/tidy-$$.log | grep -E 'error:|warning:' | sort -u
  ! grep -qE '(error|warning):' /tmp/tidy-$$.log
  local result=$?
  rm -f /tmp/tidy-$$.log
  return $result
}
units() {
  command -v systemd-analyze >/dev/null || { echo "systemd-analyze is missing"; return 1; }
  tools/check_units.sh
}

check "format" format
check "layers" python3 tools/check_layers.py .
check "sizes" python3 tools/check_sizes.py .
[ -x tools/check_units.sh ] && check "systemd units" units
check "clang-tidy" tidy
exit $failed
