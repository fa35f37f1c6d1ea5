#!/usr/bin/env python3
"""Ends the alert role by SIGKILL at random instants while a mail server misbehaves, and counts: nothing may be lost, no copy may
exist outside the in-doubt window, and every copy must be the same bytes.

  alert_harness.py --prepare "alert_child make {state} {drafts} {subscribers}" --command "alert_child run {state} {port}"
                   [--server FILE] [--long] [--kills N] [--seed N] [--keep]

The commands are templates, so that any program that runs the passes on {state}/draftwatch.db can be put under test. The truth is
the server's ledger, written and synced before it answers. A copy is explained where the outbox counted the row in doubt, or where
the server took the message and then said "later" (451-after-accept). Exit 0: all held. 1: not. 77: no server program, skipped."""
import argparse
import json
import os
import pathlib
import random
import shlex
import signal
import subprocess
import sys
import tempfile
import time

import mail_ledger


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--prepare", required=True)
    parser.add_argument("--command", required=True)
    parser.add_argument("--server", type=pathlib.Path, default=mail_ledger.faulty_server())
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
        self.server = mail_ledger.MailServer(chosen.server, self.state, chosen.seed)
        self.kills = self.batches = 0

    def words(self, template):
        return shlex.split(template.format(state=self.state, port=self.server.port, drafts=self.chosen.drafts, subscribers=self.chosen.subscribers))

    def prepare(self):
        subprocess.run(self.words(self.chosen.prepare), check=True, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self.batches += 1

    def start(self):
        return subprocess.Popen(self.words(self.chosen.command), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def database(self):
        return self.state / "draftwatch.db"

    def done(self):
        return mail_ledger.rows(self.database, "SELECT (SELECT count(*) FROM event WHERE matched_at IS NULL AND silent = 0) + "
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
        return {"kills": self.kills, "owed": self.chosen.drafts * self.chosen.subscribers * self.batches, "finished": finished,
                "stop_seconds": round(stop_seconds, 2), **mail_ledger.judge(self.database, self.server)}


def main():
    chosen = arguments()
    if not os.path.exists(chosen.server):
        print("SKIPPED: no faulty mail server at", chosen.server)
        return mail_ledger.SKIPPED
    trial = Trial(chosen)
    try:
        trial.kill_until_enough()
        finished, stop_seconds = trial.finish(300 if chosen.long else 60)
        found = trial.verdict(finished, stop_seconds)
    finally:
        trial.server.stop()
    print(json.dumps(found))
    if chosen.keep:
        print("kept:", trial.state)
    else:
        mail_ledger.remove(trial.state)
    good = (found["finished"] and found["alerts"] == found["owed"] == found["messages"] and found["integrity"] == "ok"
            and found["stop_seconds"] < 20 and not any(found[key] for key in mail_ledger.FAULTS))
    print("held" if good else "NOT HELD")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
