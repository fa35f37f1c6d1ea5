#!/usr/bin/env python3
"""A first crawl of about 1,000 pages of one demo portal: CPU a page (user + system, children included) of `draftwatch run --once`, with
a jailed worker for every page and a durable commit of every draft, against Scrapy, which has neither, in the same run.

  crawl_bench.py [--bin build/release/bin] [--pages N] [--kb N] [--rounds N]

Both read the lists, the cards and the few papers, one connection, honouring robots.txt, without a pause. The rounds alternate; the
median counts. Scrapy is Debian's (python3-scrapy); without it only our figure is printed."""
import argparse
import json
import os
import pathlib
import resource
import statistics
import subprocess
import sys
import tempfile

from bench import report

ROOT = pathlib.Path(__file__).resolve().parents[1]
PYTHON = "/usr/bin/python3"  # Debian's, whatever else is in the path
PER_LIST = 5  # cards that a list page of the demo portal shows


def cpu_of(words, **options):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(words, capture_output=True, text=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ours(chosen, address, folder):
    source = (ROOT / "config" / "portals.d" / "demo.toml").read_text().replace("127.0.0.1:8088", address)
    source = source.replace("max_pages = 5", "max_pages = 1000").replace('"10s"', '"1h"').replace('"30s"', '"1h"')
    (folder / "portals.d").mkdir()
    (folder / "portals.d" / "demo.toml").write_text(source)
    config = folder / "draftwatch.toml"
    config.write_text(f'[state]\ndir = "{folder}/state"\n[portals]\ndir = "{folder}/portals.d"\n[net]\nallow = ["{address}"]\n[log]\nlevel = "error"\n')
    done, cpu = cpu_of([chosen.bin / "draftwatch", "--config", config, "run", "--once", "--no-mail", "--json"])
    counts = json.loads(done.stdout)
    if counts.get("failed") or counts["drafts"] < chosen.pages * 4 // 5:
        raise SystemExit(f"crawl_bench: our crawl is not whole: {done.stdout} {done.stderr}")
    return counts["fetched"], cpu


def scrapy(address, folder):
    done, cpu = cpu_of([PYTHON, "-m", "scrapy", "runspider", ROOT / "bench" / "crawl_spider.py", "-a", f"start=http://{address}/ru/drafts",
                        "-O", folder / "drafts.jsonl"], cwd=folder, env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
    if done.returncode != 0:
        raise SystemExit("crawl_bench: scrapy failed: " + done.stderr)
    return sum(1 for _ in open(folder / "drafts.jsonl")), cpu


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build" / "release" / "bin")
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--kb", type=int, default=20, help="kilobytes of text of a draft")
    parser.add_argument("--rounds", type=int, default=3)
    chosen = parser.parse_args()
    fill = chosen.pages * PER_LIST // (PER_LIST + 1)
    portal = subprocess.Popen([chosen.bin / "draftwatch-demo-portal", "--port", "0", "--speed", "1", "--fill", str(fill), "--fill-kb", str(chosen.kb)],
                              stdout=subprocess.PIPE, text=True)
    us, them = [], []
    try:
        address = portal.stdout.readline().split("//")[1].split("/")[0]
        with_scrapy = subprocess.run([PYTHON, "-c", "import scrapy"], capture_output=True).returncode == 0
        for _ in range(chosen.rounds):
            with tempfile.TemporaryDirectory(prefix="draftwatch-crawl-") as name:
                fetched, cpu = ours(chosen, address, pathlib.Path(name))
                us.append(cpu / fetched * 1000)
                print(f"crawl_bench: ours {fetched} pages, {cpu:.2f} s of CPU", file=sys.stderr)
                if with_scrapy:
                    items, cpu = scrapy(address, pathlib.Path(name))
                    # Its items are cards and papers; the lists were read too.
                    them.append(cpu / fetched * 1000)
                    print(f"crawl_bench: scrapy {items} items, {cpu:.2f} s of CPU", file=sys.stderr)
    finally:
        portal.terminate()
        portal.wait()
    if not them:
        print("crawl_bench: SKIPPED the peer: apt-get install python3-scrapy", file=sys.stderr)
    report("crawl", f"new page of {chosen.kb} KB, jailed and committed: CPU", statistics.median(us), "ms", "scrapy, neither jailed nor committed",
           statistics.median(them) if them else None)


if __name__ == "__main__":
    main()
