#!/usr/bin/env python3
"""tidy_todo.py CACHE COMMANDS FILE...: prints "FILE STAMP" for each file that is not known to be clean.

COMMANDS is the build's compile_commands.json: what is not compiled here (an optional library is missing) cannot be looked at, and
that is said.

A stamp is named by the content of the file, of every header of ours that it includes (however deep) and of the list
of checks. The file STAMP exists where that content was clean before.
"""
import hashlib
import json
import pathlib
import re
import sys

INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.M)
digests: dict[str, str] = {}
includes: dict[str, list[str]] = {}


def read(name: str) -> None:
    """Remembers digest and includes of one file; what is not a file of ours counts as empty."""
    if name in digests:
        return
    path = pathlib.Path(name)
    data = path.read_bytes() if path.is_file() else b""
    digests[name] = hashlib.sha256(data).hexdigest()
    includes[name] = INCLUDE.findall(data.decode(errors="replace"))


def closure(name: str) -> list[str]:
    """The file and all that it includes, sorted."""
    seen, todo = set(), [name]
    while todo:
        one = todo.pop()
        if one in seen:
            continue
        seen.add(one)
        read(one)
        todo += includes[one]
    return sorted(seen)


cache = pathlib.Path(sys.argv[1])
checks = hashlib.sha256(pathlib.Path(".clang-tidy").read_bytes()).hexdigest()
root = pathlib.Path.cwd()
compiled = {pathlib.Path(one["directory"], one["file"]).resolve() for one in json.loads(pathlib.Path(sys.argv[2]).read_text())}
for file in sys.argv[3:]:
    if (root / file).resolve() not in compiled:
        print(f"clang-tidy: SKIPPED {file}: not compiled here", file=sys.stderr)
        continue
    key = hashlib.sha256("".join([checks, *(digests[one] for one in closure(file))]).encode()).hexdigest()[:40]
    if not (cache / key).exists():
        print(file, cache / key)
