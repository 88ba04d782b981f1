"""tools/serve/nginx.conf.example in front of the server, as it stands there but for names, ports and paths."""
import os
import shutil
import socket
import ssl
import subprocess
import tempfile

import tally
from life import make_certificate
from server import Server, wait_until

EXAMPLE = "tools/serve/nginx.conf.example"


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def configuration(folder, pair, port, behind):
    """The example for this machine; every change must find its place."""
    with open(os.path.join(tally.ROOT, EXAMPLE), encoding="utf-8") as file:
        text = file.read()
    for old, new in [("/etc/ssl/cases.example.pem", pair[0]), ("/etc/ssl/cases.example.key", pair[1]), ("listen 443 ", f"listen 127.0.0.1:{port} "),
                     ("listen 80;", f"listen 127.0.0.1:{free_port()};"), ("127.0.0.1:8137", f"127.0.0.1:{behind}"),
                     ("/var/log/nginx/tidemark.log", os.path.join(folder, "access.log")), ("server_name cases.example;", "server_name localhost;")]:
        if old not in text:
            raise RuntimeError(f"{EXAMPLE} lacks {old}")
        text = text.replace(old, new)
    kinds = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return f"daemon off;\nerror_log stderr;\npid {folder}/pid;\nevents {{}}\nhttp {{\n{kinds}{text}}}\n"


class Behind(Server):
    """The server as it is seen through nginx."""

    def __init__(self, world, folder, pair):
        super().__init__(world.binary, world.store, ["--web", world.web, "--behind-proxy"])
        port, path = free_port(), os.path.join(folder, "nginx.conf")
        with open(path, "w", encoding="utf-8") as file:
            file.write(configuration(folder, pair, port, self.port))
        self.port, self.secure = port, ssl.create_default_context(cafile=pair[0])
        with open(os.path.join(folder, "words"), "wb") as words:
            self.proxy = subprocess.Popen(["nginx", "-c", path, "-e", "stderr"], stdout=words, stderr=words)

    def __exit__(self, *more):
        self.proxy.terminate()
        self.proxy.wait(20)
        super().__exit__(*more)


def check_nginx(counts, world):
    with tempfile.TemporaryDirectory() as folder:
        pair = make_certificate(folder) if shutil.which("nginx") else None
        if not pair:
            counts.skip("a proxy in front", "nginx and openssl")
            return
        # nginx gives up root for another user, who must be able to enter.
        os.chmod(folder, 0o755)
        with Behind(world, folder, pair) as server:
            if not counts.check(wait_until(server.gets_through, 10), "health through nginx"):
                return
            counts.check(server.ask("GET", "/").body.decode() == world.page["index.html"], "the page through nginx")
            reply = server.post("/v1/reviews", b"{}", {"Origin": f"https://127.0.0.1:{server.port}"})
            counts.check(reply.status == 401 and "strict-transport-security" in reply.headers, "an operation through nginx", str(reply.status))
            reply = server.post("/v1/reviews", b"{}", {"Origin": "https://evil.example"})
            counts.check(reply.status == 403, "another origin through nginx", str(reply.status))
            reply = server.post("/v1/imports?agency=x", b"a" * 3000000, {"Content-Type": "text/csv"})
            counts.check(reply.status == 401, "a large return through nginx", str(reply.status))
            reply = server.post("/v1/reviews", b"\"" + b"a" * 2000000 + b"\"")
            counts.check(reply.status == 413, "too much through nginx", str(reply.status))
            server.ask("GET", "/v1/children/Xanthippe?q=1")
            with open(os.path.join(folder, "access.log"), encoding="utf-8") as file:
                log = file.read()
            counts.check("Xanthippe" not in log and " 403 " in log, "nginx's log names nobody", log[:300])
