#!/usr/bin/env python3
"""Ends the alert role by SIGKILL at random instants while a mail server misbehaves, and counts: nothing may be lost, no copy may
exist outside the in-doubt window, and every copy must be the same bytes.

  kill_harness.py --prepare "alert_child make {state} {drafts} {subscribers}" --command "alert_child run {state} {port}"
                  --server .../faulty_smtp.py [--long] [--kills N] [--seed N] [--keep]

The commands are templates, so that any program that runs the passes on {state}/draftwatch.db can be put under test. The truth is
the server's ledger, written and synced before it answers. A copy is explained where the outbox counted the row in doubt, or where
the server took the message and then said "later" (451-after-accept). Exit 0: all held. 1: not. 77: no server program, skipped."""
import argparse
import collections
import json
import os
import pathlib
import random
import shlex
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

PLAN = ("mix:seed={seed},rcpt-tempfail=7,data-tempfail=3,mail-tempfail=3,421-mid=3,greet-tempfail=2,drop-before-354=2,drop-in-data=3,"
        "drop-after-data=6,drop-after-data-lost=3,rst-after-data=4,451-after-accept=3,slow-reply=2,hang-after-data=1,no-newline=1")


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prepare", required=True)
    parser.add_argument("--command", required=True)
    parser.add_argument("--server", required=True)
    parser.add_argument("--long", action="store_true", help="at least 200 kills over at least 1,000 alerts")
    parser.add_argument("--kills", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the state folder and print where it is")
    chosen = parser.parse_args()
    chosen.kills = chosen.kills or (200 if chosen.long else 30)
    chosen.drafts, chosen.subscribers = (25, 40) if chosen.long else (12, 12)
    return chosen


class Trial:
    def __init__(self, chosen):
        self.chosen = chosen
        self.random = random.Random(chosen.seed)
        self.state = pathlib.Path(tempfile.mkdtemp(prefix="draftwatch-kill-"))
        self.ledger = self.state / "ledger"
        self.ledger.touch()
        port_file = self.state / "port"
        self.server = subprocess.Popen([sys.executable, chosen.server, "--port", "0", "--port-file", port_file, "--ledger", self.ledger, "--slow",
                                        "0.1", "--plan", PLAN.format(seed=chosen.seed)])
        while not port_file.exists() or not port_file.read_text():
            time.sleep(0.02)
        self.port = port_file.read_text()
        self.kills = self.batches = 0

    def words(self, template):
        return shlex.split(template.format(state=self.state, port=self.port, drafts=self.chosen.drafts, subscribers=self.chosen.subscribers))

    def prepare(self):
        subprocess.run(self.words(self.chosen.prepare), check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.batches += 1

    def start(self):
        return subprocess.Popen(self.words(self.chosen.command), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def rows(self, sql):
        with sqlite3.connect(f"file:{self.state}/draftwatch.db?mode=ro", uri=True, timeout=10) as database:
            return database.execute(sql).fetchall()

    def done(self):
        return self.rows("SELECT (SELECT count(*) FROM event WHERE matched_at IS NULL AND silent = 0) + "
                         "(SELECT count(*) FROM alert WHERE message IS NULL AND dropped = '') + "
                         "(SELECT count(*) FROM message WHERE state IN ('pending', 'sending') AND channel = 'smtp')") == [(0,)]

    def kill_until_enough(self):
        self.prepare()
        while self.kills < self.chosen.kills:
            child = self.start()
            time.sleep(self.random.choice([0.02, 0.05, 0.1, 0.2, 0.3]) * (0.5 + self.random.random()))
            if child.poll() is not None:
                raise SystemExit(f"the program ended by itself with status {child.returncode}")
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
            self.kills += 1
            if self.done():
                self.prepare()

    def finish(self, patience):
        child = self.start()
        end = time.monotonic() + patience
        while not self.done() and time.monotonic() < end:
            time.sleep(0.1)
        finished = self.done()
        asked = time.monotonic()
        child.terminate()
        child.wait(timeout=20)
        return finished, time.monotonic() - asked

    def verdict(self, finished, stop_seconds):
        alerts = self.rows("SELECT count(*) FROM alert")[0][0]
        owed = self.chosen.drafts * self.chosen.subscribers * self.batches
        messages = {mid: (state, in_doubt) for mid, state, in_doubt in
                    self.rows("SELECT message_id, state, in_doubt FROM message WHERE channel = 'smtp'")}
        unlinked = self.rows("SELECT count(*) FROM alert a LEFT JOIN message m ON m.id = a.message WHERE m.id IS NULL")[0][0]
        taken = collections.defaultdict(list)
        for line in self.ledger.read_text().splitlines():
            copy = json.loads(line)
            taken[copy["mid"].strip("<>")].append(copy)
        lost = [mid for mid, (state, _) in messages.items() if state == "sent" and not taken[mid]]
        outside = extra = different = 0
        for mid, copies in taken.items():
            said_later = sum(copy["beh"] == "451-after-accept" for copy in copies)
            doubts = messages[mid][1] if mid in messages else 0
            extra += len(copies) - 1
            outside += max(0, len(copies) - 1 - said_later - doubts)
            different += len({copy["sha"] for copy in copies}) > 1
        return {"kills": self.kills, "alerts": alerts, "owed": owed, "messages": len(messages), "unlinked_alerts": unlinked,
                "accepted": sum(map(len, taken.values())), "lost": len(lost), "unknown": sum(mid not in messages for mid in taken),
                "states": collections.Counter(state for state, _ in messages.values()), "in_doubt": sum(d for _, d in messages.values()),
                "extra_copies": extra, "copies_outside_doubt": outside, "different_copies": different, "finished": finished,
                "integrity": self.rows("PRAGMA integrity_check")[0][0], "stop_seconds": round(stop_seconds, 2)}


def main():
    chosen = arguments()
    if not os.path.exists(chosen.server):
        print("SKIPPED: no faulty mail server at", chosen.server)
        return 77
    trial = Trial(chosen)
    try:
        trial.kill_until_enough()
        finished, stop_seconds = trial.finish(300 if chosen.long else 60)
        found = trial.verdict(finished, stop_seconds)
    finally:
        trial.server.kill()
        trial.server.wait()
    print(json.dumps(found))
    if chosen.keep:
        print("kept:", trial.state)
    else:
        for path in sorted(trial.state.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        trial.state.rmdir()
    good = (found["finished"] and found["alerts"] == found["owed"] == found["messages"] and found["states"] == {"sent": found["owed"]}
            and found["integrity"] == "ok" and found["stop_seconds"] < 20
            and not any(found[key] for key in ("unlinked_alerts", "lost", "unknown", "copies_outside_doubt", "different_copies")))
    print("held" if good else "NOT HELD")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
