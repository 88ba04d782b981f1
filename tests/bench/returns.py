#!/usr/bin/python3
"""Writes a case folder with eight agencies' returns of 2,000 rows each, in four formats: tests/bench/returns.py FOLDER.

The same bytes each time. CSV, Excel and Word go through column maps; the fourth format is Tidemark's own lines."""
import datetime
import json
import os
import random
import sys
import xml.sax.saxutils
import zipfile

ROWS, CHILDREN = 2000, 3
AGENCIES = ("school", "police", "housing", "gp", "health-visiting", "hospital", "early-help", "childrens-social-care")
HEADINGS = ("Date", "Child", "What", "Text", "Action", "Number")
KINDS = {"school concern": "school-concern", "contact": "contact", "visit": "visit", "missed appointment": "was-not-brought",
         "call-out": "police-incident", "hunger": "hunger-concern"}
FIELDS = ("occurred", "child", "kind", "text", "action", "reference")
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def rows(agency):
    """(day, child, what, text, action, number) of one agency."""
    draw = random.Random(agency)
    for number in range(ROWS):
        day = datetime.date(2020, 1, 1) + datetime.timedelta(days=draw.randrange(1700))
        yield (day, f"C{1 + draw.randrange(CHILDREN)}", draw.choice(list(KINDS)),
               f"Entry {number}, told in a sentence or two of plain words, as agencies write them.",
               "Noted" if draw.random() < 0.5 else "", f"{agency}-{number:05d}")


def package(path, main, parts):
    """An Office file: its parts, and the two that say what is what. Times are fixed."""
    parts = dict(parts)
    parts["[Content_Types].xml"] = (f'<Types xmlns="{PACKAGE}content-types"><Default Extension="rels" '
                                    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>')
    parts["_rels/.rels"] = relations([("officeDocument", main)])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in sorted(parts.items()):
            entry = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, '<?xml version="1.0" encoding="UTF-8"?>' + text)


def relations(targets):
    found = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                    for i, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="{PACKAGE}relationships">{found}</Relationships>'


def write_csv(path, agency):
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(",".join(HEADINGS) + "\r\n")
        for day, *cells in rows(agency):
            out.write(day.strftime("%d/%m/%Y") + "".join(f',"{cell}"' for cell in cells) + "\r\n")


def write_xlsx(path, agency):
    def cell(column, row, text):
        return f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{xml.sax.saxutils.escape(text)}</t></is></c>'

    lines = ['<row r="1">' + "".join(cell(i, 1, heading) for i, heading in enumerate(HEADINGS)) + "</row>"]
    for at, (day, *cells) in enumerate(rows(agency), 2):
        serial = (day - datetime.date(1899, 12, 30)).days
        lines.append(f'<row r="{at}"><c r="A{at}" s="1"><v>{serial}</v></c>'
                     + "".join(cell(i, at, text) for i, text in enumerate(cells, 1)) + "</row>")
    package(path, "xl/workbook.xml", {
        "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="Log" sheetId="1" r:id="r1"/>'
                           "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relations([("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]),
        "xl/styles.xml": f'<styleSheet xmlns="{SHEET}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs>'
                         "</styleSheet>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{"".join(lines)}</sheetData></worksheet>'})


def write_docx(path, agency):
    def line(cells):
        found = "".join(f"<w:tc><w:p><w:r><w:t>{xml.sax.saxutils.escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in cells)
        return f"<w:tr>{found}</w:tr>"

    table = line(HEADINGS) + "".join(line((day.strftime("%d %B %Y"), *cells)) for day, *cells in rows(agency))
    package(path, "word/document.xml", {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{table}</w:tbl></w:body></w:document>'})


def write_ndjson(path, agency):
    with open(path, "w", encoding="utf-8") as out:
        for day, child, what, *rest in rows(agency):
            event = dict(zip(FIELDS, (day.isoformat(), child, KINDS[what], *rest)))
            out.write(json.dumps({"type": "event", "agency": agency, **event}) + "\n")


WRITERS = (("csv", write_csv), ("xlsx", write_xlsx), ("docx", write_docx), ("ndjson", write_ndjson))


def write_map(path, agency):
    columns = {heading: {"to": field} for heading, field in zip(HEADINGS, FIELDS)}
    columns["What"]["values"] = KINDS
    with open(path, "w", encoding="utf-8") as out:
        json.dump({"map": 1, "agency": agency, "dates": {"order": "dmy"}, "columns": columns}, out)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    returns = []
    for number, agency in enumerate(AGENCIES):
        ending, write = WRITERS[number % len(WRITERS)]
        entry = {"file": f"{agency}.{ending}", "agency": agency}
        write(os.path.join(folder, entry["file"]), agency)
        if ending != "ndjson":
            entry["map"] = f"{agency}.map.json"
            write_map(os.path.join(folder, entry["map"]), agency)
        returns.append(entry)
    children = [{"id": f"C{i + 1}", "born": f"2016-05-0{i + 1}"} for i in range(CHILDREN)]
    with open(os.path.join(folder, "case.json"), "w", encoding="utf-8") as out:
        json.dump({"case": "eight", "as_of": "2024-09-30", "children": children, "returns": returns}, out)


main()
