#!/usr/bin/env python3
"""Files at most 500 lines, public headers at least a third comment is reviewed by people; here only the hard stops."""
import pathlib
import subprocess
import sys

MOST = 500
root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
names = subprocess.run(["git", "-C", root, "ls-files", "*.h", "*.cpp"], capture_output=True, text=True, check=True).stdout.split()
long = [(name, count) for name in names if (count := len((root / name).read_text(errors="replace").splitlines())) > MOST]
for name, count in long:
    print(f"{name}: {count} lines, more than {MOST}: split it by nouns")
print("sizes: ok" if not long else f"sizes: {len(long)} files are too long")
sys.exit(bool(long))
