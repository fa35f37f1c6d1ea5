#!/usr/bin/env python3
"""Ends the roles of draftwatchd (track, alert, web) by SIGKILL at random instants while the demo portal plays its month and a mail
server misbehaves; starts each again at once, as a service manager does. Then everything may settle, and it counts.

  kill_harness.py [--bin build/dev/bin] [--long] [--kills N] [--seed N] [--keep]

What must hold, whatever was killed when:
- drafts: every draft that the portal posted is in the database; each that was posted under our eyes has its event "appeared", once;
- alerts: every event that is not silent made one alert for every subscriber who was there before it, and each alert has a message;
- mails: every message is sent and in the server's ledger; no copy outside the in-doubt window; copies are the same bytes;
- requests: whoever was told on the pages that a mail is on its way has got one;
- the database is whole, `draftwatch verify` recomputes its hash chain, no worker outlives its role, and SIGTERM ends every role in 20 s.
Exit 0: all held. 1: not. 77: no faulty mail server here, skipped."""
import argparse
import json
import os
import pathlib
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

import mail_ledger

ROOT = pathlib.Path(__file__).resolve().parents[2]
ROLES = ("track", "alert", "web")
WEIGHTS = (4, 5, 1)  # most of what could break is in the first two
MONTH = 31 * 86400


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build" / "dev" / "bin")
    parser.add_argument("--long", action="store_true", help="at least 200 kills over at least 1,000 alerts")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the state folder and print where it is")
    chosen = parser.parse_args()
    chosen.kills = chosen.kills or (200 if chosen.long else 20)
    # Seconds in which the month is played, portals, subscribers, and the longest time to settle.
    chosen.month, chosen.portals, chosen.subscribers, chosen.patience = (200, 2, 30, 400) if chosen.long else (18, 1, 6, 90)
    return chosen


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Installation:
    """A configuration, its portals, its mail server, and the three roles."""

    def __init__(self, chosen):
        self.chosen = chosen
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="draftwatch-kill-"))
        self.database = self.folder / "state" / "draftwatch.db"
        self.server = mail_ledger.MailServer(mail_ledger.faulty_server(), self.folder, chosen.seed)
        self.portals, self.roles = [], {}
        self.web = f"127.0.0.1:{free_port()}"
        self.log = open(self.folder / "log", "w")
        self.config = self.folder / "draftwatch.toml"
        (self.folder / "portals.d").mkdir()
        self.write_config([])

    def write_config(self, allowed):
        allowed = [f"127.0.0.1:{self.server.port}", *allowed]
        self.config.write_text(f"""
[state]
dir = "{self.folder}/state"
[portals]
dir = "{self.folder}/portals.d"
[net]
allow = {json.dumps(allowed)}
timeout = "10s"
[web]
listen = "{self.web}"
base_url = "http://{self.web}"
[mail]
channel = "smtp"
from = "draftwatch@example.org"
[smtp]
host = "127.0.0.1"
port = {self.server.port}
security = "none"
reply_timeout = "1s"
retry_first = "1s"
retry_longest = "2s"
""")

    def play(self):
        """Starts the portals: their month begins now."""
        speed = MONTH // self.chosen.month
        shipped = (ROOT / "config" / "portals.d" / "demo.toml").read_text()
        allowed = []
        for number in range(self.chosen.portals):
            portal = subprocess.Popen([self.chosen.bin / "draftwatch-demo-portal", "--port", "0", "--speed", str(speed)], stdout=subprocess.PIPE,
                                      stderr=self.log, text=True)
            address = portal.stdout.readline().strip().split("//")[1].split("/")[0]
            self.portals.append(portal)
            allowed.append(address)
            source = shipped.replace("127.0.0.1:8088", address).replace('id = "demo"', f'id = "demo{number}"')
            source = source.replace('"10s"', '"1s"').replace('"30s"', '"2s"')
            (self.folder / "portals.d" / f"demo{number}.toml").write_text(source)
        self.write_config(allowed)

    def start(self, role):
        self.roles[role] = subprocess.Popen([self.chosen.bin / "draftwatchd", "--config", self.config, "--role", role], start_new_session=True,
                                            stdout=self.log, stderr=self.log)

    def draftwatch(self, *words):
        return subprocess.run([self.chosen.bin / "draftwatch", "--config", self.config, *words], capture_output=True, text=True)

    def rows(self, sql):
        return mail_ledger.rows(self.database, sql)

    def wait(self, what, seconds, reached):
        end = time.monotonic() + seconds
        while not reached():
            for role, process in self.roles.items():
                if process.poll() is not None:
                    raise SystemExit(f"{role} ended by itself with status {process.returncode}; see {self.folder}/log")
            if time.monotonic() > end:
                return f"not reached in {seconds} s: {what}"
            time.sleep(0.1)
        return ""

    def close(self):
        for process in [*self.roles.values(), *self.portals]:
            if process.poll() is None:
                process.kill()
                process.wait()
        self.server.stop()


def subscribe_on_the_pages(site, number, accepted):
    """A person's request while roles die. Only an answer that was read to its end is a promise."""
    form = urllib.parse.urlencode({"address": f"visitor{number}@example.org", "frequency": "immediately", "language": "en"}).encode()
    request = urllib.request.Request(f"http://{site.web}/subscribe", form, {"Origin": f"http://{site.web}"})
    try:
        with urllib.request.urlopen(request, timeout=2) as answer:
            if b'name="address"' not in answer.read():
                accepted.append(f"visitor{number}@example.org")
    except (OSError, urllib.error.URLError):
        pass
    except Exception as cut_short:  # http.client's own errors: the answer broke off
        if "http.client" not in type(cut_short).__module__:
            raise


def prepare(site):
    """The subscribers first, so that everything after the baseline concerns all of them."""
    for number in range(site.chosen.subscribers):
        done = site.draftwatch("subscribe", f"reader{number}@example.org", "--confirmed", "--frequency", "immediately", "--language", "en")
        if done.returncode != 0:
            raise SystemExit(done.stderr)
    site.start("alert")
    wanted = [(site.chosen.subscribers,)]
    late = site.wait("subscribers are active", 60, lambda: site.rows("SELECT count(*) FROM subscription WHERE confirmed IS NOT NULL") == wanted)
    if late:
        raise SystemExit(late)


def kill_until_enough(site, chance):
    """Returns how often each role was killed, and the addresses that were promised a mail."""
    for role in ("track", "web"):
        site.start(role)
    kills, accepted, begin = dict.fromkeys(ROLES, 0), [], time.monotonic()
    pause = site.chosen.month / site.chosen.kills
    while sum(kills.values()) < site.chosen.kills or time.monotonic() - begin < site.chosen.month:
        # From "just started" to "deep in its work", on the average so that the kills last the month.
        time.sleep(min(chance.expovariate(1 / pause), 4 * pause))
        if chance.random() < 0.2:
            subscribe_on_the_pages(site, sum(kills.values()), accepted)
        role = chance.choices(ROLES, WEIGHTS)[0]
        process = site.roles[role]
        if process.poll() is not None:
            raise SystemExit(f"{role} ended by itself with status {process.returncode}; see {site.folder}/log")
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills[role] += 1
        site.start(role)
    return kills, accepted


def posted(site):
    """Keys that the portals posted and that are still to be seen there."""
    words = [line.split(maxsplit=2) for line in subprocess.run([site.chosen.bin / "draftwatch-demo-portal", "--list"], check=True, capture_output=True,
                                                                text=True).stdout.splitlines()]
    return {key for _, key, what in words if key != "(portal)"}


def settle(site):
    keys = posted(site) if site.chosen.portals else set()
    wanted = len(keys) * site.chosen.portals
    late = site.wait(f"{wanted} drafts", site.chosen.patience, lambda: site.rows("SELECT count(*) FROM draft WHERE announced = 1")[0][0] >= wanted)
    time.sleep(4)  # the last poll of a portal that stands still now, and a round of the alert role
    open_work = ("SELECT (SELECT count(*) FROM event WHERE matched_at IS NULL AND silent = 0) + (SELECT count(*) FROM request WHERE handled_at IS NULL) "
                 "+ (SELECT count(*) FROM alert WHERE message IS NULL AND dropped = '') + (SELECT count(*) FROM message WHERE state IN ('pending', 'sending'))")
    return late or site.wait("an empty outbox", site.chosen.patience, lambda: site.rows(open_work) == [(0,)])


def stop_all(site):
    begin = time.monotonic()
    for process in site.roles.values():
        process.terminate()
    statuses = {}
    for role, process in site.roles.items():
        try:
            statuses[role] = process.wait(timeout=25)
        except subprocess.TimeoutExpired:
            statuses[role] = "still running"
    return time.monotonic() - begin, statuses


def left_over_workers(site):
    """Workers of this run that nobody waits for any more."""
    found = 0
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "cmdline").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError):
            continue
        found += words[0] == bytes(site.chosen.bin / "draftwatch-worker") and parent == 1
    return found


def judge(site, accepted):
    keys = posted(site)
    found = {(source, key) for source, key in site.rows("SELECT source, key FROM draft")}
    missing = {(f"demo{n}", key) for n in range(site.chosen.portals) for key in keys} - found
    untold = site.rows("SELECT count(*) FROM draft d WHERE baseline = 0 AND 1 != (SELECT count(*) FROM event e WHERE e.draft = d.id AND e.kind = 'appeared')")
    # Subscriptions of the operator were all there before the first event; those of visitors came later and unconfirmed.
    owed = site.rows("SELECT count(*) FROM event WHERE silent = 0")[0][0] * site.chosen.subscribers
    written = {copy["rcpt"][0].split("<")[-1].split(">")[0] for copies in site.server.taken().values() for copy in copies}
    verified = site.draftwatch("verify")
    return {"events": site.rows("SELECT count(*) FROM event WHERE silent = 0")[0][0], "owed": owed, "drafts": len(found),
            "versions": site.rows("SELECT count(*) FROM version")[0][0], "missing_drafts": len(missing), "untold_drafts": untold[0][0],
            "promised_on_pages": len(accepted), "broken_promises": len(set(accepted) - written),
            "quarantined": site.rows("SELECT count(*) FROM worker_run WHERE quarantined_until IS NOT NULL")[0][0],
            "chain": verified.stdout.splitlines()[0] if verified.returncode == 0 else verified.stderr.strip(),
            "chain_broken": int(verified.returncode != 0), "workers_left": left_over_workers(site),
            **mail_ledger.judge(site.database, site.server)}


def holds(found):
    none = (*mail_ledger.FAULTS, "missing_drafts", "untold_drafts", "broken_promises", "chain_broken", "workers_left")
    return (found["late"] == "" and found["alerts"] == found["owed"] > 0 and found["integrity"] == "ok" and found["stop_seconds"] < 20
            and set(found["stop_status"].values()) == {0} and not any(found[key] for key in none))


def main():
    chosen = arguments()
    if not mail_ledger.faulty_server().exists():
        print("SKIPPED: no faulty mail server at", mail_ledger.faulty_server())
        return mail_ledger.SKIPPED
    chosen.bin = chosen.bin.resolve()
    site = Installation(chosen)
    found = {}
    try:
        prepare(site)
        site.play()
        kills, accepted = kill_until_enough(site, random.Random(chosen.seed))
        found = {"kills": sum(kills.values()), "killed": kills, "late": settle(site)}
        found["stop_seconds"], found["stop_status"] = stop_all(site)
        found |= judge(site, accepted)
    finally:
        site.close()
        if chosen.keep or not found or not holds(found):
            print("kept:", site.folder)
        else:
            mail_ledger.remove(site.folder)
    print(json.dumps(found))
    print("held" if holds(found) else "NOT HELD")
    return 0 if holds(found) else 1


if __name__ == "__main__":
    sys.exit(main())
