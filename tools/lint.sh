#!/usr/bin/env bash
# Format, layers, sizes, systemd units, clang-tidy. Every finding is an error.
set -u
failed=0
check() { printf 'lint: %s\n' "$1"; shift; "$@" || { failed=1; echo "lint: FAILED"; }; }

format() { git ls-files '*.h' '*.cpp' | xargs clang-format --dry-run --Werror; }

# clang-tidy takes seconds a file, so what was clean is remembered by the content of the file, of every header and of the
# list of checks.
tidy() {
  cmake --preset clang -DDRAFTWATCH_TESTS=OFF >/dev/null || return 1
  local cache="${XDG_CACHE_HOME:-$HOME/.cache}/draftwatch-tidy" headers file key
  mkdir -p "$cache"
  headers=$(git ls-files '*.h' .clang-tidy | xargs sha256sum | sha256sum | cut -c1-32)
  for file in $(git ls-files base model text config storage fetch tracker notify web sandbox plugins demo daemon cli | grep '\.cpp$'); do
    key="$cache/$(printf '%s %s' "$headers" "$(sha256sum <"$file")" | sha256sum | cut -c1-40)"
    [ -e "$key" ] || printf '%s %s\n' "$file" "$key"
  done >"$cache/todo-$$"
  echo "clang-tidy: $(wc -l <"$cache/todo-$$") files to look at"
  xargs -a "$cache/todo-$$" -P "$(nproc)" -L 1 tools/tidy_one.sh
  local result=$?
  rm -f "$cache/todo-$$"
  return $result
}

check "format" format
check "layers" python3 tools/check_layers.py .
check "sizes" python3 tools/check_sizes.py .
check "systemd units" tools/check_units.sh
check "clang-tidy" tidy
exit $failed
