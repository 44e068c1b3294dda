"""Reads every form of every question back with independent libraries, and runs the examples of docs/USE.md.

check.py URL TOKEN: the service at URL holds the example submissions; TOKEN may save questions. Run from the clone's root.
"""

import contextlib
import csv
import datetime
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import polars as pl

SUMMED = "paidAmount"
# A list within a row may be long.
csv.field_size_limit(2**31 - 1)
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
    if expected in (None, "") or read in (None, ""):
        return expected in (None, "") and read in (None, "")
    if isinstance(read, datetime.datetime):
        read = read.date()
    if isinstance(read, datetime.date):
        return read.isoformat() == expected
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


# Questions made of parts, aliases and names that collide: what each of them may come to.
MADE = {
    "inner connection": ("{ counties { code recipients { totalCount nodes { code } } } }", "whole"),
    "rows behind a line": (
        '{ fundUsage(assignment: "S2016/00633/FST", groupBy: [GRANT_YEAR]) { rows { key { grantYear } sources(of: PAID) { totalCount nodes { row } } } } }',
        "whole",
    ),
    "inner first": ("{ counties { code recipients(first: 2) { nodes { code } } } }", "refused"),
    "inner last": ("{ counties { code recipients(last: 2) { nodes { code } } } }", "refused"),
    "last": ("{ recipients(last: 10) { nodes { code } } }", "refused"),
    "page by alias": ("{ recipients(first: 10) { p: pageInfo { more: hasNextPage } nodes { code } } }", "refused"),
    "pages by another variable": (
        "query ($from: String) { recipients(first: 100, after: $from) { totalCount p: pageInfo { more: hasNextPage } nodes { code } } }",
        "whole",
    ),
    "one name twice": (
        'query ($after: String) { round(code: "KOM-2018") { code } missingReports(round: "KOM-2018", onDate: "2030-01-01", after: $after) { nodes { round { code } recipient { code } paidAmount } } }',
        "whole",
    ),
    "names in capitals": ("query ($after: String) { rounds(after: $after) { nodes { code Code: code CODE: year } } }", "whole"),
    "two lists": ("{ a: rounds(first: 500) { nodes { code } } b: counties { code } }", "told"),
}


def maybe(base, path):
    """A file, or the body of its refusal."""
    try:
        return fetch(base, path)[1], None
    except urllib.error.HTTPError as error:
        assert error.code in (400, 413), (path, error.code)
        return None, json.load(error)


def lists(base, path, variables):
    """The lists of a question that can be its rows: the refusal of one that it does not have names them."""
    _, refusal = maybe(base, f"{path}.json?{urllib.parse.urlencode({'rows': 'none', **variables})}")
    _, _, names = refusal["errors"][0]["message"].partition("rows= is one of ")
    return names.split(", ") if names else []


def every_form(base, path, said):
    """The JSON of an address after every reader has read the other forms as the same table; none where it is refused."""
    said = f"?{urllib.parse.urlencode(said)}" if said else ""
    text, refusal = maybe(base, f"{path}.json{said}")
    if refusal:
        extensions = refusal["errors"][0]["extensions"]
        assert extensions["code"] and (extensions["code"] != "BAD_USER_INPUT" or "messageSv" in extensions), refusal
        return None
    whole = json.loads(text)
    names = [column["name"] for column in whole["columns"]]
    assert len({name.lower() for name in names}) == len(names), names
    assert all(list(row) == names for row in whole["rows"]), (path, said)
    count = whole["rowCount"]
    assert len(whole["rows"]) == count

    def held(reader, read, rows):
        assert list(read) == names, (path, said, reader, read, names)
        assert len(rows) == count, (path, said, reader, len(rows), count)
        for at, (row, cells) in enumerate(zip(whole["rows"], rows)):
            for name, cell in zip(names, cells):
                assert same(row[name], cell), (path, said, reader, at, name, row[name], cell)

    lines = list(csv.reader(io.StringIO(fetch(base, f"{path}.csv{said}")[1].decode())))
    assert lines[0] == names and len(lines) == count + 1, (path, said)
    columns, ipc = (fetch(base, f"{path}.{form}{said}")[1] for form in ("parquet", "arrow"))
    frame = pl.read_parquet(io.BytesIO(columns))
    held("Parquet by polars", frame.columns, frame.rows())
    frame = pl.read_ipc(io.BytesIO(ipc))
    held("Arrow by polars", frame.columns, frame.rows())
    frame = pd.read_parquet(io.BytesIO(columns), dtype_backend="pyarrow")
    rows = [[None if cell is pd.NA else cell for cell in row] for row in frame.itertuples(index=False, name=None)]
    held("Parquet by pandas", frame.columns, rows)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.parquet"
        file.write_bytes(columns)
        found = duckdb.sql(f"SELECT * FROM read_parquet('{file}')")
        held("Parquet by DuckDB", found.columns, found.fetchall())
        types = zip(found.columns, found.types)
        for name in (name for name, kind in types if str(kind) == "DECIMAL(18,12)"):
            products = duckdb.sql(f"""SELECT "{name}" * "{name}" FROM read_parquet('{file}')""").fetchall()
            for row, (product,) in zip(whole["rows"], products):
                if row[name] is not None:
                    assert product == Decimal(row[name]) ** 2, (name, row[name], product)
    # A cell of a workbook holds 32 767 characters, and a list may be longer: then it is refused.
    book, refusal = maybe(base, f"{path}.xlsx{said}")
    assert book or refusal["errors"][0]["extensions"]["code"] == "RESULT_TOO_LARGE", refusal
    if book:
        sheet = openpyxl.load_workbook(io.BytesIO(book), read_only=True)["Rader"]
        lines = list(sheet.iter_rows(values_only=True))
        held("XLSX by openpyxl", lines[0], lines[1:])
    return whole


def every_question(base, token):
    """Every list of every question as the rows, and questions that were cut in silence once."""
    then = ask(base, token, "{ dataset { info { asOf } } }")["dataset"]["info"]["asOf"]
    files = refusals = 0
    for name in sorted(path.stem for path in QUESTIONS.glob("[0-9]*.graphql")):
        path = save(base, token, question(name))
        # Of one instant: a report says of which it is.
        said = {"asOf": then}
        if name == "13-two-datasets":
            said["variables"] = json.dumps({"asOf": then})
        for rows in lists(base, path, said):
            whole = every_form(base, path, {**said, "rows": rows})
            files, refusals = (files + 1, refusals) if whole else (files, refusals + 1)
        print(f"{name} and those before: {files} lists as files, each by five readers; {refusals} refused", flush=True)
    for name, (document, outcome) in MADE.items():
        said = {"asOf": then, **({"rows": "a.nodes"} if outcome == "told" else {})}
        whole = every_form(base, save(base, token, document), said)
        assert (whole is None) == (outcome == "refused"), (name, outcome)
        if whole:
            assert bool(whole["leftOut"]) == (outcome == "told"), (name, whole["leftOut"])
            for row in whole["rows"]:
                for column, total in row.items():
                    nodes = row.get(column.removesuffix("totalCount") + "nodes")
                    if column.endswith(".totalCount") and isinstance(nodes, list):
                        assert len(nodes) == total, (name, column)
        print(f"{name}: {outcome}")


def save(base, token, document):
    """The path of a question that is saved."""
    saving = "mutation ($document: String!) { saveQuery(input: { document: $document }) { query { path } problems { messageEn } } }"
    saved = ask(base, token, saving, {"document": document})["saveQuery"]
    assert not saved["problems"], saved
    return saved["query"]["path"]


def main():
    base, token = sys.argv[1:]
    document = question("03-fund-usage")
    answer = ask(base, token, document)
    path = save(base, token, document)
    compare(base, path, answer)
    total = sum(Decimal(row[SUMMED]) for row in answer["fundUsage"]["rows"])
    headers, _ = fetch(base, f"{path}.csv")
    assert f"{SUMMED}={total}" in headers["Samsyn-Control-Totals"].split(", "), headers
    run(base, path, total)
    every_question(base, token)


if __name__ == "__main__":
    main()
