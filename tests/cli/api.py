"""tidemark api: where the request comes from and how it ends; requests themselves are in tests/api."""
from case import SOURCE, Case

LIST = '{"operation": "indicators.list"}'
REVIEW = '{"operation": "review", "inputs": [{"path": "{source}/fixtures/%s"}], "options": {%s}}'


def review(fixture, options=""):
    return (REVIEW % (fixture, options)).replace("{source}", SOURCE).encode()


CASES = [
    Case("from standard input", ["api"], stdin=LIST.encode(), stdout=['{"ok": true, "result": ', '"plan-drift"'], stderr=None),
    Case("from -", ["api", "-"], stdin=LIST.encode(), stdout='"ok": true'),
    Case("from a file", ["api", "request.json"], files={"request.json": LIST}, stdout='"ok": true'),
    Case("no such file", ["api", "request.json"], exit=3, stdout=None, stderr="request.json"),
    Case("nothing at all", ["api"], exit=3, stdout='"ok":false', stderr=None, one_line=False),
    Case("NUL bytes", ["api"], stdin=b"\x00" * 64, exit=3, stdout='"ok":false', stderr=None, one_line=False),
    Case("10,000 levels", ["api"], stdin=b"[" * 10000, exit=3, stdout='"ok":false', stderr=None, one_line=False),
    Case("a usage error", ["api"], stdin=b'{"operation": "review"}', exit=2, stdout='"code":"invalid-argument"', stderr=None),
    Case("nobody says the day", ["api"], exit=2, stdout="as_of", stdin=b'{"operation": "review", "inputs": [{"name": "e.ndjson", "content": '
         b'"{\\"type\\":\\"event\\",\\"child\\":\\"C1\\",\\"occurred\\":\\"2024-01-10\\",\\"agency\\":\\"school\\",\\"kind\\":\\"other\\"}"}]}'),
    Case("fail_on", ["api"], stdin=review("long-neglect", '"fail_on": "met"'), exit=1, stdout='"ok": true'),
    Case("--strict", ["api", "--strict"], stdin=review("long-neglect"), exit=3, stdout='"ok": true', stderr=None, one_line=False),
    Case("help", ["api", "--help"], stdout="example"),
]
