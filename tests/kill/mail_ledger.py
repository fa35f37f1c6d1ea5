"""A mail server that misbehaves, and the judgement of what it took against what the outbox says. Shared by the kill harnesses.

The truth is the server's ledger: a line an accepted message, synced before the server answers. A copy is explained where the outbox
counted the row in doubt (a process died, or the connection broke, after the message may have been taken), or where the server took
the message and then said "later" (451-after-accept), which no client can know."""
import collections
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import time

PLAN = ("mix:seed={seed},rcpt-tempfail=7,data-tempfail=3,mail-tempfail=3,421-mid=3,greet-tempfail=2,drop-before-354=2,drop-in-data=3,"
        "drop-after-data=6,drop-after-data-lost=3,rst-after-data=4,451-after-accept=3,slow-reply=2,hang-after-data=1,no-newline=1")
SKIPPED = 77


def faulty_server():
    """The program, from $DRAFTWATCH_FAULTS or beside the checkout; it may be absent."""
    beside = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "faults"
    return pathlib.Path(os.environ.get("DRAFTWATCH_FAULTS") or beside) / "faulty_smtp.py"


class MailServer:
    def __init__(self, program, folder, seed):
        self.ledger = folder / "ledger"
        self.ledger.touch()
        port_file = folder / "smtp-port"
        self.process = subprocess.Popen([sys.executable, program, "--port", "0", "--port-file", port_file, "--ledger", self.ledger, "--slow",
                                         "0.1", "--plan", PLAN.format(seed=seed)])
        while not port_file.exists() or not port_file.read_text():
            if self.process.poll() is not None:
                raise SystemExit(f"{program} ended with status {self.process.returncode}")
            time.sleep(0.02)
        self.port = port_file.read_text().strip()

    def taken(self):
        """Accepted copies by Message-ID, in order."""
        copies = collections.defaultdict(list)
        for line in self.ledger.read_text().splitlines():
            copy = json.loads(line)
            copies[copy["mid"].strip("<>")].append(copy)
        return copies

    def stop(self):
        self.process.kill()
        self.process.wait()


def rows(file, sql):
    database = sqlite3.connect(f"file:{file}?mode=ro", uri=True, timeout=10)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


def judge(file, server):
    """The figures of one run; every one of FAULTS must be 0."""
    messages = {mid: (state, in_doubt) for mid, state, in_doubt in
                rows(file, "SELECT message_id, state, in_doubt FROM message WHERE channel = 'smtp'")}
    taken = server.taken()
    outside = extra = different = 0
    for mid, copies in taken.items():
        said_later = sum(copy["beh"] == "451-after-accept" for copy in copies)
        doubts = messages[mid][1] if mid in messages else 0
        extra += len(copies) - 1
        outside += max(0, len(copies) - 1 - said_later - doubts)
        different += len({copy["sha"] for copy in copies}) > 1
    return {"alerts": rows(file, "SELECT count(*) FROM alert")[0][0], "messages": len(messages),
            "states": dict(collections.Counter(state for state, _ in messages.values())), "accepted": sum(map(len, taken.values())),
            "in_doubt": sum(doubts for _, doubts in messages.values()), "extra_copies": extra,
            "unlinked_alerts": rows(file, "SELECT count(*) FROM alert a LEFT JOIN message m ON m.id = a.message WHERE m.id IS NULL")[0][0],
            "lost": sum(state == "sent" and not taken.get(mid) for mid, (state, _) in messages.items()),
            "not_sent": sum(state != "sent" for state, _ in messages.values()),
            "unknown": sum(mid not in messages for mid in taken), "copies_outside_doubt": outside, "different_copies": different,
            "integrity": rows(file, "PRAGMA integrity_check")[0][0]}


FAULTS = ("unlinked_alerts", "lost", "not_sent", "unknown", "copies_outside_doubt", "different_copies")


def remove(folder):
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    folder.rmdir()
