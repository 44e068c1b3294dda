"""Two builds of samsyn, one after the other: processor time of a one-row payment, and of questions after it and asked again.

before_after: python3 .ci/bench_before_after.py EXAMPLES QUESTIONS BEFORE AFTER
EXAMPLES is a folder of submissions to import, QUESTIONS one of numbered .graphql files with fragments.graphql beside them,
BEFORE and AFTER are programs. SQLite in temporary files; Linux, since processor time is read in /proc.
"""
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")
WRITES, ROUNDS, AGAIN = 30, 5, 5
PAYMENT = "reference,round,recipient_code,amount,paid_on\nUTB-KOM-2018-0001,KOM-2018,0114,143114,2018-{month}-{day:02d}\n"


def milliseconds(process):
    """Processor time of a process so far."""
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS * 1000


def questions(folder):
    """The documents with the fragments that they spread, as bodies of requests, by number."""
    text = (folder / "fragments.graphql").read_text()
    fragments = {found[1]: found[0] for found in re.finditer(r"(?ms)^fragment (\w+) on .*?^}", text)}
    for path in sorted(folder.glob("0[1-9]*.graphql")):
        document = path.read_text()
        for name, fragment in fragments.items():
            if f"...{name}" in document and fragment not in document:
                document += "\n" + fragment
        yield path.name[:2], json.dumps({"query": document})


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def measured(program, examples, asked):
    """Milliseconds by what was done."""
    with tempfile.TemporaryDirectory() as folder:
        store, key = f"sqlite:{folder}/samsyn.db", f"{folder}/samsyn.key"
        subprocess.run([program, "import", examples, "--database-url", store], stdout=subprocess.DEVNULL, check=True)
        role = ["--role", "coordinator", "--organisation", "socialstyrelsen"]
        token = subprocess.run([program, "token", *role, "--key", key], capture_output=True, text=True, check=True).stdout.strip()
        port = free_port()
        serve = [program, "serve", "--database-url", store, "--listen", f"127.0.0.1:{port}", "--key", key]
        server = subprocess.Popen(serve, stderr=subprocess.DEVNULL)
        try:
            wait(port)
            return play(server, http.client.HTTPConnection("127.0.0.1", port, timeout=120), token, asked)
        finally:
            server.terminate()
            server.wait()


def wait(port):
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise SystemExit("it does not serve")


def play(server, connection, token, asked):
    number = 0

    def send(path, body, headers):
        before = milliseconds(server)
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        text = answer.read()
        assert answer.status in (200, 201) and b'"errors"' not in text[:300], text[:300]
        return milliseconds(server) - before

    def ask(body):
        return send("/graphql", body, {"content-type": "application/json"})

    def write():
        nonlocal number
        number += 1
        body = PAYMENT.format(month=10 + number // 28 % 3, day=1 + number % 28)
        path = f"/submissions?kind=payments&fileName=x{number}.csv&nature=SYNTHETIC"
        return send(path, body, {"authorization": f"Bearer {token}", "content-type": "text/csv"})

    for _, body in asked:
        ask(body)
    found = {"one payment": sum(write() for _ in range(WRITES)) / WRITES}
    for name, body in asked:
        first = again = 0
        for _ in range(ROUNDS):
            write()
            first += ask(body) / ROUNDS
            again += sum(ask(body) for _ in range(AGAIN)) / AGAIN / ROUNDS
        found[f"{name} after a payment"], found[f"{name} again"] = first, again
    return found


def main():
    examples, folder, *programs = sys.argv[1:]
    asked = list(questions(pathlib.Path(folder)))
    before, after = (measured(program, examples, asked) for program in programs)
    for name, then in before.items():
        now = after[name]
        print(f"{name:24} {then:8.1f} ms {now:8.1f} ms {then / max(now, 0.1):6.1f}x")


main()
