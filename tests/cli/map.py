"""tidemark map suggest and map check: a map guessed from a file and used at once; maps held against files."""
import json

from case import Case

CONCERNS = ("School return for the panel;;;\n;;;\nPupil;Date;Type;What was seen\n"
            "P-1;05/06/2024;Hungry;Asked for a second breakfast, and a third\nP-1;13/06/2024;Tea;Ate well\n")
CAFE = "Child,Date,Type,Note\nA,2024-01-01,Referral,Caf\u00e9\n".encode("windows-1252")
SECRET = "Zebedee-said-nothing"
MAP = ('{"map": 1, "agency": "school",\n "columns": {"Child": {"to": "child"}, "Date": {"to": "occurred"},\n'
       '  "Kind": {"to": "kind", "values": {"Visit": "visit"}}}}')
RETURN = f"Child,Date,Kind,Extra\nA,2024-01-01,visit,x\nA,{SECRET},{SECRET},x\n,2024-01-02,visit,x\n"
BESIDE = ["map", "suggest", "r.csv", "--agency", "school", "--format", "json", "-o", "r.csv.map.json"]
WORKBOOK = "{source}/tests/data/ingest/tables/school.xlsx"
LONG = "{source}/fixtures/long-neglect/"
WHOLE = json.dumps({"map": 1, "agency": "school", "delimiter": ";", "encoding": "utf-8", "header_row": 3,
                    "dates": {"order": "dmy"},
                    "columns": {"Pupil": {"to": "child"}, "Date": {"to": "occurred"},
                                "Type": {"to": "kind", "values": {"Hungry": "hunger-concern", "Tea": ""}},
                                "What was seen": {"to": "text"}}, "ignore": []}, indent=2) + "\n"


def mapped(text=MAP, content=RETURN, **more):
    return {"m.json": text, "r.csv": content, **more}


CASES = [
    Case("guesses, what to settle, rows, map", ["map", "suggest", "r.csv", "--agency", "school"], files={"r.csv": CONCERNS},
         stdout=["cells parted by semicolons, heading in row 3, 2 rows below it", "Pupil -> child  sure: by its heading",
                 "Hungry (1 row) = hunger-concern", "Tea (1 row) = ?", "Day comes before month",
                 "row 4: 2024-06-05 (written 05/06/2024) | hunger-concern | school | P-1 | Asked for a second",
                 "Map:\n{"]),
    Case("JSON is the map and nothing else", ["map", "suggest", "r.csv", "--agency", "school", "--format", "json"],
         files={"r.csv": CONCERNS}, stdout=WHOLE, lacks=["breakfast"]),
    Case("the map is used at once", ["chronology", "r.csv", "--as-of", "2024-12-31", "--format", "csv"], before=[BESIDE],
         files={"r.csv": CONCERNS}, stdout=["Hungry or without food", "P-1,2024-06-13"]),
    Case("the map passes its check", ["map", "check", "r.csv.map.json", "r.csv"], before=[BESIDE], files={"r.csv": CONCERNS},
         stdout=["r.csv: 2 = 2 read + 0 set aside", "1 without a meaning in the map, of 1 word (first in row 5)"]),
    Case("Windows-1252 is seen", ["map", "suggest", "r.csv"], files={"r.csv": CAFE}, stdout=["Windows-1252", "Caf\u00e9"]),
    Case("a workbook", ["map", "suggest", WORKBOOK, "--agency", "school", "--format", "json"], stdout='"Concerns & more"'),
    Case("a document", ["map", "suggest", "{source}/tests/data/ingest/tables/police.docx"],
         stdout=["Table 1, of 2 in the file", "Date of\u00a0event -> occurred  sure"]),
    Case("a file that needs no map", ["map", "suggest", "{source}/fixtures/census-2024/census.xml"], exit=3, stdout=None,
         stderr="read without a column map"),
    Case("an empty file", ["map", "suggest", "r.csv"], files={"r.csv": ""}, exit=3, stdout=None, stderr="empty"),
    Case("no heading", ["map", "suggest", "r.csv"], files={"r.csv": "2024-01-01,5\n2024-01-02,6\n"}, exit=3, stdout=None,
         stderr="looks like headings"),
    Case("no such agency", ["map", "suggest", "r.csv", "--agency", "the-school"], files={"r.csv": CONCERNS}, exit=2,
         stdout=None, stderr="agencies.csv", lacks=["the-school"]),
    Case("two files", ["map", "suggest", "r.csv", "r.csv"], files={"r.csv": CONCERNS}, exit=2, stdout=None, stderr="one file"),
    Case("a folder", ["map", "suggest", LONG], exit=3, stdout=None, stderr="folder"),
    Case("not over its own file", ["map", "suggest", "r.csv", "-o", "r.csv"], files={"r.csv": CONCERNS}, exit=2, stdout=None,
         stderr="would take the place", kept=["r.csv"]),
    Case("headings that do harm act on no terminal", ["map", "suggest", "r.csv"],
         files={"r.csv": "Child\x1b[2J,Date,\u202eNotes\nA,2024-01-01,x\x1b[31m\n"},
         stdout=["Child\\x1b", "<U+202E>"], lacks=["\x1b", "\u202e"]),
    Case("check a map alone", ["map", "check", LONG + "maps/school.json"], stdout="a column map that can be used, of 11 columns"),
    Case("each shipped map", ["map", "check", "{source}/scripts/maps/annex-a-1.json"], stdout="can be used"),
    Case("a map and its file", ["map", "check", LONG + "maps/police.json", LONG + "police.tsv"],
         stdout=["Incident date -> occurred: 13 cells; 1 cannot be read (first in row 9)", "13 = 12 read + 1 set aside"]),
    Case("a map with a slip", ["map", "check", "m.json"], files={"m.json": '{"map": 1,\n "columns": {"A": {"to": "when"}}}'},
         exit=3, stdout=None, stderr="m.json:2"),
    Case("a map that is no JSON", ["map", "check", "m.json"], files={"m.json": "{"}, exit=3, stdout=None, stderr="m.json:1"),
    Case("a map that is not there", ["map", "check", "no.json"], exit=3, stdout=None, stderr="no.json"),
    Case("rows and counts, no cell", ["map", "check", "m.json", "r.csv"], files=mapped(), lacks=[SECRET],
         stdout=["Date -> occurred: 3 cells; 1 cannot be read (first in row 3)",
                 "Kind -> kind: 3 cells; 1 without a meaning in the map, of 1 word (first in row 3)",
                 "neither uses nor ignores:\n  Extra\n", "3 = 2 read + 1 set aside"]),
    Case("trouble under --strict", ["map", "check", "m.json", "r.csv", "--strict"], files=mapped(), exit=3, one_line=False,
         stdout="set aside"),
    Case("check in JSON", ["map", "check", "m.json", "r.csv", "--format", "json"], files=mapped(), lacks=[SECRET],
         stdout=['"not_read": 1,', '"first_not_read": 3,', '"first_row": 3,', '"headings_left": [\n    "Extra"\n  ]',
                 '"set_aside": 1']),
    Case("a heading that the file has not", ["map", "check", "m.json", "r.csv"],
         files=mapped(content="Child,Date\nA,2024-01-01\n"), stdout="Kind -> kind: THE FILE HAS NO SUCH HEADING"),
    Case("a map for another file", ["map", "check", "m.json", "r.csv"], files=mapped(content="X,Y\n1,2\n"), exit=3, stdout=None,
         stderr="r.csv"),
    Case("a map of a case folder names no agency", ["map", "check", "m.json", "r.csv"],
         files=mapped(MAP.replace(' "agency": "school",', "")), stdout=["It names no agency", "3 = 2 read + 1 set aside"]),
    Case("three files", ["map", "check", "m.json", "r.csv", "r.csv"], files=mapped(), exit=2, stdout=None, stderr="column map"),
    Case("no file", ["map", "check"], exit=2, stdout=None, stderr="column map"),
]
