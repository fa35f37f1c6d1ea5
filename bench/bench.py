"""The frame of the benches in Python: one JSON line a result, the same form as bench.h."""
import json
import math


def number(value):
    return None if value is None or not math.isfinite(value) else float(f"{value:.6g}")


def report(bench, case, value, unit, peer=None, peer_value=None):
    """Prints one result. ratio = value / peer_value: smaller is better for times and memory."""
    ratio = number(value / peer_value) if peer_value else None
    print(json.dumps({"bench": bench, "case": case, "peer": peer, "peer_value": number(peer_value), "ratio": ratio, "unit": unit,
                      "value": number(value)}, sort_keys=True, ensure_ascii=False, separators=(",", ":")), flush=True)
