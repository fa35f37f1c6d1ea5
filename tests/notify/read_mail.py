#!/usr/bin/env python3
"""Reads one mail with the standard library, checks what every mail must hold, prints headers and parts as JSON."""
import email
import email.policy
import json
import re
import sys

raw = open(sys.argv[1], "rb").read()
faults = []
if re.search(rb"(?<!\r)\n", raw) or re.search(rb"\r(?!\n)", raw):
    faults.append("a line end that is not CRLF")
if any(len(line) > 998 for line in raw.split(b"\r\n")):
    faults.append("a line longer than 998 bytes")
if any(byte > 126 or (byte < 32 and byte not in (9, 10, 13)) for byte in raw):
    faults.append("a byte that is not printable ASCII")
message = email.message_from_bytes(raw, policy=email.policy.default)
found = {}
for part in message.walk():
    faults += [str(defect) for defect in part.defects]
for name, value in message.items():
    faults += [f"{name}: {defect}" for defect in getattr(value, "defects", [])]
    if name.lower() in found:
        faults.append("twice: " + name)
    found[name.lower()] = str(value)
parts = list(message.iter_parts())
if [part.get_content_type() for part in parts] != ["text/plain", "text/html"]:
    faults.append("parts: " + ", ".join(part.get_content_type() for part in parts))
else:
    found["text"], found["html"] = (part.get_content() for part in parts)
found["recipients"] = ",".join(address.addr_spec for name in ("to", "cc", "bcc") for header in message.get_all(name, []) for address in header.addresses)
if faults:
    print("; ".join(faults))
    sys.exit(1)
print(json.dumps(found))
