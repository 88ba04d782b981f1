"""The scorecard over HTTP, on an authority of invented children: each list holds as many entries as its figure says, for who sees
no names by code, and nothing where the figure is not shown. The command's own lists are the second method."""
import json
import os
import sys
import tempfile
import threading
import time

import tally
from server import Server, close
from session import Person

try:
    import jsonschema
except ImportError:
    jsonschema = None

GENERATE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "authority", "generate.py")
FROM, TO, AS_OF = "2024-04-01", "2025-03-31", "2025-04-30"
PERIOD = f"from={FROM}&to={TO}&as_of={AS_OF}"
LEAST = 6
MEASURES = ["referrals", "re-referral", "assessment-duration", "plans-open-by-category", "referral-source", "referral-to-plan"]
OWN = 12


class Office:
    """A server on the authority's store, with an analyst and a manager whose team has a few of the children."""

    def __init__(self, world, folder):
        self.binary, self.store = world.binary, os.path.join(folder, "cases.db")
        made = tally.run(sys.executable, ["-B", GENERATE, os.path.join(folder, "authority"), "--children", "500"])
        self.tell("import", made.stdout.decode().split()[0], "--into", self.store)
        self.units = {measure: self.units_of(measure) for measure in MEASURES}
        self.own = sorted({unit["child"] for unit in self.units["referrals"]})[:OWN]
        links = [self.link_of("ann", "analyst"), self.link_of("mia", "manager", "--team", "north")]
        for child in self.own:
            self.tell("store", "allocate", self.store, "--child", child, "--team", "north", "--now", str(int(time.time())))
        close(self.binary, self.store)
        self.server, self.links = Server(self.binary, self.store, ["--web", world.web]), links

    def tell(self, *arguments):
        outcome = tally.run(self.binary, list(arguments))
        if outcome.status:
            raise RuntimeError(f"{arguments[0]}: {outcome.stderr[:300]!r}")
        return outcome.stdout

    def units_of(self, measure):
        listed = self.tell("scorecard", self.store, "--from", FROM, "--to", TO, "--as-of", AS_OF, "--list", measure, "--by", "agency",
                           "--format", "json")
        return next(one for one in json.loads(listed)["measures"] if one["id"] == measure)["units"]

    def link_of(self, name, role, *more):
        return json.loads(self.tell("user", "add", name, self.store, "--role", role, *more, "--title", name, "--now", str(int(time.time())),
                                    "--format", "json"))["link"]

    def __enter__(self):
        self.server.__enter__()
        self.ann, self.mia = [Person(self.server, link) for link in self.links]
        return self

    def __exit__(self, *more):
        self.server.__exit__(*more)


def listed(person, measure, **query):
    """The whole list, page by page: its head, and all items."""
    asked, items, cursor = "".join(f"&{key}={value}" for key, value in query.items()), [], ""
    while cursor is not None:
        reply = person.get(f"/v1/scorecard/{measure}/children?{PERIOD}&limit=200{asked}" + (f"&cursor={cursor}" if cursor else ""))
        if reply.status != 200:
            return {"status": reply.status}, []
        page = reply.json()
        items += page["items"]
        cursor = page["next"]
    return page, items


def cells(card):
    """(measure, query of its list, the number that is shown or None) of every group, and of every line of the whole."""
    for measure in card["measures"]:
        for figure in measure["figures"]:
            group = card["groups"][figure["group"]]
            part = {} if group["all"] else {"group": group["code"] or "not-recorded"}
            for of in ["numerator", "denominator"]:
                if of in figure or figure["status"] == "suppressed":
                    yield measure["id"], {**part, "of": of}, figure.get(of)
            for line in figure.get("lines", []) if group["all"] else []:
                yield measure["id"], {"line": line["line"]}, line.get("numerator")


def try_shape(counts, office):
    """With what the page is given beside, the figures are as their schema says."""
    if not jsonschema:
        counts.skip("figures against scorecard.schema.json", "python3-jsonschema")
        return
    with open(os.path.join(tally.ROOT, "core/report/scorecard.schema.json"), encoding="utf-8") as file:
        schema = json.load(file)
    card = office.ann.get(f"/v1/scorecard?{PERIOD}&page=true&by=agency,year").json()
    fault = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(schema).iter_errors(card))
    counts.check(not fault, "the figures are as described", fault and f"{list(fault.absolute_path)}: {fault.message[:200]}")


def try_lists_of_an_analyst(counts, office):
    card = office.ann.get(f"/v1/scorecard?{PERIOD}&by=agency&trend=0&measure={','.join(MEASURES)}").json()
    tried = {"shown": 0, "hidden": 0}
    for measure, query, number in cells(card):
        head, items = listed(office.ann, measure, by="agency", **query)
        name = f"{measure} {query}: {number}"
        children = {item["child"] for item in items}
        shown = number is not None and not 0 < len(children) < LEAST
        tried["shown" if shown else "hidden"] += 1
        counts.check(head.get("suppressed") is not shown and len(items) == (number if shown else 0), name, str(head)[:300])
        counts.check(all(set(item) <= {"child", "from", "to", "kind", "agency"} and item["child"].startswith("C-") for item in items), name, str(items[:1]))
    counts.check(min(tried.values()) > 5, "figures that are shown and others", str(tried))


def try_names_of_nobody(counts, office):
    ids = [unit["child"] for unit in office.units["referrals"]]
    for path in [f"/v1/scorecard?{PERIOD}&page=true", f"/v1/scorecard?{PERIOD}&format=html", f"/v1/scorecard?{PERIOD}&format=csv",
                 f"/v1/scorecard/referrals/children?{PERIOD}"]:
        reply = office.ann.get(path)
        text = reply.body.decode()
        counts.check(reply.status == 200 and not any(f">{child}<" in text or f'"{child}"' in text for child in ids), path, str(reply.status))


def try_lists_of_a_manager(counts, office):
    """The command's list of the whole authority, of the team's children alone, is the manager's."""
    for measure in MEASURES:
        head, items = listed(office.mia, measure, by="agency", of="denominator")
        wanted = sorted((unit["child"], unit.get("event"), unit["in_numerator"]) for unit in office.units[measure]
                        if unit["counted"] and unit["child"] in office.own)
        got = sorted((item["child"], item.get("event"), item["in_numerator"]) for item in items)
        counts.check(got == wanted and head["names"], f"{measure} of the team", f"{wanted[:2]} {got[:2]}")
        left, _ = listed(office.mia, measure, by="agency", of="left-out")
        counts.check(left["entries"] == sum(not unit["counted"] and unit["child"] in office.own for unit in office.units[measure]), f"{measure} left out")
    entry = listed(office.mia, "referrals")[1][0]
    counts.check(office.mia.get(f"/v1/children/{entry['child']}/events/{entry['event']}").status == 200, "an entry of a list opens")


def try_while_it_is_written(counts, office):
    """Counting holds nobody up who writes."""
    path = f"/v1/children/{office.own[0]}/events"
    entry = {"occurred": "2024-05-02", "agency": "school", "kind": "other", "text": "Came without a coat."}
    cards = []
    counting = threading.Thread(target=lambda: cards.append(office.ann.get(f"/v1/scorecard?{PERIOD}&by=agency,quarter")))
    counting.start()
    while counting.is_alive():
        reply = office.mia.change("POST", path, entry)
        counts.check(reply.status == 201, "an entry while figures are counted", str(reply.status))
    counting.join()
    counts.check(cards[0].status == 200, "figures while entries are written", str(cards[0].status))


def check_figures(counts, world):
    with tempfile.TemporaryDirectory() as folder, Office(world, folder) as office:
        try_shape(counts, office)
        try_names_of_nobody(counts, office)
        try_lists_of_an_analyst(counts, office)
        try_lists_of_a_manager(counts, office)
        try_while_it_is_written(counts, office)
