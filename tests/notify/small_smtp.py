#!/usr/bin/env python3
"""A small honest SMTP server for tests, 127.0.0.1 only: small_smtp.py PORT-FILE LEDGER [--cert FILE --key FILE] [--tls] [--auth USER:PASSWORD].

--cert offers STARTTLS (or, with --tls, speaks TLS from the first byte); --auth demands AUTH PLAIN, after TLS where there is a
certificate. Recipients whose local part is a number get that reply to RCPT. The ledger has one JSON line a message taken."""
import argparse
import base64
import json
import os
import socketserver
import ssl

options = argparse.ArgumentParser()
options.add_argument("port_file")
options.add_argument("ledger")
options.add_argument("--cert")
options.add_argument("--key")
options.add_argument("--tls", action="store_true")
options.add_argument("--auth")
chosen = options.parse_args()
context = None
if chosen.cert:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chosen.cert, chosen.key)


class Session(socketserver.BaseRequestHandler):
    def say(self, line):
        self.wire.sendall(line.encode() + b"\r\n")

    def line(self):
        while b"\r\n" not in self.buffer:
            more = self.wire.recv(65536)
            if not more:
                raise ConnectionError
            self.buffer += more
        line, self.buffer = self.buffer.split(b"\r\n", 1)
        return line

    def handle(self):
        try:
            self.talk()
        except (OSError, ConnectionError):
            pass

    def talk(self):
        self.wire, self.buffer = self.request, b""
        self.secure = chosen.tls
        if chosen.tls:
            self.wire = context.wrap_socket(self.wire, server_side=True)
        self.say("220 small.example.org ESMTP")
        known, recipients = not chosen.auth, []
        session = f"{self.client_address[1]}"
        while True:
            line = self.line()
            verb = line[:4].upper()
            if verb == b"EHLO":
                self.say("250-small.example.org")
                if context and not self.secure:
                    self.say("250-STARTTLS")
                elif chosen.auth:
                    self.say("250-AUTH PLAIN")
                self.say("250 8BITMIME")
            elif verb == b"STAR" and context:
                self.say("220 go on")
                self.wire, self.secure = context.wrap_socket(self.wire, server_side=True), True
            elif verb == b"AUTH":
                given = line.split(b" ", 2)[2] if line.count(b" ") == 2 else (self.say("334 "), self.line())[1]
                _, user, password = base64.b64decode(given).decode().split("\0")
                known = f"{user}:{password}" == chosen.auth
                self.say("235 fine" if known else "535 5.7.8 no")
            elif verb == b"MAIL":
                recipients = []
                self.say("250 ok" if known else "530 5.7.0 authenticate first")
            elif verb == b"RCPT":
                address = line[line.index(b"<") + 1:line.index(b">")].decode()
                code = address.split("@")[0]
                if code.isdigit():
                    self.say(f"{code} 5.1.1 <{address}> not here")
                else:
                    recipients.append(address)
                    self.say("250 ok")
            elif verb == b"DATA":
                self.say("354 go")
                body = []
                while (line := self.line()) != b".":
                    body.append(line[1:] if line.startswith(b".") else line)
                with open(chosen.ledger, "a") as ledger:
                    ledger.write(json.dumps({"to": recipients, "bytes": (b"\r\n".join(body) + b"\r\n").decode("latin-1"), "session": session,
                                             "secure": self.secure}) + "\n")
                    ledger.flush()
                    os.fsync(ledger.fileno())
                self.say("250 2.0.0 taken")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


server = Server(("127.0.0.1", 0), Session)
with open(chosen.port_file + ".new", "w") as file:
    file.write(str(server.server_address[1]))
os.rename(chosen.port_file + ".new", chosen.port_file)
server.serve_forever()
