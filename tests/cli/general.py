"""What holds for the command as a whole: help, version, unknown words."""
from case import Case

SUBCOMMANDS = ["review", "score", "import", "export", "indicators", "api"]

CASES = [
    Case("help names the main job", ["--help"], stdout=["usage: tidemark", "review"]),
    Case("version", ["--version"], stdout="tidemark 0."),
    Case("nothing typed shows the help, and is a usage error", [], exit=2, stdout="usage: tidemark"),
    Case("unknown subcommand", ["rewiev"], exit=2, stdout=None, stderr="no subcommand of that name"),
    Case("unknown option", ["review", "--no-such-option"], exit=2, stdout=None, stderr="no-such-option"),
] + [
    Case(f"{name} --help has an example", [name, "--help"], stdout=[f"tidemark {name}", "xample"])
    for name in SUBCOMMANDS
]
