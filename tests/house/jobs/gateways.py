"""Real gateways on this machine: one that speaks HTTP, one that speaks SMTP; both remember."""

import json
import socketserver
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


class HttpGateway(BaseHTTPRequestHandler):
    """Answers as `server.answers` says, one after the other, the last one for ever."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.taken.append((self.path, dict(self.headers), json.loads(body)))
        answers = self.server.answers
        status, said = answers.pop(0) if len(answers) > 1 else answers[0]
        if status is None:
            return  # hangs up without a word
        self.send_response(status)
        if status in (301, 302, 307):
            self.send_header("Location", said)
            said = {}
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *_said):
        pass


class MailGateway(socketserver.StreamRequestHandler):
    """Refuses with `server.refuses`, a code and for what: "rcpt" or "data"."""

    def handle(self):
        self.say("220 local")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ", 1)[0].partition(":")[0].upper()
            code, where = self.server.refuses
            if verb == "QUIT":
                self.say("221 bye")
                return
            if where == verb.lower():
                self.say(f"{code} no")
            elif verb == "DATA":
                self.say("354 go on")
                self.read_letter()
            else:
                self.say("250 ok")

    def read_letter(self):
        lines = []
        while (line := self.rfile.readline().rstrip(b"\r\n")) != b".":
            lines.append(line)
        self.server.taken.append(b"\n".join(lines))
        self.say("250 taken")

    def say(self, words):
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def running(server):
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def http_gateway(*answers):
    server = ThreadingHTTPServer(("127.0.0.1", 0), HttpGateway)
    server.taken, server.answers = [], list(answers)
    with running(server):
        server.url = f"http://127.0.0.1:{server.server_port}"
        yield server


@contextmanager
def https_gateway(folder, *answers):
    """The same with TLS, for `localhost`; its certificate is `server.certificate`."""
    with http_gateway(*answers) as server:
        server.certificate = certified(folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(server.certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.url = f"https://localhost:{server.server_port}"
        yield server


def certified(folder):
    """A file with a key and a certificate that it signed itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    begins = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path = folder / "gateway.pem"
    path.write_bytes(kept + certificate.public_bytes(Encoding.PEM))
    return path


@contextmanager
def mail_gateway(code=0, where=""):
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailGateway)
    server.taken, server.refuses = [], (code, where)
    with running(server):
        yield server
