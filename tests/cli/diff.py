"""tidemark diff: two versions of a record."""
from case import Case


def row(child="C1", occurred="2024-03-05", **members):
    words = "".join(f', "{name}": "{value}"' for name, value in members.items())
    return (f'{{"type": "event", "child": "{child}", "occurred": "{occurred}", "agency": "school",'
            f' "kind": "concern"{words}}}\n')


SAME = row(occurred="2024-01-01", text="as before")
FORM = '{"instrument": "home-conditions", "version": "1.0.0", "id": "A1", "child": "C1", "date": "2024-05-08", "items": {"H1": %d}}'
FILES = {
    "a.ndjson": SAME + row(reference="REF-1", text="first words") + row(occurred="2024-04-01") + row(occurred="2024-06-01", text="x"),
    "b.ndjson": SAME + row(reference="REF-1", text="=second", recorded="2024-03-09") + row(occurred="2024-05-01")
    + row(occurred="2024-06-01", text="y"),
    "a.json": FORM % 1,
    "b.json": FORM % 0,
    "bad.ndjson": '{"type": "event", "child": "secret',
}
CASE = "{source}/fixtures/long-neglect"

CASES = [
    Case("text", ["diff", "a.ndjson", "b.ndjson"], files=FILES,
         stdout=["Rows: 1 added, 1 removed, 1 changed, 1 perhaps changed, 1 the same.",
                 "changed: 5 March 2024, School or college: Concern noted (a.ndjson, row 2)",
                 "recorded: (not recorded) -> 2024-03-09", "text: first words -> =second",
                 "removed: 1 April 2024", "added: 1 May 2024", "perhaps changed: 1 June 2024", "1 row is the same."],
         lacks=["as before"]),
    Case("CSV", ["diff", "a.ndjson", "b.ndjson", "--format", "csv"], files=FILES,
         stdout=["child,change,before,after,occurred,agency,kind,field,was,is", ",school,concern,recorded,,2024-03-09",
                 ',text,first words,"\'=second"']),
    Case("JSON", ["diff", "a.ndjson", "b.ndjson", "--format", "json"], files=FILES,
         stdout=['"perhaps_changed": 1', '"field": "recorded"']),
    Case("no difference", ["diff", "a.ndjson", "a.ndjson", "--fail-on", "different"], files=FILES, stdout="No difference."),
    Case("a difference ends with 1 where that is asked", ["diff", "a.ndjson", "b.ndjson", "--fail-on", "different"],
         files=FILES, exit=1, stdout="1 changed"),
    Case("else it does not", ["diff", "a.ndjson", "b.ndjson", "--fail-on", "never"], files=FILES, stdout="1 changed"),
    Case("a case folder and itself", ["diff", CASE, CASE], stdout="No difference."),
    Case("a store and what went into it", ["diff", CASE, "store.db", "--fail-on", "different"], stdout="No difference.",
         before=[["import", CASE, "--into", "store.db"]]),
    Case("assessments", ["diff", "a.json", "b.json", "--fail-on", "different"], files=FILES, exit=1,
         stdout=["changed: child C1, home-conditions, 8 May 2024, A1"]),
    Case("an assessment that is not there", ["diff", "a.json", "a.ndjson"], files=FILES,
         stdout="removed: child C1, home-conditions, 8 May 2024, A1"),
    Case("one input", ["diff", "a.ndjson"], files=FILES, exit=2, stderr="name two inputs"),
    Case("three inputs", ["diff", "a.ndjson", "b.ndjson", "a.ndjson"], files=FILES, exit=2, stderr="name two inputs"),
    Case("not there", ["diff", "a.ndjson", "none.ndjson"], files=FILES, exit=3, stderr="none.ndjson"),
    Case("rows that cannot be read", ["diff", "a.ndjson", "bad.ndjson", "--strict"], files=FILES, exit=3, stdout="4 removed",
         lacks=["secret"], one_line=False),
]
