#!/usr/bin/env python3
"""Writes scan.pdf: two pages of a bill as an office scanner would give them, and scan.txt, the words on them.

usage: make_scan.py FOLDER        (needs ImageMagick and the DejaVu fonts; the results are committed)
300 dpi, black and white, fax compression, slightly askew, with specks. A page number stands on each page as real text in
a font that the file does not bring, as scanners' software stamps it.
"""
import pathlib
import struct
import subprocess
import sys
import tempfile

PAGES = [
    """ЗАКОН КЫРГЫЗСКОЙ РЕСПУБЛИКИ

О порядке рассмотрения обращений

Статья 1. Сроки рассмотрения

1. Государственный орган обязан ответить на обращение в течение
14 рабочих дней со дня его регистрации.

2. Плата за рассмотрение обращения не взимается.

Статья 2. Ответственность

1. Нарушение срока влечет наложение штрафа в размере 5000 сомов.

2. Должностное лицо вправе обжаловать решение в суде.""",
    """КЫРГЫЗ РЕСПУБЛИКАСЫНЫН МЫЙЗАМЫ

Кайрылууларды кароонун тартиби жөнүндө

1-берене. Кароо мөөнөтү

1. Мамлекеттик орган кайрылууга катталган күндөн тартып он төрт
жумуш күндүн ичинде жооп берүүгө милдеттүү. Эгерде маселе башка
органга тиешелүү болсо, кайрылуу ага беш күндүн ичинде жөнөтүлөт.

2. Кайрылууну кароо үчүн төлөм алынбайт. Мөөнөттү бузуу 5000 сом
өлчөмүндө айып пул салууга алып келет.""",
]


def fax(text, path, turn, seed):
    """The page as a TIFF of one strip."""
    subprocess.run(["/usr/bin/convert", "-size", "2480x3508", "xc:white", "-font", "DejaVu-Serif", "-pointsize", "50", "-fill", "black",
                    "-interline-spacing", "18", "-annotate", "+250+400", text, "-background", "white", "-rotate", turn, "-gravity", "center",
                    "-extent", "2480x3508", "-colorspace", "Gray", "-seed", seed, "-attenuate", "0.35", "+noise", "Gaussian", "-threshold", "55%",
                    "-define", "tiff:rows-per-strip=3508", "-compress", "Group4", path], check=True)


def strip(path):
    data = pathlib.Path(path).read_bytes()
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(order + "I", data[4:8])[0]
    tags = {}
    for i in range(struct.unpack(order + "H", data[at:at + 2])[0]):
        tag, kind, count = struct.unpack(order + "HHI", data[at + 2 + 12 * i:at + 10 + 12 * i])
        value = data[at + 10 + 12 * i:at + 14 + 12 * i]
        tags[tag] = struct.unpack(order + "H", value[:2])[0] if kind == 3 else struct.unpack(order + "I", value)[0]
        assert count == 1 or tag not in (273, 279), "more than one strip"
    return data[tags[273]:tags[273] + tags[279]], tags[262] == 0  # PhotometricInterpretation 0: white is zero


def pdf(pages):
    objects = [b"<</Type/Catalog/Pages 2 0 R>>",
               b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), b" ".join(b"%d 0 R" % (4 + 3 * i) for i in range(len(pages)))),
               b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"]
    for i, (data, white_is_zero) in enumerate(pages):
        content = b"q 595 0 0 842 0 0 cm /I Do Q BT /F 10 Tf 290 20 Td (- %d -) Tj ET" % (i + 1)
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>/Font<</F 3 0 R>>>>>>"
                       % (5 + 3 * i, 6 + 3 * i))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        objects.append(b"<</Type/XObject/Subtype/Image/Width 2480/Height 3508/BitsPerComponent 1/ColorSpace/DeviceGray/Filter/CCITTFaxDecode"
                       b"/DecodeParms<</K -1/Columns 2480/Rows 3508/BlackIs1 false>>/Length %d>>stream\n%s\nendstream" % (len(data), data))
        assert white_is_zero
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))


def main():
    folder = pathlib.Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        strips = []
        for i, text in enumerate(PAGES):
            fax(text, f"{work}/{i}.tif", ("0.5", "-0.4")[i], str(7 + i))
            strips.append(strip(f"{work}/{i}.tif"))
    (folder / "scan.pdf").write_bytes(pdf(strips))
    (folder / "scan.txt").write_text("\n".join(PAGES) + "\n")


if __name__ == "__main__":
    main()
