//! Two kinds of dirt at once: each alone says nothing, and so must both.

use super::{Form, Look, attempt, findings, messages, sound};
use jixiao::pipeline::{self, Settings};

type Dirt = (&'static str, fn(&mut Form));

/// Kinds of dirt that change nothing of what a form says. Those that go by addresses come after those that don't.
const KINDS: &[Dirt] = &[
    ("no merges", |f| f.merges.clear()),
    ("narrow brackets", |f| f.replace("（万元）", " (万元)")),
    ("labels with spaces", |f| {
        f.replace("基本支出", " 基 本 支 出 ");
        f.replace("一级指标", "一 级 指 标");
        f.replace("财政拨款", "财政　拨款");
    }),
    ("labels with line breaks", |f| {
        f.replace("预算金额（万元）", "预算金额\n（万元）");
        f.replace("年度重点工作任务", "年度重点\n工作任务");
    }),
    ("traditional labels", |f| {
        f.replace("预算金额", "預算金額");
        f.replace("绩效指标", "績效指標");
        f.replace("部门名称", "部門名稱");
    }),
    ("aliases", |f| {
        f.replace("主要实施内容", "主要内容");
        f.replace("实施周期指标值", "中期指标值");
        f.replace("三级指标", "指标名称");
        f.replace("收入来源", "预算收入来源");
    }),
    ("a unit line instead of the heads' units", |f| {
        f.replace("预算金额（万元）", "预算金额");
        f.replace("预算金额\n（万元）", "预算金额");
        f.insert_row(3, &["", "", "", "", "", "单位：万元"]);
    }),
    ("a head printed again", |f| {
        let head = f.rows.iter().position(|row| {
            row.iter().any(|cell| *cell == "三级指标".into() || *cell == "指标名称".into())
        });
        let head = head.unwrap();
        let again = f.rows[head].clone();
        f.merges.clear();
        f.rows.insert(head + 3, again);
    }),
    ("a page before the objective", |f| {
        let at = f.rows.iter().position(|row| row.first() == Some(&"总体绩效目标".into())).unwrap();
        f.merges.clear();
        let again: Vec<_> = f.rows[..3].to_vec();
        f.rows.splice(at..at, again);
        f.rows.insert(at, Vec::new());
    }),
    ("blank rows", |f| (3..f.rows.len()).rev().step_by(2).for_each(|row| f.insert_row(row, &[]))),
    ("a spacer", |f| f.insert_column(2)),
    ("another spacer", |f| f.insert_column(1)),
    ("an attachment mark", |f| f.insert_row(1, &["附件2"])),
    ("further down", |f| *f = std::mem::take(f).moved(3, 0)),
    ("further right", |f| *f = std::mem::take(f).moved(0, 4)),
    ("a hidden blank column", |f| f.look = Look::HiddenColumn(60)),
];

#[test]
fn two_kinds_of_dirt_say_no_more_than_one() {
    let want = sound();
    for (at, (one, first)) in KINDS.iter().enumerate() {
        for (other, second) in &KINDS[at + 1..] {
            let mut form = Form::town();
            first(&mut form);
            second(&mut form);
            for (bytes, container) in
                [(form.xlsx(), "xlsx"), (form.text('\t').into_bytes(), "text")]
            {
                attempt(|| {
                    let what = format!("{one} and {other}, {container}");
                    let reading = pipeline::read(&bytes, &Settings::default())
                        .unwrap_or_else(|error| panic!("{what}: {error}"));
                    assert_eq!(reading.returns.len(), 1, "{what}");
                    let found = &reading.returns[0];
                    super::assert_same(&found.of, &want, &what);
                    assert_eq!(
                        findings(found),
                        Vec::<String>::new(),
                        "{what}: {:#?}",
                        messages(found)
                    );
                });
            }
        }
    }
}

#[test]
fn all_kinds_of_dirt_at_once() {
    let mut form = Form::town();
    KINDS.iter().for_each(|(_, dirt)| dirt(&mut form));
    let reading = pipeline::read(&form.xlsx(), &Settings::default()).unwrap();
    super::assert_same(&reading.returns[0].of, &sound(), "all");
    assert!(findings(&reading.returns[0]).is_empty(), "{:#?}", messages(&reading.returns[0]));
}
