#!/usr/bin/env python3
"""Scores `draftwatch text diff --json` against what a person says changed between real versions of laws.

usage: truth_scorer.py DRAFTWATCH FOLDER [--lines] [--check]
FOLDER holds truth.tsv (pair, act, lang, old_file, new_file, change, unit_old, unit_new, detail, weight, note) and the
files that it names. A row is found where a change of a fitting kind stands at the right article; rows that name no
article count by their kind; error_in_source rows are found where the warnings name the numbers. --lines prints every row
and every substantive change at an article that no row names. --check exits 1 where a goal is missed: recall of rows with
weight >= 2 at least 0.95, of weight >= 1 at least 0.85, no row of weight >= 2 only in the cosmetic class, and no
substantive change in the pair that changed only its format. Exit status 2: the tool failed on a pair.
"""
import csv
import json
import pathlib
import re
import subprocess
import sys
from collections import defaultdict

ARTICLE_STEPS = ("article:", "section:")
STRUCTURAL = {  # kind of a row -> kinds of changes that can answer it
    "article_added": {"article_added", "article_split"},
    "article_removed": {"article_removed", "article_merged"},
    "article_renumbered": {"article_renumbered"},
    "article_split": {"article_split"},
    "chapter_renamed": {"heading_changed"},
    "heading_amended": {"heading_changed", "format_only"},
    "title_changed": {"title_changed"},
    "text_swapped": {"text_replaced"},
    "text_moved": {"article_moved", "unit_moved"},
}
NUMBERING = {"article_renumbered", "unit_renumbered"}


def articles(place: str) -> list[str]:
    """The article numbers that a cell names: 'Art. 10(8),(9)' -> ['10'], '§ 9(2), § 14' -> ['9', '14']."""
    place = re.split(r'[:"«]', place)[0]
    found = []
    for match in re.finditer(r"(?:Art\.|§§?)\s*((?:\d+[a-z]?(?:-\d+)?\s*(?:\([^)]*\)\s*,?\s*)*(?:,\s*|and\s+)?)+)", place):
        bare = re.sub(r"\([^)]*\)", " ", match[1])
        found += re.findall(r"\d+[a-z]?(?:-\d+)?", bare)
    return found


def subunits(place: str) -> list[str]:
    """The numbers in brackets behind the article."""
    place = re.split(r'[:"«]', place)[0]
    return re.findall(r"\((\d+[a-z]?(?:-\d+)?)\)", place)


def article_of(path) -> str | None:
    """The innermost article or § of a path; a section above chapters (section:I) is none."""
    for step in reversed(path or []):
        if step.startswith(ARTICLE_STEPS) and step.split(":", 1)[1][:1].isdigit():
            return step.split(":", 1)[1]
    return None


def plain(number: str | None) -> str:
    """281 and 28-1 are prints of one number."""
    return (number or "").replace("-", "")


def places(change):
    out = {plain(article_of(change["old"])), plain(article_of(change["new"]))}
    for other in change.get("others", []):
        out.add(plain(article_of(other)))
    return out - {""}


def answers(row, change) -> bool:
    kind = row["change"]
    old, new = articles(row["unit_old"]), articles(row["unit_new"])
    allowed = STRUCTURAL.get(kind)
    if allowed and change["kind"] not in allowed:
        return False
    if not allowed and change["kind"] in NUMBERING:
        return kind == "para_renumbered" and bool(places(change) & {plain(n) for n in old + new})
    if kind == "article_renumbered":
        return plain(article_of(change["old"])) in map(plain, old) and plain(article_of(change["new"])) in map(plain, new)
    if kind == "chapter_renamed":
        return any(step.startswith("chapter:") for step in (change["new"] or [])[-1:])
    if not old and not new:
        return no_article(row, change)
    side = new if kind in ("article_added", "para_added") and new else old + new
    return bool(places(change) & {plain(n) for n in side})


def no_article(row, change) -> bool:
    """Rows of the header, the title or the whole text."""
    at_act = article_of(change["new"]) is None and article_of(change["old"]) is None
    if row["change"] == "redaction_list":
        return at_act and any(s["name"] == "amended_by" for s in change["signals"])
    if row["change"] in STRUCTURAL:
        return True
    if row["change"].startswith("date"):
        return any(s["name"] == "date" for s in change["signals"])
    return at_act


def named_in_warnings(row, warnings) -> bool:
    numbers = [int(n) for n in re.findall(r"\d+", row["unit_new"])]
    if "-" in row["unit_new"] and len(numbers) == 2:
        numbers = list(range(numbers[0], numbers[1] + 1))
    text = " ".join(w["detail"] for w in warnings if w["what"] == "duplicate_number")
    return all(re.search(rf"\b{n}\b", text) for n in numbers)


class Score:
    def __init__(self):
        self.rows = self.found = self.rows2 = self.found2 = self.hidden = self.exact = self.exactable = 0

    def add(self, row, hits):
        weight = int(row["weight"])
        if weight < 1:
            return
        self.rows += 1
        self.found += bool(hits)
        if weight >= 2:
            self.rows2 += 1
            self.found2 += bool(hits)
            self.hidden += bool(hits) and all(c["class"] == "cosmetic" for c in hits if isinstance(c, dict) and "class" in c) and "warning" not in hits
        wanted = subunits(row["unit_new"]) or subunits(row["unit_old"])
        if wanted and hits and "warning" not in hits:
            self.exactable += 1
            self.exact += any(step.split(":")[-1] in wanted for c in hits for path in (c["old"], c["new"]) for step in path or [])


def main() -> int:
    tool, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    show, check = "--lines" in sys.argv, "--check" in sys.argv
    pairs = defaultdict(list)
    with open(folder / "truth.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            pairs[row["pair"]].append(row)
    total, substantive_all, failed, format_only_raised = Score(), 0, False, 0
    print("pair  found/listed  weight>=2  hidden  exact place  noise rows raised  unlisted articles  substantive/listed")
    for pair, rows in sorted(pairs.items()):
        run = subprocess.run([tool, "text", "diff", "--json", folder / rows[0]["old_file"], folder / rows[0]["new_file"], "--lang", rows[0]["lang"]],
                             capture_output=True)
        if run.returncode not in (0, 1):
            print(f"{pair}   FAILED: {run.stderr.decode().strip()}")
            failed = True
            for row in rows:
                total.add(row, [])
            continue
        diff = json.loads(run.stdout)
        score, raised = Score(), 0
        for row in rows:
            hits = [c for c in diff["changes"] if answers(row, c)]
            if row["change"] == "error_in_source":
                hits = ["warning"] if named_in_warnings(row, diff["warnings"]) else []
            elif int(row["weight"]) >= 1 and row["change"] != "article_renumbered":
                hits = [c for c in hits if c["class"] == "substantive"] or hits
            elif row["change"] == "article_renumbered" and int(row["weight"]) >= 2:  # renumbered and rewritten: its edits count
                numbers = {plain(n) for n in articles(row["unit_new"])}
                if hits:
                    hits += [c for c in diff["changes"] if c["class"] == "substantive" and plain(article_of(c["new"])) in numbers]
            score.add(row, hits)
            total.add(row, hits)
            noise = int(row["weight"]) == 0 and row["change"] not in ("footnote_added",) and any(isinstance(c, dict) and c["class"] == "substantive" for c in hits)
            raised += noise and bool(articles(row["unit_old"]) or articles(row["unit_new"]))
            if show and ((int(row["weight"]) >= 1 and not hits) or noise):
                print(f"   {'RAISED' if noise else 'MISSED'} {row['change']} w{row['weight']} [{row['unit_old']}] [{row['unit_new']}] {row['detail'][:60]}")
        real = [c for c in diff["changes"] if c["class"] == "substantive"]
        substantive_all += len(real)
        if all(r["change"] == "format_only" or r["weight"] == "0" for r in rows):
            format_only_raised += len(real)
        listed = {plain(n) for r in rows for n in articles(r["unit_old"]) + articles(r["unit_new"])}
        unlisted = defaultdict(list)
        for c in real:
            where = places(c)
            if where and not where & listed:
                unlisted[sorted(where)[0]].append(c)
        print(f"{pair}   {score.found:3}/{score.rows:<3}       {score.found2:3}/{score.rows2:<3}    {score.hidden:3}     {score.exact:3}/{score.exactable:<3}"
              f"      {raised:3}                {len(unlisted):4}               {len(real)}/{score.rows} = {len(real) / max(score.rows, 1):.2f}")
        if show:
            for number, changes in sorted(unlisted.items()):
                for c in changes:
                    print(f"   unlisted {number}: {c['kind']} {c['old']} {c['new']} {[s['name'] for s in c['signals']][:3]} {(c['old_text'] or '')[:70]!r} -> {(c['new_text'] or '')[:70]!r}")
    recall, recall2 = total.found / max(total.rows, 1), total.found2 / max(total.rows2, 1)
    print(f"all   recall weight>=1 {total.found}/{total.rows} = {recall:.3f} (goal 0.85)   weight>=2 {total.found2}/{total.rows2} = {recall2:.3f} (goal 0.95)   "
          f"weight>=2 only cosmetic {total.hidden} (goal 0)   exact place {total.exact}/{total.exactable}   "
          f"substantive per listed {substantive_all / max(total.rows, 1):.2f}   format-only pair: {'no change in substance' if not format_only_raised else f'{format_only_raised} RAISED'}")
    if failed:
        return 2
    return int(check and (recall2 < 0.95 or recall < 0.85 or total.hidden > 0 or format_only_raised > 0))


if __name__ == "__main__":
    sys.exit(main())
