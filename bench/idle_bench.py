#!/usr/bin/env python3
"""Memory of the daemon at rest: proportional set size (PSS) of all roles and their supervisor together, after the demo portal was read
and its workers are gone. The goal is 60 MB.

  idle_bench.py [--bin build/release/bin] [--seconds N]"""
import argparse
import os
import pathlib
import re
import subprocess
import tempfile
import time

from bench import report

GOAL_MB = 60
ROOT = pathlib.Path(__file__).resolve().parents[1]


def pss_mb(pid):
    text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+) kB", text, re.M).group(1)) / 1024


def children(pid):
    out = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                out.append(int(entry.name))
        except OSError:
            pass
    return out


def role(pid):
    words = pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return words[words.index("--role") + 1] if "--role" in words else "?"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build" / "release" / "bin")
    parser.add_argument("--seconds", type=float, default=20)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="draftwatch-idle-") as state:
        daemon = subprocess.Popen([chosen.bin / "draftwatchd", "--demo", "--demo-speed", "1"], env=dict(os.environ, DRAFTWATCH_STATE=state),
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(chosen.seconds)
            roles = {role(pid): pid for pid in children(daemon.pid)}
            if set(roles) != {"track", "alert", "web"}:
                raise SystemExit(f"idle_bench: these roles run: {sorted(roles)}")
            sizes = {name: pss_mb(pid) for name, pid in roles.items()}
            for name, size in sorted(sizes.items()):
                report("idle", f"PSS of {name}", size, "MB")
            # The supervisor holds the demo portal here; an installation has the service manager instead.
            report("idle", "PSS of supervisor with the demo portal", pss_mb(daemon.pid), "MB")
            report("idle", "PSS of all roles together", sum(sizes.values()), "MB", f"goal: {GOAL_MB} MB", GOAL_MB)
        finally:
            daemon.terminate()
            daemon.wait()


if __name__ == "__main__":
    main()
