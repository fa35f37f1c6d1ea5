#!/usr/bin/env bash
# Format, layers, sizes, systemd units, clang-tidy. Every finding is an error.
set -u
failed=0
check() { printf 'lint: %s\n' "$1"; shift; "$@" || { failed=1; echo "lint: FAILED"; }; }

format() { git ls-files '*.h' '*.cpp' | xargs clang-format --dry-run --Werror; }

# clang-tidy takes seconds a file, so what was clean is remembered (tools/tidy_todo.py).
tidy() {
  cmake --preset clang -DDRAFTWATCH_TESTS=OFF >/dev/null || return 1
  local cache="${XDG_CACHE_HOME:-$HOME/.cache}/draftwatch-tidy" todo result
  mkdir -p "$cache"
  todo=$(mktemp)
  git ls-files base model text config storage fetch tracker notify web sandbox plugins demo daemon cli | grep '\.cpp$' \
    | xargs python3 tools/tidy_todo.py "$cache" build/clang/compile_commands.json >"$todo"
  echo "clang-tidy: $(wc -l <"$todo") files to look at"
  xargs -a "$todo" -r -P "$(nproc)" -L 1 tools/tidy_one.sh
  result=$?
  rm -f "$todo"
  return $result
}

check "format" format
check "layers" python3 tools/check_layers.py .
check "sizes" python3 tools/check_sizes.py .
check "systemd units" tools/check_units.sh
check "clang-tidy" tidy
exit $failed
