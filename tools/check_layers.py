#!/usr/bin/env python3
"""The layering table, executed: which folder may include which, and where a library may appear. Exit 1 on a fault."""
import pathlib
import re
import sys

# Folder -> the folders that it may include besides itself. The longest matching folder owns a file.
LAYERS = {
    "base": set(),
    "model": {"base"},
    "text": {"base"},
    "plugins/sdk": set(),
    "plugins": {"plugins/sdk"},
    "config": {"base"},
    "fetch": {"base"},
    "sandbox": {"base"},                                # the daemon's side: spawns, limits, validates bytes
    "sandbox/worker": {"base", "plugins/sdk", "sandbox", "sandbox/extract"},
    "sandbox/extract": {"base", "text"},
    "storage": {"base", "model"},
    "tracker": {"base", "model", "text", "fetch", "sandbox", "storage"},
    "notify": {"base", "model", "text", "storage"},
    "web": {"base", "model", "text", "storage"},
    "demo": {"base"},
}
ROOTS = {"cli", "daemon", "tests", "bench", "fuzz"}  # they put the parts together and hold no rules

# Start of an include -> the folders where it belongs.
ONLY_IN = {
    "sqlite3.h": {"storage"},
    "curl/": {"fetch", "notify"},
    "openssl/": {"base", "fetch"},
    "gumbo.h": {"plugins/sdk", "sandbox/extract"},
    "pugixml.hpp": {"plugins/sdk", "sandbox/extract"},
    "zip.h": {"sandbox/extract"},
    "poppler/": {"sandbox/extract"},
    "tesseract/": {"sandbox/worker"},
    "boost/dll": {"sandbox/worker"},
    "boost/beast": {"web", "demo"},
    "boost/asio": {"web", "demo"},
    "sodium.h": {"base"},
    "gmime/": {"notify"},
    "date/tz.h": {"base"},
    "toml++/": {"config", "text", "demo"},
    "CLI/": {"cli", "daemon", "demo"},
}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^">]+)[>"]')


def home(path: str) -> str:
    """The folder of the table that owns a path, or the first part of the path."""
    owners = [folder for folder in LAYERS if path.startswith(folder + "/")]
    return max(owners, key=len) if owners else path.split("/")[0]


def faults(root: pathlib.Path):
    """One line a fault: file, line number, what is wrong."""
    folders = {*LAYERS, *ROOTS}
    for path in sorted({p for f in folders for p in (root / f).rglob("*.[hc]*") if p.is_file()}):
        name = path.relative_to(root).as_posix()
        here = home(name)
        if here in ("tests", "bench", "fuzz"):
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            target = match[2]
            there = home(target)
            if match[1] == '"' and here not in ROOTS and there not in LAYERS[here] | {here}:
                yield f"{name}:{number}: {here} may not include {target}"
            for prefix, homes in ONLY_IN.items():
                if target.startswith(prefix) and here not in homes:
                    yield f"{name}:{number}: {target} belongs in {' or '.join(sorted(homes))}"


if __name__ == "__main__":
    found = list(faults(pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
    print("\n".join(found) or "layers: ok")
    sys.exit(bool(found))
