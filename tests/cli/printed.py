"""tidemark chronology and timeline on paper: what other programs find in the files, also in those of the hostile folder."""
import base64
import csv
import html.parser
import io
import json
import re
import xml.etree.ElementTree as tree
import zipfile

from case import Case

CASE = "{source}/fixtures/long-neglect"
HOSTILE = "{source}/fixtures/hostile"
MARKUP = "</w:t></w:r><w:r><w:t>word"      # of a kind as written, in the hostile folder
FORMULA = "=cmd|' /C calc'!A0"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SVG = "{http://www.w3.org/2000/svg}"
# Control characters but tab and line end, direction overrides and isolates.
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def parts(content):
    """The parts of a zip file as trees, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        if package.testzip():
            raise ValueError("a checksum is wrong")
        return {name: tree.fromstring(package.read(name)) for name in package.namelist()}


def faults_of_text(text):
    return [f"{match.group()!r} stands in it" for match in [ACTIVE.search(text)] if match]


def faults_of_package(found):
    faults = []
    for name, root in found.items():
        for element in root.iter():
            if name.endswith(".rels") and "TargetMode" in element.attrib:
                faults.append(f"{name} leads out")
            faults += faults_of_text((element.text or "") + "".join(element.attrib.values()))
    return faults


def word(holds, rows=None, tables=None):
    """A Word file with these texts in its cells, so many rows with a date in front, so many tables."""
    def look(content):
        found = parts(content)
        body = found["word/document.xml"]
        text = "\n".join(element.text or "" for element in body.iter(WORD + "t"))
        faults = faults_of_package(found) + [f"lacks {part!r}" for part in holds if part not in text]
        heads = [row.find(WORD + "trPr/" + WORD + "tblHeader") for row in body.iter(WORD + "tr")]
        if rows is not None and heads.count(None) != rows:
            faults.append(f"{heads.count(None)} rows")
        if tables is not None and len(list(body.iter(WORD + "tbl"))) != tables:
            faults.append(f"{len(list(body.iter(WORD + 'tbl')))} tables")
        faults += [f"<{tag}>" for tag in ("hyperlink", "object", "instrText") if list(body.iter(WORD + tag))]
        return faults
    return look


def workbook(holds, rows):
    """An Excel file whose first sheet has these cells and so many rows under its heading, all of them text."""
    def look(content):
        found = parts(content)
        faults = faults_of_package(found)
        sheet = found["xl/worksheets/sheet1.xml"]
        cells = list(sheet.iter(SHEET + "c"))
        texts = [element.text for element in sheet.iter(SHEET + "t")]
        faults += [f"no cell is {part!r}" for part in holds if part not in texts]
        faults += ["a cell is no text" for cell in cells if len(cell) and cell.get("t") != "inlineStr"]
        faults += ["a formula" for root in found.values() if list(root.iter(SHEET + "f"))]
        if len(list(sheet.iter(SHEET + "row"))) != rows + 1:
            faults.append(f"{len(list(sheet.iter(SHEET + 'row')))} rows")
        return faults
    return look


def picture(content):
    faults = []
    for element in tree.fromstring(content).iter():
        if element.tag.replace(SVG, "") in ("script", "foreignObject", "image", "use", "a"):
            faults.append(element.tag)
        faults += [name for name in element.attrib if name.startswith("on") or name.endswith("href")]
        faults += faults_of_text(element.text or "")
    return faults


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.faults = []

    def handle_starttag(self, tag, attrs):
        if tag in ("script", "img", "iframe", "object", "link", "form", "i", "u"):
            self.faults.append(f"<{tag}>")
        self.faults += [name for name, value in attrs if name.startswith("on") or name == "src" or
                        (name == "href" and not value.startswith("#"))]


def page(content):
    reader = Page()
    text = content.decode("utf-8")
    reader.feed(text)
    return reader.faults + faults_of_text(text)


def table(content):
    rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    return [f"a formula: {cell[:20]!r}" for row in rows for cell in row if cell[:1] in tuple("=+-@\t\r")]


def answer(look):
    """What a program is sent when it asks for a file that is no text."""
    return lambda content: look(base64.b64decode(json.loads(content)["result_base64"], validate=True))


REQUEST = json.dumps({"operation": "chronology", "as_of": "2024-09-30", "options": {"format": "docx"},
                      "inputs": [{"name": "a.ndjson", "content": '{"type": "event", "child": "C1", "occurred": "2024-03-05", '
                                  '"agency": "school", "kind": "note", "text": "one of a kind"}'}]})

CASES = [
    Case("Word as an answer", ["api", "request.json"], stdout='"result_base64": "UEsD', files={"request.json": REQUEST},
         look=answer(word(["one of a kind", "Child C1, date of birth not recorded"], rows=2))),
    Case("Word", ["chronology", CASE, "--format", "docx"], stdout="PK",
         look=word(["Child LN-1, born 20 August 2018, aged 6 years 1 month", "child aged 2 years 1 month", "20 weeks before birth", "Police", "after the as-of day", "police.tsv", "early 2021"], tables=5)),
    Case("Word: the layer", ["chronology", CASE, "--format", "docx", "--significant"], stdout="PK",
         look=word(["Child LN-1, born 20 August 2018, aged 6 years 1 month"], tables=5)),
    Case("Excel", ["chronology", CASE, "--format", "xlsx"], stdout="PK",
         look=workbook(["Police", "Children's social care", "2020-10-12", "12/10/2020", "23:15", "Child's age", "2 years 1 month", "after the as-of day"], 209)),
    Case("HTML", ["chronology", CASE, "--format", "html"], look=page,
         stdout=["<h1>Merged chronology</h1>", "Rows without any date", "Rows of each input"]),
    Case("HTML: the layer", ["chronology", CASE, "--format", "html", "--significant"], look=page, stdout="Left out: "),
    *[Case(f"no layer in {form}", ["chronology", CASE, "--format", form, "--significant"], exit=2, stdout=None,
           stderr=f"the form {form} holds every row") for form in ("text", "csv", "json")],
    *[Case(f"the same bytes: {form}", ["chronology", CASE, "--format", form], stdout="PK",
           equals=["chronology", CASE, "--format", form, "--as-of", "2024-09-30"])
      for form in ("docx", "xlsx")],
    Case("the picture", ["timeline", CASE, "--child", "LN-1"], look=picture,
         stdout=['<?xml version="1.0" encoding="UTF-8"?>', "<title id=\"title\">Time line of child LN-1</title>"]),
    Case("the picture: the layer", ["timeline", CASE, "--child", "LN-1", "--significant"], look=picture, stdout="Significant"),
    Case("the picture of which child", ["timeline", CASE], exit=2, stdout=None, stderr="the inputs hold 2 children"),
    Case("the picture of no child", ["timeline", CASE, "--child", "nobody"], exit=3, stdout=None, stderr="none of the 2 children"),
    Case("hostile: Word", ["chronology", HOSTILE, "--format", "docx"], stdout="PK", look=word([MARKUP, FORMULA])),
    Case("hostile: Excel", ["chronology", HOSTILE, "--format", "xlsx"], stdout="PK", look=workbook([MARKUP, FORMULA, "=1+1"], 28)),
    Case("hostile: HTML", ["chronology", HOSTILE, "--format", "html"], stdout="&lt;/w:t&gt;", look=page),
    Case("hostile: the picture", ["timeline", HOSTILE, "--child", '=HYPERLINK("x:y","K2")'], stdout="=HYPERLINK(&quot;", look=picture),
    Case("hostile: CSV", ["chronology", HOSTILE, "--format", "csv"], stdout="'=1+1", look=table),
]
