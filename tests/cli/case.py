"""One case of a command line: what is typed, and what must come of it.

A case runs in an empty folder of its own, which `files` fills. In arguments, {source} stands for the
source tree and {here} for that folder."""
import dataclasses
import os

SOURCE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


@dataclasses.dataclass
class Case:
    name: str
    arguments: list
    exit: int = 0
    stdout: object = ""         # a text it holds, a list of them, or None: it is empty
    stderr: object = None       # the same
    golden: str = ""            # file in tests/cli/ that stdout equals, byte for byte
    lacks: list = dataclasses.field(default_factory=list)    # texts in neither stream
    one_line: object = None     # stderr is exactly one line; by default so for exit 3, 4 and 5
    stdin: bytes = b""
    files: dict = dataclasses.field(default_factory=dict)    # name -> content, made before
    links: dict = dataclasses.field(default_factory=dict)    # name -> where it leads, made before
    pipes: list = dataclasses.field(default_factory=list)    # named pipes, made before
    kept: list = dataclasses.field(default_factory=list)     # of `files`: the same afterwards
    equals: list = dataclasses.field(default_factory=list)   # command line whose stdout is the same
    absent: list = dataclasses.field(default_factory=list)   # must not be there afterwards
    present: list = dataclasses.field(default_factory=list)  # must be there afterwards
    before: list = dataclasses.field(default_factory=list)   # command lines that must succeed first
    look: object = None         # a function that finds faults in stdout: sentences
    terminal: bool = False      # stdout is a terminal
    environment: dict = dataclasses.field(default_factory=dict)

    def __post_init__(self):
        if self.one_line is None:
            self.one_line = self.exit in (3, 4, 5)

    @staticmethod
    def fill(arguments, folder):
        return [word.replace("{source}", SOURCE).replace("{here}", folder) for word in arguments]
