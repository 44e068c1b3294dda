"""Reads every form of question 3 back with independent libraries, and runs the examples of docs/USE.md.

check.py URL TOKEN: the service at URL holds the example submissions; TOKEN may save questions. Run from the clone's root.
"""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import polars as pl

SUMMED = "paidAmount"
QUESTIONS = Path("tests/e2e/questions")


def question(name):
    """The document of a question with the fragments that it uses."""
    document = (QUESTIONS / f"{name}.graphql").read_text()
    for fragment in (QUESTIONS / "fragments.graphql").read_text().split("\nfragment ")[1:]:
        if f"...{fragment.split()[0]}" in document:
            document += f"\nfragment {fragment}"
    return document


def ask(base, token, document, variables=None):
    """The data of an answer."""
    body = json.dumps({"query": document, "variables": variables or {}}).encode()
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(f"{base}/graphql", body, headers)
    with urllib.request.urlopen(request) as answer:
        answer = json.load(answer)
    assert "errors" not in answer, answer
    return answer["data"]


def fetch(base, path):
    with urllib.request.urlopen(f"{base}{path}") as answer:
        return answer.headers, answer.read()


def answered(answer, row, name):
    """What GraphQL answers in a column: of the row, or beside the rows."""
    keys = name.split(".")
    value = row if keys[0] in row else answer
    for key in keys:
        value = None if value is None else value.get(key)
    return value


def same(expected, read):
    """Whether a cell that a library read is what GraphQL answers."""
    if expected is None or read is None or read == "":
        return expected is None and read in (None, "")
    if isinstance(expected, (list, dict)):
        return json.loads(read) == expected
    if isinstance(expected, bool):
        return str(read).lower() == str(expected).lower()
    if isinstance(read, float):
        return Decimal(str(read)) == Decimal(str(expected))
    if isinstance(read, (int, Decimal)):
        return Decimal(read) == Decimal(str(expected))
    with contextlib.suppress(ArithmeticError):
        return Decimal(read) == Decimal(str(expected))
    return str(read) == str(expected)


def forms(base, path):
    """Every form as rows by the names of their columns, each read by another library."""
    _, text = fetch(base, f"{path}.csv")
    yield "CSV by csv", list(csv.DictReader(io.StringIO(text.decode())))
    _, book = fetch(base, f"{path}.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(book), read_only=True)["Rader"]
    lines = list(sheet.iter_rows(values_only=True))
    yield "XLSX by openpyxl", [dict(zip(lines[0], line)) for line in lines[1:]]
    _, columns = fetch(base, f"{path}.parquet")
    yield "Parquet by polars", pl.read_parquet(io.BytesIO(columns)).to_dicts()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.parquet"
        file.write_bytes(columns)
        found = duckdb.sql(f"SELECT * FROM read_parquet('{file}')")
        yield "Parquet by DuckDB", [dict(zip(found.columns, row)) for row in found.fetchall()]
    _, ipc = fetch(base, f"{path}.arrow")
    yield "Arrow by polars", pl.read_ipc(io.BytesIO(ipc)).to_dicts()


def compare(base, path, answer):
    rows = answer["fundUsage"]["rows"]
    for form, read in forms(base, path):
        assert len(read) == len(rows), (form, len(read), len(rows))
        cells = 0
        for at, (row, cells_read) in enumerate(zip(rows, read)):
            for name, cell in cells_read.items():
                expected = answered(answer, row, name)
                assert same(expected, cell), (form, at, name, expected, cell)
                cells += 1
        print(f"{form}: {len(read)} rows, {cells} cells are what GraphQL answers")


def examples(text):
    """The fenced examples of a document in the languages that run here."""
    return re.findall(r"^```(python|r)\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def run(base, path, total):
    """Runs every example; each prints the sum of what was paid, last."""
    digest = path.removeprefix("/q/")
    found = examples(Path("docs/USE.md").read_text())
    assert len(found) >= 6, "the examples of docs/USE.md were not found"
    started_in = os.getcwd()
    for at, (language, code) in enumerate(found, 1):
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            if language == "python":
                said = io.StringIO()
                with contextlib.redirect_stdout(said):
                    exec(compile(code, f"docs/USE.md, example {at}", "exec"), {"BASE": base, "HASH": digest})
                said = said.getvalue()
            elif shutil.which("Rscript"):
                script = f'base <- "{base}"\nhash <- "{digest}"\n{code}'
                done = subprocess.run(["Rscript", "-e", script], capture_output=True, text=True, check=True)
                said = re.sub(r'^\[1\]|"', "", done.stdout, flags=re.MULTILINE)
            else:
                print(f"example {at} ({language}): LEFT OUT, there is no Rscript")
                os.chdir(started_in)
                continue
            os.chdir(started_in)
        last = said.split()[-1]
        assert Decimal(last) == total, (at, code, said, total)
        print(f"example {at} ({language}): {last}")


def main():
    base, token = sys.argv[1:]
    document = question("03-fund-usage")
    answer = ask(base, token, document)
    saving = "mutation ($document: String!) { saveQuery(input: { document: $document }) { query { path } problems { messageEn } } }"
    saved = ask(base, token, saving, {"document": document})["saveQuery"]
    assert not saved["problems"], saved
    path = saved["query"]["path"]
    compare(base, path, answer)
    total = sum(Decimal(row[SUMMED]) for row in answer["fundUsage"]["rows"])
    headers, _ = fetch(base, f"{path}.csv")
    assert f"{SUMMED}={total}" in headers["Samsyn-Control-Totals"].split(", "), headers
    run(base, path, total)


if __name__ == "__main__":
    main()
