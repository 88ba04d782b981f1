"""tidemark compare and tidemark agreement: assessments against each other."""
import json

from case import Case

ITEMS = {f"H{number}": 0 for number in range(1, 12)}


def form(name, day, ticks, **more):
    """Home conditions on that day, `ticks` of its items present; the window is the day alone."""
    items = {**ITEMS, **{f"H{number}": 1 for number in range(1, ticks + 1)}}
    return {name: json.dumps({"type": "assessment", "instrument": "home-conditions", "version": "1.0.0", "id": name,
                              "child": "C1", "date": day, "window": [day, day], "items": items, **more})}


MAY = form("may.json", "2024-05-08", 9)
JULY = form("july.json", "2024-07-08", 4)
OTHER = form("other.json", "2024-05-08", 7, assessor="SW2")
FIRST = form("first.json", "2024-05-08", 9, assessor="HV1")
FORMS = ["may.json", "july.json"]
STUDY = '{"policy": 1, "instruments": {"%s": {"reliability": {"reliability": 0.8, "standard_deviation": %s, "source": "a study"}}}}'
# Five points; the error of a difference is sd * sqrt(2 * 0.2).
SURE, UNSURE = STUDY % ("home-conditions", 2), STUDY % ("home-conditions", 8)

CASES = [
    Case("a folder, from visit to visit", ["compare", "{source}/fixtures/long-neglect"],
         stdout=["GC-1 -> GC-2", "GC-2 -> GC-3", "Physical (A) is one grade worse: it was 3 and is now 4",
                 "the same grade, but items got worse, in Physical (A)"], lacks=["HC-1"]),
    Case("a sum", ["compare", *FORMS], files={**MAY, **JULY},
         stdout=["The total is five points better: it was 9 and is now 4; 5 items got better.", "From 8 May 2024 to 8 July 2024"]),
    Case("the order of the files is nothing", ["compare", "july.json", "may.json"], files={**MAY, **JULY}, equals=["compare", *FORMS]),
    Case("a page", ["compare", "{source}/fixtures/long-neglect", "--format", "html"],
         stdout=["<!DOCTYPE html>", "<h3>From 14 June 2023 to 10 July 2024</h3>", "Love (C) is one grade worse: it was 3 and is now 4",
                 'class="chart broad"', 'class="chart narrow"', "Targets that were set", "not reached", "No measure of how risky"],
         lacks=["HC-1", "<script", "NaN"]),
    Case("a page of a sum", ["compare", *FORMS, "--format", "html"], files={**MAY, **JULY}, stdout=["The total is five points better", ">4 of 11</text>"]),
    Case("a target", ["compare", "a.json", "july.json"], files={**form("a.json", "2024-05-08", 9, targets=[{"item": "H", "target": 4, "by": "2024-07-01"}]), **JULY},
         stdout="Target for H: 4 by 1 July 2024, is 4; reached"),
    Case("a page, and no series", ["compare", "may.json", "--format", "html", "-o", "page.html"], exit=3, stdout=None, stderr="two visits", files=MAY,
         absent=["page.html"]),
    Case("JSON", ["compare", *FORMS, "--format", "json"], files={**MAY, **JULY}, stdout=['"change": "better"', '"reliable_change": null']),
    Case("two assessors stood as far apart", ["compare", "first.json", "other.json", "july.json"],
         files={**FIRST, **OTHER, **form("july.json", "2024-07-08", 7)},
         stdout=["first.json -> july.json", "two assessors of the same visit stood at least as far apart"], lacks=["better:"]),
    Case("two assessors stood closer", ["compare", "first.json", "other.json", "july.json", "--format", "json"],
         files={**FIRST, **OTHER, **JULY}, stdout=['"spread": 2', '"change": "better"']),
    Case("more than chance", ["compare", *FORMS, "--policy", "p.json"], files={**MAY, **JULY, "p.json": SURE},
         stdout=["is five points better", "By the figures of a study the change of the total is more than chance."]),
    Case("no more than chance", ["compare", *FORMS, "--policy", "p.json"], files={**MAY, **JULY, "p.json": UNSURE},
         stdout=["can be chance when one measures twice"], lacks=["more than chance", "The total is"]),
    Case("a review draws it as compare says it", ["review", *FORMS, "--as-of", "2024-08-01", "--format", "html"], files={**MAY, **JULY},
         stdout=["<title>Total: 4 of 11, was 9, five points better</title>", "Over time."]),
    Case("a review draws no more than chance allows", ["review", *FORMS, "--as-of", "2024-08-01", "--format", "html", "--policy", "p.json"],
         files={**MAY, **JULY, "p.json": UNSURE}, stdout="<title>Total: 4 of 11, was 9, no clear change</title>"),
    Case("a reliability of no total", ["compare", *FORMS, "--policy", "p.json"], exit=3, stdout=None, stderr=["p.json:1", "no total"],
         files={**MAY, **JULY, "p.json": STUDY % ("graded-care", 2)}),
    Case("half a reliability", ["compare", *FORMS, "--policy", "p.json"], exit=3, stdout=None, stderr="p.json:1",
         files={**MAY, **JULY, "p.json": '{"policy": 1, "instruments": {"home-conditions": {"reliability": {"reliability": 0.8}}}}'}),
    Case("no window", ["compare", "a.json", "july.json"], files={**form("a.json", "2024-05-08", 9, window=None), **JULY},
         stdout=["cannot be compared, since not both say which days they are about", 'Give the days to both forms: "window" in JSON'], lacks=["better"]),
    Case("windows that overlap", ["compare", "may.json", "a.json"],
         files={**MAY, **form("a.json", "2024-07-08", 1, window=["2024-05-08", "2024-07-08"])},
         stdout="partly about the same days", lacks=["better"]),
    Case("two carers are two profiles", ["compare", "a.json", "b.json"], exit=3, stdout=None, stderr="two visits to one child and carer",
         files={**form("a.json", "2024-05-08", 9, carer="Mother"), **form("b.json", "2024-07-08", 9, carer="Father")}),
    Case("one assessment", ["compare", "may.json"], exit=3, stdout=None, stderr="two visits", files=MAY),
    Case("another version", ["compare", "may.json", "a.json"], exit=3, stdout=None, stderr="a.json:1",
         files={**MAY, **form("a.json", "2024-07-08", 4, version="2.0.0")}),
    Case("agreement on one visit", ["agreement", "first.json", "other.json"], files={**FIRST, **OTHER},
         stdout=["home-conditions  1 visit scored by two assessors", "the same in 0 of 1 visit; kappa needs at least two visits"]),
    # 9-7, 4-4, 2-2: seen 2 of 3 visits; by chance (2+5+7 + 3+0+2 + 5+2+0) / 9 = 26/9: 1 - (2/3) / (26/9) = 10/13.
    Case("agreement on three visits", ["agreement", *(f"{name}{visit}.json" for name in "ab" for visit in "123")],
         files={**form("a1.json", "2024-05-08", 9, assessor="HV1"), **form("b1.json", "2024-05-08", 7, assessor="SW2"),
                **form("a2.json", "2024-07-08", 4, assessor="HV1"), **form("b2.json", "2024-07-08", 4, assessor="SW2"),
                **form("a3.json", "2024-09-08", 2, assessor="HV1"), **form("b3.json", "2024-09-08", 2, assessor="SW2")},
         stdout=["3 visits scored by two assessors", "Total: the same in 2 of 3 visits; weighted kappa: linear 0.769 (95% from"]),
    Case("three assessors of one visit", ["agreement", "first.json", "other.json", "third.json"],
         files={**FIRST, **OTHER, **form("third.json", "2024-05-08", 8, assessor="YO3")}, stdout="1 further assessment"),
    Case("no visit with two assessors", ["agreement", *FORMS], exit=3, stdout=None, stderr="two assessors", files={**MAY, **JULY}),
    Case("two forms without names are not two people", ["agreement", "may.json", "a.json"], exit=3, stdout=None,
         stderr="who are both named", files={**MAY, **form("a.json", "2024-05-08", 4)}),
]
