#!/usr/bin/env python3
"""The program's text verbs from outside: exit statuses, JSON against its schema, a DOCX that opens.

usage: text_diff_check.py DRAFTWATCH SCHEMA
"""
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

import jsonschema

OLD = """ЗАКОН
О проверке

Глава 1. Общие положения
Статья 1. Сроки
1. Орган обязан ответить в течение 10 дней.
2. Плата не взимается.
Статья 2. Запрет
1. Запрещается требовать иные документы, не указанные в статье 1 настоящего Закона.
Статья 3. Надзор
1. Надзор ведет прокурор в порядке, установленном законом о прокуратуре.
"""
NEW = OLD.replace("10 дней", "30 дней").replace("обязан", "вправе").replace("Статья 3. Надзор\n1. Надзор", "Статья 4. Надзор\n1. Надзор").replace(
    "Статья 4.", "Статья 3. Плата\n1. Плата за рассмотрение составляет 500 сомов и вносится до подачи.\nСтатья 4.")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def chain_and_languages(run, folder, check):
    """Three versions: a change in the second stays, another is taken back in the third, which brings one of its own."""
    v1, v2, v3 = (folder / f"v{i}.txt" for i in (1, 2, 3))
    v1.write_text(OLD)
    v2.write_text(OLD.replace("10 дней", "30 дней").replace("Плата не взимается", "Плата взимается"))
    v3.write_text(OLD.replace("10 дней", "30 дней").replace("ведет прокурор", "ведет суд"))
    chain = json.loads(run("chain", v1, v2, v3, "--json", status=1))
    check.validate(chain["total"])
    assert chain["versions"] == ["v1.txt", "v2.txt", "v3.txt"] and chain["since"] == 1, chain
    by_article = {c["new"][1]: k for c, k in zip(chain["total"]["changes"], chain["came_in"], strict=True)}
    assert by_article == {"article:1": 2, "article:3": 3}, by_article
    assert [(s["from"], s["to"], s["substantive"]) for s in chain["steps"]] == [(1, 2, 2), (2, 3, 2)], chain["steps"]
    since = json.loads(run("chain", v1, v2, v3, "--since", 2, "--json", status=1))
    assert since["came_in"] == [3, 3], since
    assert since["edited_in"] == [[3], [3]], since
    words = run("chain", v1, v2, v3, status=1)
    assert words.index("внесено в v2.txt") < words.index("внесено в v3.txt") and "500" not in words, words
    assert "v1.txt -> v2.txt: 2 изменения по существу" in words and "came with v3.txt" in run("chain", v1, v2, v3, "--labels", "en", status=1), words
    run("chain", v1, v1, status=0)
    run("chain", v1, status=2)
    run("chain", v1, v2, "--since", 2, status=2)
    ru, ky = folder / "ru.txt", folder / "ky.txt"
    ru.write_text("ЗАКОН\nСтатья 1. Сроки\n1. Ответ дается в течение 14 дней.\n2. Штраф равен 5000 сомов.\nСтатья 2. Сила\n1. Со дня подписания.\n")
    ky.write_text("МЫЙЗАМ\n1-берене. Мөөнөттөр\n1. Жооп 15 күндүн ичинде берилет.\n2. Айып 5000 сомго барабар.\n")
    gaps = json.loads(run("languages", ru, "ru", ky, "ky", "--json", status=1))["gaps"]
    assert [g["kind"] for g in gaps] == ["figures", "only_in_first"], gaps
    assert (gaps[0]["first"], gaps[0]["second"]) == ("14", "15") and gaps[0]["path"] == ["article:1"], gaps
    assert "14" in run("languages", ru, "ru", ky, "ky", status=1)
    run("languages", ru, "ru", ru, "ru", status=0)
    run("languages", ru, "ru", ky, status=2)


def main() -> int:
    tool, schema = sys.argv[1], json.loads(pathlib.Path(sys.argv[2]).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    check = jsonschema.Draft202012Validator(schema)

    def run(*arguments, status):
        done = subprocess.run([tool, "text", *map(str, arguments)], capture_output=True, text=True)
        assert done.returncode == status, (arguments, done.returncode, done.stderr)
        return done.stdout

    with tempfile.TemporaryDirectory() as folder:
        old, new, same, docx = (pathlib.Path(folder) / name for name in ("old.txt", "new.txt", "same.txt", "table.docx"))
        old.write_text(OLD)
        new.write_text(NEW)
        same.write_text(OLD.replace("ведет", "ведёт").replace("  ", " "))
        diff = json.loads(run("diff", old, new, "--json", status=1))
        check.validate(diff)
        kinds = [c["kind"] for c in diff["changes"]]
        assert {"article_added", "article_renumbered", "unit_amended"} <= set(kinds), kinds
        amended = next(c for c in diff["changes"] if c["kind"] == "unit_amended")
        assert amended["new"] == ["chapter:1", "article:1", "part:1"], amended
        assert {s["name"] for s in amended["signals"]} >= {"term", "duty_weakened"}, amended
        for change in diff["changes"]:
            assert (change["old"] is None) == (change["old_text"] is None)
            assert (change["new"] is None) == (change["new_text"] is None)
        cosmetic = json.loads(run("diff", old, same, "--json", status=0))
        check.validate(cosmetic)
        assert cosmetic["totals"]["substantive"] == 0 and cosmetic["changes"][0]["class"] == "cosmetic"
        empty = json.loads(run("diff", old, old, "--json", status=0))
        check.validate(empty)
        assert empty["changes"] == []
        run("diff", old, pathlib.Path(folder) / "missing.txt", status=2)
        run("diff", old, status=2)
        run("diff", old, new, "--html", "--side", status=2)
        assert "Изменений по существу нет" in run("diff", old, same, status=0)
        assert "<table" in run("diff", old, new, "--html", status=1)
        assert "<table" in run("diff", old, new, "--side", status=1)
        assert "@@" in run("diff", old, new, "--unified", status=1)
        assert "Действующая" not in run("diff", old, new, "--table", status=1)  # two files: nobody said that one is in force
        run("diff", old, new, "--in-force", "--docx", docx, status=1)
        with zipfile.ZipFile(docx) as archive:
            assert archive.testzip() is None
            for name in archive.namelist():
                xml.fromstring(archive.read(name))
            body = xml.fromstring(archive.read("word/document.xml"))
        rows = body.findall(f".//{W}tbl/{W}tr")
        assert len(rows) == 1 + diff["totals"]["substantive"], len(rows)
        assert all(len(row.findall(f"{W}tc")) == 3 for row in rows)
        text = "".join(t.text or "" for t in rows[0].iter(f"{W}t"))
        assert "Действующая редакция" in text and "Предлагаемая редакция" in text and "Комментарий" in text, text
        outline = json.loads(run("outline", old, "--lang", "ru", "--json", status=0))
        assert outline["language"] == "ru"
        assert run("extract", old, status=0).startswith("ЗАКОН")
        amending = pathlib.Path(folder) / "amending.txt"
        amending.write_text('ЗАКОН\nО внесении изменений в Закон "О проверке"\nСтатья 1. Внести в Закон Кыргызской Республики "О проверке" следующие '
                            'изменения:\n1) в части 1 статьи 1 слова "10 дней" заменить словами "30 дней";\n2) в части 1 статьи 9 слово "иные" исключить.\n')
        orders = json.loads(run("amendments", amending, "--lang", "ru", "--json", status=0))
        assert [i["operation"] for i in orders["instructions"]] == ["replace_words", "exclude_words"], orders
        assert "30 дней" in run("amendments", amending, "--base", old, "--lang", "ru", status=1)  # 1: article 9 is not there
        chain_and_languages(run, pathlib.Path(folder), check)
    print("text verbs: ok")
    return 0


if __name__ == "__main__":
    sys.exit(main())
