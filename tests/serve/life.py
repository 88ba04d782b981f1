"""From the start to the end: where it may listen, signals, readiness, TLS, what it keeps to itself."""
import os
import resource
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

import tally
from server import Server, wait_until

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def check_refusals(counts, world):
    store = world.store
    for name, arguments, status, words in [
            ("no store is named", [], 2, "store"), ("two stores", [store, store], 2, "one store"),
            ("an option that is not there", [store, "--port", "1"], 2, "option"), ("a value is missing", [store, "--listen"], 2, "missing"),
            ("readers out of range", [store, "--readers", "65"], 2, "range"), ("no seconds", [store, "--idle-seconds", "0"], 2, "range"),
            ("no address", [store, "--listen", "8137"], 2, "address"), ("no port", [store, "--listen", "127.0.0.1"], 2, "address"),
            ("a name", [store, "--listen", "example.org:8137"], 2, "address"), ("a bare IPv6", [store, "--listen", "::1:8137"], 2, "address"),
            ("half of TLS", [store, "--tls-cert", "a.pem"], 2, "together"),
            ("TLS twice", [store, "--tls-cert", "a", "--tls-key", "b", "--behind-proxy"], 2, "proxy"),
            ("everywhere without TLS", [store, "--listen", "0.0.0.0:0"], 2, "listen in"),
            ("everywhere, IPv6", [store, "--listen", "[::]:0"], 2, ""),
            ("everywhere without accounts", [store, "--listen", "0.0.0.0:0", "--behind-proxy"], 2, "accounts"),
            ("no such store", [os.path.join(world.folder, "none.db")], 3, "none.db"),
            ("TLS files that are not there", [store, "--listen", "127.0.0.1:0", "--tls-cert", "/nowhere/a", "--tls-key", "/nowhere/b"],
             3, "/nowhere/a"),
            ("a log that cannot be written", [store, "--listen", "127.0.0.1:0", "--log", "/nowhere/log"], 3, "log")]:
        outcome = tally.run(world.binary, ["serve", *arguments])
        # A machine without IPv6 cannot listen there at all.
        fine = outcome.status == status or (name.endswith("IPv6") and outcome.status == 3)
        counts.check(fine and words in outcome.stderr.decode() and outcome.stdout == b"" and not outcome.crashed, name,
                     f"{outcome.status} {outcome.stderr[:300]!r} {outcome.crashed}")
    with world.serve() as server:
        outcome = tally.run(world.binary, ["serve", store, "--listen", f"127.0.0.1:{server.port}"])
        counts.check(outcome.status == 3 and b"taken" in outcome.stderr, "a port that is taken", repr(outcome.stderr))


def check_graceful_stop(counts, world):
    """What has begun is answered; nothing more is taken on."""
    body = b"{\"account\": \"a\", \"password\": \"b\"}"
    head = b"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    for number in (signal.SIGTERM, signal.SIGINT):
        with world.serve() as server:
            idle = server.connect()
            idle.sendall(HEALTH)
            counts.check(idle.recv(65536).startswith(b"HTTP/1.1 200"), "a connection that then waits")
            with server.connect(10) as begun:
                begun.sendall(head + body[:10])
                # Its headers have been read once the server has gone through its loop.
                time.sleep(0.3)
                server.tell(number)
                stopping = wait_until(lambda: any(line.get("event") == "stopping" for line in server.log()), 5)
                counts.check(stopping, "stopping is in the log")
                time.sleep(0.3)
                counts.check(server.process.poll() is None, "waits for what has begun")
                counts.check(not can_connect(server.port), "takes no connection more")
                begun.sendall(body[10:])
                read = begun.recv(65536)
                counts.check(read.startswith(b"HTTP/1.1 401") and b"Connection: close" in read, "answers what has begun",
                             repr(read[:100]))
            counts.check(server.process.wait(20) == 0, f"ends after signal {number}")
            counts.check([line.get("event") for line in server.log()][-1] == "stopped", "stopped is in the log")
            idle.close()


def can_connect(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


def check_stop_at_once(counts, world):
    """A second signal ends it while somebody still sends."""
    with world.serve() as server:
        with server.connect() as begun:
            begun.sendall(b"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{")
            time.sleep(0.3)
            began = time.monotonic()
            server.tell(signal.SIGTERM)
            wait_until(lambda: any(line.get("event") == "stopping" for line in server.log()), 5)
            counts.check(server.stop() == 0 and time.monotonic() - began < 10, "a second signal ends it")


def check_reload(counts, world):
    with world.serve() as server:
        server.ask("GET", "/healthz")
        moved = server.log_path + ".1"
        wait_until(lambda: len(server.log()) == 2)
        os.rename(server.log_path, moved)
        server.tell(signal.SIGHUP)
        counts.check(wait_until(lambda: any(line.get("event") == "reloaded" for line in server.log())), "SIGHUP reads anew")
        counts.check(server.is_well() and wait_until(lambda: len(server.log()) == 2, 5), "and opens the log anew", str(server.log()))
        counts.check(server.process.poll() is None, "and goes on")


def check_reload_under_load(counts, world):
    with world.serve() as server:
        for _ in range(5):
            server.tell(signal.SIGHUP)
            counts.check(all(server.ask("GET", "/v1/children").status == 401 for _ in range(20)), "answers while it reads anew")
        counts.check(server.stop() == 0, "ends after reading anew")


def check_readiness(counts, world):
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        path = os.path.join(folder, "notify")
        manager.bind(path)
        manager.settimeout(20)
        with world.serve(environment={"NOTIFY_SOCKET": path}) as server:
            counts.check(manager.recv(100) == b"READY=1", "says that it is ready")
            server.tell(signal.SIGHUP)
            counts.check([manager.recv(100).split(b"\n")[0] for _ in range(2)] == [b"RELOADING=1", b"READY=1"], "says that it reads anew")
            server.tell(signal.SIGTERM)
            counts.check(manager.recv(100) == b"STOPPING=1", "says that it stops")


def check_keeps_to_itself(counts, world):
    with world.serve() as server:
        limits = resource.prlimit(server.process.pid, resource.RLIMIT_CORE)
        counts.check(limits == (0, 0), "no core dump", str(limits))
        counts.check(os.stat(server.log_path).st_mode & 0o777 == 0o600, "the log is its owner's")
        outcome = server.ask("GET", "/healthz").json()
        counts.check(outcome["ok"] is True and outcome["version"], "health says the version", str(outcome))


def make_certificate(folder):
    """A pair for localhost; None without openssl."""
    if not shutil.which("openssl"):
        return None
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    made = subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                           "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", key, "-out", cert],
                          capture_output=True, check=False)
    return (cert, key) if made.returncode == 0 else None


def speaks(server, context):
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
            with context.wrap_socket(plain, server_hostname="localhost") as link:
                return link.version()
    except OSError:
        return None


def check_tls(counts, world):
    with tempfile.TemporaryDirectory() as folder:
        pair = make_certificate(folder)
        if not pair:
            counts.skip("TLS", "openssl")
            return
        cert, key = pair
        trusting = ssl.create_default_context(cafile=cert)
        with world.serve("--tls-cert", cert, "--tls-key", key, "--idle-seconds", "2", secure=trusting) as server:
            reply = server.ask("GET", "/")
            counts.check(reply.status == 200 and reply.body.decode() == world.page["index.html"], "the page over TLS")
            counts.check(reply.headers.get("strict-transport-security") == "max-age=31536000", "HSTS under TLS")
            counts.check(server.ask("GET", "/v1/children").status == 401, "an operation over TLS")
            counts.check(server.post("/v1/reviews", b"{}", {"Origin": f"https://127.0.0.1:{server.port}"}).status == 401,
                         "https is the origin under TLS")
            counts.check(speaks(server, trusting) in ("TLSv1.2", "TLSv1.3"), "TLS 1.2 or 1.3")
            old_tls(counts, server, cert)
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
                plain.sendall(HEALTH)
                counts.check(b"200" not in read_all(plain), "plain HTTP is not answered there")
            with socket.create_connection(("127.0.0.1", server.port), timeout=10) as plain:
                began = time.monotonic()
                read_all(plain)
                counts.check(time.monotonic() - began < 9, "one that never greets is cut off")
            counts.check(server.is_well() and server.stop() == 0, "ends under TLS")
        outcome = tally.run(world.binary, ["serve", world.store, "--listen", "127.0.0.1:0", "--tls-cert", key, "--tls-key", cert])
        counts.check(outcome.status == 3 and not outcome.crashed, "certificate and key the wrong way round", str(outcome.status))


def old_tls(counts, server, cert):
    old = ssl.create_default_context(cafile=cert)
    old.set_ciphers("ALL:@SECLEVEL=0")
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    counts.check(speaks(server, old) is None, "TLS 1.1 is refused")


def read_all(link):
    read = b""
    try:
        while chunk := link.recv(65536):
            read += chunk
    except OSError:
        pass
    return read


def check_without_a_page(counts, world):
    with tempfile.TemporaryDirectory() as folder, Server(world.binary, world.store, ["--web", folder]) as server:
        counts.check(server.ask("GET", "/").status == 404 and server.is_well(), "a folder without a page")
