"""tidemark pseudonymise: there, back, the passphrase, and what is refused."""
from case import Case

FAMILY = "{source}/fixtures/long-neglect"
HOSTILE = "{source}/fixtures/hostile"
PHRASE = {"TIDEMARK_PASSPHRASE": "correct horse battery"}
FILES = {"phrase": "correct horse battery\n", "wrong": "correct horse batterz\n", "short": "1234567\n"}
GO = ["pseudonymise", FAMILY, "--key", "k", "--passphrase-file", "phrase"]
LINES = (
    '{"type":"child","id":"JR-1","born":"2018-09-03"}\n'
    '{"type":"event","id":"0123456789abcdef","child":"JR-1","occurred":"2024-03-05","agency":"school","kind":"other",'
    '"source":{"file":"Zyxwv Roe.csv","row":7},"text":"Mum Zyxwv said JR-1, born 3/9/18, is ill."}\n')
LEAKY = dict(FILES, **{"e.ndjson": LINES})
ONE = ["pseudonymise", "e.ndjson", "--key", "k", "--passphrase-file", "phrase"]
NAMED = dict(LEAKY, names="original,code\nZyxwv,Mother\nRoe,Mother\n")


def refused(name, arguments, place, status=3, **more):
    more.setdefault("files", FILES)
    return Case(name, arguments, exit=status, stdout=None, stderr=place, one_line=True, absent=["out"], **more)


CASES = [
    Case("pseudonymise writes a folder and a key", [*GO, "-o", "out"], files=FILES, stdout=["228 lines written", "0 leaks"],
         present=["k", "out/chronology.ndjson", "out/case.json"]),
    Case("the passphrase from the environment", ["pseudonymise", FAMILY, "--key", "k", "-o", "out"], environment=PHRASE,
         stdout="0 leaks", present=["k", "out/case.json"]),
    Case("what is written holds no id of the records", ["export", "out/chronology.ndjson"], files=FILES, before=[[*GO, "-o", "out"]],
         stdout='"Child 1"', lacks=["LN-1", "30011", "N-8811", "social-care.csv", "P-204"]),
    Case("and can be reviewed as of its day", ["review", "out"], files=FILES, before=[[*GO, "-o", "out"]], stdout=["Child 1", "30 September 2024"],
         lacks=["LN-1"]),
    Case("back gives the export", ["export", "again/chronology.ndjson"], files=FILES,
         before=[[*GO, "-o", "out"], ["pseudonymise", "--back", "out", "--key", "k", "--passphrase-file", "phrase", "-o", "again"]],
         equals=["export", FAMILY]),
    Case("a hostile case there and back", ["pseudonymise", "--back", "out/chronology.ndjson", "--key", "k", "--passphrase-file", "phrase", "-o",
                                           "again", "--format", "json"], files=FILES,
         before=[["pseudonymise", HOSTILE, "--key", "k", "--passphrase-file", "phrase", "--accept-leaks", "-o", "out"]],
         stdout='"unknown_codes": 0', present=["again/chronology.ndjson"]),
    Case("the report in JSON", [*ONE, "-o", "out", "--accept-leaks", "--format", "json"], files=LEAKY,
         stdout=['"kind": "possible-name"', '"file": "Zyxwv Roe.csv"', '"row": 7', '"column": "text"'], lacks=["Mum", "said"]),
    Case("a listed name is no leak", [*ONE, "-o", "out", "--names", "names", "--birth", "year"], files=NAMED, stdout="0 leaks"),
    Case("its text with marks", ["export", "out/chronology.ndjson"], files=NAMED,
         before=[[*ONE, "-o", "out", "--names", "names", "--birth", "year"]],
         stdout=["Mum [Mother] said [Child 1], born [Child 1 born], is ill.", '"born":"2018"'], lacks=["Zyxwv", "JR-1", "Roe"]),
    Case("a listed name is in the key the next time", [*ONE, "-o", "out"], files=NAMED,
         before=[[*ONE, "-o", "first", "--names", "names"]], stdout="0 leaks"),
    Case("an export with a leak is refused", [*ONE, "-o", "out"], files=LEAKY, exit=3, stdout=None, one_line=False,
         stderr=["nothing was written", "--accept-leaks", "Zyxwv Roe.csv:7: possible-name in text"], absent=["out", "k"], lacks=["Mum", "said"]),
    refused("no passphrase", ["pseudonymise", FAMILY, "--key", "k", "-o", "out"], "TIDEMARK_PASSPHRASE", status=2),
    refused("a short passphrase", ["pseudonymise", FAMILY, "--key", "k", "--passphrase-file", "short", "-o", "out"], "8 to 1024", status=2,
            ),
    refused("a passphrase is no argument", [*GO, "--passphrase", "x", "-o", "out"], "no such option", status=2),
    refused("no key", ["pseudonymise", FAMILY, "--passphrase-file", "phrase", "-o", "out"], "key", status=2),
    refused("no folder", GO, "output", status=2),
    refused("the key inside the folder", ["pseudonymise", FAMILY, "--key", "out/k", "--passphrase-file", "phrase", "-o", "out"], "outside",
            status=2),
    refused("a wrong passphrase", ["pseudonymise", FAMILY, "--key", "k", "--passphrase-file", "wrong", "-o", "out"], "not its passphrase",
            before=[[*GO, "-o", "first"]]),
    refused("a key that is none", GO + ["-o", "out"], "expected a key file", files=dict(FILES, k="a letter\n"), kept=["k"]),
    refused("a damaged key", GO + ["-o", "out"], "damaged", files=dict(FILES, k="TIDEMARK-KEY\x01\x00\x00\x00 and no more"), kept=["k"]),
    refused("back without a key", ["pseudonymise", "--back", "e.ndjson", "--key", "k", "--passphrase-file", "phrase", "-o", "out"], "k",
            files=LEAKY),
    refused("back of two", ["pseudonymise", "--back", "e.ndjson", "e.ndjson", "--key", "k", "--passphrase-file", "phrase", "-o", "out"],
            "one folder", status=2, files=LEAKY),
    refused("names that are none", [*ONE, "--names", "phrase", "-o", "out"], "phrase:1", files=LEAKY),
    refused("an input that is not there", ["pseudonymise", "no.ndjson", "--key", "k", "--passphrase-file", "phrase", "-o", "out"], "no.ndjson"),
    Case("a folder with something in it", [*GO, "-o", "full"], files=dict(FILES, **{"full/a": "a"}), exit=3, stdout=None,
         stderr="empty", kept=["full/a"], absent=["full/chronology.ndjson", "k"]),
    Case("a file where the folder goes", [*GO, "-o", "short"], files=FILES, exit=3, stdout=None, stderr="empty", kept=["short"], absent=["k"]),
]
