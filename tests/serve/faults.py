"""What a store meets on a machine that goes wrong: another program that holds it, a disk that is full, a folder
that cannot be written. What is refused is refused in words, nothing that was kept is lost, and it goes on."""
import contextlib
import os
import resource
import shutil
import subprocess
import tempfile
import threading
import time

import server
import tally
from requests import expect
from session import CHILD, ENTRY, Office, Person

EVENTS = f"/v1/children/{CHILD}/events"


def add(office, number):
    return office.anna.change("POST", EVENTS, {**ENTRY, "text": f"Note {number}."}, {"Idempotency-Key": f"note-{number}"})


def is_whole(office):
    """Trail and store by the command, while the server runs."""
    return all(tally.run(office.world.binary, [*words, office.store]).status == 0 for words in (["audit", "verify"], ["store", "check"]))


def goes_on(counts, office, name, number):
    """With room again the same request is taken, once, and the store is whole."""
    reply = add(office, number)
    again = add(office, number)
    counts.check(reply.status == 201 and again.body == reply.body, f"{name}: it goes on", f"{reply.status} {reply.body[:200]!r}")
    counts.check(office.anna.get(f"/v1/children/{CHILD}/review").status == 200, f"{name}: reviews go on")
    counts.check(is_whole(office), f"{name}: trail and store are whole")


def entries(office):
    return server.entries(office.world.binary, office.store)


def check_locked(counts, world):
    """Another program in the middle of a change: who writes, and who reads what is written down, is told when to come again."""
    with Office(world) as office:
        before = entries(office)
        with server.held(office.store) as let_go:
            for name, reply in [("adding", add(office, 1)), ("reading a case", office.anna.get(f"/v1/children/{CHILD}")),
                                ("signing in", Person(office.server, "tdml_" + "A" * 43).opened)]:
                if name != "signing in" or reply.status != 401:
                    expect(counts, reply, 503, f"{name} while the store is held", "store")
                    counts.check(reply.headers.get("retry-after", "0").isdigit() and int(reply.headers["retry-after"]) > 0, f"{name}: when to come again",
                                 str(reply.pairs))
                counts.check(office.store.encode() not in reply.body, f"{name}: no path is told", repr(reply.body[:200]))
            counts.check(office.server.is_well() and office.anna.get("/v1/agencies").status == 200, "what needs no store is answered")
            let_go()
        counts.check(entries(office) == before, "nothing was added meanwhile")
        goes_on(counts, office, "after the store was held", 1)


def check_held_for_a_moment(counts, world):
    """For less than the time to wait nobody notices."""
    with Office(world) as office, server.held(office.store) as let_go:
        began = time.monotonic()
        threading.Timer(0.5, let_go).start()
        reply = add(office, 1)
        counts.check(reply.status == 201 and time.monotonic() - began >= 0.4, "waits for a moment", str(reply.status))


def check_file_limit(counts, world):
    """No file may grow: an error of the write, not the end of the server."""
    with Office(world) as office:
        counts.check(add(office, 0).status == 201, "adds before the limit")
        before = entries(office)
        process = office.server.process.pid
        hard = resource.prlimit(process, resource.RLIMIT_FSIZE)[1]
        resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, hard))
        for number in range(1, 4):
            expect(counts, add(office, number), 500, "a file that may not grow", "io")
        counts.check(office.server.is_well(), "well with files that may not grow")
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
        counts.check(entries(office) == before, "nothing of what was refused is kept", f"{entries(office)} {before}")
        goes_on(counts, office, "files may grow again", 1)
        before = entries(office)
        resource.prlimit(process, resource.RLIMIT_FSIZE, (8192, hard))
        counts.check(office.server.stop() == 0, "ends where its log cannot be folded in")
        counts.check(os.path.exists(office.store + "-wal") and is_whole(office) and entries(office) == before, "its log is left, and the store is whole")


@contextlib.contextmanager
def small_disk(options):
    """A folder that is a disk of its own; None where one may not mount."""
    folder = tempfile.mkdtemp()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True, check=False) if shutil.which("mount") else None
    try:
        yield folder if made and made.returncode == 0 else None
    finally:
        if made and made.returncode == 0:
            subprocess.run(["umount", "-l", folder], check=False)
        os.rmdir(folder)


def fill(folder):
    """Takes all the room there is; the file that takes it."""
    path = os.path.join(folder, "filler")
    with open(path, "wb", buffering=0) as file:
        try:
            while file.write(b"x" * 4096) == 4096:
                pass
        except OSError:
            pass
    return path


def check_full_disk(counts, world):
    with small_disk("size=8m") as folder:
        if not folder:
            counts.skip("a full disk", "leave to mount")
            return
        with Office(world, place=folder) as office:
            counts.check(add(office, 0).status == 201, "adds on a small disk")
            before, filler = entries(office), fill(folder)
            replies = [add(office, number) for number in range(1, 41)]
            kept = sum(reply.status == 201 for reply in replies)
            counts.check({reply.status for reply in replies} <= {201, 500} and kept < 40, "a full disk refuses", str([reply.status for reply in replies]))
            expect(counts, replies[-1], 500, "in words", "io")
            counts.check(b"space" in replies[-1].body or b"written" in replies[-1].body, "and says which", repr(replies[-1].body[:300]))
            counts.check(office.server.is_well(), "well on a full disk")
            os.remove(filler)
            counts.check(entries(office) == before + kept, "what was acknowledged is there, and no more", f"{entries(office)} {before} {kept}")
            goes_on(counts, office, "room again", 50)


def check_read_only(counts, world):
    """A store that cannot be written is not served; that is said before anybody is let in."""
    with small_disk("size=8m") as folder:
        if not folder:
            counts.skip("a disk that is read-only", "leave to mount")
            return
        store = os.path.join(folder, "cases.db")
        made = tally.run(world.binary, ["import", "fixtures/quiet", "--into", store])
        server.close(world.binary, store)
        counts.check(made.status == 0, "a store on a small disk", repr(made.stderr))
        for before in (False, True):
            if before:
                tally.run(world.binary, ["user", "add", "anna", store, "--role", "manager"])
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
            outcome = tally.run(world.binary, ["serve", store, "--listen", "127.0.0.1:0"])
            counts.check(outcome.status == 3 and b"cases.db" in outcome.stderr and outcome.stdout == b"" and not outcome.crashed,
                         "a disk that is read-only" + (" with accounts" if before else ""), f"{outcome.status} {outcome.stderr!r}")
            subprocess.run(["mount", "-o", "remount,rw", folder], check=True)
        counts.check(tally.run(world.binary, ["store", "check", store]).status == 0, "the store is whole")
