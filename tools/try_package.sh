#!/usr/bin/env bash
# The package in a whole Debian 12 with a live systemd: installed, run, hurt, upgraded, purged, in a container that has no
# network but its own loopback. tools/try_package.sh [PACKAGE.deb], by default the one of ./dev package.
# Exit 0: all held. 1: not. 77: skipped, with the reason: it needs root, debootstrap and systemd-nspawn.
set -u
cd "$(dirname "$0")/.." || exit 1

package=${1:-$(ls build/package/draftwatch_*.deb 2>/dev/null | head -n 1)}
base=${XDG_CACHE_HOME:-$HOME/.cache}/draftwatch-debian12  # made once, reused
mirror=${DRAFTWATCH_MIRROR:-http://deb.debian.org/debian}
work='' nspawn='' machine='' failed=0

skip() { echo "SKIPPED: $*"; exit 77; }
[ -n "$package" ] && [ -f "$package" ] || skip "no package; ./dev package makes one"
[ "$(id -u)" -eq 0 ] || skip "a container with a live systemd needs root"
for tool in debootstrap systemd-nspawn nsenter dpkg-deb; do
  command -v $tool >/dev/null || skip "$tool is not installed (apt-get install debootstrap systemd-container)"
done

end() {
  [ -z "$machine" ] || kill -s RTMIN+4 "$machine" 2>/dev/null  # systemd: power off
  for _ in $(seq 100); do [ -n "$nspawn" ] && kill -0 "$nspawn" 2>/dev/null || break; sleep 0.2; done
  [ -z "$nspawn" ] || kill -KILL "$nspawn" 2>/dev/null
  [ -z "$work" ] || { umount "$work/root" 2>/dev/null; umount "$work" 2>/dev/null; rmdir "$work" 2>/dev/null; }
}
trap end EXIT

inside() { nsenter -t "$machine" -a "$@"; }
held() { printf 'ok    %s\n' "$1"; }
broke() { failed=1; printf 'BROKE %s\n' "$1"; }
# check WORDS COMMAND...: the command inside succeeds; its output is shown where it does not.
check() {
  local words=$1 output; shift
  if output=$(inside "$@" 2>&1); then held "$words"; else broke "$words"; sed 's/^/      /' <<<"$output" | tail -n 15; fi
}
# within SECONDS WORDS COMMAND...: succeeds at last.
within() {
  local until=$((SECONDS + $1)) words=$2 output; shift 2
  until output=$(inside "$@" 2>&1); do
    [ $SECONDS -lt $until ] || { broke "$words"; sed 's/^/      /' <<<"$output" | tail -n 15; return 1; }
    sleep 0.5
  done
  held "$words"
}
roles="draftwatch-track draftwatch-alert draftwatch-web"
property() { inside systemctl show --value -p "$2" "$1"; }

prepare() {
  if [ ! -f "$base/.made" ]; then
    echo "-- making $base (some minutes, once)"
    rm -rf "$base"
    debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,ca-certificates,tzdata,procps,curl "${DRAFTWATCH_SUITE:-bookworm}" "$base" "$mirror" \
      >"/tmp/debootstrap-$$.log" 2>&1 || { tail -n 5 "/tmp/debootstrap-$$.log"; rm -rf "$base"; skip "debootstrap could not make a Debian 12"; }
    rm -f "/tmp/debootstrap-$$.log"
    touch "$base/.made"
  fi
  # What the package needs, without the package itself: it is installed later, under the live systemd.
  local needs
  needs=$(dpkg-deb -f "$package" Depends | tr ',' '\n' | sed -e 's/|.*//' -e 's/(.*//' -e 's/ //g')
  # shellcheck disable=SC2086
  chroot "$base" dpkg-query -W $needs >/dev/null 2>&1 ||
    systemd-nspawn -q -D "$base" --register=no --keep-unit --resolv-conf=replace-host --pipe sh -c "apt-get update -qq; DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(echo $needs)" \
      >/dev/null 2>&1 || skip "the packages that it depends on cannot be installed: $(echo $needs)"
}

boot() {
  work=$(mktemp -d)
  mount -t tmpfs -o mode=0755 try-package "$work" && mkdir "$work"/{up,temporary,root}
  mount -t overlay overlay -o "lowerdir=$base,upperdir=$work/up,workdir=$work/temporary" "$work/root" || skip "no overlay file system here"
  # One hierarchy of control groups, as on a Debian 12: only there the filters on addresses and ports hold.
  # The container's own filter does not know Landlock and would refuse it to every unit.
  SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn -q -D "$work/root" -b --register=no --keep-unit --private-network --console=pipe \
    --system-call-filter="landlock_create_ruleset landlock_add_rule landlock_restrict_self" </dev/null >"$work/console" 2>&1 &
  nspawn=$!
  for _ in $(seq 150); do
    machine=$(pgrep -P "$nspawn" -f 'systemd' | head -n 1)
    [ -n "$machine" ] && inside systemctl is-system-running >"$work/state" 2>/dev/null && break
    grep -q degraded "$work/state" 2>/dev/null && break
    sleep 0.2
  done
  [ -n "$machine" ] && inside systemctl is-active -q multi-user.target || { cat "$work/console"; skip "no systemd can be booted in a container here"; }
  cp "$package" "$work/root/root/draftwatch.deb"
  echo "-- $(inside systemctl --version | head -n 1), kernel $(uname -r)"
}

look_at_roles() {
  local unit
  for unit in $roles; do
    within 20 "$unit is active" systemctl is-active "$unit" && [ "$(property "$unit" NRestarts)" = "${1:-0}" ] || broke "$unit was restarted $(property "$unit" NRestarts) times, not ${1:-0}"
  done
}

. tools/try_package_steps.sh
prepare
boot
try_all
[ $failed -eq 0 ] && echo "the package holds" || { echo "the package does not hold; the journal of its units:"; inside journalctl -q --no-pager -n 60 -u 'draftwatch-*'; }
exit $failed
