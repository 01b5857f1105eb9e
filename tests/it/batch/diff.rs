//! `diff`: two files, two folders, every format.

use super::{Place, of};

#[test]
fn two_files_are_compared_field_by_field() {
    let place = Place::new();
    place.put("old.csv", of("甲局"));
    let new = of("甲局")
        .replace("\"9,725,000.00\"", "\"9,000,000.00\"")
        .replace("≥90%,≥90%", "≥90%,≥95%");
    place.put("new.csv", new.replace("设立审前服务窗", "设立审批服务窗口"));
    let run = place.line("diff old.csv new.csv");
    assert_eq!(run.status, 1, "{}", run.err);
    for line in [
        "年度重点工作任务 · 任务一：推行审前服务。 · 拟投入的资金：9,725,000.00 → 9,000,000.00（-725,000.00 元，-7.46%）",
        "年度重点工作任务 · 任务一：推行审前服务。 · 主要实施内容：设立审[-前-]{+批+}服务窗{+口+}。",
        "绩效指标 · 预算执行率 · 年度指标值：≥90% → ≥95%",
    ] {
        assert!(run.out.contains(line), "{line}\n{}", run.out);
    }
    assert_eq!(place.line("diff old.csv old.csv").status, 0);
    let json = place.line("diff old.csv new.csv --to json").out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json[0]["state"], "changed");
    let funding = json[0]["changes"].as_array().unwrap();
    let funding = funding.iter().find(|change| change["field"] == "拟投入的资金").unwrap();
    assert_eq!(
        (funding["difference"].as_str(), funding["percent"].as_str()),
        (Some("-725000.00"), Some("-7.46"))
    );
    assert_eq!(place.line("diff old.csv new.csv -o 对比.xlsx").status, 1);
    assert!(place.get("对比.xlsx").starts_with(b"PK"));
    let page = place.line("diff old.csv new.csv --to html").out;
    assert!(page.contains("<del>前</del>") && page.contains("<ins>批</ins>"), "{page}");
}

#[test]
fn folders_are_matched_by_department() {
    let place = Place::new();
    place.put("old/x.csv", of("甲局"));
    place.put("old/y.csv", of("乙局"));
    place.put("new/1.csv", of("乙局"));
    place.put("new/2.csv", of("丙局"));
    let run = place.line("diff old new --to json");
    assert_eq!(run.status, 1, "{}", run.err);
    let json: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let states: Vec<(&str, &str)> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (one["department"].as_str().unwrap(), one["state"].as_str().unwrap()))
        .collect();
    assert_eq!(states, [("丙局", "only-new"), ("乙局", "equal"), ("甲局", "only-old")]);
    assert_eq!(place.line("diff old missing").status, 2);
}
