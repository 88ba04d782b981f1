"""Rows that are limited to named agencies, in the answers that are packed: Word and Excel files of a service. What a
role or an agency is given by each operation is in tests/unit/api/check_served_limits.c."""
import io
import json
import time
import zipfile

from server import close, Server
from session import CHILD, Office, Person

TEXT = "Quokkas on the trampoline."
TOLD = "limited to other agencies"


def unpacked(reply):
    """All parts of a zip as one text."""
    with zipfile.ZipFile(io.BytesIO(reply.body)) as packed:
        return " ".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


class TwoAgencies(Office):
    """The office with a manager of the police beside anna of the council."""

    def __enter__(self):
        link = json.loads(self.tell("user", "add", "pol", self.store, "--role", "manager", "--team", "north", "--agency", "police",
                                    "--now", str(int(time.time())), "--format", "json"))["link"]
        close(self.world.binary, self.store)
        self.server = Server(self.world.binary, self.store, ["--web", self.world.web])
        super().__enter__()
        self.pol = Person(self.server, link)
        return self


def check_packed_files(counts, world):
    with TwoAgencies(world) as office:
        shown = office.anna.get("/v1/session").json()["account"]
        counts.check(shown["agency"] == "childrens-social-care", "an account of the council", str(shown))
        made = office.pol.change("POST", f"/v1/children/{CHILD}/events", {
            "occurred": "2024-05-02", "agency": "police", "kind": "domestic-abuse-incident", "text": TEXT,
            "facts": {"limited_to": ["housing"], "sharing_basis": "public-task"}})
        if not counts.check(made.status == 201, "the police add an entry", f"{made.status} {made.body[:300]!r}"):
            return
        event = made.json()["event"]
        for form in ("docx", "xlsx"):
            path = f"/v1/children/{CHILD}/chronology?format={form}"
            theirs, ours = unpacked(office.pol.get(path)), unpacked(office.anna.get(path))
            counts.check("Quokkas" in theirs and "limited to: Housing; basis: public-task" in theirs and TOLD not in theirs,
                         f"{form}: the police have the row, with its mark")
            counts.check("Quokkas" not in ours and event not in ours and TOLD in ours, f"{form}: the council is told that one is missing")
        path = f"/v1/children/{CHILD}/events/{event}"
        counts.check(office.pol.get(path).status == 200 and office.anna.get(path).status == 404, "the entry itself")
        etags = [who.get(f"/v1/children/{CHILD}/review").headers.get("etag", "") for who in (office.pol, office.anna)]
        counts.check(not etags[0] or etags[0] != etags[1], "no version of what is not shown", str(etags))
        wrong = office.anna.change("POST", f"/v1/children/{CHILD}/events", {
            "occurred": "2024-05-02", "agency": "police", "kind": "note", "text": "x", "facts": {"limited_to": "housing"}})
        counts.check(wrong.status in (400, 422), "nobody types what they could not see", str(wrong.status))
