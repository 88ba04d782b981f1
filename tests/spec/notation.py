"""How a page of the specification is written: its blocks read into examples, and what it means that an
output holds an expected block. Running the command is not done here."""
import dataclasses
import json
import re
import shlex

FENCE = re.compile(r"^```(.*)$")
INPUT_LANGUAGES = ("csv", "json", "ndjson", "xml")
EXPECTED_LANGUAGES = ("text", "json", "ndjson")
ANYTHING = "..."


class Broken(Exception):
    """The page is not written as tests/spec/README.md says; the text names the line."""


@dataclasses.dataclass
class Block:
    line: int
    language: str
    name: str       # of an input file, else empty
    lines: list


@dataclasses.dataclass
class Expected:
    line: int
    language: str
    wanted: object  # of json the value, else a list of lines; those of ndjson are values


@dataclasses.dataclass
class Example:
    """One command line, the files that stand ready for it, and what its output must hold."""
    line: int
    heading: str
    arguments: list
    files: dict
    expected: list = dataclasses.field(default_factory=list)


def blocks_and_headings(text):
    """The headings as texts and the fenced blocks, in their order."""
    found, block = [], None
    for number, line in enumerate(text.splitlines(), 1):
        fence = FENCE.match(line)
        if block is not None and line == "```":
            found.append(block)
            block = None
        elif block is not None:
            if fence:
                raise Broken(f"line {number}: a block begins inside that of line {block.line}")
            block.lines.append(line)
        elif fence:
            words = fence.group(1).split()
            if not 1 <= len(words) <= 2:
                raise Broken(f"line {number}: a block begins with its kind and at most one file name")
            block = Block(number, words[0], words[1] if len(words) == 2 else "", [])
        elif line.lstrip().startswith(("```", "~~~")):
            raise Broken(f"line {number}: a fence stands at the beginning of its line and is ```")
        elif line.startswith("#"):
            found.append(line.lstrip("#").strip())
    if block is not None:
        raise Broken(f"line {block.line}: the block has no end")
    return found


def check_name(block):
    parts = block.name.split("/")
    if block.name.startswith("-") or not all(part and part not in (".", "..") for part in parts):
        raise Broken(f"line {block.line}: {block.name!r} is no file below the folder of the page")


def read_command(block):
    lines = [line for line in block.lines if line.strip()]
    if len(lines) != 1:
        raise Broken(f"line {block.line}: a command is one line")
    try:
        words = shlex.split(lines[0])
    except ValueError as error:
        raise Broken(f"line {block.line}: {error}") from error
    if len(words) < 2 or words[0] != "tidemark":
        raise Broken(f"line {block.line}: a command begins with tidemark and its subcommand")
    return words[1:]


def read_value(text, line):
    try:
        return json.loads(text)
    except ValueError as error:
        raise Broken(f"line {line}: no JSON: {error}") from error


def read_expected(block):
    lines = [line for line in block.lines if line.strip()]
    if not any(line.strip() != ANYTHING for line in lines):
        raise Broken(f"line {block.line}: the block expects nothing")
    if block.language == "json":
        return Expected(block.line, "json", read_value("\n".join(lines), block.line))
    if block.language == "ndjson":
        lines = [line if line.strip() == ANYTHING else read_value(line, block.line) for line in lines]
    return Expected(block.line, block.language, lines)


class Page:
    """Goes through the blocks of a page and puts its examples together."""

    def __init__(self):
        self.examples, self.files, self.heading = [], {}, ""
        self.waiting = None     # the last input block that no command has followed yet

    def add_input(self, block):
        if block.language not in INPUT_LANGUAGES:
            raise Broken(f"line {block.line}: a file is one of {', '.join(INPUT_LANGUAGES)}")
        check_name(block)
        self.end_example(block)
        self.files = {**self.files, block.name: "\n".join(block.lines) + "\n"}
        self.waiting = block

    def add_command(self, block):
        self.end_example(block)
        if not self.heading:
            raise Broken(f"line {block.line}: a command before the first heading")
        self.examples.append(Example(block.line, self.heading, read_command(block), self.files))
        self.waiting = None

    def add_expected(self, block):
        if block.language not in EXPECTED_LANGUAGES:
            raise Broken(f"line {block.line}: a block is {', '.join(INPUT_LANGUAGES)} with a file name, sh, "
                         f"or {', '.join(EXPECTED_LANGUAGES)}")
        if not self.examples or self.waiting:
            raise Broken(f"line {block.line}: an output without its command")
        self.examples[-1].expected.append(read_expected(block))

    def end_example(self, place):
        if self.examples and not self.waiting and not self.examples[-1].expected:
            raise Broken(f"line {place.line}: the command of line {self.examples[-1].line} has no output")

    def end(self):
        if not self.examples:
            raise Broken("no example")
        if self.waiting:
            raise Broken(f"line {self.waiting.line}: a file that no command follows")
        self.end_example(self.examples[-1])


def read_page(text):
    """The examples of a page. Raises Broken."""
    page = Page()
    for part in blocks_and_headings(text):
        if isinstance(part, str):
            page.heading = part
        elif part.name:
            page.add_input(part)
        elif part.language == "sh":
            page.add_command(part)
        else:
            page.add_expected(part)
    page.end()
    return page.examples


def value_holds(wanted, got):
    """Members that are not named may be there; a list has the items named and no others, unless "..." says so."""
    if wanted == ANYTHING:
        return True
    if isinstance(wanted, dict):
        return isinstance(got, dict) and all(key in got and value_holds(value, got[key]) for key, value in wanted.items())
    if isinstance(wanted, list):
        return isinstance(got, list) and find_runs(wanted, got, value_holds, whole=True) is None
    return type(wanted) is type(got) and wanted == got


def line_holds(wanted, got):
    """Blanks at the ends do not count, and several count as one."""
    return wanted.split() == got.split()


def runs_of(wanted):
    """What is wanted, parted where "..." stands."""
    runs = [[]]
    for item in wanted:
        if isinstance(item, str) and item.strip() == ANYTHING:
            runs.append([])
        else:
            runs[-1].append(item)
    return runs


def find_runs(wanted, got, holds, whole=False):
    """Finds the runs of `wanted` in `got`, each unbroken and in order. None when they are there, else the first
    item that is not. With `whole`, the first run begins and the last one ends `got`."""
    runs, at = runs_of(wanted), 0
    for number, run in enumerate(runs):
        first, last = whole and number == 0, whole and number == len(runs) - 1
        ends = len(got) - len(run)
        starts = range(at, ends + 1)
        if last:
            starts = range(max(at, ends), ends + 1)
        if first:
            starts = [start for start in starts if start == 0]
        best = 0
        for start in starts:
            fits = 0
            while fits < len(run) and holds(run[fits], got[start + fits]):
                fits += 1
            best = max(best, fits)
            if fits == len(run):
                at = start + fits
                break
        else:
            return run[best] if best < len(run) else "an end"
    return None


def fault_of(expected, output):
    """What of an expected block the output does not hold, as a sentence, or an empty string."""
    if expected.language == "text":
        lines = [line for line in output.splitlines() if line.strip()]
        lost = find_runs(expected.wanted, lines, line_holds)
        return "" if lost is None else f"lacks, in its place, {lost.strip()!r}"
    try:
        if expected.language == "json":
            return "" if value_holds(expected.wanted, json.loads(output)) else \
                "does not hold this JSON; it is " + " ".join(output.split())[:2000]
        got = [json.loads(line) for line in output.splitlines()]
    except ValueError as error:
        return f"is no JSON: {error}"
    lost = find_runs(expected.wanted, got, value_holds)
    return "" if lost is None else f"lacks, in its place, {json.dumps(lost)}"
