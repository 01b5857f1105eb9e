//! The canonical form of a return: what every reader produces and what writing and reading back keeps.
//!
//! Invariants, beyond those that the types hold (amounts of at most 15 significant digits, targets that say something):
//! - every text is in the normal form of [`text::clean`] and not empty; unreadable texts too;
//! - no task is empty, named by dots and dashes only or nothing but a printed 任务1, and only the first task of a list may lack both a name and an amount, since the printed form
//!   can't tell such a task from a continuation of the one before it;
//! - every indicator has a third-level name that is no placeholder; level names hold no line break; a first level is
//!   missing only at the head of the list, where a second level goes on until another comes;
//! - the year is the title's where the title states one (a source that says otherwise is kept as it is).

use super::{Indicator, Return, Task, entry::Entry, field_path::TaskList, target, text};

/// What of an indicator's third-level cell is its name: `指标1：` is a placeholder, the text behind it the name.
/// `None` when nothing but a placeholder stands there.
pub fn indicator_name(cell: &str) -> Option<&str> {
    let cell = cell.trim();
    let name = numbered(cell, "指标").unwrap_or(cell);
    (!is_dots(name)).then_some(name)
}

/// Whether a text is the name of a task that nobody filled in: 任务1, 任务一：.
pub fn is_task_placeholder(name: &str) -> bool {
    numbered(name.trim(), "任务").is_some_and(is_dots)
}

/// Whether a text is only dots and dashes, as printed where more lines may follow: `……`.
pub fn is_dots(text: &str) -> bool {
    text.chars().all(|c| matches!(c, '…' | '⋯' | '.' | '。' | '·' | '-' | '—' | '_' | ' '))
}

/// Whether a text only says that nothing stands there, as in a line of the form that was not needed: `/`, 无, 不适用, or dots.
pub fn is_crossed_out(text: &str) -> bool {
    const WORDS: [&str; 17] = [
        "无",
        "无此项",
        "暂无",
        "没有",
        "空",
        "空白",
        "以下空白",
        "以下无",
        "以下无正文",
        "无其他",
        "无其他任务",
        "本年无",
        "不适用",
        "不涉及",
        "NA",
        "N/A",
        "N.A.",
    ];
    let is_mark =
        |c: char| c.is_whitespace() || matches!(c, '/' | '／' | '\\' | '＼' | '－' | '–' | '─');
    let bare =
        text.trim().trim_matches(['（', '）', '(', ')', '。', '—', '-', '─', '=', '*']).trim();
    text.chars().all(|c| is_mark(c) || is_dots(c.encode_utf8(&mut [0; 4])))
        || WORDS.iter().any(|word| bare.eq_ignore_ascii_case(word))
}

/// The text behind a placeholder such as `指标1：`; empty when nothing follows, `None` when there is no placeholder.
fn numbered<'a>(cell: &'a str, word: &str) -> Option<&'a str> {
    let rest = cell.strip_prefix(word)?.trim_start();
    let behind =
        rest.trim_start_matches(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c));
    if behind.len() == rest.len() {
        return None;
    }
    let behind = behind.trim_start();
    match behind.chars().next() {
        None => Some(behind),
        Some(mark) if "：:、.．".contains(mark) => Some(behind[mark.len_utf8()..].trim_start()),
        Some(_) => None,
    }
}

impl Return {
    /// Whether the return is in canonical form.
    pub fn is_canonical(&self) -> bool {
        *self == self.clone().canonical()
    }

    /// The return in canonical form. Loses nothing but what the form cannot hold: empty tasks and indicators without a
    /// name, white space around texts, and characters that no spreadsheet shows.
    #[must_use]
    pub fn canonical(mut self) -> Self {
        for text in [&mut self.title, &mut self.approver, &mut self.department] {
            tidy(text);
        }
        tidy(&mut self.overall_objective);
        tidy_entry(&mut self.funded_headcount);
        tidy_entry(&mut self.subordinate_units);
        for field in super::field_path::BudgetField::ALL {
            tidy_entry(self.budget.get_mut(field));
        }
        for list in [TaskList::Key, TaskList::Other] {
            let tasks = std::mem::take(self.tasks_mut(list));
            *self.tasks_mut(list) = canonical_tasks(tasks);
        }
        self.indicators = canonical_indicators(std::mem::take(&mut self.indicators));
        self.notes = self.notes.into_iter().filter_map(tidied).collect();
        self
    }
}

fn tidied(text: String) -> Option<String> {
    let text = if text::is_clean(&text) { text } else { text::clean(&text).text };
    (!text.is_empty()).then_some(text)
}

fn tidy(text: &mut Option<String>) {
    *text = text.take().and_then(tidied);
}

fn tidy_entry<T>(entry: &mut Entry<T>) {
    if let Entry::Unreadable(text) = entry {
        *entry = tidied(std::mem::take(text)).map_or(Entry::Blank, Entry::Unreadable);
    }
}

fn canonical_tasks(tasks: Vec<Task>) -> Vec<Task> {
    let mut kept: Vec<Task> = Vec::with_capacity(tasks.len());
    for mut task in tasks {
        for text in [&mut task.name, &mut task.activities, &mut task.outcome] {
            tidy(text);
        }
        task.name = task.name.take().filter(|name| !is_dots(name));
        tidy_entry(&mut task.funding);
        if let Some(split) = &mut task.split {
            tidy_entry(&mut split.fiscal_appropriation);
            tidy_entry(&mut split.other_funds);
        }
        if task.is_empty() || is_placeholder(&task) {
            continue;
        }
        match kept.last_mut() {
            Some(last) if continues(&task) => {
                append(&mut last.activities, task.activities, "\n");
                append(&mut last.outcome, task.outcome, "\n");
            }
            _ => kept.push(task),
        }
    }
    kept
}

/// Whether a task holds nothing but the printed name of one, dots where more tasks may follow, or marks that cross its
/// line out, with 0 as its amount.
pub fn is_placeholder(task: &Task) -> bool {
    let says = |text: &Option<String>| text.as_deref().is_some_and(|text| !is_crossed_out(text));
    let silent = !says(&task.activities) && !says(&task.outcome) && !task.is_empty();
    let printed = || task.name.as_deref().is_none_or(is_task_placeholder) && !task.has_money();
    let crossed_out = || task.name.as_deref().is_none_or(is_crossed_out) && !task.has_sum();
    silent && (printed() || crossed_out())
}

/// Whether an indicator is a line that was crossed out: its name says nothing, and no target does.
fn is_unused(indicator: &Indicator) -> bool {
    let mut targets = [&indicator.period_target, &indicator.annual_target].into_iter().flatten();
    is_crossed_out(&indicator.level3) && targets.all(|target| is_crossed_out(&target.text))
}

/// Whether a task holds nothing but long text, so that on the form it continues the one before it.
pub fn continues(task: &Task) -> bool {
    task.name.is_none() && !task.has_money()
}

/// Adds text behind text.
pub fn append(text: &mut Option<String>, more: Option<String>, between: &str) {
    let Some(more) = more else { return };
    *text = match text.take() {
        Some(first) => tidied(format!("{first}{between}{more}")),
        None => Some(more),
    };
}

fn canonical_indicators(indicators: Vec<Indicator>) -> Vec<Indicator> {
    let mut kept: Vec<Indicator> = Vec::with_capacity(indicators.len());
    for mut indicator in indicators {
        let name = tidied(std::mem::take(&mut indicator.level3));
        let Some(name) = name.as_deref().and_then(indicator_name) else { continue };
        name.clone_into(&mut indicator.level3);
        if is_unused(&indicator) {
            continue;
        }
        indicator.level1 = indicator.level1.take().and_then(|level| level_name(&level));
        indicator.level2 = indicator.level2.take().and_then(|level| level_name(&level));
        if indicator.level1.is_none() {
            indicator.level1 = kept.last().and_then(|last| last.level1.clone());
        }
        // Under no first level nothing can be printed over both columns: the second level goes on.
        if indicator.level1.is_none() && indicator.level2.is_none() {
            indicator.level2 = kept.last().and_then(|last| last.level2.clone());
        }
        kept.push(indicator);
    }
    kept
}

/// A level's name as it is kept: line breaks are out, as in every label, and a nil mark is none.
pub fn level_name(name: &str) -> Option<String> {
    let mut name = tidied(name.to_owned())?;
    if name.contains('\n') {
        name = name.split('\n').map(str::trim).collect();
    }
    let is_nil = target::is_nil(&name);
    (!is_nil).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_no_names() {
        let cases = [
            ("指标1：", None),
            ("指标1：培训场次", Some("培训场次")),
            ("指标2: 办件量", Some("办件量")),
            ("指标1", None),
            ("……", None),
            ("...", None),
            ("指标完成率", Some("指标完成率")),
            ("代办项目总量", Some("代办项目总量")),
            ("—", None),
        ];
        for (cell, want) in cases {
            assert_eq!(indicator_name(cell), want, "{cell}");
        }
    }

    #[test]
    fn a_task_of_long_text_only_continues_the_one_before() {
        let named = |name: &str| Task { name: Some(name.into()), ..Task::default() };
        let text = Task { activities: Some("续文".into()), ..Task::default() };
        let of = Return {
            key_tasks: vec![text.clone(), named("甲"), text.clone(), Task::default()],
            ..Return::default()
        };
        let tasks = of.canonical().key_tasks;
        assert_eq!(tasks.len(), 2);
        assert_eq!(tasks[0], text);
        assert_eq!(tasks[1].activities.as_deref(), Some("续文"));
    }

    #[test]
    fn a_printed_name_alone_is_no_task() {
        let task = |name: &str, activities: Option<&str>| Task {
            name: Some(name.into()),
            activities: activities.map(str::to_owned),
            ..Task::default()
        };
        let key_tasks = vec![
            task("任务1", None),
            task("任务二：", None),
            task("任务3：……", None),
            task("任务4", Some("清点库存")),
            task("任务五：宣传", None),
        ];
        let of = Return { key_tasks, ..Return::default() }.canonical();
        let names: Vec<_> = of.key_tasks.iter().filter_map(|task| task.name.as_deref()).collect();
        assert_eq!(names, ["任务4", "任务五：宣传"]);
    }

    #[test]
    fn what_crosses_a_line_out_is_no_text() {
        for text in [
            "/",
            "／",
            "\\",
            " - ",
            "——",
            "无",
            "（无）",
            "不适用",
            "n/a",
            "N/A",
            "无此项",
            "……",
            "",
        ] {
            assert!(is_crossed_out(text), "{text}");
        }
        for text in ["无人机巡查", "1/2", "无。有", "不适用的", "A"] {
            assert!(!is_crossed_out(text), "{text}");
        }
    }

    #[test]
    fn canonical_is_stable() {
        let of = Return {
            title: Some(" 表\u{200b} ".into()),
            indicators: vec![Indicator {
                level1: Some("产出\n指标".into()),
                level3: "指标1：甲".into(),
                ..Indicator::default()
            }],
            ..Return::default()
        };
        let once = of.canonical();
        assert!(once.is_canonical());
        assert_eq!(once.indicators[0].level1.as_deref(), Some("产出指标"));
    }
}
