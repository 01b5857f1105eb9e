//! The titles of outputs that hold no return: what is written at their top, and what they are refused by as inputs.

/// A title in English and Chinese.
pub type Title = (&'static str, &'static str);

/// The title of what `diff` writes as a page or a workbook.
pub const COMPARISON: Title = ("Returns compared", "绩效目标表对比");
/// The title of the report of a folder.
pub const REPORT: Title = ("Report of a folder of returns", "目标表处理报告");

/// What the text at the top of a file says that it is, where it is one of these outputs.
pub fn own_output(top: &str) -> Option<&'static str> {
    let kinds = [
        (COMPARISON, "a comparison of returns (绩效目标表对比)"),
        (REPORT, "the report of a folder of returns (目标表处理报告)"),
    ];
    let is_it = |(en, zh): Title| [en, zh].contains(&top.trim());
    kinds.into_iter().find(|(title, _)| is_it(*title)).map(|(_, kind)| kind)
}
