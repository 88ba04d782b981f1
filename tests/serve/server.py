"""A running `tidemark serve` for the tests: started on a free port, asked over http.client or a bare
socket, and ended with its exit code and log looked at."""
import contextlib
import fcntl
import http.client
import json
import os
import signal
import socket
import sqlite3
import ssl
import subprocess
import tempfile
import time

import tally

# Nothing waits for this long to pass; under ThreadSanitizer, beside other runners, an answer may take a while.
WAIT_SECONDS = 90


def is_closed():
    """Whether stores are encrypted before they are served."""
    return bool(os.environ.get("TIDEMARK_TEST_CLOSED"))


def close(binary, store):
    """Encrypts a store where that is asked for; its keys lie beside it."""
    if not is_closed():
        return
    done = tally.run(binary, ["store", "encrypt", store, "--now", str(int(time.time()))])
    if done.status != 0:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))


def entries(binary, store):
    """How many entries a store holds, by the file itself; of one that is encrypted, by the command."""
    if is_closed():
        done = tally.run(binary, ["export", store, "--key", store + ".keys"])
        return sum(json.loads(line).get("type") == "event" for line in done.stdout.splitlines())
    with contextlib.closing(sqlite3.connect(store)) as link:
        return link.execute("SELECT count(*) FROM event").fetchone()[0]


@contextlib.contextmanager
def held(store):
    """Another program in the middle of a change; gives what ends it. What has no key takes the lock that SQLite
    takes for it, a byte of the file that connections share."""
    if is_closed():
        with open(store + "-shm", "r+b") as shared:
            fcntl.lockf(shared, fcntl.LOCK_EX, 1, 120)
            yield lambda: fcntl.lockf(shared, fcntl.LOCK_UN, 1, 120)
        return
    with contextlib.closing(sqlite3.connect(store, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield lambda: other.execute("ROLLBACK")


class Reply:
    """Status, headers (lower case, the last of a name), all headers, and the body."""

    def __init__(self, response, body):
        self.status, self.body = response.status, body
        self.pairs = response.getheaders()
        self.headers = {name.lower(): value for name, value in self.pairs}

    def json(self):
        try:
            return json.loads(self.body)
        except ValueError:
            return None


def wait_until(condition, seconds=WAIT_SECONDS):
    """Whether `condition` became true in that time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


class Server:
    """Starts when made; `with` ends it. `secure`: a context of ssl for a server with TLS."""

    def __init__(self, binary, store, options=(), environment=None, secure=None):
        self.folder = tempfile.TemporaryDirectory()
        self.log_path = os.path.join(self.folder.name, "log")
        self.secure = secure
        self.process = subprocess.Popen(
            [binary, "serve", store, "--listen", "127.0.0.1:0", "--log", self.log_path, *options],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=tally.clean_environment(environment))
        line = self.process.stdout.readline().decode()
        self.port = int(line.split(" at ")[1].split(" ")[0].rsplit(":", 1)[1]) if " at " in line else 0
        if not self.port:
            raise RuntimeError(self.process.stderr.read().decode("utf-8", "replace")[:2000])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        status = self.process.poll()
        if status is None:
            status = self.stop()
        words = self.process.stderr.read().decode("utf-8", "replace")
        self.process.stdout.close()
        self.process.stderr.close()
        self.folder.cleanup()
        # Whatever was asked, it ends in order; what a sanitizer found stands on stderr.
        if status != 0 or words:
            raise RuntimeError(f"the server ended with {status}: {words[:4000]}")

    def connect(self, seconds=WAIT_SECONDS):
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=seconds)
        return self.secure.wrap_socket(plain, server_hostname="localhost") if self.secure else plain

    def client(self):
        if self.secure:
            return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS, context=self.secure)
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_SECONDS)

    def ask(self, method, path, body=None, headers=None):
        client = self.client()
        try:
            client.request(method, path, body=body, headers=headers or {})
            response = client.getresponse()
            return Reply(response, response.read())
        finally:
            client.close()

    def post(self, path, body, headers=None, method="POST"):
        return self.ask(method, path, body, {"Content-Type": "application/json", **(headers or {})})

    def raw(self, request, seconds=WAIT_SECONDS):
        """Sends bytes as they are and reads until the other side closes or says nothing for a time."""
        read = b""
        with self.connect(seconds) as link:
            try:
                link.sendall(request)
                while chunk := link.recv(65536):
                    read += chunk
            except OSError:
                pass
        return read

    def status_of(self, request, seconds=WAIT_SECONDS):
        """The status line's number in the answer to bytes; 0 when the connection was closed without one."""
        line = self.raw(request, seconds).split(b"\r\n")[0].split(b" ")
        return int(line[1]) if len(line) > 1 and line[0].startswith(b"HTTP/") else 0

    def is_well(self):
        return self.ask("GET", "/healthz").status == 200

    def gets_through(self):
        """Whether a connection is taken and answered; an error of the network is no."""
        try:
            return self.is_well()
        except OSError:
            return False

    def log(self):
        if not os.path.exists(self.log_path):
            return []
        with open(self.log_path, encoding="utf-8") as file:
            return [json.loads(line) for line in file]

    def tell(self, number):
        self.process.send_signal(number)

    def stop(self, number=signal.SIGTERM):
        """Its exit code; None when it does not end."""
        self.tell(number)
        try:
            return self.process.wait(WAIT_SECONDS * 2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            return None
