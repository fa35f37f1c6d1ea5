#!/usr/bin/env python3
"""Prints of one bill that differ in nothing but their procedure report no change in substance.

usage: prints_check.py DRAFTWATCH FOLDER (holds hr1500-116/ and the uslm- sets); exit status 77: not here
"""
import json
import pathlib
import subprocess
import sys

PAIRS = [
    ("hr1500-116/3_BILLS-116hr1500eh.xml", "hr1500-116/4_BILLS-116hr1500rfs.xml", 0),
    ("uslm-h1037/1_h1037_eh.XML", "uslm-h1037/2_H1037_RFS.XML", 0),
    ("uslm-h264/1_h264_eh.XML", "uslm-h264/2_H264_PCS.XML", 0),
    ("uslm-hconres105/1_hc105_eh.XML", "uslm-hconres105/2_HC105_RDS.XML", 0),
    # The enrolled print has another head, and the long title nowhere: its words are really gone.
    ("uslm-hconres105/2_HC105_RDS.XML", "uslm-hconres105/3_hc105_enr.XML", 4),
    ("uslm-sconres13/1_SC13_ES.XML", "uslm-sconres13/2_SC13_ATS.XML", 0),
    ("uslm-sconres13/2_SC13_ATS.XML", "uslm-sconres13/3_SC13_RFH.XML", 0),
]


def main() -> int:
    tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    if not folder.exists():
        print(f"SKIPPED: {folder} is not here")
        return 77
    failed = 0
    for old, new, most in PAIRS:
        run = subprocess.run([tool, "text", "diff", "--json", "--lang", "en", folder / old, folder / new], capture_output=True, text=True)
        if run.returncode == 2:
            print(f"{old}: {run.stderr.strip()}")
            failed += 1
            continue
        real = [c for c in json.loads(run.stdout)["changes"] if c["class"] == "substantive"]
        print(f"{old} -> {new}: {len(real)} in substance (at most {most})")
        if len(real) > most:
            failed += 1
            for c in real:
                print(f"   {c['kind']} {c['old']} {c['new']} {(c['old_text'] or '')[:80]!r} -> {(c['new_text'] or '')[:80]!r}")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
