#!/usr/bin/env python3
"""Write a C++ file that holds the bytes of files: embed.py SYMBOL DIR OUT FILE..."""
import pathlib
import sys

symbol, folder, out, names = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]), sys.argv[4:]


def literal(data: bytes) -> str:
    """A C++ string literal of any bytes, three-digit octal escapes so that nothing runs together."""
    lines, line = [], ""
    for byte in data:
        char = chr(byte)
        if char in '"\\' or byte < 32 or byte > 126 or char == "?":
            line += f"\\{byte:03o}"
        else:
            line += char
        if byte == 10 or len(line) > 110:
            lines.append(line)
            line = ""
    lines.append(line)
    return "\n".join(f'    "{part}"' for part in lines)


parts = ['#include "base/embedded.h"', "", "namespace draftwatch::embedded {", f"const base::Embedded& {symbol}();",
         f"const base::Embedded& {symbol}() {{", "  static const base::Embedded files{"]
for name in sorted(names):
    data = (folder / name).read_bytes()
    parts.append(f'      {{"{name}", std::string_view(\n{literal(data)},\n          {len(data)})}},')
parts += ["  };", "  return files;", "}", "}  // namespace draftwatch::embedded", ""]
out.write_text("\n".join(parts))
