# What tools/try_package.sh asks of the package, in order. Sourced by it.

install_it() {
  echo "-- install"
  check "dpkg installs it" sh -c 'DEBIAN_FRONTEND=noninteractive dpkg -i /root/draftwatch.deb'
  check "the target can be enabled and started" systemctl enable --now draftwatch.target
  look_at_roles
  check "the state folder is the service's alone" sh -c '[ "$(stat -c "%U %a" /var/lib/draftwatch)" = "draftwatch 700" ]'
  check "the key is root's alone" sh -c '[ "$(stat -c "%U %a" /etc/draftwatch/credentials/alert-key)" = "root 600" ]'
  check "the pages answer" curl -sfo /dev/null http://127.0.0.1:8080/
  check "man finds the pages" sh -c 'for page in man1/draftwatch.1 man1/draftwatch-worker.1 man5/draftwatch.toml.5 man8/draftwatchd.8; do gzip -t /usr/share/man/$page.gz || exit 1; done'
}

# The demo portal beside it, as a source like any other: pages and documents go through the worker's jail inside the unit.
read_a_portal() {
  echo "-- a portal"
  inside systemd-run -q --unit=demo-portal /usr/lib/draftwatch/draftwatch-demo-portal --port 8088 --speed 1440
  cp config/portals.d/demo.toml "$work/root/etc/draftwatch/portals.d/demo.toml"
  inside sed -i 's/^#allow = .*/allow = ["127.0.0.1:8088"]/' /etc/draftwatch/draftwatch.toml
  check "the configuration is right" draftwatch config check
  check "track starts again with the portal" systemctl restart draftwatch-track
  within 60 "drafts are read" sh -c 'draftwatch drafts --json | grep -q "\"key\""'
  within 60 "documents are read" sh -c 'for draft in $(draftwatch drafts --json | grep -o "demo:[^\"]*"); do draftwatch show --json $draft; done | grep -q "\"no_text\": *\"\?\(false\|null\|\"\"\)"'
  check "the source is healthy" sh -c 'draftwatch source list --json | grep -q "\"state\": *\"healthy\""'
  check "the worker has its whole jail inside the unit" sh -c 'journalctl -q -o cat -u draftwatch-track | grep -q "jail of the workers: full" && ! journalctl -q -u draftwatch-track | grep -i "not whole"'
}

tell_people() {
  echo "-- people"
  check "a subscriber can be added" draftwatch subscribe reader@example.org --confirmed --frequency immediately
  within 60 "a mail is composed" sh -c 'ls /var/lib/draftwatch/mail/*.eml'
  within 90 "an event becomes a mail" sh -c '[ $(ls /var/lib/draftwatch/mail/*.eml | wc -l) -ge 2 ]'
  check "doctor, as root, finds nothing bad" draftwatch doctor
  check "doctor, as the service's user, finds nothing bad" setpriv --reuid=draftwatch --regid=draftwatch --clear-groups draftwatch doctor
  check "what root did belongs to the service" sh -c '! find /var/lib/draftwatch ! -user draftwatch | grep .'
}

keep() {
  echo "-- keep"
  check "a backup is made while it runs" draftwatch backup /root/backup.db
  check "every link and digest holds" draftwatch verify
}

hurt() {
  echo "-- hurt"
  local unit before
  for unit in $roles; do
    before=$(property "$unit" MainPID)
    inside kill -KILL "$before"
    within 20 "$unit comes back after SIGKILL" sh -c "[ \$(systemctl show --value -p MainPID $unit) -gt 0 ] && [ \$(systemctl show --value -p MainPID $unit) -ne $before ] && systemctl is-active $unit"
  done
  # The watchdog, in seconds instead of minutes: who pats it lives on, who is stopped is started again.
  for unit in $roles; do
    inside mkdir -p "/run/systemd/system/$unit.service.d"
    inside sh -c "printf '[Service]\nWatchdogSec=4\n' >/run/systemd/system/$unit.service.d/watchdog.conf"
  done
  inside systemctl daemon-reload
  # shellcheck disable=SC2086
  inside systemctl restart $roles
  sleep 10
  look_at_roles
  for unit in $roles; do inside systemctl kill --kill-whom=main -s STOP "$unit"; done
  for unit in $roles; do within 60 "$unit is started again when it does not pat the watchdog" sh -c "[ \$(systemctl show --value -p NRestarts $unit) -ge 1 ] && systemctl is-active $unit"; done
  inside rm -rf /run/systemd/system/draftwatch-track.service.d /run/systemd/system/draftwatch-alert.service.d /run/systemd/system/draftwatch-web.service.d
  inside systemctl daemon-reload
  # shellcheck disable=SC2086
  inside systemctl restart $roles
  check "every link and digest holds after all that" draftwatch verify
}

stop_it() {
  echo "-- stop"
  local began=$SECONDS unit
  check "the target stops" systemctl stop draftwatch.target
  [ $((SECONDS - began)) -lt 20 ] && held "within 20 s" || broke "it took $((SECONDS - began)) s"
  for unit in $roles; do
    [ "$(property "$unit" Result)" = success ] && [ "$(property "$unit" ActiveState)" = inactive ] && held "$unit ended well" || broke "$unit: $(property "$unit" Result)"
  done
  check "no process is left" sh -c '! pgrep -u draftwatch'
  check "nothing is half done" sh -c '! draftwatch outbox --json | grep -E "\"sending\": *[1-9]"'
  check "the target starts again" systemctl start draftwatch.target
  look_at_roles
}

upgrade() {
  echo "-- upgrade"
  local newer="$work/root/root/newer" key
  dpkg-deb -R "$package" "$newer"
  sed -i 's/^Version: .*/&+1/' "$newer/DEBIAN/control"
  dpkg-deb -b "$newer" "$newer.deb" >/dev/null
  key=$(inside sha256sum /etc/draftwatch/credentials/alert-key)
  local before
  before=$(property draftwatch-track MainPID)
  check "a newer version installs over it" sh -c 'DEBIAN_FRONTEND=noninteractive dpkg -i /root/newer.deb'
  look_at_roles
  [ "$(property draftwatch-track MainPID)" != "$before" ] && held "the roles are the new programs" || broke "track was not restarted"
  [ "$(inside sha256sum /etc/draftwatch/credentials/alert-key)" = "$key" ] && held "the key is the same" || broke "the key is another"
  check "the admin's configuration is the same" grep -q '^allow = \["127.0.0.1:8088"\]' /etc/draftwatch/draftwatch.toml
  # A target that the admin has switched off stays off.
  inside systemctl disable -q --now draftwatch.target
  check "it installs again while switched off" sh -c 'DEBIAN_FRONTEND=noninteractive dpkg -i /root/newer.deb'
  check "and stays off" sh -c '! systemctl is-enabled -q draftwatch.target && ! systemctl is-active -q draftwatch-track'
  inside systemctl enable -q --now draftwatch.target
}

remove_it() {
  echo "-- remove and purge"
  check "it is removed" dpkg -r draftwatch
  check "nothing runs" sh -c '! pgrep -u draftwatch'
  check "the evidence and the key are kept" sh -c '[ -f /var/lib/draftwatch/draftwatch.db ] && [ -f /etc/draftwatch/credentials/alert-key ]'
  check "it is installed again" sh -c 'DEBIAN_FRONTEND=noninteractive dpkg -i /root/draftwatch.deb'
  look_at_roles
  check "with all that it knew" sh -c 'draftwatch drafts --all --json | grep -q "\"key\""'
  rm "$work/root/etc/draftwatch/portals.d/demo.toml"  # the admin's own file: it would be kept
  check "it is purged" dpkg -P draftwatch
  check "nothing is left of it" sh -c '! ls -d /var/lib/draftwatch /etc/draftwatch /usr/lib/draftwatch /usr/share/doc/draftwatch /lib/systemd/system/draftwatch* /etc/systemd/system/*/draftwatch* /run/systemd/units/*draftwatch* 2>/dev/null | grep .'
  check "systemd has no complaint" sh -c '! systemctl list-units --all --failed --no-legend --plain "draftwatch*" | grep .'
}

try_all() { install_it; read_a_portal; tell_people; keep; hurt; stop_it; upgrade; remove_it; }
