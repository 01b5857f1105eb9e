"""Judge of `summarize`: DuckDB adds up its tables, and the sums must be those of amounts that were drawn here.

    python3 .ci/judges/sums.py JIXIAO

The sources are workbooks that openpyxl writes and delimited text. One amount can't be read: it must add nothing and be told.
"""

import csv
import os
import random
import subprocess
import sys
import tempfile
from decimal import Decimal

import duckdb
import openpyxl

BUDGET = ("basic_expenditure", "project_expenditure", "fiscal_appropriation", "other_funds",
          "special_funds", "other_development", "own_level", "transfers")  # fmt: skip
SUMS = {"expenditure": BUDGET[0:2], "income": BUDGET[2:4], "development": BUDGET[4:6], "by_level": BUDGET[6:8]}
HEADS = {"expenditure": "部门预算支出合计", "income": "收入来源合计", "tasks_funding": "全部任务资金"}
COUNT = 60


def cents(dice, most):
    return Decimal(dice.randrange(most)) / 100


def department(dice, number, unreadable):
    """The cells of a return, and what it adds to each column in yuan."""
    wan = {key: cents(dice, 10**7) for key in BUDGET}
    shown = {key: f"{value:,.2f}" if dice.random() < 0.5 else f"{value}" for key, value in wan.items()}
    added = {key: value * 10000 for key, value in wan.items()}
    added |= {total: sum(added[part] for part in parts) for total, parts in SUMS.items()}
    if unreadable:
        shown["basic_expenditure"] = "约四百万"
        del added["basic_expenditure"], added["expenditure"]
    tasks = [cents(dice, 10**9) for _ in range(dice.randrange(1, 9))]
    others = [cents(dice, 10**8) for _ in range(dice.randrange(1, 3))]
    added |= {"key_tasks_funding": sum(tasks), "other_tasks_funding": sum(others), "tasks_funding": sum(tasks + others)}
    added |= {"key_tasks": len(tasks), "other_tasks": len(others), "indicators": 3}
    unit = "预算金额（万元）"
    rows = [
        ["沙田镇部门整体预算绩效目标表"],
        ["批复单位：东莞市财政局沙田分局"],
        ["部门名称", f"沙田镇第{number}办公室"],
        ["基本信息", "财政供养人员数", "20", "下属二级单位数", "0"],
        ["预算整体情况", "部门预算支出", unit, "收入来源", unit],
        ["", "基本支出", shown["basic_expenditure"], "财政拨款", shown["fiscal_appropriation"]],
        ["", "项目支出", shown["project_expenditure"], "其他资金", shown["other_funds"]],
        ["", "事业发展性支出", unit, "按预算级次划分", unit],
        ["", "财政专项资金", shown["special_funds"], "镇本级使用资金", shown["own_level"]],
        ["", "其他事业发展性支出", shown["other_development"], "拟用于对下转移支付资金", shown["transfers"]],
        ["总体绩效目标", "优化服务，提升效能。"],
        ["年度重点工作任务", "名称", "主要实施内容", "拟投入的资金（元）", "期望达到的目标（概述）"],
        *(["", f"任务{at}：改善服务。", "走访企业。", f"{value:,.2f}", "办结率提高。"] for at, value in enumerate(tasks, 1)),
        ["其他需完成的任务（可选填）", "名称", "目标内容", "", "拟投入的资金（元）"],
        *(["", f"其他事项{at}", "配备设施。", "", f"{value}"] for at, value in enumerate(others, 1)),
        ["绩效指标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"],
        ["", "产出指标", "数量指标", "代办项目总量", "≥10宗", "≥10宗"],
        ["", "效益指标", "社会效益指标", "政务外网接入率", "≥90%", "≥90%"],
        ["", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "≥90%"],
    ]
    return rows, added


def write_sources(folder):
    """Writes the sources and gives the sum of each column."""
    dice, sums = random.Random(20250101), {}
    for number in range(COUNT):
        rows, added = department(dice, number, unreadable=number == 17)
        path = os.path.join(folder, f"{number:02}")
        if number % 2:
            with open(f"{path}.csv", "w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(rows)
        else:
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(row)
            book.save(f"{path}.xlsx")
        for key, value in added.items():
            sums[key] = sums.get(key, 0) + value
    return sums


def amounts(table, columns, key):
    """The query for the sum of a column; what can't be read is no amount."""
    kind = dict(columns)[key]
    # In JSON what can't be read makes the column one of JSON values.
    text = f"json_extract_string({key}, '$')" if kind == "JSON" else f"CAST({key} AS VARCHAR)"
    return f"SELECT sum(TRY_CAST({text} AS DECIMAL(38, 6))) FROM {table}"


def compare(name, got, want, faults):
    if got is None or Decimal(got) != Decimal(want):
        faults.append(f"{name}: {got}, but the sources come to {want}")


def main():
    jixiao = os.path.abspath(sys.argv[1])
    faults = []
    with tempfile.TemporaryDirectory() as folder:
        source = os.path.join(folder, "returns")
        os.mkdir(source)
        sums = write_sources(source)

        def summarize(*options):
            run = subprocess.run([jixiao, "summarize", source, "-q", *options], timeout=120)
            assert run.returncode in (0, 1), f"exit status {run.returncode}"

        base = duckdb.connect()
        for ending, reader in (("csv", "read_csv('{}', all_varchar = true)"), ("jsonl", "read_json('{}')")):
            for table in ("departments", "tasks", "indicators"):
                path = os.path.join(folder, f"{table}.{ending}")
                summarize("--to", ending, "--table", table, "-o", path)
                base.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * FROM {reader.format(path)}")
            columns = {
                table: base.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})").fetchall()
                for table in ("departments", "tasks", "indicators")
            }
            for key, want in sums.items():
                query = amounts("departments", columns["departments"], key)
                compare(f"{ending} {key}", base.execute(query).fetchone()[0], want, faults)
            query = amounts("tasks", columns["tasks"], "funding")
            compare(f"{ending} tasks.funding", base.execute(query).fetchone()[0], sums["tasks_funding"], faults)
            rows = base.execute("SELECT count(*) FROM indicators").fetchone()[0]
            compare(f"{ending} indicators", rows, sums["indicators"], faults)
            joined = base.execute("SELECT count(*) FROM tasks JOIN departments USING (number, department)")
            compare(f"{ending} tasks joined", joined.fetchone()[0], sums["key_tasks"] + sums["other_tasks"], faults)

        path = os.path.join(folder, "汇总表.xlsx")
        summarize("-o", path)
        book = openpyxl.load_workbook(path, data_only=True)
        table = list(book["汇总表"].iter_rows(min_row=2, values_only=True))
        heads, rows, last = table[0], table[1:-1], table[-1]
        compare("xlsx rows", len(rows), COUNT, faults)
        for key, head in HEADS.items():
            at = heads.index(head)
            base.execute("CREATE OR REPLACE TABLE cells (value VARCHAR)")
            base.executemany("INSERT INTO cells VALUES (?)", [[str(row[at])] for row in rows])
            got = base.execute("SELECT sum(TRY_CAST(value AS DECIMAL(38, 6))) FROM cells").fetchone()[0]
            compare(f"xlsx {key}", got, sums[key], faults)
            compare(f"xlsx total of {key}", str(last[at]), sums[key], faults)
        told = [row for row in book["核对"].iter_rows(values_only=True) if "有 1 格无法识别" in str(row)]
        if not told:
            faults.append("核对 does not tell of the amount that can't be read")
    print(f"{COUNT} returns, {len(sums)} columns in csv and JSON lines, {len(HEADS)} in the workbook: {len(faults)} faults")
    print("\n".join(faults))
    sys.exit(bool(faults))


main()
