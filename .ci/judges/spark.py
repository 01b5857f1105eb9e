"""Judge of examples/scale/spark.py: in local mode over the samples, its Parquet data sets must say what `summarize` says.

    python3 .ci/judges/spark.py JIXIAO
"""

import csv
import io
import os
import subprocess
import sys
import tempfile
from decimal import Decimal

from pyspark.sql import SparkSession, functions as F

os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
FOLDER = "samples"


def summarized(jixiao):
    run = subprocess.run([jixiao, "summarize", FOLDER, "--to", "csv", "-q"], capture_output=True, timeout=300)
    assert run.returncode in (0, 1), run.stderr
    return list(csv.DictReader(io.StringIO(run.stdout.decode("utf-8-sig"))))


def total(rows, key):
    """The sum of what can be read as an amount."""
    amounts = (row[key].replace(".", "", 1).replace("-", "", 1).isdigit() and row[key] for row in rows)
    return sum((Decimal(amount) for amount in amounts if amount), Decimal(0))


def main():
    jixiao = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "examples/scale/spark.py", "--jixiao", jixiao, "--master", "local[2]",
                   "--per-partition", "7", "--out", out, FOLDER]  # fmt: skip
        subprocess.run(command, check=True, timeout=500, stderr=subprocess.DEVNULL)
        spark = SparkSession.builder.master("local[1]").appName("judge").getOrCreate()
        spark.sparkContext.setLogLevel("ERROR")
        files = spark.read.parquet(f"{out}/files")
        returns = spark.read.parquet(f"{out}/returns")
        want = summarized(jixiao)
        unread = files.where("state = 'unread'")
        sums = returns.agg(*(F.sum(key) for key in ("expenditure", "income", "tasks"))).first()
        got = [returns.count(), *sums, unread.where("error.en is null").count()]
        spark_files = files.count()
        spark.stop()
    keys = ("expenditure", "income", "tasks_funding")
    expected = [len(want), *(total(want, key) for key in keys), 0]
    print(f"{spark_files} files, {got[0]} returns; expenditure, income, tasks: {[str(value) for value in got[1:4]]}")
    if got != expected:
        print(f"summarize says {[str(value) for value in expected]}")
        sys.exit(1)


main()
