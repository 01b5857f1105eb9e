//! Codes of findings about the layout: what was moved, joined, set aside.

use crate::diagnostic::{Code, Severity};

/// Makes the static of one code.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $id:literal, $kebab:literal, $severity:ident, $what:literal, $why:literal, $fix:literal) => {
        $(#[$doc])*
        pub static $name: Code = Code {
            id: $id,
            name: $kebab,
            severity: Severity::$severity,
            explanation: concat!(
                "## What it checks\n", $what, "\n## Why\n", $why, "\n## How to fix\n", $fix, "\n"
            ),
        };
    };
}

code!(
    /// L101
    MISSING_BLOCK, "L101", "missing-block", Error,
    "Every block that the edition prints must stand on the sheet; only 其他需完成的任务 is optional.",
    "A return with a block missing can't be reviewed; what stands there was read.",
    "Add the block, or take another edition with --edition if the form follows one."
);
code!(
    /// L102
    UNPLACED, "L102", "unplaced-cell", Warning,
    "A cell of the form's sheet that is no field, label, total or note; an error where it holds an amount of the budget, the sign of a target, or heads a column of targets that no head names.",
    "Nothing is lost silently: the cell is quoted here and does not go into the output.",
    "Move the text into a field, or below the form as a note (注：…)."
);
code!(
    /// L103
    SHIFTED_ROW, "L103", "row-shifted", Warning,
    "A row of the indicators or tasks that stands one or two columns too far left, its last ones empty, or one too far right; a row of the budget whose amounts stand off their heads.",
    "Converters lose empty cells or add one; the row was read as if moved back.",
    "Move the row's cells back into their columns."
);
code!(
    /// L104
    ROW_JOINED, "L104", "row-joined", Warning,
    "A row that holds nothing but long text, under a task or an objective.",
    "It was read as the rest of the text above, behind a line break.",
    "Put the text into one cell; give a task of its own a name."
);
code!(
    /// L105
    PAGE_JOINED, "L105", "page-break-joined", Info,
    "A text that a page break cut in two.",
    "The halves were joined without a space.",
    "Nothing to do."
);
code!(
    /// L106
    STALE_VALUE, "L106", "stale-value", Warning,
    "A value beneath a merged range, which no program shows.",
    "It was left behind when the cells were merged, and is not read.",
    "Unmerge the cells, delete the value, and merge them again."
);
code!(
    /// L107
    OVERLAPPING_MERGE, "L107", "overlapping-merge", Warning,
    "Merged ranges that share a cell.",
    "Excel repairs such a file; the later range was not used.",
    "Open the file in Excel or WPS and merge the cells again."
);
code!(
    /// L108
    HIDDEN_CONTENT, "L108", "hidden-content", Warning,
    "Hidden rows or columns of the form's sheet that hold something.",
    "They were read like the others, though nobody sees them.",
    "Show the rows and columns, and delete what does not belong there."
);
code!(
    /// L109
    SKIPPED_SHEET, "L109", "sheet-skipped", Warning,
    "A sheet that is hidden, blank, a chart, or holds no return; an error where it bears the title of one.",
    "It was not read.",
    "Show the sheet if its return counts; else nothing to do."
);
code!(
    /// L110
    COMMENT, "L110", "comment-not-kept", Warning,
    "A cell comment, a text box or a drawing on the form's sheet.",
    "The official form has none; the text is quoted here and not written.",
    "Move what matters into a field or a note."
);
code!(
    /// L111
    UNKNOWN_HEAD, "L111", "unknown-head", Warning,
    "A head of a column that no edition knows; its place in the row told what it heads.",
    "If the form has another column there, the values are in the wrong field.",
    "Use the official wording, or add this one to an edition file."
);
code!(
    /// L112
    REPEATED_FIELD, "L112", "repeated-field", Warning,
    "A field that stands twice with different values; the year in the title and in a line of its own among them.",
    "The first one counts.",
    "Delete the wrong one."
);
code!(
    /// L113
    UNKNOWN_LEVEL, "L113", "unknown-level", Warning,
    "A first or second level that the printed taxonomy does not have.",
    "It is kept as typed.",
    "Use the printed name, or an edition that prints this one."
);
code!(
    /// L114
    MISSING_TITLE, "L114", "missing-title", Warning,
    "A form without a title.",
    "The title tells level and year; none was invented.",
    "Type the title above the form."
);
code!(
    /// L115
    CROWDED_CELL, "L115", "several-in-one-cell", Warning,
    "An indicator whose name and targets stand on several lines of one row.",
    "They may be several indicators; they were not split.",
    "Give each indicator a row of its own."
);
code!(
    /// L116
    NAMELESS_INDICATOR, "L116", "indicator-without-name", Error,
    "A row of the indicators with a target but no third-level name.",
    "It can't be an indicator; its cells are quoted and not written.",
    "Type the name."
);
code!(
    /// L117
    NOT_CARRIED, "L117", "not-carried", Warning,
    "Something that the printed form of this edition has no place for.",
    "The form would not show it, so it is not kept.",
    "Choose another edition with --edition, or put it into a note."
);
code!(
    /// L118
    EXTERNAL_LINK, "L118", "external-link", Warning,
    "A value that a formula takes from another file.",
    "The value saved last was read; nobody knows whether it still holds.",
    "Replace the formula by its value."
);

code!(
    /// L119
    UNDECODABLE,
    "L119",
    "undecodable-bytes",
    Warning,
    "Bytes of a text that have no meaning in its encoding, or a workbook whose code page nobody knows.",
    "Such bytes were read as the replacement character, so a character of the source is lost; texts in an unknown code page were read in the encoding that they look like.",
    "Name the right encoding with --encoding, or save the file again."
);

code!(
    /// L120
    MERGED_LINES, "L120", "merged-over-lines", Warning,
    "A target or an amount in a cell that is merged over several lines of a table or several rows of the budget (there an error), or a target merged over both columns of targets.",
    "A target was taken for each of the lines or columns; an amount counts once, for the first of them, since the form adds amounts up.",
    "Unmerge the cell and give each line its own value."
);

code!(
    /// L121
    TORN, "L121", "file-breaks-off", Error,
    "A page that ends within a tag, or within a cell or a row of a page that ends all the others; a worksheet whose part is missing or breaks off.",
    "It was cut when it was saved or sent: what stood behind is missing, amounts perhaps among it. The other sheets of a workbook were read.",
    "Ask for the file again, or export it again."
);
code!(
    /// L122
    UNCLOSED, "L122", "table-not-closed", Warning,
    "A page that ends within a table that is never closed.",
    "The writing program may have left its end out, or the page was cut and rows are missing.",
    "Look whether the last rows are there; else ask for the file again."
);
code!(
    /// L123
    BROKEN_MARKUP, "L123", "broken-markup", Warning,
    "A `<` within the text of a cell of an XML spreadsheet, where `&lt;` belongs.",
    "The text behind it can't be told from markup; the cell was read up to it and ends in the replacement character.",
    "Correct the cells that end in `\u{fffd}`, and report the fault to whoever runs the system that wrote the file."
);
code!(
    /// L124
    SECOND_AMOUNT, "L124", "which-amount", Error,
    "Two amounts beside one label or in one column of a table, or two columns of amounts, where no head says which of them is the plan's; or amounts under nothing but a head of another year.",
    "Last year's amount or what was spent may stand where the budget belongs; the first one was read.",
    "Leave the column of the plan only, or give it the printed head, 预算金额（万元）."
);
code!(
    /// L125
    LONE_NAME, "L125", "name-alone", Warning,
    "A row of the indicators below a whole one that holds nothing but a name; a row of the tasks that holds nothing but a name where others have amounts, or stands behind a break and may be the rest of the one above.",
    "It was read as an indicator, or a task, of its own; it may be a heading, or belong to the row above or below.",
    "Put the name into one cell, or give the indicator its target and the task its amount."
);
code!(
    /// L126
    CELL_TWICE, "L126", "cell-twice", Error,
    "A cell that stands twice in the file with different values.",
    "Programs differ in which of them they show, so an amount may be wrong; the first one was read.",
    "Open the file in Excel or WPS, see which value is meant, and save it again."
);

code!(
    /// L127
    LONE_AMOUNT, "L127", "amount-without-task", Warning,
    "A row of the tasks that has an amount but no name: the sum of the tasks above it is their total; any other amount alone, or one below a row that is nothing but a name, is an error.",
    "A total that is counted as a task doubles the money; an amount whose row lost its name may belong to the task above.",
    "Name the task, write 合计 beside a total, or move the amount to its task."
);

code!(
    /// L128
    AMOUNT_AMONG_TEXTS, "L128", "amount-among-texts", Error,
    "A cell of a task's name, content or outcome that holds an amount and nothing else, where the task's own amount is empty; a warning where it may be a count or a year, 100.",
    "The amount slipped into another column; it is kept as a text, and no total counts it.",
    "Move the amount into the column of amounts."
);

code!(
    /// L129
    LEVEL_IN_DOUBT, "L129", "level-in-doubt", Warning,
    "An indicator whose row does not tell its levels: a second level under a first one that is not its own, whose label is nowhere; a second level that stands below the first row of its block; the first indicator above all levels.",
    "The levels were filled down from above; the indicator may belong to others, as in a form whose labels stood in the middle of merged blocks.",
    "Write both levels into the first row of each block, or into every row."
);

/// Every code of this file.
pub static CODES: &[&Code] = &[
    &MISSING_BLOCK,
    &UNPLACED,
    &SHIFTED_ROW,
    &ROW_JOINED,
    &PAGE_JOINED,
    &STALE_VALUE,
    &OVERLAPPING_MERGE,
    &HIDDEN_CONTENT,
    &SKIPPED_SHEET,
    &COMMENT,
    &UNKNOWN_HEAD,
    &REPEATED_FIELD,
    &UNKNOWN_LEVEL,
    &MISSING_TITLE,
    &CROWDED_CELL,
    &NAMELESS_INDICATOR,
    &NOT_CARRIED,
    &EXTERNAL_LINK,
    &UNDECODABLE,
    &MERGED_LINES,
    &TORN,
    &UNCLOSED,
    &BROKEN_MARKUP,
    &SECOND_AMOUNT,
    &LONE_NAME,
    &CELL_TWICE,
    &LONE_AMOUNT,
    &AMOUNT_AMONG_TEXTS,
    &LEVEL_IN_DOUBT,
];
