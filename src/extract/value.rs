//! Cells into values: texts, amounts, counts and targets, each fault with a finding.

mod codes;

pub use codes::*;

use super::{
    amount::{Amount, Count, read_amount, read_count},
    context::{Context, plain},
};
use crate::{
    diagnostic::Severity,
    grid::{Number, Shown, Value},
    model::{
        entry::Entry,
        field_path::FieldPath,
        money::{self, Money, Unit},
        text,
    },
};

/// Whether a number format prints something beside a number that makes it another amount: 约20, 20左右, ≥20, US$20, 20人.
fn says_more(shown: &str) -> bool {
    const HARMLESS: [&str; 6] = ["合计", "共计", "总计", "小计", "金额", "整"];
    let exponent = |c: char| matches!(c, 'e' | 'E');
    let bare = HARMLESS.iter().fold(shown.to_owned(), |shown, word| shown.replace(word, ""));
    bare.chars().any(|c| c.is_alphabetic() && !exponent(c) || "$€£≈≥≤<>＜＞±%％".contains(c))
}

/// Whether a number shows as a percentage, a date or a time, which no amount and no count does.
fn is_no_amount(shown: &Shown) -> bool {
    const OF_TIME: [char; 5] = [':', '：', '时', '時', '秒'];
    shown.percent || shown.date.is_some() || shown.text.contains(OF_TIME)
}

/// The text that a number shows on the sheet.
pub(super) fn number_text(number: &Number) -> String {
    match &number.shown {
        // A format that shows nothing hides the number, but takes none away.
        Some(shown) if !shown.text.trim().is_empty() => shown.text.clone(),
        _ => match money::decimal_of(number.value) {
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
            if is_no_amount(shown) {
                return Err(shown.text.clone());
            }
            if shown.power > 0 {
                decimal = money::scaled_down(decimal, shown.power).ok_or_else(shows)?;
            }
            match read_amount(&shown.text) {
                // A minus of the format's own, or brackets: the sheet shows a negative amount.
                Amount::Known { number: read, .. }
                    if number.value > 0.0 && read.is_sign_negative() =>
                {
                    return Err(shown.text.clone());
                }
                Amount::Known { own_unit, .. } => own = own_unit,
                // The format says what is no plain amount: 9.725百万元, US$12, 约20.
                Amount::Unreadable if says_more(&shown.text) => {
                    return Err(shown.text.clone());
                }
                _ => {}
            }
            if shown.power > 0 && own.is_none() {
                self.scaled_by_format(number, path);
            }
        }
        let money = Money::from_unit(decimal, own.unwrap_or(unit)).ok_or_else(shows)?;
        if let Some(own) = own.filter(|own| *own != unit) {
            self.contradiction(&number_text(number), path, own, unit);
        }
        Ok(Entry::Known(money))
    }

    fn scaled_by_format(&mut self, number: &Number, path: FieldPath) {
        let (text, stored) = (number_text(number), number.value);
        let message = message!(
            "the cell holds {stored} but its number format shows `{text}`; what it shows counts",
            "单元格存的是 {stored}，按数字格式显示为 `{text}`，以显示值为准"
        );
        self.find(&UNIT_CONTRADICTS_HEAD, path, message);
    }

    /// The whole number that a value states.
    pub(super) fn count_of(&mut self, value: &Value, path: FieldPath) -> Entry<u64> {
        let text = match value {
            Value::Text(raw) => self.parted(raw, path),
            Value::Number(number)
                if number.shown.as_ref().is_none_or(|shown| !is_no_amount(shown)) =>
            {
                let power = number.shown.as_ref().map_or(0, |shown| shown.power);
                if power > 0 {
                    self.scaled_by_format(number, path);
                }
                money::decimal_of(number.value)
                    .and_then(|decimal| money::scaled_down(decimal, power))
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
