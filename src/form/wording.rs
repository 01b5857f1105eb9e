//! The wordings of an edition's labels: what they mean, and which of them is printed.

use super::{
    edition::{Block, Body, Edition, Lines, Role},
    label,
};
use crate::model::{
    field_path::{Field, TaskList},
    level::Level,
};

/// What totals are called beside the wordings of an edition. 总额 is a wording of a column's head as well, so no edition can
/// list it; nor does one print the others.
const SUMS: [&str; 20] = [
    "总额",
    "合计数",
    "总计数",
    "累计",
    "汇总",
    "总数",
    "总和",
    "共",
    "计",
    "全部任务",
    "所有任务",
    "任务资金",
    "全部任务资金",
    "所有任务资金",
    "总投入",
    "总投入资金",
    "total",
    "sum",
    "∑",
    "Σ",
];

/// A name without the count of tasks behind it: 合计4项, 共4项任务.
fn without_count(key: &str) -> &str {
    let counted = key.strip_suffix("任务").unwrap_or(key);
    let Some(counted) = counted.strip_suffix(['项', '个']) else { return key };
    let bare =
        counted.trim_end_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
    if bare.len() == counted.len() || bare.is_empty() { key } else { bare }
}

impl Edition {
    /// The roles of a text as a label of this edition.
    pub fn roles(&self, key: &str) -> &[Role] {
        // A number before a label adds a few bytes.
        if key.len() > self.longest_key + 16 {
            return &[];
        }
        let known = self.index.get(key).or_else(|| self.index.get(label::unnumbered(key)?));
        known.map_or(&[], Vec::as_slice)
    }

    /// Whether a text names a total: 合计, “合计”, 总额, 合计/Total, 共4项, and 任务小计 or 任务资金合计 that end in its wording.
    pub fn names_total(&self, key: &str) -> bool {
        // Cheap before exact: a longer one is a sentence.
        const LONGEST: usize = 120;
        key.len() <= LONGEST && key.split('/').map(without_count).all(|name| self.is_total(name))
    }

    fn is_total(&self, key: &str) -> bool {
        const LONGEST: usize = 20;
        const QUOTES: [char; 8] = ['“', '”', '"', '\'', '‘', '’', '「', '」'];
        let key = label::unnumbered(key).unwrap_or(key).trim_matches(QUOTES);
        let ends = |word: &String| word.chars().count() > 1 && key.ends_with(word.as_str());
        self.roles(key).contains(&Role::Total)
            || SUMS.iter().any(|sum| key.eq_ignore_ascii_case(sum))
            || (key.chars().count() <= LONGEST && self.folded_wordings("total").iter().any(ends))
    }

    /// The printed wording of a label.
    pub fn printed(&self, label: &str) -> &str {
        self.labels.get(label).and_then(|names| names.first()).map_or("", String::as_str)
    }

    /// The labels by which a reader finds the form: the department's, and those beside the blocks; without line breaks.
    pub fn landmarks(&self) -> Vec<String> {
        let beside = self.blocks.iter().filter_map(|block| Some(block.label.as_ref()?.0.as_str()));
        let labels = std::iter::once(Field::Department.name()).chain(beside);
        let printed = labels.map(|label| self.printed(label).replace('\n', ""));
        printed.filter(|label| !label.is_empty()).collect()
    }

    /// Every wording of a label.
    pub fn wordings(&self, label: &str) -> &[String] {
        self.labels.get(label).map_or(&[], Vec::as_slice)
    }

    /// Every wording of a label, in compatibility form and without white space.
    pub(super) fn folded_wordings(&self, label: &str) -> &[String] {
        self.folded.get(label).map_or(&[], Vec::as_slice)
    }

    /// The printed wording of 本级使用资金 at a level.
    pub fn own_level_label(&self, level: Option<Level>) -> &str {
        let stated =
            level.and_then(|level| self.own_level.iter().find(|(known, _)| *known == level));
        let stated =
            stated.or_else(|| self.own_level.first().filter(|_| self.own_level.len() == 1));
        let name = stated.and_then(|(_, names)| names.first()).map(String::as_str);
        name.unwrap_or_else(|| self.printed("own_level"))
    }

    /// The printed name of a list of tasks, in one line and without what stands in a bracket.
    pub fn list_name(&self, list: TaskList) -> Option<String> {
        let is = |block: &&Block| matches!(&block.body, Body::Table(table) if table.lines == Lines::Tasks(list));
        let (name, _) = self.blocks.iter().find(is)?.label.as_ref()?;
        Some(label::normal(self.printed(name))?.key)
    }
}
