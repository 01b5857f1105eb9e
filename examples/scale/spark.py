"""Returns below a folder into a Parquet data set, shared out by Spark (docs/scale.md).

    spark-submit spark.py --jixiao /usr/local/bin/jixiao --out hdfs:///returns FOLDER
    python3 spark.py --master 'local[2]' --out returns samples
"""

import argparse
import os
import subprocess
import tempfile

from pyspark.sql import SparkSession, functions as F

# What is taken of a line (docs/batch.md, "The stream"). Amounts are text in yuan.
RETURN = """struct<department: string, year: int, level: string, approver: string, edition: string,
    totals: struct<expenditure: string, income: string, tasks: string>,
    key_tasks: array<struct<name: string, funding: string>>,
    indicators: array<struct<level1: string, level2: string, level3: string>>>"""
LINE = f"""file string, state string, kind string, size bigint, sha256 string, error struct<en: string, zh: string>,
    counts struct<errors: bigint, warnings: bigint, infos: bigint>, returns array<{RETURN}>"""
# Those that `normalize FOLDER` looks at.
ENDINGS = tuple(
    ".xlsx .xlsm .xltx .xltm .xls .xlt .et .ett .xlsb .ods .ots .fods .csv .tsv .txt .json .jsonl .docx .docm"
    " .html .htm .mht .mhtml .xml .wps .doc .pdf".split()
)


def names_below(folder):
    """The names as bytes, for not every name is text."""
    for place, folders, files in os.walk(os.fsencode(folder)):
        folders[:] = sorted(name for name in folders if not name.startswith(b"."))
        for name in sorted(files):
            lock_or_hidden = name.startswith((b".", b"~$"))
            if not lock_or_hidden and os.fsdecode(name).lower().endswith(ENDINGS):
                yield os.path.join(place, name)


def lines_of(program):
    """A partition of names into lines, by one run of the program with one worker: Spark has the cores to give."""

    def run(names):
        names = [bytes(name) for name in names]
        if not names:
            return
        with tempfile.NamedTemporaryFile() as names_file:
            names_file.write(b"\0".join(names) + b"\0")
            names_file.flush()
            command = [program, "normalize", "-q", "-0", "--files-from", names_file.name, "--to", "jsonl", "--jobs", "1"]
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
                count = 0
                for line in process.stdout:
                    count += 1
                    yield line
        # 2 is also what a partition gives of which no file can be read, so the lines are counted. A task that fails is tried again by Spark.
        if process.returncode not in (0, 1, 2) or count != len(names):
            raise RuntimeError(f"{count} lines for {len(names)} files, exit status {process.returncode}")

    return run


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="seen under the same name by every machine")
    parser.add_argument("--out", required=True, help="where the data sets `files` and `returns` are written")
    parser.add_argument("--jixiao", default="jixiao", help="the program, installed on every machine")
    parser.add_argument("--master", help="for instance local[2]; else what spark-submit says")
    parser.add_argument("--per-partition", type=int, default=1000, help="files of a task")
    args = parser.parse_args()

    builder = SparkSession.builder.appName("jixiao")
    spark = (builder.master(args.master) if args.master else builder).getOrCreate()
    names = [bytearray(name) for name in names_below(args.folder)]
    parts = max(1, -(-len(names) // args.per_partition))
    lines = spark.sparkContext.parallelize(names, parts).mapPartitions(lines_of(args.jixiao))
    files = spark.read.schema(LINE).json(lines)
    files.write.mode("overwrite").parquet(f"{args.out}/files")

    # From here on there are only columns: the second data set is made of the first.
    amount = "decimal(38,6)"
    returns = (
        spark.read.parquet(f"{args.out}/files")
        .select("file", "sha256", "counts", F.explode("returns").alias("one"))
        .select("file", "sha256", "counts.errors", "counts.warnings",
                "one.department", "one.year", "one.level", "one.approver", "one.edition",
                F.col("one.totals.expenditure").cast(amount).alias("expenditure"),
                F.col("one.totals.income").cast(amount).alias("income"),
                F.col("one.totals.tasks").cast(amount).alias("tasks"),
                F.size("one.key_tasks").alias("key_tasks"), F.size("one.indicators").alias("indicators"))
    )  # fmt: skip
    returns.write.mode("overwrite").parquet(f"{args.out}/returns")
    spark.read.parquet(f"{args.out}/files").groupBy("state").count().show()
    spark.read.parquet(f"{args.out}/returns").groupBy("level").agg(
        F.count("*").alias("returns"), F.sum("expenditure").alias("expenditure")
    ).show()
    spark.stop()


main()
