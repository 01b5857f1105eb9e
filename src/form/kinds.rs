//! Titles of returns, and what tells forms of other kinds: their titles, and labels that only they print.

use super::{furniture::is_note, label};

/// Words in the titles of forms that are not this one.
const OTHER_FORMS: [&str; 4] = ["自评", "监控", "评价", "评分"];

/// Whether the text is the title of a return.
pub fn is_title(text: &str) -> bool {
    label::normal(text).is_some_and(|label| is_title_label(text, &label.key))
}

/// Whether a text with this key is the title of a return.
pub fn is_title_label(text: &str, key: &str) -> bool {
    let ends = key.ends_with('表') || key.ends_with("绩效目标") || key.ends_with("申报书");
    if !ends || text.len() > 300 || is_note(text) || text.contains(['。', '；', '，', '《']) {
        return false;
    }
    let of_another = key.contains("绩效") && OTHER_FORMS.iter().any(|word| key.contains(word));
    (key.contains("绩效目标") || key.contains("整体目标") || of_another)
        && key.chars().count() > 4
        && !names_objective(key)
}

/// Whether a key is the label of the objective: 总体绩效目标, 四、部门整体绩效目标. Without a number the latter may be a title.
fn names_objective(key: &str) -> bool {
    const LABELS: [&str; 3] = ["总体绩效目标", "年度绩效目标", "整体绩效目标"];
    let label = label::unnumbered(key);
    LABELS.contains(&label.unwrap_or(key)) || label == Some("部门整体绩效目标")
}

/// A self-assessment, by name.
pub const ASSESSMENT: &str = "a self-assessment (绩效自评表)";
/// The form of a project, by name.
pub const PROJECT: &str = "the form of a project (项目绩效目标表)";

/// The kind of another form that a title names.
pub fn other_form(title: &str) -> Option<&'static str> {
    let key = label::normal(title)?.key;
    let kinds: [(&[&str], &'static str); 5] = [
        (&["自评"], ASSESSMENT),
        (&["监控"], "a performance-monitoring form (绩效监控表)"),
        (&["评价指标", "评分表", "评价表"], "an evaluation form (绩效评价表)"),
        (&["项目支出绩效", "项目绩效", "专项资金绩效", "转移支付绩效", "政策绩效"], PROJECT),
        // What `summarize` writes, for one.
        (&["绩效目标汇总表"], "a table of many returns (绩效目标汇总表)"),
    ];
    kinds
        .into_iter()
        .find(|(words, _)| words.iter().any(|word| key.contains(word)))
        .map(|(_, kind)| kind)
}

/// Whether a label is a head that only self-assessments print.
pub fn is_assessment_head(key: &str) -> bool {
    const HEADS: [&str; 8] = [
        "全年执行数",
        "实际完成值",
        "得分",
        "偏差原因",
        "全年预算数",
        "完成值",
        "偏差原因分析及改进措施",
        "自评得分",
    ];
    HEADS.contains(&key)
}

/// Whether a label's key is one that only the form of a project prints.
pub fn is_project_label(key: &str) -> bool {
    const LABELS: [&str; 9] = [
        "项目名称",
        "主管部门",
        "主管部门及代码",
        "实施单位",
        "项目实施单位",
        "项目属性",
        "项目期",
        "项目资金",
        "项目负责人",
    ];
    LABELS.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_titles_and_other_forms() {
        for text in [
            "沙田镇部门整体预算绩效目标表",
            "部门（单位）整体支出绩效目标申报表",
            "2025年度部门整体支出绩效目标（申报）表",
            "部门整体目标填报表",
        ] {
            assert!(is_title(text) && other_form(text).is_none(), "{text}");
        }
        for text in [
            "总体绩效目标",
            "绩效目标",
            "填报说明：本表为部门整体绩效目标表",
            "制定绩效目标，填写本表",
        ] {
            assert!(!is_title(text), "{text}");
        }
        assert!(other_form("2022年度部门整体支出绩效自评表").unwrap().contains("self-assessment"));
        assert!(other_form("项目支出绩效目标申报表").unwrap().contains("project"));
        let many = "部门整体预算绩效目标汇总表（金额单位：元）";
        assert!(is_title(many) && other_form(many).unwrap().contains("many returns"));
    }
}
