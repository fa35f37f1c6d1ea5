#!/usr/bin/env python3
"""The manual pages against the programs: every verb and every option of --help stands in its page, and no page names an option
that its program has not. manual_check.py DRAFTWATCH DRAFTWATCHD WORKER MAN_FOLDER"""
import pathlib
import re
import subprocess
import sys

OPTION = re.compile(r"--[a-z][a-z-]*")


def help_of(program, *verbs):
    done = subprocess.run([program, *verbs, "--help"], capture_output=True, text=True, check=False)
    # The worker knows no --help: it answers with the usage, after a line about the wrong word.
    return done.stdout + re.sub(r"^draftwatch-worker: .*", "", done.stderr)


def verbs_in(text):
    """Names under the heading of verbs; descriptions go on in columns to the right."""
    _, found, rest = text.partition("Subcommands:\n")
    return re.findall(r"^  ([a-z-]+)", rest, re.MULTILINE) if found else []


def walk(program, *path):
    """Every verb as its words, and every option of the program and its verbs."""
    text = help_of(program, *path)
    names, options = [], set(OPTION.findall(text))
    for verb in verbs_in(text):
        below, more = walk(program, *path, verb)
        names += below or [" ".join((*path, verb))]
        options |= more
    return names, options


def page(folder, name):
    """A manual page as its reader sees it, on one line."""
    text = (folder / name).read_text(encoding="utf-8")
    text = re.sub(r"\\f[BIRP]", "", text).replace(r"\-", "-").replace(r"\e", "\\")
    text = re.sub(r"^\.(B|I|BR|RB|BI|IB|RI|IR) ", "", text, flags=re.MULTILINE)
    return re.sub(r"\s+", " ", text.replace('"', ""))


def faults(program, folder, name):
    names, options = walk(program)
    text = page(folder, name)
    for verb in names:
        if not re.search(r"\b" + re.escape(verb) + r"\b", text):
            yield f"{name}: the verb '{verb}' is missing"
    written = set(OPTION.findall(text))
    for option in sorted(options - written):
        yield f"{name}: {option} is missing"
    for option in sorted(written - options):
        yield f"{name}: {option} is no option of the program"


def main():
    draftwatch, daemon, worker = sys.argv[1:4]
    folder = pathlib.Path(sys.argv[4])
    found = [*faults(draftwatch, folder, "draftwatch.1"), *faults(daemon, folder, "draftwatchd.8"),
             *faults(worker, folder, "draftwatch-worker.1")]
    if len(walk(draftwatch)[0]) < 20:
        found.append("the verbs of draftwatch --help were not understood")
    print("\n".join(found) or "manual pages: they say what the programs say")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
