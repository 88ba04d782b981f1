"""What the Python test runners share: counting, the closing line that tools/check reads, and running
the command in a clean environment. Standard library only."""
import glob
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TIMEOUT_SECONDS = 120
# No status of the command: what a sanitizer ends a program with.
SANITIZER_EXIT = 99


class Tally:
    """Counts cases; prints the failed ones as they come and the closing line at the end."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def check(self, fine, name, why=""):
        if fine:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {name}" + (f": {why}" if why else ""), flush=True)
        return fine

    def skip(self, name, needs):
        self.skipped += 1
        print(f"skipped {name}: needs {needs}")

    def close(self):
        """Prints the closing line and ends the program."""
        line = f"{self.passed} passed, {self.failed} failed"
        print(line + (f", {self.skipped} skipped" if self.skipped else ""))
        sys.exit(1 if self.failed else 0)


def clean_environment(extra=None):
    """Nothing of the caller's settings may change what the command prints."""
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
        "LC_ALL": "C",
        "TZ": "UTC",
        "HOME": "/nonexistent",
        "ASAN_OPTIONS": f"detect_leaks=1:exitcode={SANITIZER_EXIT}",
        "UBSAN_OPTIONS": f"print_stacktrace=1:exitcode={SANITIZER_EXIT}",
        "TSAN_OPTIONS": f"halt_on_error=1:exitcode={SANITIZER_EXIT}",
    }
    environment.update(extra or {})
    return environment


class Outcome:
    """What a run of the command left: status, stdout, stderr, and `crashed`, a reason or None."""

    def __init__(self, status, stdout, stderr):
        self.status, self.stdout, self.stderr = status, stdout, stderr
        self.crashed = None
        if status < 0:
            self.crashed = f"ended by signal {-status}"
        elif status == SANITIZER_EXIT or b"Sanitizer" in stderr or b"runtime error:" in stderr:
            self.crashed = "sanitizer report:\n" + stderr.decode("utf-8", "replace")[:4000]


def read_all(master):
    """What lies in a terminal whose other end is closed; reading past it is an error of its own."""
    read = b""
    try:
        while chunk := os.read(master, 65536):
            read += chunk
    except OSError:
        pass
    os.close(master)
    return read


def run(binary, arguments, stdin=b"", cwd=ROOT, environment=None, terminal=False):
    """Runs the command, on a terminal if that is asked for; what it writes there must fit into its room. A
    time-out is a crash too."""
    master, slave = os.openpty() if terminal else (None, subprocess.PIPE)
    try:
        done = subprocess.run([binary, *arguments], input=stdin, cwd=cwd, stdout=slave, stderr=subprocess.PIPE,
                              env=clean_environment(environment), timeout=TIMEOUT_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        outcome = Outcome(SANITIZER_EXIT, b"", b"")
        outcome.crashed = f"no end within {TIMEOUT_SECONDS} s"
        return outcome
    finally:
        if terminal:
            os.close(slave)
    return Outcome(done.returncode, read_all(master) if terminal else done.stdout, done.stderr)


def binary_from_arguments(usage):
    """The command to test: the only argument. Without it, or if it is not there, the runner ends."""
    if len(sys.argv) != 2:
        print(f"usage: {usage}", file=sys.stderr)
        sys.exit(2)
    binary = os.path.abspath(sys.argv[1])
    if not os.access(binary, os.X_OK):
        print(f"no command at {sys.argv[1]}")
        print("0 passed, 1 failed")
        sys.exit(1)
    return binary


def fixture_subjects():
    """What of fixtures/ can be reviewed: case folders and XML returns, relative to the source tree. Those of
    bad-input/ must be refused, which tests/cli/ looks after; scorecard/ holds figures of 828 children, which are
    counted (tests/golden/scorecard)."""
    folders = [os.path.dirname(path) for path in
               glob.glob("fixtures/**/case.json", root_dir=ROOT, recursive=True)]
    returns = [path for path in glob.glob("fixtures/**/*.xml", root_dir=ROOT, recursive=True)
               if not any(path.startswith(folder + "/") for folder in folders)]
    return sorted(path for path in folders + returns if "/bad-input/" not in path and path != "fixtures/scorecard")


def first_difference(expected, got):
    """Where two byte strings part, for a message: line number and both lines."""
    for number, (left, right) in enumerate(zip(expected.splitlines(), got.splitlines()), 1):
        if left != right:
            return f"line {number}: expected {left[:200]!r}, got {right[:200]!r}"
    return f"expected {len(expected)} bytes, got {len(got)}: one is the beginning of the other"
