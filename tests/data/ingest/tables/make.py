#!/usr/bin/python3
"""Makes the workbooks and documents of this folder: the same bytes each time, with the standard library only.

make.py writes them beside itself. Parts are stored as they are, but where a test needs a file that unpacks to
far more than its size."""
import os
import zipfile
from xml.sax.saxutils import escape

HERE = os.path.dirname(os.path.abspath(__file__))
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def write(name, parts, packed=()):
    with zipfile.ZipFile(os.path.join(HERE, name), "w") as file:
        for path, content in parts:
            info = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED if path in packed else zipfile.ZIP_STORED
            file.writestr(info, content)


def relations(rows):
    body = "".join(f'<Relationship Id="{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, kind, target in rows)
    return f'{XML}<Relationships xmlns="{PACKAGE}">{body}</Relationships>'


def workbook(sheets, before="", macros=False, strings=True, styles=True):
    """Parts of a workbook; sheets: (name, kind, path, content or None, attributes)."""
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" {a} r:id="r{i}"/>' for i, (n, _, _, _, a) in enumerate(sheets, 1))
    rows = [(f"r{i}", kind, path) for i, (_, kind, path, _, _) in enumerate(sheets, 1)]
    rows += [("rs", "sharedStrings", "sharedStrings.xml")] * strings + [("rt", "styles", "/xl/styles.xml")] * styles
    rows += [("rv", "vbaProject", "vbaProject.bin")] * macros
    parts = [("_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.xml")])),
             ("xl/workbook.xml", f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{before}<sheets>{listed}</sheets></workbook>'),
             ("xl/_rels/workbook.xml.rels", relations(rows))]
    return parts + [("xl/" + path, content) for _, _, path, content, _ in sheets if content is not None]


def shared(items):
    return ("xl/sharedStrings.xml", f'{XML}<sst xmlns="{SHEET}">' + "".join(f"<si>{item}</si>" for item in items) + "</sst>")


def styles(formats, ids):
    listed = "".join(f'<numFmt numFmtId="{i}" formatCode="{escape(c, {chr(34): "&quot;"})}"/>' for i, c in formats)
    used = "".join(f'<xf numFmtId="{i}"/>' for i in ids)
    return ("xl/styles.xml", f'{XML}<styleSheet xmlns="{SHEET}"><numFmts>{listed}</numFmts><cellStyleXfs><xf numFmtId="14"/>'
            f'</cellStyleXfs><cellXfs>{used}</cellXfs><dxfs><dxf><numFmt numFmtId="9" formatCode="dd/mm/yyyy"/></dxf></dxfs></styleSheet>')


def sheet(rows, merged=()):
    """rows: (attributes, [(attributes, content)])."""
    body = "".join(f"<row {a}>" + "".join(f"<c {c}>{v}</c>" if v else f"<c {c}/>" for c, v in cells) + "</row>" for a, cells in rows)
    ranges = "".join(f'<mergeCell ref="{m}"/>' for m in merged)
    return f'{XML}<worksheet xmlns="{SHEET}"><sheetData>{body}</sheetData><mergeCells>{ranges}</mergeCells></worksheet>'


def number(place, value, style=0):
    return f'r="{place}" s="{style}"', f"<v>{value}</v>"


def string(place, index):
    return f'r="{place}" t="s"', f"<v>{index}</v>"


def inline(place, text):
    return f'r="{place}" t="inlineStr"', f'<is><t xml:space="preserve">{escape(text)}</t></is>'


DAY, OWN_DAY, WORDS, MOMENT, CLOCK, DAYS, HOURS = 1, 2, 3, 4, 5, 6, 7
FORMATS = [(164, "dd/mm/yyyy;@"), (165, '[$-809]d" of "mmmm yyyy'), (166, '0.0 "days"'), (167, "[h]:mm")]
STYLES = styles(FORMATS, [0, 14, 164, 165, 22, 20, 166, 167])
HEADINGS = ["Pupil", "\u00a0DAY ", "Time", "What", "Typed up", "Figure", "Note", "Seen", "Colour"]


def headings(row, names):
    return f'r="{row}"', [inline(f"{chr(65 + i)}{row}", name) for i, name in enumerate(names) if name]


def row(number_, *cells, more=""):
    return f'r="{number_}" {more}', list(cells)


def make_school():
    strings = ["<r><t>Home </t></r><r><rPr><b/></rPr><t>visit</t></r>", "<t>Injury</t><rPh><t>unread</t></rPh>",
               '<t xml:space="preserve">\u00a07003\u00a0</t>', "<t>5/3/24</t>", "<t>first_x000D_\nsecond _x005F_x0041_ third</t>",
               "<t>#N/A</t>"]
    concerns = sheet([
        row(1, inline("A1", "Return of an invented school")),
        row(2, ('r="A2" s="1"', ""), ('r="B2" s="1"', "")),
        row(3, inline("A3", "Spring term"), inline("C3", "Note")),
        headings(4, HEADINGS),
        row(5, number("A5", 7001), number("B5", 45356, DAY), number("C5", "0.604166666666667", CLOCK), string("D5", 0),
            number("E5", "45357.5", MOMENT), number("F5", "1.5", DAYS), inline("G5", " said no "), ('r="H5" t="b"', "<v>1</v>")),
        row(6, number("A6", "7002.0"), string("D6", 1), number("F6", "1.5", HOURS)),
        row(7, string("A7", 2), string("B7", 3), ('r="D7" t="str"', "<f>A1</f><v>Injury</v>"), string("G7", 4)),
        row(8, number("A8", 7004), number("B8", 60, DAY), string("D8", 1)),
        row(9, number("A9", 7004), number("B9", 59, DAY), string("D9", 1)),
        row(10, number("A10", 7004), number("B10", 61, DAY), string("D10", 1)),
        row(11, number("A11", 7004), number("B11", 1, DAY), string("D11", 1)),
        row(12, number("A12", 7005), number("B12", 45356, OWN_DAY), ('r="D12" t="e"', "<v>#N/A</v>"), string("G12", 5)),
        row(13, number("A13", 7005), ('r="B13" t="d"', "<v>2024-03-09T10:15:00</v>"), ('r="D13" t="e"', "<v>#REF!</v>")),
        row(14, number("A14", 7006), number("B14", 45360, WORDS), number("C14", "45356.604166666664", CLOCK), string("D14", 1)),
        row(15, number("A15", 7006), number("B15", "4.5361E4", DAY), string("D15", 1), number("F15", "0.30000000000000004")),
        row(16, number("A16", 7006), number("B16", "45356.999999", MOMENT), string("D16", 1), number("F16", "1.2E-3")),
        row(17, number("A17", 7007), number("B17", -1, DAY), string("D17", 1), number("F17", "12345678901234567")),
        row(18, number("A18", 7007), inline("B18", "31/12/1899"), string("D18", 1), string("G18", 99)),
        row(19, number("A19", 7008), number("B19", 45370, DAY), string("D19", 1), more='hidden="1"'),
        row(20, number("A20", 7010), number("B20", 45371, DAY), string("D20", 1)),
        row(21, number("B21", 45372, DAY), string("D21", 1)),
        row(22, number("B22", 45373, DAY), string("D22", 1), inline("K22", "beyond")),
        row(23, inline("B23", "\u00a0"), ('r="C23" t="b"', "")),
        row(24, *headings(24, HEADINGS)[1]),
        row(25, number("A25", 7011), number("B25", 45374, DAY), string("D25", 1), inline("I25", "red")),
    ], ["A1:I1", "A20:A21"])
    old = sheet([headings(1, ["Day", "Pupil", "What", "", "Note"]),
                 row(2, number("A2", 45000, DAY), number("B2", 7001), string("C2", 1), inline("D2", "no heading"))])
    other = sheet([headings(1, ["Code", "Meaning"]), row(2, inline("A2", "x"), inline("B2", "y"))])
    sheets = [("Concerns & more", "worksheet", "worksheets/sheet1.xml", concerns, ""),
              ("Chart", "chartsheet", "chartsheets/sheet1.xml", "<chartsheet/>", ""),
              ("Old", "worksheet", "worksheets/sheet2.xml", old, 'state="veryHidden"'),
              ("Lookups", "worksheet", "../xl/./worksheets/sheet3.xml", None, ""),
              ("Empty", "worksheet", "/xl/worksheets/sheet4.xml", None, "")]
    extra = [("xl/worksheets/sheet3.xml", other), ("xl/worksheets/sheet4.xml", sheet([])), ("xl/vbaProject.bin", "MZ")]
    write("school.xlsx", workbook(sheets, macros=True) + [shared(strings), STYLES] + extra)


def make_plain():
    """As small writers make them: no places, no styles, no shared strings; days from 1904; another namespace prefix."""
    cells = ("<x:row><x:c t='inlineStr'><x:is><x:t>Child</x:t></x:is></x:c><x:c t='inlineStr'><x:is><x:t>Date</x:t></x:is></x:c></x:row>"
             "<x:row><x:c><x:v>12</x:v></x:c><x:c s='1'><x:v>0</x:v></x:c></x:row>"
             "<x:row><x:c><x:v>12</x:v></x:c><x:c s='1'><x:v>43894</x:v></x:c></x:row>")
    content = f"<x:worksheet xmlns:x='{SHEET}'><x:sheetData>{cells}</x:sheetData></x:worksheet>"
    parts = workbook([("Sheet1", "worksheet", "worksheets/sheet1.xml", content, "")], '<workbookPr date1904="1"/>', strings=False)
    write("plain.xlsx", parts + [STYLES])


WHO = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
ANNEX = [
    ("List 1", ["Date of Contact", "Contact Source"], [[501, 42038, 45300, "q) 6: Police"]]),
    ("List 2", ["Assessment start date", "Assessment completion date", "Organisation completing assessment"],
     [[501, 42038, 45302, 45330, "Locality 1"]]),
    ("List 3", ["Date of Referral", "Referral Source", "Referral NFA?"], [[502, "", 45323, "e) 2A: Schools", "b) No"]]),
    ("List 4", ["Continuous Assessment Start Date", "Child Seen During Continuous Assessment", "Continuous Assessment Date of Authorisation",
                "Was the child assessed as requiring LA children's social care support?"], [[501, 42038, 45324, "Yes", 45380, "Yes"]]),
    ("List 5", ["Strategy discussion initiating Section 47 Enquiry Start Date",
                "Was an Initial Child Protection Conference deemed unnecessary?", "Date of Initial Child Protection Conference",
                "Did the Initial Child Protection Conference Result in a Child Protection Plan"],
     [[501, 42038, 45383, "b) No", 45397, "Yes"], [502, "", 45384, "Yes", "", ""]]),
    ("List 6", ["CIN Start Date", "Primary Need Code", "Date Child Was Last Seen", "CIN Closure Date", "Reason for Closure", "Allocated Team"],
     [[501, 42038, 45325, "N1", 45400, "", "", "#N/A"], [502, "", 45326, "N1", "", 45390, "RC8", "#N/A"]]),
    ("List 7", ["Child Protection Plan Start Date", "Initial Category of Abuse", "Date of the Last Statutory Visit", "Was the Child Seen Alone?",
                "Date of latest review conference", "Child Protection Plan End Date", "Number of Previous Child Protection Plans"],
     [[501, 42038, 45397, "Neglect", 45405, "a) Yes", "", "", 1]]),
    ("List 8", ["Date Started to be Looked After", "Child's Legal Status", "Date of Last Social Work Visit", "Date Ceased to be Looked After",
                "Reason Ceased to be Looked After"], [[503, "not known", 45000, "C2: FCO", 45090, 45100, "E11"]]),
    ("List 9", ["Latest Pathway Plan Review Date"], [[504, "", 45000]]),
    ("Notes", [], []),
]


def make_annex_a():
    """A workbook as authorities keep it for an inspection; whole numbers over 10,000 are days."""
    sheets = []
    for at, (name, columns, children) in enumerate(ANNEX, 1):
        rows = [headings(1, WHO + columns)] if columns else [row(1, inline("A1", "kept by the data team"))]
        for n, (child, born, *rest) in enumerate(children, 2):
            cells = [number(f"A{n}", child), inline(f"B{n}", "b) Female"), inline(f"C{n}", "a) WBRI")]
            for i, value in enumerate([born, ""] + rest):
                place = f"{chr(68 + i)}{n}"
                if value == "#N/A":
                    cells.append((f'r="{place}" t="e"', "<v>#N/A</v>"))
                elif isinstance(value, int):
                    cells.append(number(place, value, DAY if value > 10000 else 0))
                elif value:
                    cells.append(inline(place, value))
            rows.append(row(n, *cells))
        sheets.append((name, "worksheet", f"worksheets/sheet{at}.xml", sheet(rows), ""))
    write("annex-a.xlsx", workbook(sheets, strings=False) + [STYLES])


# --- Word ---

def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def cell(*paragraphs, properties=""):
    body = "".join(p if p.startswith("<w:tbl>") else f"<w:p>{p if p.startswith('<') else run(p)}</w:p>" for p in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{body or '<w:p/>'}</w:tc>"


def table(*rows):
    return "<w:tbl><w:tblPr/><w:tblGrid/>" + "".join(rows) + "</w:tbl>"


def table_row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>" + "".join(c if c.startswith("<w:") else cell(c) for c in cells) + "</w:tr>"


def document(*body):
    content = (f'{XML}<w:document xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
               f'<w:body>{"".join(body)}</w:body></w:document>')
    return [("_rels/.rels", relations([("r1", "officeDocument", "word/document.xml")])), ("word/document.xml", content)]


def paragraph(text):
    return f"<w:p>{run(text)}</w:p>"


RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def make_police():
    heading = table_row("Child", "Date of\u00a0event", "Kind", "Account", properties="<w:tblHeader/>")
    tracked = ("<w:r><w:t>was </w:t></w:r><w:del><w:r><w:delText>never </w:delText><w:t>never </w:t></w:r></w:del>"
               "<w:ins><w:r><w:t>often </w:t></w:r></w:ins><w:r><w:t>alone</w:t></w:r>")
    box = ("<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
           "<mc:Fallback><w:p><w:r><w:t>again</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r>")
    inner = table(table_row("inner", "table"))
    return document(
        paragraph("Police return"),
        "<w:p/>",
        table(
            table_row(cell("Entries of the police", properties='<w:gridSpan w:val="4"/>')),
            heading,
            table_row(cell("A", properties=RESTART), "5 March 2024", "Incident", cell("first", "<w:r><w:t>sec</w:t><w:br/><w:t>ond</w:t><w:tab/><w:t>end</w:t></w:r>")),
            table_row(cell("ignored", properties=CONTINUE), "06.03.2024", "Incident", cell(tracked)),
            table_row(cell("", properties=CONTINUE), "2024-03-07", cell("Incident", properties='<w:gridSpan w:val="2"/>')),
            heading,
            table_row("B", "2024-03-08", "Tea", cell("before", inner, "after")),
            table_row("B", "2024-03-09", "Incident", cell(box)),
            table_row("B", "2024-03-10", "Incident", "gone", properties="<w:del/>"),
            table_row("2024-03-11", "Incident", "moved over", properties='<w:gridBefore w:val="1"/>'),
            "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>" + table_row("C", "2024-02-30", "Incident", "") + "</w:sdtContent></w:sdt>",
            table_row("", "", "", ""),
        ),
        table(table_row("Name", "Role"), table_row("X", "Y")),
    )


def make_chronolator():
    heading = table_row("Start Date", "Start Time", "End Date", "End Time", "Source of Information", "Event", "Comment", "Response")
    return document(table(
        table_row(cell("Chronology", properties='<w:gridSpan w:val="8"/>')),
        heading,
        table_row("5/3/24", "14:30", "", "15:00", "Health visitor record", "Weighed", "Weight had not changed", "Advice given"),
        table_row("# to be asked again", "", "", "", "", "", "", ""),
        table_row("\u00ac", "", "", "", "", "note", "", ""),
        table_row("March 2024", "", "", "", "GP letter", "Not brought", "", ""),
        table_row("1/2/24", "", "3/2/24", "", "Ward record", "On the ward", "", ""),
    ))


# --- what is bad ---

def one_sheet(content, **more):
    return workbook([("Sheet1", "worksheet", "worksheets/sheet1.xml", content, "")], strings=False, styles=False, **more)


def make_bad():
    good = sheet([headings(1, ["Child", "Date"]), row(2, inline("A2", "A"), inline("B2", "2024-03-05"))])
    entity = good.replace("<worksheet", '<!DOCTYPE worksheet [<!ENTITY e SYSTEM "file:///secret">]>\n<worksheet', 1)
    path = "xl/worksheets/sheet1.xml"
    write("bad-doctype.xlsx", one_sheet(entity))
    write("bad-doctype.docx", [(n, c.replace("<w:document", "<!DOCTYPE d>\n<w:document", 1)) for n, c in make_police()])
    write("bad-missing.xlsx", [p for p in one_sheet(good) if p[0] != path])
    write("bad-markup.xlsx", one_sheet(good.replace("</row>", "", 1)))
    write("bad-place.xlsx", one_sheet(good.replace('r="B2"', 'r="XFE2"')))
    write("bad-deep.xlsx", one_sheet(good.replace("<sheetData>", "<sheetData>" + "<a>" * 300 + "</a>" * 300, 1)))
    write("bad-row.xlsx", one_sheet(good.replace('r="2"', 'r="1048577"')))
    write("bad-binary.xlsb", [("_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.bin")])), ("xl/workbook.bin", "x")])
    write("bad-bomb.xlsx", one_sheet(good.replace("<sheetData>", "<sheetData>" + " " * (24 << 20), 1)), packed=[path])
    write("bad-tag.xlsx", one_sheet(good.replace("<sheetData>", "<sheetData><!--" + "-x" * (1 << 20) + "-->", 1)), packed=[path])
    long = inline("A1", "x" * 32000)[1][4:-5]
    many = "".join(f'<row r="{i}"><c r="A{i}" t="s"><v>0</v></c></row>' for i in range(2, 1200))
    echo = good.replace("</sheetData>", many + "</sheetData>")
    echo_parts = workbook([("Sheet1", "worksheet", "worksheets/sheet1.xml", echo, "")], styles=False) + [shared([long])]
    write("bad-echo.xlsx", echo_parts, packed=[path, "xl/sharedStrings.xml"])
    write("bad-tables.docx", document("<w:tbl/>" * 16385), packed=["word/document.xml"])
    write("wide.xlsx", one_sheet(good.replace("</sheetData>", '<row r="3">' + "<c/>" * 1000000 + "</row></sheetData>")), packed=[path])


if __name__ == "__main__":
    make_school()
    make_plain()
    make_annex_a()
    write("police.docx", make_police())
    write("case/returns/health-visiting.docx", make_chronolator())
    make_bad()
