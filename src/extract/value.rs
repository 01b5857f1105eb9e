//! Cells into values: texts, amounts, counts and targets, each fault with a finding.

use super::{
    amount::{Amount, Count, read_amount, read_count},
    context::{Context, plain},
};
use crate::{
    diagnostic::{Code, Severity},
    grid::{Number, Value},
    model::{
        entry::Entry,
        field_path::FieldPath,
        money::{self, Money, Unit},
        text,
    },
};

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
An amount that carries a unit of its own, `1,215.155万元`, in a column whose head states another one.
## Why
The amount's own unit counts; the difference is a factor of ten thousand, so someone should look.
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
A target whose sign is mistyped (》 for >), that is approximate (约, 左右), or that states two targets at once.
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

/// What a number format may print beside a number that makes it another amount.
const SAYS_MORE: [char; 7] = ['元', '美', '$', '€', '£', '约', '≈'];

/// The text that a number shows on the sheet.
pub(super) fn number_text(number: &Number) -> String {
    match &number.shown {
        Some(shown) => shown.text.clone(),
        None => match money::decimal_of(number.value) {
            Some(decimal) => decimal.normalize().to_string(),
            None => number.value.to_string(),
        },
    }
}

impl Context<'_, '_> {
    /// The text of a cell, booked under its field.
    pub(super) fn text(&mut self, index: usize, path: FieldPath) -> Option<String> {
        self.book(index, path);
        match self.value(index) {
            Value::Text(raw) if self.sheet.is_clean(index) => {
                Some(raw.clone()).filter(|text| !text.is_empty())
            }
            Value::Text(raw) => {
                let raw = raw.clone();
                self.cleaned(&raw, path)
            }
            Value::Formula(_) | Value::Error(_) => {
                let quoted = self.quoted(index);
                let message = message!(
                    "{quoted} has no result; its text is kept",
                    "{quoted} 没有计算结果，保留其文本"
                );
                self.find(&NOT_CALCULATED, path, message);
                Some(self.plain(index))
            }
            Value::Number(_) | Value::Boolean(_) => Some(self.plain(index)),
        }
    }

    /// A text in its normal form, with what was done to it.
    pub(super) fn cleaned(&mut self, raw: &str, path: FieldPath) -> Option<String> {
        let cleaned = text::clean(raw);
        if !cleaned.tags.is_empty() {
            let tags = cleaned.tags.join(", ");
            self.find(&TIDIED, path, message!("tags stripped: {tags}", "去除了 HTML 标签：{tags}"));
        }
        if cleaned.entities {
            self.find(&TIDIED, path, message!("entities decoded", "还原了 HTML 实体"));
        }
        if cleaned.invisible {
            self.find(&TIDIED, path, message!("invisible characters removed", "去除了不可见字符"));
        }
        if cleaned.cut > 0 {
            let cut = cleaned.cut;
            let message = message!(
                "{cut} characters beyond 32,767 were cut off",
                "超出 32,767 字的 {cut} 个字符被截去"
            );
            self.find(&CUT, path, message);
        }
        Some(cleaned.text).filter(|text| !text.is_empty())
    }

    /// The amount in a cell, booked under its field; `unit` is the one that its head states.
    pub(super) fn amount(&mut self, index: usize, path: FieldPath, unit: Unit) -> Entry<Money> {
        self.book(index, path);
        self.amount_of(&self.value(index).clone(), path, unit)
    }

    /// The amount that a value states.
    pub(super) fn amount_of(&mut self, value: &Value, path: FieldPath, unit: Unit) -> Entry<Money> {
        let known = match value {
            Value::Text(raw) => {
                let text = self.parted(raw, path);
                self.amount_of_text(&text, path, unit)
            }
            Value::Number(number) => self.amount_of_number(number, path, unit),
            Value::Boolean(_) | Value::Error(_) | Value::Formula(_) => Err(plain(value)),
        };
        known.unwrap_or_else(|text| {
            let message = if matches!(value, Value::Formula(_)) {
                message!(
                    "`{text}` was not calculated; expected an amount",
                    "`{text}` 未经计算，此处应为金额"
                )
            } else {
                message!("`{text}` is not an amount", "`{text}` 不是可识别的金额")
            };
            self.find(&UNREADABLE_AMOUNT, path, message);
            Entry::Unreadable(text)
        })
    }

    fn amount_of_text(
        &mut self,
        text: &str,
        path: FieldPath,
        unit: Unit,
    ) -> Result<Entry<Money>, String> {
        match read_amount(text) {
            Amount::Blank => Ok(Entry::Blank),
            Amount::Nil => {
                self.find(&TIDIED, path, message!("`{text}` read as blank", "`{text}` 按空白处理"));
                Ok(Entry::Blank)
            }
            Amount::Known { number, own_unit, tidied, padded } => {
                let Some(money) = Money::from_unit(number, own_unit.unwrap_or(unit)) else {
                    return Err(text.to_owned());
                };
                if padded {
                    let message = message!(
                        "`{text}` begins with zeros; read as {money} 元",
                        "`{text}` 前面有多余的零，读作 {money} 元"
                    );
                    self.diagnostics.push(TIDIED.at(path, message).as_severity(Severity::Warning));
                }
                if let Some(own) = own_unit.filter(|own| *own != unit) {
                    self.contradiction(text, path, own, unit);
                } else if !padded && ((tidied && !is_plain(text)) || own_unit.is_some()) {
                    let yuan = money.to_string();
                    self.find(
                        &TIDIED,
                        path,
                        message!("`{text}` read as {yuan} 元", "`{text}` 读作 {yuan} 元"),
                    );
                }
                Ok(Entry::Known(money))
            }
            Amount::Unreadable => Err(text.to_owned()),
        }
    }

    fn contradiction(&mut self, text: &str, path: FieldPath, own: Unit, head: Unit) {
        let (own, head) = (own.name(), head.name());
        let message = message!(
            "`{text}` is in {own} but the head says {head}; its own unit counts",
            "`{text}` 自带单位{own}，与表头{head}不符，按自带单位计"
        );
        self.find(&UNIT_CONTRADICTS_HEAD, path, message);
    }

    fn amount_of_number(
        &mut self,
        number: &Number,
        path: FieldPath,
        unit: Unit,
    ) -> Result<Entry<Money>, String> {
        let shows = || number_text(number);
        let mut decimal = money::decimal_of(number.value).ok_or_else(shows)?;
        let mut own = None;
        if let Some(shown) = &number.shown {
            if shown.percent || shown.date.is_some() {
                return Err(shown.text.clone());
            }
            if shown.power > 0 {
                decimal = money::scaled_down(decimal, shown.power).ok_or_else(shows)?;
            }
            match read_amount(&shown.text) {
                Amount::Known { own_unit, .. } => own = own_unit,
                // The format says what is no plain amount: 9.725百万元, US$12, 约20.
                Amount::Unreadable if shown.text.contains(SAYS_MORE) => {
                    return Err(shown.text.clone());
                }
                _ => {}
            }
            if shown.power > 0 && own.is_none() {
                let (text, stored) = (shown.text.clone(), number.value);
                let message = message!(
                    "the cell holds {stored} but its number format shows `{text}`; what it shows counts",
                    "单元格存的是 {stored}，按数字格式显示为 `{text}`，以显示值为准"
                );
                self.find(&UNIT_CONTRADICTS_HEAD, path, message);
            }
        }
        let money = Money::from_unit(decimal, own.unwrap_or(unit)).ok_or_else(shows)?;
        if let Some(own) = own.filter(|own| *own != unit) {
            self.contradiction(&number_text(number), path, own, unit);
        }
        Ok(Entry::Known(money))
    }

    /// The whole number that a value states.
    pub(super) fn count_of(&mut self, value: &Value, path: FieldPath) -> Entry<u64> {
        let text = match value {
            Value::Text(raw) => self.parted(raw, path),
            Value::Number(number)
                if number.shown.as_ref().is_none_or(|s| !s.percent && s.date.is_none()) =>
            {
                money::decimal_of(number.value)
                    .map_or_else(|| number_text(number), |d| d.normalize().to_string())
            }
            _ => plain(value),
        };
        match read_count(&text) {
            Count::Blank => Entry::Blank,
            Count::Nil => {
                self.find(&TIDIED, path, message!("`{text}` read as blank", "`{text}` 按空白处理"));
                Entry::Blank
            }
            Count::Known(count) => Entry::Known(count),
            Count::Unreadable => {
                let message = if matches!(value, Value::Formula(_)) {
                    message!(
                        "`{text}` was not calculated; expected a whole number",
                        "`{text}` 未经计算，此处应为非负整数"
                    )
                } else {
                    message!("`{text}` is not a whole number", "`{text}` 不是非负整数")
                };
                self.find(&UNREADABLE_COUNT, path, message);
                Entry::Unreadable(text)
            }
        }
    }
}

/// Whether an amount is typed as the form prints it: digits with separators.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.' | b'-'))
}
