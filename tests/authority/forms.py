"""The model written as each form: census XML, Annex A as a workbook and as CSV lists, tables of the Standard
Safeguarding Dataset, and our own NDJSON of what told.py says. The same model gives the same bytes."""
import csv
import datetime
import io
import json
import zipfile
from xml.sax.saxutils import escape

from model import ENDS, add_months

CENSUS_CATEGORY = {"neglect": "NEG", "emotional": "EMO", "physical": "PHY", "sexual": "SAB"}
ANNEX_CATEGORY = {"neglect": "Neglect", "emotional": "Emotional abuse", "physical": "Physical abuse",
                  "sexual": "Sexual abuse"}
REFERRERS = {
    "1A": "a) 1A: Individual", "1B": "b) 1B: Individual", "1C": "c) 1C: Individual", "2A": "e) 2A: Schools",
    "2B": "f) 2B: Education services", "3A": "g) 3A: Health services", "3C": "i) 3C: Health services",
    "3E": "k) 3E: Health services", "4": "m) 4: Housing", "5A": "n) 5A: LA services", "5B": "o) 5B: LA services",
    "6": "q) 6: Police", "7": "r) 7: Other legal agency", "8": "s) 8: Other", "9": "t) 9: Anonymous",
    "10": "u) 10: Unknown",
}


# --- census ---

class Xml:
    def __init__(self):
        self.lines, self.open = [], []

    def leaf(self, name, value):
        if value not in (None, ""):
            self.lines.append(f"{'  ' * len(self.open)}<{name}>{escape(str(value))}</{name}>")

    def start(self, name):
        self.lines.append(f"{'  ' * len(self.open)}<{name}>")
        self.open.append(name)

    def end(self):
        name = self.open.pop()
        self.lines.append(f"{'  ' * len(self.open)}</{name}>")

    def block(self, name, *leaves):
        self.start(name)
        for leaf, value in leaves:
            self.leaf(leaf, value)
        self.end()


def census_assessment(xml, one):
    xml.start("Assessments")
    xml.leaf("AssessmentActualStartDate", one.start)
    xml.leaf("AssessmentAuthorisationDate", one.end)
    if one.factors:
        xml.block("FactorsIdentifiedAtAssessment", *[("AssessmentFactors", factor) for factor in one.factors])
    xml.end()


def census_plan(xml, one):
    xml.start("ChildProtectionPlans")
    xml.leaf("CPPstartDate", one.start)
    xml.leaf("CPPendDate", one.end)
    xml.leaf("InitialCategoryOfAbuse", CENSUS_CATEGORY[one.category])
    xml.leaf("LatestCategoryOfAbuse", CENSUS_CATEGORY[one.latest])
    xml.leaf("NumberOfPreviousCPP", one.previous)
    for day in one.reviews:
        xml.block("Reviews", ("CPPreviewDate", day))
    xml.end()


def census_case(xml, case):
    conferences = [one.conference for one in case.enquiries if one.conference] + [case.moved_in]
    xml.start("CINdetails")
    xml.leaf("CINreferralDate", case.referred)
    xml.leaf("ReferralSource", case.source)
    xml.leaf("PrimaryNeedCode", case.need)
    xml.leaf("CINclosureDate", case.closed)
    xml.leaf("ReasonForClosure", case.reason if case.closed else "")
    xml.leaf("DateOfInitialCPC", conferences[0])
    for one in case.assessments:
        census_assessment(xml, one)
    for one in case.support:
        xml.block("CINPlanDates", ("CINPlanStartDate", one.start), ("CINPlanEndDate", one.end))
    for one in case.enquiries:
        xml.block("Section47", ("S47ActualStartDate", one.start), ("InitialCPCtarget", one.target),
                  ("DateOfInitialCPC", one.conference), ("ICPCnotRequired", "false" if one.conference else "true"))
    xml.leaf("ReferralNFA", "true" if case.refused else "false")
    for one in case.plans:
        census_plan(xml, one)
    xml.end()


def census(children):
    xml = Xml()
    xml.start("Message")
    xml.start("Header")
    xml.block("CollectionDetails", ("Collection", "CIN"), ("Year", ENDS.year), ("ReferenceDate", ENDS))
    xml.block("Source", ("SourceLevel", "L"), ("LEA", "000"), ("SerialNo", "001"))
    xml.end()
    xml.start("Children")
    for child in children:
        if not child.cases:
            continue
        xml.start("Child")
        xml.block("ChildIdentifiers", ("LAchildID", child.id), ("PersonBirthDate", child.born), ("Sex", child.sex))
        for case in child.cases:
            census_case(xml, case)
        xml.end()
    xml.end()
    xml.end()
    return {"census.xml": ('<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(xml.lines) + "\n").encode()}


# --- Annex A ---

def years_old(child):
    return (ENDS - child.born).days // 365


class Lists:
    """Rows of the eight lists, each a dictionary by heading."""

    def __init__(self):
        self.rows = {number: [] for number in HEADINGS}

    def add(self, number, child, **cells):
        row = {"Child Unique ID": child.id, "Gender": {"F": "b) Female", "M": "a) Male"}[child.sex],
               "Date of Birth": child.born, "Age": years_old(child)}
        short = SHORT[number]
        row.update({short[key]: value for key, value in cells.items()})
        self.rows[number].append([row.get(heading) for heading in HEADINGS[number]])


ABOUT = ["Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age"]
DISABILITY = "Does the Child have a Disability"
TEAM = ["Allocated Team", "Allocated Worker"]
HEADINGS = {
    1: ABOUT + ["Date of Contact", "Contact Source"],
    2: ABOUT + ["Assessment start date", "Assessment completion date", "Organisation completing assessment"],
    3: ABOUT + ["Date of Referral", "Referral Source", "Referral NFA?", "Number of Referrals in Last 12 Months"] + TEAM,
    4: ABOUT + [DISABILITY, "Continuous Assessment Start Date", "Child Seen During Continuous Assessment",
                "Continuous Assessment Date of Authorisation",
                "Was the child assessed as requiring LA children's social care support?"] + TEAM,
    5: ABOUT + [DISABILITY, "Strategy discussion initiating Section 47 Enquiry Start Date",
                "Was an Initial Child Protection Conference deemed unnecessary?",
                "Date of Initial Child Protection Conference",
                "Did the Initial Child Protection Conference Result in a Child Protection Plan",
                "Number of Section 47 Enquiries in the last 12 months", "Number of ICPCs in the last 12 months"] + TEAM,
    6: ABOUT + [DISABILITY, "CIN Start Date", "Primary Need Code", "Date Child Was Last Seen", "CIN Closure Date",
                "Reason for Closure", "Case Status"] + TEAM,
    7: ABOUT + [DISABILITY, "Child Protection Plan Start Date", "Initial Category of Abuse", "Latest Category of Abuse",
                "Date of the Last Statutory Visit", "Was the Child Seen Alone?", "Date of latest review conference",
                "Child Protection Plan End Date",
                "Subject to Emergency Protection Order or Protected Under Police Powers in Last Six Months (Y/N)",
                "Number of Previous Child Protection Plans"] + TEAM,
    8: ABOUT + [DISABILITY, "Date Started to be Looked After", "Child's Category of Need", "Child's Legal Status",
                "Date of Last Social Work Visit", "Date Ceased to be Looked After",
                "Reason Ceased to be Looked After"] + TEAM,
}
SHORT = {
    1: {"day": "Date of Contact", "source": "Contact Source"},
    2: {"start": "Assessment start date", "end": "Assessment completion date",
        "by": "Organisation completing assessment"},
    3: {"day": "Date of Referral", "source": "Referral Source", "refused": "Referral NFA?",
        "count": "Number of Referrals in Last 12 Months", "worker": "Allocated Worker"},
    4: {"start": "Continuous Assessment Start Date", "seen": "Child Seen During Continuous Assessment",
        "end": "Continuous Assessment Date of Authorisation", "worker": "Allocated Worker"},
    5: {"start": "Strategy discussion initiating Section 47 Enquiry Start Date",
        "unneeded": "Was an Initial Child Protection Conference deemed unnecessary?",
        "conference": "Date of Initial Child Protection Conference",
        "plan": "Did the Initial Child Protection Conference Result in a Child Protection Plan"},
    6: {"start": "CIN Start Date", "need": "Primary Need Code", "seen": "Date Child Was Last Seen",
        "closed": "CIN Closure Date", "reason": "Reason for Closure", "status": "Case Status"},
    7: {"start": "Child Protection Plan Start Date", "category": "Initial Category of Abuse",
        "latest": "Latest Category of Abuse", "visit": "Date of the Last Statutory Visit",
        "review": "Date of latest review conference", "end": "Child Protection Plan End Date",
        "previous": "Number of Previous Child Protection Plans"},
    8: {"start": "Date Started to be Looked After", "legal": "Child's Legal Status",
        "end": "Date Ceased to be Looked After"},
}
YES_NO = {True: "a) Yes", False: "b) No"}


def annex_case(lists, child, case):
    worker = case.workers[-1][1] if case.workers else None
    year_before = [one for one in child.cases if add_months(case.referred, -12) <= one.referred < case.referred]
    lists.add(3, child, day=case.referred, source=REFERRERS[case.source], refused=YES_NO[case.refused],
              count=len(year_before), worker=worker)
    for one in case.assessments:
        lists.add(4, child, start=one.start, end=one.end, seen=YES_NO[one.seen], worker=worker)
    for one in case.enquiries:
        lists.add(5, child, start=one.start, unneeded=YES_NO[not one.conference], conference=one.conference,
                  plan=YES_NO[one.led_to_plan] if one.conference else None)
    if not case.refused and (case.support or case.closed):
        lists.add(6, child, start=case.support[0].start if case.support else None, need=case.need,
                  seen=case.visits[-1] if case.visits else None, closed=case.closed,
                  reason=case.reason if case.closed else None,
                  status="e) Closed episode" if case.closed else "c) Child in need plan")
    for one in case.plans:
        lists.add(7, child, start=one.start, end=one.end, category=ANNEX_CATEGORY[one.category],
                  latest=ANNEX_CATEGORY[one.latest], visit=one.visits[-1] if one.visits else None,
                  review=one.reviews[-1] if one.reviews else None, previous=one.previous)


def annex_lists(children):
    lists = Lists()
    for child in children:
        for day, source in child.contacts:
            lists.add(1, child, day=day, source=REFERRERS[source])
        for one in child.early_help:
            lists.add(2, child, start=one.start, end=one.end, by=one.detail)
        for case in child.cases:
            annex_case(lists, child, case)
        for one in child.care:
            lists.add(8, child, start=one.start, end=one.end, legal=one.detail)
    return lists.rows


def column_name(at):
    return chr(ord("A") + at) if at < 26 else chr(ord("A") + at // 26 - 1) + chr(ord("A") + at % 26)


def sheet_cell(shared, value, at, row):
    place = f"{column_name(at)}{row}"
    if value is None:
        return ""
    if isinstance(value, datetime.date):
        return f'<c r="{place}" s="1"><v>{(value - datetime.date(1899, 12, 30)).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'


SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def sheet(shared, headings, rows):
    lines = []
    for number, row in enumerate([headings] + rows, 1):
        cells = "".join(sheet_cell(shared, value, at, number) for at, value in enumerate(row))
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'{DECLARATION}<worksheet xmlns="{SHEETS}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def workbook_parts(lists):
    shared, parts = {}, {}
    for number, rows in lists.items():
        parts[f"xl/worksheets/sheet{number}.xml"] = sheet(shared, HEADINGS[number], rows)
    names = "".join(f'<sheet name="List {n}" sheetId="{n}" r:id="rId{n}"/>' for n in lists)
    parts["xl/workbook.xml"] = (f'{DECLARATION}<workbook xmlns="{SHEETS}" xmlns:r="{OFFICE}"><sheets>{names}</sheets>'
                                "</workbook>")
    relations = "".join(f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
                        for n in lists)
    parts["xl/_rels/workbook.xml.rels"] = (
        f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{relations}'
        f'<Relationship Id="rId90" Type="{OFFICE}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rId91" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
    parts["xl/styles.xml"] = (
        f'{DECLARATION}<styleSheet xmlns="{SHEETS}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2">'
        '<xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>')
    items = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    parts["xl/sharedStrings.xml"] = f'{DECLARATION}<sst xmlns="{SHEETS}">{items}</sst>'
    parts["_rels/.rels"] = (f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
                            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
    kinds = {"xl/workbook.xml": "sheet.main", "xl/styles.xml": "styles", "xl/sharedStrings.xml": "sharedStrings"}
    kinds.update({f"xl/worksheets/sheet{n}.xml": "worksheet" for n in lists})
    overrides = "".join(f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.'
                        f'spreadsheetml.{kind}+xml"/>' for name, kind in kinds.items())
    parts["[Content_Types].xml"] = (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>')
    return parts


def annex_workbook(children):
    room = io.BytesIO()
    with zipfile.ZipFile(room, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in sorted(workbook_parts(annex_lists(children)).items()):
            package.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return {"annex-a.xlsx": room.getvalue()}


def as_csv(headings, rows, day_format):
    room = io.StringIO()
    writer = csv.writer(room, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([value.strftime(day_format) if isinstance(value, datetime.date) else
                         "" if value is None else value for value in row])
    return room.getvalue().encode()


def annex_csv(children):
    return {f"list-{number}.csv": as_csv(HEADINGS[number], rows, "%d/%m/%Y")
            for number, rows in annex_lists(children).items()}


# --- Standard Safeguarding Dataset ---

Y_N = {True: "Y", False: "N"}
TABLES = {
    "ssd_person": "pers_person_id pers_sex pers_dob",
    "ssd_contacts": "cont_contact_id cont_person_id cont_contact_date cont_contact_source_code",
    "ssd_early_help_episodes": "earl_episode_id earl_person_id earl_episode_start_date earl_episode_end_date"
                               " earl_episode_organisation",
    "ssd_cin_episodes": "cine_referral_id cine_person_id cine_referral_date cine_cin_primary_need_code"
                        " cine_referral_source_code cine_referral_nfa cine_close_reason cine_close_date",
    "ssd_cin_assessments": "cina_assessment_id cina_person_id cina_referral_id cina_assessment_start_date"
                           " cina_assessment_child_seen cina_assessment_auth_date",
    "ssd_assessment_factors": "cinf_table_id cinf_assessment_id cinf_assessment_factors_json",
    "ssd_cin_plans": "cinp_cin_plan_id cinp_referral_id cinp_person_id cinp_cin_plan_start_date cinp_cin_plan_end_date",
    "ssd_cin_visits": "cinv_cin_visit_id cinv_person_id cinv_cin_visit_date",
    "ssd_s47_enquiry": "s47e_s47_enquiry_id s47e_referral_id s47e_person_id s47e_s47_start_date s47e_s47_end_date"
                       " s47e_s47_nfa",
    "ssd_initial_cp_conference": "icpc_icpc_id icpc_s47_enquiry_id icpc_person_id icpc_icpc_target_date icpc_icpc_date"
                                 " icpc_icpc_outcome_cp_flag",
    "ssd_cp_plans": "cppl_cp_plan_id cppl_referral_id cppl_person_id cppl_cp_plan_start_date cppl_cp_plan_end_date"
                    " cppl_cp_plan_initial_category cppl_cp_plan_latest_category",
    "ssd_cp_reviews": "cppr_cp_review_id cppr_person_id cppr_cp_plan_id cppr_cp_review_date"
                      " cppr_cp_review_outcome_continue_cp",
    "ssd_cp_visits": "cppv_cp_visit_id cppv_person_id cppv_cp_plan_id cppv_cp_visit_date",
    "ssd_involvements": "invo_involvements_id invo_professional_id invo_involvement_start_date invo_person_id"
                        " invo_referral_id",
    "ssd_missing": "miss_table_id miss_person_id miss_missing_episode_start_date miss_missing_episode_end_date",
    "ssd_cla_episodes": "clae_cla_episode_id clae_person_id clae_cla_episode_start_date clae_cla_episode_start_reason"
                        " clae_cla_episode_ceased_date clae_cla_episode_ceased_reason clae_entered_care_date",
}


class Tables:
    def __init__(self):
        self.rows = {name: [] for name in TABLES}

    def add(self, table, *cells):
        """The first column is the row's own number, which is returned; person has the child's."""
        rows = self.rows[table]
        key = cells[0] if table == "ssd_person" else f"{table[4:8].upper()}{len(rows) + 1:05}"
        rows.append(cells if table == "ssd_person" else (key,) + cells)
        return key


def ssd_enquiry(tables, child, referral, one):
    enquiry = tables.add("ssd_s47_enquiry", referral, child.id, one.start, one.end,
                         None if one.end is None else Y_N[not one.conference])
    if one.conference:
        tables.add("ssd_initial_cp_conference", enquiry, child.id, one.target, one.conference, Y_N[one.led_to_plan])


def ssd_plan(tables, child, referral, one):
    plan = tables.add("ssd_cp_plans", referral, child.id, one.start, one.end, CENSUS_CATEGORY[one.category],
                      CENSUS_CATEGORY[one.latest])
    for day in one.reviews:
        tables.add("ssd_cp_reviews", child.id, plan, day, "Y")
    for day in one.visits:
        tables.add("ssd_cp_visits", child.id, plan, day)


def ssd_case(tables, child, case):
    referral = tables.add("ssd_cin_episodes", child.id, case.referred, case.need, case.source, Y_N[case.refused],
                          case.reason if case.closed else None, case.closed)
    for one in case.assessments:
        key = tables.add("ssd_cin_assessments", child.id, referral, one.start, Y_N[one.seen], one.end)
        if one.factors:
            tables.add("ssd_assessment_factors", key, json.dumps(one.factors))
    for one in case.support:
        tables.add("ssd_cin_plans", referral, child.id, one.start, one.end)
    for day in case.visits:
        tables.add("ssd_cin_visits", child.id, day)
    for one in case.enquiries:
        ssd_enquiry(tables, child, referral, one)
    if case.moved_in:
        tables.add("ssd_initial_cp_conference", None, child.id, None, case.moved_in, "Y")
    for one in case.plans:
        ssd_plan(tables, child, referral, one)
    for day, worker in case.workers:
        tables.add("ssd_involvements", worker, day, child.id, referral)


def ssd(children):
    tables = Tables()
    for child in children:
        tables.add("ssd_person", child.id, child.sex, child.born)
        for day, source in child.contacts:
            tables.add("ssd_contacts", child.id, day, source)
        for one in child.early_help:
            tables.add("ssd_early_help_episodes", child.id, one.start, one.end, one.detail)
        for case in child.cases:
            ssd_case(tables, child, case)
        for one in child.missing:
            tables.add("ssd_missing", child.id, one.start, one.end)
        for one in child.care:
            tables.add("ssd_cla_episodes", child.id, one.start, "S", one.end, "E8" if one.end else None, one.start)
    return {f"{name}.csv": as_csv(TABLES[name].split(), rows, "%Y-%m-%d 00:00:00")
            for name, rows in tables.rows.items()}


# --- our own ---

def ndjson(children, form):
    lines = []
    for child in children:
        if form.lists(child):
            about = {"type": "child", "id": child.id, "born": child.born.isoformat(), "sex": child.sex}
            lines.append(json.dumps(about))
        for event in form.events(child):
            line = {"type": "event", "child": event.child, "occurred": event.day.isoformat(), "agency": event.agency,
                    "kind": event.kind}
            if event.episode:
                line["episode"] = event.episode
            if event.significance:
                line["significance"] = event.significance
            if event.facts:
                line["facts"] = dict(event.facts)
            lines.append(json.dumps(line, sort_keys=True))
    return {f"{form.name}.ndjson": ("\n".join(lines) + "\n").encode()}
