//! A number as Excel takes it: a decimal of at most 15 significant digits.
//!
//! Rounding the decimal, not the binary float, is what makes 1.005 show as 1.01 and 2160.7999999999997 as 2160.8.

/// The size of a number: 0.d₁d₂d₃… × 10^`point`, without zeros at either end. The sign is the caller's.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Digits {
    digits: Vec<u8>,
    point: i32,
}

impl Digits {
    /// The size of a finite number; anything else is zero.
    pub(super) fn of(value: f64) -> Self {
        if let Some(whole) = whole(value.abs()) {
            return Self::of_whole(whole);
        }
        let text = format!("{:.14e}", value.abs());
        let (mantissa, exponent) = text.split_once('e').unwrap_or(("0", "0"));
        let digits =
            mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        Self { digits, point: exponent.parse::<i32>().unwrap_or(0) + 1 }.trimmed()
    }

    fn of_whole(mut rest: u64) -> Self {
        let mut digits = Vec::with_capacity(15);
        while rest > 0 {
            digits.extend(u8::try_from(rest % 10));
            rest /= 10;
        }
        digits.reverse();
        let point = i32::try_from(digits.len()).unwrap_or(0);
        Self { digits, point }.trimmed()
    }

    fn trimmed(mut self) -> Self {
        while self.digits.last() == Some(&0) {
            self.digits.pop();
        }
        if self.digits.is_empty() {
            self.point = 0;
        }
        self
    }

    pub(super) fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times 10^`by`.
    pub(super) fn shifted(mut self, by: i32) -> Self {
        if !self.is_zero() {
            self.point = self.point.saturating_add(by);
        }
        self
    }

    /// Half away from zero, to this many decimals.
    pub(super) fn rounded(mut self, decimals: i32) -> Self {
        let Ok(keep) = usize::try_from(self.point.saturating_add(decimals)) else {
            return Self { digits: Vec::new(), point: 0 };
        };
        let up = self.digits.get(keep).is_some_and(|&digit| digit >= 5);
        self.digits.truncate(keep);
        if up {
            while self.digits.last() == Some(&9) {
                self.digits.pop();
            }
            if let Some(last) = self.digits.last_mut() {
                *last += 1;
            } else {
                self.digits.push(1);
                self.point += 1;
            }
        }
        self.trimmed()
    }

    /// The digit that counts 10^`place`, zero beyond the ends.
    pub(super) fn at(&self, place: i32) -> u8 {
        usize::try_from(self.point.saturating_sub(1).saturating_sub(place))
            .ok()
            .and_then(|index| self.digits.get(index))
            .copied()
            .unwrap_or(0)
    }

    /// How many digits stand before the decimal point.
    pub(super) fn whole(&self) -> i32 {
        self.point.max(0)
    }

    /// How many digits stand after the decimal point.
    pub(super) fn decimals(&self) -> i32 {
        i32::try_from(self.digits.len()).map_or(0, |len| (len - self.point).max(0))
    }

    /// The power of ten of the first digit.
    pub(super) fn exponent(&self) -> i32 {
        if self.is_zero() { 0 } else { self.point - 1 }
    }

    /// The digits as characters, at least one before the point.
    pub(super) fn plain(&self) -> String {
        let mut text = String::new();
        for place in (0..self.whole().max(1)).rev() {
            text.push(char::from(b'0' + self.at(place)));
        }
        if self.decimals() > 0 {
            text.push('.');
        }
        for place in 1..=self.decimals() {
            text.push(char::from(b'0' + self.at(-place)));
        }
        text
    }
}

/// A number of at most 15 digits without decimals: it needs no rounding.
fn whole(size: f64) -> Option<u64> {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    // whole and between 0 and 1e15
    ((0.0..1e15).contains(&size) && size.fract() == 0.0).then_some(size as u64)
}

/// From here on an exponent is shown, as 10^21 fills no cell that a person would read.
const LONGEST: i32 = 21;

/// A number in the General format: at most 15 significant digits, as Excel takes it, no exponent below 1e21, no float
/// noise (2160.7999999999997 → 2160.8).
pub(crate) fn general(value: f64) -> String {
    if !value.is_finite() {
        // What Excel shows where a calculation leaves the range of numbers.
        return "#NUM!".to_owned();
    }
    let digits = Digits::of(value);
    let sign = if value < 0.0 && !digits.is_zero() { "-" } else { "" };
    let exponent = digits.exponent();
    if exponent.abs() < LONGEST {
        return format!("{sign}{}", digits.plain());
    }
    format!("{sign}{}E{exponent:+}", digits.shifted(-exponent).plain())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn general_shows_fifteen_digits_and_no_noise() {
        // Sums made by floats, sizes at both ends, and what is no number at all.
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (12.0, "12"),
            (-12.5, "-12.5"),
            (2_160.799_999_999_999_7, "2160.8"),
            (0.1 + 0.2, "0.3"),
            (0.9, "0.9"),
            (9_725_000.0, "9725000"),
            (123_456_789_012_345_680.0, "123456789012346000"),
            (999_999_999_999_999.9, "1000000000000000"),
            (1e20, "100000000000000000000"),
            (1e21, "1E+21"),
            (-1.5e300, "-1.5E+300"),
            (0.000_01, "0.00001"),
            (1e-25, "1E-25"),
            (f64::MIN_POSITIVE, "2.2250738585072E-308"),
            (f64::NAN, "#NUM!"),
            (f64::NEG_INFINITY, "#NUM!"),
        ];
        for (value, want) in cases {
            assert_eq!(general(value), want, "{value:e}");
        }
    }

    #[test]
    fn rounds_half_away_from_zero_on_the_decimal() {
        // The first four are ties only in decimal; the rest carry through nines or fall away.
        let cases = [
            (0.125, 2, "0.13"),
            (1.005, 2, "1.01"),
            (2.675, 2, "2.68"),
            (0.145, 2, "0.15"),
            (99.995, 2, "100"),
            (0.5, 0, "1"),
            (0.49, 0, "0"),
            (0.04, 0, "0"),
            (9.5, 0, "10"),
            (0.000_5, 3, "0.001"),
            (0.0, 2, "0"),
        ];
        for (value, decimals, want) in cases {
            assert_eq!(Digits::of(value).rounded(decimals).plain(), want, "{value} to {decimals}");
        }
    }
}
