//! Codes of findings about single values: what can't be read, what was tidied, which unit was taken.

use crate::diagnostic::{Code, Severity};

/// V101
pub static UNREADABLE_AMOUNT: Code = Code {
    id: "V101",
    name: "unreadable-amount",
    severity: Severity::Error,
    explanation: "\
## What it checks
An amount must be a number, with or without separators, a currency sign or a unit of its own.
## Why
An amount that can't be read is never taken as zero: totals over it are unknown and its text is kept.
## How to fix
Type the amount as a number in the unit of the column's head. A formula must be calculated and saved by Excel or WPS.
",
};

/// V102
pub static UNIT_CONTRADICTS_HEAD: Code = Code {
    id: "V102",
    name: "unit-contradicts-head",
    severity: Severity::Warning,
    explanation: "\
## What it checks
An amount that carries a unit of its own, `1,215.155万元`, in a column whose head states another one; a number whose format shows a part of it, as `#,##0,` does.
## Why
The amount's own unit, or what is shown, counts; the difference is a factor of a thousand or more, so someone should look.
## How to fix
Type the amount in the unit of the head, without a unit.
",
};

/// V105
pub static UNREADABLE_COUNT: Code = Code {
    id: "V105",
    name: "unreadable-count",
    severity: Severity::Error,
    explanation: "\
## What it checks
财政供养人员数 and 下属二级单位数 must be whole numbers that are not negative.
## Why
They are compared with the budget; a text can't be.
## How to fix
Type a whole number.
",
};

/// V106
pub static TIDIED: Code = Code {
    id: "V106",
    name: "text-tidied",
    severity: Severity::Info,
    explanation: "\
## What it checks
Tags, entities, invisible characters, full-width digits, separators and nil marks that were folded away.
## Why
They say nothing, but something in the source was changed.
## How to fix
Nothing to do.
",
};

/// V107
pub static DATE_IN_TARGET: Code = Code {
    id: "V107",
    name: "date-in-target",
    severity: Severity::Warning,
    explanation: "\
## What it checks
A target cell that holds a date but does not show its year.
## Why
Spreadsheets turn `1-2` into 2 January; the date as shown is kept.
## How to fix
Format the cell as text and type the target again if no date was meant.
",
};

/// V108
pub static DOUBTFUL_TARGET: Code = Code {
    id: "V108",
    name: "doubtful-target",
    severity: Severity::Warning,
    explanation: "\
## What it checks
A target whose sign is mistyped (》 for >), that is approximate (约, 左右), that states two targets at once, whose figure can't be read (≥3-5次, 每半年1次),
or a number that may be a month (2025.12); a head that states a sign or a unit for all targets, 年度指标值（≥）, which some of them lack.
## Why
It was read as it stands, and a reviewer may read it otherwise.
## How to fix
Write one target with one of ≥ ≤ > < =.
",
};

/// V109
pub static CUT: Code = Code {
    id: "V109",
    name: "text-cut",
    severity: Severity::Warning,
    explanation: "\
## What it checks
A text of more than 32,767 characters.
## Why
No cell of a spreadsheet holds more; the rest was cut off.
## How to fix
Shorten the text.
",
};

/// V110
pub static STRUCK: Code = Code {
    id: "V110",
    name: "struck-through",
    severity: Severity::Warning,
    explanation: "\
## What it checks
A value that is struck through.
## Why
It may be meant as deleted; it was read all the same.
## How to fix
Delete the value, or take the line away.
",
};

/// V111
pub static NOT_CALCULATED: Code = Code {
    id: "V111",
    name: "not-calculated",
    severity: Severity::Error,
    explanation: "\
## What it checks
A text field that holds a formula without a result, or an error value such as #REF!.
## Why
What should stand there is unknown; the formula's text was kept.
## How to fix
Open the file in Excel or WPS, let it calculate, and save it.
",
};

/// V112
pub static UNIT_ASSUMED: Code = Code {
    id: "V112",
    name: "unit-assumed",
    severity: Severity::Warning,
    explanation: "\
## What it checks
A column of amounts whose head states no unit.
## Why
The unit of the edition was taken; if another one was meant, every amount is wrong by a power of ten.
## How to fix
Write the unit into the head: 预算金额（万元）.
",
};

/// V113
pub static UNIT_UNKNOWN: Code = Code {
    id: "V113",
    name: "unit-unknown",
    severity: Severity::Error,
    explanation: "\
## What it checks
A head of amounts that states a unit which the form does not have, such as 百万元 or 万美元.
## Why
The amounts below were read in the unit of the edition, so each of them is wrong.
## How to fix
Convert the amounts into 元 or 万元, and write that unit into the head.
",
};

/// V115
pub static UNITS_DIFFER: Code = Code {
    id: "V115",
    name: "units-differ",
    severity: Severity::Warning,
    explanation: "\
## What it checks
Heads of the budget, or of one table of tasks, that state different units: one 万元, another 元; a head that states another unit than the one above it.
## Why
Each amount was read in the unit of its own head; if one of them is mistyped, every amount below it is wrong by a power of ten.
## How to fix
Convert the columns into one unit and correct the heads.
",
};
