#!/usr/bin/env python3
"""Every verb of the program from outside, on two days of the demo portal: exit statuses, JSON as docs/cli.md promises, words for people,
and errors that name the thing.

usage: verbs_check.py BIN_FOLDER SOURCE_FOLDER
"""
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request
import zipfile

import jsonschema

BIN, SOURCE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
NOW = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
MONDAY, THURSDAY = ((NOW - datetime.timedelta(hours=h)).strftime("%Y-%m-%dT%H:%M:%SZ") for h in (66, 0))  # the portal's first day, and today
failures = []


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED: " + what)


class House:
    def __init__(self, folder, address):
        self.folder, self.address = folder, address
        (folder / "portals.d").mkdir()
        source = (SOURCE / "config/portals.d/demo.toml").read_text().replace("127.0.0.1:8088", address)
        (folder / "portals.d/demo.toml").write_text(source)
        self.config = folder / "draftwatch.toml"
        self.config.write_text(f'[state]\ndir = "{folder}/state"\n[portals]\ndir = "{folder}/portals.d"\n[net]\nallow = ["{address}"]\n')

    def run(self, *words):
        return subprocess.run([BIN / "draftwatch", "--config", self.config, *words], capture_output=True, text=True, timeout=120)

    def json(self, *words, status=0):
        done = self.run(*words, "--json")
        check(done.returncode == status, f"{words} --json ends with {done.returncode}, not {status}: {done.stderr}")
        try:
            return json.loads(done.stdout)
        except json.JSONDecodeError as wrong:
            check(False, f"{words} --json prints no JSON: {wrong}: {done.stdout[:200]!r}")
            return {}

    def says(self, *words, status=0, has=()):
        done = self.run(*words)
        check(done.returncode == status, f"{words} ends with {done.returncode}, not {status}: {done.stderr}")
        for text in has:
            check(text in done.stdout, f"{words} does not say {text!r}: {done.stdout[:400]!r}")
        check("\x1b" not in done.stdout + done.stderr, f"{words} writes colours or movements though nothing is a terminal")

    def refuses(self, *words, has=()):
        done = self.run(*words)
        check(done.returncode == 2, f"{words} ends with {done.returncode}, not 2")
        check(done.stdout == "", f"{words} fails and prints on stdout: {done.stdout[:100]!r}")
        for text in has:
            check(text in done.stderr, f"{words} does not name {text!r}: {done.stderr!r}")

    def round(self, instant, status=0):
        urllib.request.urlopen(f"http://{self.address}/clock?set={instant}").read()
        return self.json("run", "--once", "--now", instant, status=status)


def documented(name):
    """The keys that docs/cli.md gives for an answer of that name."""
    text = (SOURCE / "docs/cli.md").read_text()
    found = re.search(rf"`{name}`: `([^`]+)`", text, re.S)
    return set(re.findall(r"[a-z_]{2,}", re.sub(r"\[.*?\]", "", found.group(1)))) if found else set()


def read(house):
    first = house.round(MONDAY)
    check(first["drafts"] >= 4 and first["loud_events"] == 0, f"the first round is a baseline: {first}")
    check(documented("run") <= set(first), f"run lacks {documented('run') - set(first)}")
    house.says("subscribe", "aijan@ngo.example", "вода OR воду, тариф", "--confirmed")
    house.says("subscribe", "bolot@ngo.example", "информация", "--confirmed")
    second = house.round(THURSDAY)
    check(second["loud_events"] >= 3 and second["mails"] >= 2, f"three days later there is news and mail: {second}")
    again = house.round(THURSDAY)
    check(again["events"] == 0 and again["mails"] == 0, f"a second round at the same instant does nothing: {again}")


def drafts(house):
    listed = house.json("drafts")
    check([d["draft"] for d in listed] and all(d["window"] for d in listed), "drafts lists the open ones with their windows")
    closes = [d["window"]["closes"] for d in listed if d["window"]["closes"]]
    check(closes == sorted(closes), f"the nearest deadline comes first: {closes}")
    promised = set(re.findall(r'"([a-z_]+)"', re.search(r"\{\"draft\".*?\}\}", (SOURCE / "docs/cli.md").read_text(), re.S).group(0)))
    for draft in listed:
        there = set(draft) | set(draft["window"])
        check(promised <= there, f"{draft['draft']} lacks {promised - there}")
    check(len(house.json("drafts", "--all")) > len(listed), "drafts --all has closed ones too")
    check(house.json("drafts", "--country", "xx") == [], "no draft of another country")
    house.says("drafts", has=["demo:m-103"])
    shown = house.json("history", "demo:m-102")
    kinds = [event["kind"] for event in shown["events"]]
    check(kinds == ["appeared", "text_replaced"], f"the swap of the text is in the history: {kinds}")
    check([len(d["versions"]) for d in shown["documents"]] == [2], "with both versions")
    house.says("history", "demo:m-102", has=["text_replaced", "appeared (silent)"])
    house.says("show", "demo:m-102", has=["closes", "Asia/Bishkek"])
    check([d["draft"] for d in house.json("search", "питьевой", "воды")] == ["demo:m-102"], "search finds other forms of the words")
    check(house.json("search", "рыболовство", status=1) == [], "and says with its status that nothing was found")
    house.refuses("show", "demo:no", has=["demo:no", "draftwatch search"])
    house.refuses("show", "nonsense", has=["source:key"])


def differences(house):
    schema = json.loads((SOURCE / "docs/schema/diff.schema.json").read_text())
    for words in (("demo:m-102",), ("demo:zh-3417", "--with", "demo:m-102")):
        jsonschema.validate(house.json("diff", *words, status=1), schema)
    house.says("diff", "demo:m-102", status=1, has=["тариф"])
    house.says("diff", "demo:m-102", "--unified", status=1, has=["---", "+++", "[-"])
    house.says("diff", "demo:m-102", "--table", "--labels", "ru", status=1, has=["Комментарий"])
    house.says("diff", "demo:m-102", "--side", "--labels", "ky", status=1, has=["<table"])
    house.says("diff", "demo:m-102", "--html", status=1, has=["<table"])
    paper = house.folder / "table.docx"
    house.says("diff", "demo:m-102", "--docx", paper, status=1)
    check("word/document.xml" in zipfile.ZipFile(paper).namelist(), "--docx writes a document")
    house.refuses("diff", "demo:m-102", "--to", "9", has=["versions go from 1 to 2"])
    house.refuses("diff", "demo:m-102", "--document", "999", has=["999", "draftwatch show"])
    house.refuses("diff", "demo:m-102", "--with", "demo:no", has=["demo:no"])
    gaps = house.json("languages", "demo:m-103", status=1)["gaps"]
    check("only_in_first" in {gap["kind"] for gap in gaps}, f"the Kyrgyz text of the information law lacks articles: {gaps}")
    house.says("languages", "demo:m-103", status=1, has=["only in ru"])
    house.refuses("languages", "demo:m-102", has=["two languages"])


def operating(house):
    sources = house.json("source", "list")
    check([s["id"] for s in sources] == ["demo"] and sources[0]["state"] == "healthy", f"the source is well: {sources}")
    check(documented("source list") <= set(sources[0]), f"source list lacks {documented('source list') - set(sources[0])}")
    checked = house.json("source", "check", "demo")
    check(checked["follow"] >= 4 and [page["drafts"][0]["title"] != "" for page in checked["behind"]] == [True],
          f"source check reads a card behind the list: {checked}")
    house.says("source", "check", "demo", has=["further pages", "1 drafts: 1 titles, 1 dates, 1 deadlines"])
    check(house.json("source", "held") == [], "nothing is held")
    house.says("source", "held", has=["Nothing waits"])
    house.refuses("source", "apply", "7", has=["no held page 7", "source held"])
    house.refuses("source", "enable", "no.such", has=["no.such.toml"])
    outbox = house.json("outbox")
    check(documented("outbox") - {"messages"} <= set(outbox) | set(outbox["messages"][0]), "outbox has what is promised")
    check("ngo.example" not in json.dumps(outbox), "and no address")
    findings = house.json("doctor")
    check({f["verdict"] for f in findings} <= {"good", "doubtful"}, f"doctor finds nothing bad: {findings}")
    check(any(f["what"] == "sandbox" and ("full" in f["words"] or "sanitizer build" in f["words"]) for f in findings), f"the sandbox is whole: {findings}")
    copy = house.folder / "copy.db"
    check(house.json("backup", copy)["integrity"] == "ok", "the backup is checked")
    check(b"ngo.example" not in copy.read_bytes(), "no address stands in it")
    house.refuses("backup", copy, has=[str(copy), "exists"])
    proof = house.json("verify")
    check(proof["ok"] and proof["versions"] >= 5, f"every version is verified: {proof}")
    house.says("config", "check")
    house.says("config", "default", has=["[mail]"])
    house.says("config", "show", has=["portals"])
    broken_file(house)
    mails = list((house.folder / "state/mail").glob("*.eml"))
    check(len(mails) >= 2, f"mails lie as files: {mails}")
    house.config.write_text(house.config.read_text() + "[mail]\nchanel = 1\n")
    house.refuses("config", "check", has=["toml:8", "mail.chanel", "mail.channel"])


def broken_file(house):
    """One bad file of a source: told everywhere, and the others are read."""
    bad = house.folder / "portals.d/xx.new.toml"
    bad.write_text('id = "xx.new"\nplugin = "feed"\ntitel = "New"\nenabled = true\n')
    house.refuses("config", "check", has=["xx.new.toml:3", "titel", "did you mean 'title'", "1 of the source files"])
    house.refuses("source", "check", "xx.new", has=["xx.new.toml:3"])
    at = {s["id"]: s for s in house.json("source", "list")}
    check((at["xx.new"]["state"], at["xx.new"]["cause"]) == ("failing", "config"), f"a source with a bad file is failing: {at['xx.new']}")
    check(at["demo"]["state"] == "healthy", "the other one is well")
    check(any(f["what"] == "source file" and f["verdict"] == "bad" and "xx.new.toml:3" in f["words"] for f in house.json("doctor", status=1)),
          "doctor names the file")
    house.round(THURSDAY, status=1)
    check({s["id"]: s["last_read"] for s in house.json("source", "list")}["demo"] is not None, "a round reads the others")
    bad.unlink()


def main():
    portal = subprocess.Popen([BIN / "draftwatch-demo-portal", "--port", "0", "--speed", "1", "--start", MONDAY, "--control"],
                              stdout=subprocess.PIPE, text=True)
    try:
        address = portal.stdout.readline().split("//")[1].split("/")[0]
        with tempfile.TemporaryDirectory(prefix="draftwatch-verbs-") as name:
            house = House(pathlib.Path(name), address)
            house.refuses("drafts", has=["draftwatch run --once"])
            for part in (read, drafts, differences, operating):
                part(house)
    finally:
        portal.terminate()
        portal.wait()
    print(f"{len(failures)} failed")
    return int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
