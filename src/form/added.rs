//! What departments add to a form: seals and the end of the table, columns with heads of their own.

use super::label;

/// Whether a text is where a seal or a signature belongs, or says that nothing follows: （公章）, 单位（盖章）：, 以下空白.
pub(super) fn is_seal(text: &str) -> bool {
    const SEALS: [&str; 7] = ["盖章", "公章", "签章", "签字", "印章", "章", "签名"];
    const ENDS: [&str; 4] = ["以下空白", "以下无正文", "以下无内容", "以下为空"];
    // Cheap before exact.
    if text.len() > 90 || !text.contains(['章', '签', '以']) {
        return false;
    }
    let text = label::folded(text);
    let bare = text.trim_matches(['(', ')', '[', ']', ':', '_', '。']);
    let ends = |word: &&str| match *word {
        // 章 alone only in a bracket of its own: （章）.
        "章" => bare == "章" || text.trim_end_matches(':').ends_with("(章)"),
        word => bare.ends_with(word),
    };
    ENDS.contains(&bare) || SEALS.iter().any(ends)
}

/// Whether a label's key heads a column that departments add beside the indicators.
pub(super) fn is_added_head(key: &str) -> bool {
    const HEADS: [&str; 22] = [
        "权重",
        "指标权重",
        "分值",
        "分数",
        "指标分值",
        "标准分",
        "标准分值",
        "备注",
        "说明",
        "指标说明",
        "指标解释",
        "指标释义",
        "评分标准",
        "评价标准",
        "设定依据",
        "指标值设定依据",
        "公式或说明",
        "计算公式",
        "数据来源",
        "责任科室",
        "责任部门",
        "序号",
    ];
    HEADS.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals_are_no_names() {
        for text in
            ["（公章）", "单位（盖章）：", "填报单位公章", "(章)", "负责人签字：", "以下空白"]
        {
            assert!(is_seal(text), "{text}");
        }
        for text in ["公章管理规范率", "规章", "签字仪式场次", "以下标准", "服务对象满意度"]
        {
            assert!(!is_seal(text), "{text}");
        }
    }
}
