//! Amounts of money, exact and in yuan, and the units that they are printed in.
//!
//! An amount has at most 15 significant digits, since no cell of a spreadsheet holds more; in every unit, a power of
//! ten, it has as many. A sum may have more.

use std::fmt;

use rust_decimal::Decimal;

#[cfg(test)]
mod tests;

/// The most significant digits of an amount.
pub(crate) const MOST_DIGITS: u32 = 15;

/// The most decimals of an amount in yuan: in 亿元 it has eight more, and `Decimal` holds 28.
const MOST_DECIMALS: u32 = 20;

/// The unit that an amount column is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// 元
    Yuan,
    /// 千元
    Thousand,
    /// 万元
    TenThousand,
    /// 亿元
    HundredMillion,
}

impl Unit {
    /// The unit as the form prints it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::Thousand => "千元",
            Self::TenThousand => "万元",
            Self::HundredMillion => "亿元",
        }
    }

    /// The unit of that name: 万元, 万, 人民币万元, 萬元. White space is the caller's to take out.
    pub fn from_name(name: &str) -> Option<Self> {
        let unit = match name.strip_prefix("人民币").unwrap_or(name) {
            "元" | "圆" => Self::Yuan,
            "千元" | "仟元" => Self::Thousand,
            "万元" | "万圆" | "万" | "萬元" | "萬" => Self::TenThousand,
            "亿元" | "亿圆" | "亿" | "億元" | "億" => Self::HundredMillion,
            _ => return None,
        };
        Some(unit)
    }

    /// The unit is ten to this power in yuan.
    pub fn power(self) -> u32 {
        match self {
            Self::Yuan => 0,
            Self::Thousand => 3,
            Self::TenThousand => 4,
            Self::HundredMillion => 8,
        }
    }
}

/// An amount, exact, in yuan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(Decimal);

impl Money {
    /// 0.00
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// An amount in yuan; `None` when it has more than 15 significant digits or is too large or too small.
    pub fn from_yuan(yuan: Decimal) -> Option<Self> {
        Self::from_unit(yuan, Unit::Yuan)
    }

    /// An amount in a printed unit; `None` as for [`Money::from_yuan`].
    pub fn from_unit(number: Decimal, unit: Unit) -> Option<Self> {
        if significant_digits(number) > MOST_DIGITS {
            return None;
        }
        // At most 15 digits and eight zeros, so nothing is rounded.
        let yuan = number.normalize().checked_mul(Decimal::from(10_u64.pow(unit.power())))?;
        Self::exact(yuan)
    }

    /// Only what can be shown in every unit.
    fn exact(yuan: Decimal) -> Option<Self> {
        let yuan = yuan.normalize();
        (yuan.scale() <= MOST_DECIMALS).then_some(Self(yuan))
    }

    /// The amount in yuan.
    pub fn yuan(self) -> Decimal {
        self.0
    }

    /// The amount in a printed unit, exact, without zeros at its end.
    pub fn in_unit(self, unit: Unit) -> Decimal {
        // Only the decimal point moves, at most to the 28th decimal.
        (self.0 * Decimal::new(1, unit.power())).normalize()
    }

    /// The amount in a printed unit as `#,##0.00####`: separators, at least two decimals and none of the value hidden.
    pub fn printed(self, unit: Unit) -> String {
        let text = with_decimals(self.in_unit(unit));
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
        let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
        let mut printed = String::from(sign);
        for (at, digit) in digits.char_indices() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                printed.push(',');
            }
            printed.push(digit);
        }
        printed + "." + decimals
    }

    /// Whether a text states the amount in a printed unit, with separators or without. More digits than 15 are no
    /// hindrance, since a total may have them.
    pub fn is_stated_by(self, text: &str, unit: Unit) -> bool {
        let plain: String = text.trim().chars().filter(|c| *c != ',').collect();
        Decimal::from_str_exact(&plain).is_ok_and(|number| number.normalize() == self.in_unit(unit))
    }

    /// What a spreadsheet keeps of the amount in a unit: 15 significant digits.
    pub fn kept_in_cell(self, unit: Unit) -> Option<Self> {
        Self::from_unit(self.in_unit(unit).round_sf(MOST_DIGITS)?, unit)
    }

    /// The sum; `None` when it does not fit. More than 15 digits are no reason to refuse it.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        // By hand, as `Decimal` rounds a sum that does not fit.
        let scale = self.0.scale().max(other.0.scale());
        let widened = |of: Decimal| {
            let factor = 10_i128.checked_pow(scale - of.scale())?;
            of.mantissa().checked_mul(factor)
        };
        let sum = widened(self.0)?.checked_add(widened(other.0)?)?;
        Self::exact(Decimal::try_from_i128_with_scale(sum, scale).ok()?)
    }

    /// The difference; `None` when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Self(-other.0))
    }

    /// The amount without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Whether the amount is below zero.
    pub fn is_negative(self) -> bool {
        self < Self::ZERO
    }
}

/// Decimal yuan with at least two decimals, more only when the value has them.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&with_decimals(self.0))
    }
}

/// The number with two decimals at least and no sign on a zero.
fn with_decimals(number: Decimal) -> String {
    let number = number.normalize();
    let zeros = ["00", "0"].get(number.scale() as usize).copied().unwrap_or_default();
    let point = if number.scale() == 0 { "." } else { "" };
    format!("{number}{point}{zeros}")
}

/// The number of significant digits: neither zeros at the front nor at the end count, and zero has none.
pub fn significant_digits(number: Decimal) -> u32 {
    let mut digits = number.mantissa().unsigned_abs();
    if digits == 0 {
        return 0;
    }
    while digits.is_multiple_of(10) {
        digits /= 10;
    }
    digits.ilog10() + 1
}

/// How many significant digits a decimal number has, with separators or without, where they are more than the 15 that a
/// spreadsheet keeps.
pub fn excess_digits(text: &str) -> Option<usize> {
    let plain: String = text.trim().chars().filter(|c| *c != ',').collect();
    let plain = plain.strip_prefix('-').unwrap_or(&plain);
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let digits = format!("{whole}{decimals}");
    let digits = digits.trim_matches('0').len();
    (is_number(whole) && is_number(decimals) && digits > MOST_DIGITS as usize).then_some(digits)
}

/// A number cell at 15 significant digits, as Excel shows it: 2160.7999999999997 is 2160.8.
///
/// `None` for what is no number, and for what [`Decimal`] can't hold exactly.
pub fn decimal_of(float: f64) -> Option<Decimal> {
    if !float.is_finite() {
        return None;
    }
    #[allow(clippy::cast_possible_truncation)] // whole and below 1e15
    if float.abs() < 1e15 && float.fract() == 0.0 {
        return Some(Decimal::from(float as i64));
    }
    let text = format!("{float:.14e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let mut digits: i64 = mantissa.replace('.', "").parse().ok()?;
    let mut exponent = exponent.parse::<i32>().ok()?.checked_sub(14)?;
    if digits == 0 {
        return Some(Decimal::ZERO);
    }
    while digits % 10 == 0 {
        digits /= 10;
        exponent += 1;
    }
    let power = exponent.unsigned_abs();
    if exponent < 0 {
        return Decimal::try_from_i128_with_scale(digits.into(), power).ok();
    }
    let whole = i128::from(digits).checked_mul(10_i128.checked_pow(power)?)?;
    Decimal::try_from_i128_with_scale(whole, 0).ok()
}

/// A number divided by a power of ten, exact; `None` when that does not fit.
pub fn scaled_down(number: Decimal, power: u32) -> Option<Decimal> {
    let number = number.normalize();
    let scale = number.scale().checked_add(power)?;
    Decimal::try_from_i128_with_scale(number.mantissa(), scale).ok().map(|of| of.normalize())
}
