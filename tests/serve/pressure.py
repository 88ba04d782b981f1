"""Many at once, slow ones, floods of headers, bodies that are cut off: the server goes on."""
import socket
import time

from server import wait_until

HEALTH = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
FINE = b"HTTP/1.1 200"


def is_closed(link, seconds):
    """Whether the other side ends the connection within that time."""
    link.settimeout(seconds)
    try:
        while link.recv(65536):
            pass
        return True
    except socket.timeout:
        return False
    except OSError:
        return True


def drip(link, first, piece, seconds):
    """Sends `first`, then `piece` every tenth of a second; seconds until the other side has had enough."""
    began = time.monotonic()
    link.settimeout(0.1)
    try:
        link.sendall(first)
        while time.monotonic() - began < seconds:
            link.sendall(piece)
            try:
                if not link.recv(65536):
                    break
            except socket.timeout:
                pass
    except OSError:
        pass
    return time.monotonic() - began


def check_slow_senders(counts, world):
    """A sender that goes on sending, but too little, is cut off like one that says nothing."""
    post = b"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n"
    with world.serve("--idle-seconds", "1") as server:
        for name, first, piece in [("headers", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: ", b"a"),
                                   ("header lines", b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n", b"A: b\r\n"),
                                   ("a body", post, b" "), ("a method", b"", b"G")]:
            with server.connect() as link:
                took = drip(link, first, piece, 15)
                counts.check(0.5 < took < 6, f"{name} a byte at a time", f"{took:.1f} s")
        with server.connect() as link:
            counts.check(is_closed(link, 10), "one that says nothing is cut off")
        with server.connect() as link:
            link.sendall(HEALTH)
            counts.check(link.recv(65536).startswith(FINE) and is_closed(link, 10), "one that says nothing more is cut off")
        with server.connect() as link:
            link.sendall(post)
            counts.check(is_closed(link, 10), "one that says nothing after the headers is cut off")
        counts.check(server.is_well(), "well after slow senders")


def check_floods(counts, world):
    begin = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
    with world.serve() as server:
        for name, flood in [("a header of 64 KiB", begin + b"X-A: " + b"a" * 65536 + b"\r\n\r\n"),
                            ("10,000 headers", begin + b"".join(b"X-%d: a\r\n" % i for i in range(10000)) + b"\r\n"),
                            ("a header without an end", begin + b"X-A: " + b"a" * 1000000),
                            ("an address of 100,000 characters", b"GET /" + b"a" * 100000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                            ("no HTTP", b"\x16\x03\x01\x02\x00" + b"\x00" * 600 + b"\r\n\r\n"),
                            ("zero bytes", b"\x00" * 70000), ("line ends", b"\r\n" * 50000 + b"\x00")]:
            status = server.status_of(flood, 5)
            counts.check(status == 0 or 400 <= status < 600, name, str(status))
            counts.check(server.is_well(), f"well after {name}")


def check_cut_off(counts, world):
    post = b"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50000\r\n\r\n{\"a\":"
    with world.serve("--idle-seconds", "3") as server:
        for _ in range(20):
            with server.connect() as link:
                link.sendall(post)
        cut = wait_until(lambda: sum(line.get("cut", False) for line in server.log()) == 20, 10)
        counts.check(cut, "bodies that are cut off are in the log", str(server.log()[-1:]))
        for _ in range(20):
            with server.connect() as link:
                link.sendall(HEALTH[:30])
        counts.check(server.is_well(), "well after bodies that are cut off")
        counts.check(server.stop() == 0, "ends after them")


def check_many(counts, world):
    # Each is answered before the next comes, and stays: what a kernel does to a queue of newcomers that is full is not ours.
    with world.serve("--idle-seconds", "300") as server:
        links, answered = [], 0
        for _ in range(500):
            link = server.connect(150)
            link.sendall(HEALTH)
            answered += link.recv(65536).startswith(FINE)
            links.append(link)
        counts.check(answered == 500, "500 connections", str(answered))
        for link in links:
            link.sendall(b"GET /v1/children HTTP/1.1\r\nHost: localhost\r\n\r\n")
        refused = sum(link.recv(65536).startswith(b"HTTP/1.1 401") for link in links)
        counts.check(refused == 500, "500 connections through the workers", str(refused))
        for link in links:
            link.close()


def check_limit(counts, world):
    with world.serve("--connections", "20", "--idle-seconds", "60") as server:
        links = []
        answered = 0
        for _ in range(35):
            link = server.connect(0.3)
            links.append(link)
            try:
                link.sendall(HEALTH)
                answered += link.recv(65536).startswith(FINE)
            except OSError:
                pass
        counts.check(10 <= answered <= 20, "no more than the limit at a time", str(answered))
        for link in links:
            link.close()
        counts.check(wait_until(server.gets_through, 10), "room again when they have gone")


def check_one_connection(counts, world):
    """Several requests on one connection, answered in their order; a body left unread is not taken for one."""
    inner = b"GET /v1/inner HTTP/1.1\r\nHost: localhost\r\n\r\n"
    with world.serve() as server:
        with server.connect(5) as link:
            link.sendall(HEALTH + b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n" +
                         b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            read = b""
            while chunk := link.recv(65536):
                read += chunk
        statuses = [piece[:3] for piece in read.split(b"HTTP/1.1 ")[1:]]
        counts.check(statuses == [b"200", b"404", b"200"], "three requests at once", str(statuses))
        read = server.raw(b"POST /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%b"
                          % (len(inner), inner), 5)
        counts.check(read.count(b"HTTP/1.1 ") == 1, "a body is no second request", repr(read[:100]))
        read = server.raw(b"POST /v1/reviews HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n"
                          b"0\r\n\r\n" + inner, 5)
        counts.check(read.count(b"HTTP/1.1 ") <= 1, "two lengths are no second request", repr(read[:100]))
