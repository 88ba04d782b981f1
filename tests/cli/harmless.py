"""What makes each form of output harmless, whatever was read: functions that find faults in bytes, by form."""
import csv
import html.parser
import io
import json
import re
import xml.etree.ElementTree
import zipfile

# Escapes, backspace, DEL and C1 act on a terminal; the others turn a line or break it.
ACTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")
SCRIPTS = re.compile(r"^(on\w+|srcdoc|formaction)$")


def acting(name, text):
    """Raw characters that act; a form that needs them writes them as codes."""
    found = ACTING.search(text)
    return [f"{name} holds U+{ord(found.group()):04X} at {found.start()}"] if found else []


def plain(stdout):
    text = stdout.decode("utf-8")
    return acting("the text", text) + (["the text holds a tab or a return"] if re.search("[\t\r]", text) else [])


def document(stdout):
    text = stdout.decode("utf-8")
    for line in text.splitlines() if text.startswith("{\"type\"") else [text]:
        json.loads(line)
    return acting("the JSON", text) + (["the JSON holds a return"] if "\r" in text else [])


def table(stdout):
    text = stdout.decode("utf-8-sig")
    found = acting("the CSV", text.replace("\r\n", "\n")) + (["a return in a cell"] if "\r" in text.replace("\r\n", "\n") else [])
    rows = list(csv.reader(io.StringIO(text, newline="")))
    found += [f"a formula: {cell[:40]!r}" for row in rows for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]
    return found


class Page(html.parser.HTMLParser):
    """Elements and attributes that our pages never have."""

    def __init__(self):
        super().__init__()
        self.faults = []

    def handle_starttag(self, tag, attributes):
        if tag in ("script", "iframe", "object", "embed", "form", "img", "link", "base", "i", "b"):
            self.faults.append(f"an element {tag}")
        for name, value in attributes:
            if SCRIPTS.match(name):
                self.faults.append(f"an attribute {name}")
            if name in ("href", "src", "xlink:href") and not (value or "").startswith("#"):
                self.faults.append(f"a link to {value!r}")


def page(stdout):
    text = stdout.decode("utf-8")
    parser = Page()
    parser.feed(text)
    return acting("the page", text) + parser.faults


def picture(stdout):
    text = stdout.decode("utf-8")
    found = acting("the picture", text)
    for element in xml.etree.ElementTree.fromstring(text).iter():
        tag = str(element.tag).rsplit("}", 1)[-1]
        found += [f"an element {tag}"] if tag in ("script", "foreignObject", "image", "a") else []
        found += [f"an attribute {name}" for name in element.attrib if SCRIPTS.match(name)]
    return found


def office(stdout):
    """Well-formed parts without characters that act, links out, fields of ours apart, macros or formulas."""
    found = []
    with zipfile.ZipFile(io.BytesIO(stdout)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode("utf-8")
            found += acting(name, text)
            root = xml.etree.ElementTree.fromstring(text)
            for element in root.iter():
                tag = element.tag.rsplit("}", 1)[-1]
                if tag in ("f", "hyperlink", "object", "oleObject", "altChunk"):
                    found.append(f"{name} has an element {tag}")
                if element.attrib.get("TargetMode") == "External":
                    found.append(f"{name} leads out")
    return found


looks = {"text": plain, "json": document, "ndjson": document, "fhir": document, "csv": table, "html": page,
         "svg": picture, "docx": office, "xlsx": office}
