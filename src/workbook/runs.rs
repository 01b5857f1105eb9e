//! Texts that come in runs of different looks, as every container has them.

/// What sets a run apart from its neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    /// Struck through.
    pub(super) struck: bool,
    /// Above or below the line.
    pub(super) shifted: bool,
}

/// Where one run of a text meets the next. A struck or raised figure is no digit of the number beside it: `~~30000~~9725000` is
/// two numbers, and they stand on lines of their own.
#[derive(Debug, Default)]
pub(super) struct Seam {
    before: Run,
}

impl Seam {
    /// Whether a line begins between the text so far and what comes now in this run.
    pub(super) fn parts(&mut self, text: &str, next: Option<char>, run: Run) -> bool {
        let changes = std::mem::replace(&mut self.before, run) != run;
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        changes && is_digit(next) && is_digit(text.chars().next_back())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_figures_of_different_looks_are_parted() {
        let (plain, struck) = (Run::default(), Run { struck: true, shifted: false });
        let shifted = Run { struck: false, shifted: true };
        for (text, next, before, run, want) in [
            ("30000", '9', struck, plain, true),
            ("9725000", '1', plain, shifted, true),
            ("97", '2', plain, plain, false),
            ("约", '9', struck, plain, false),
            ("30000", '元', struck, plain, false),
        ] {
            let mut seam = Seam { before };
            assert_eq!(seam.parts(text, Some(next), run), want, "{text}{next}");
        }
    }
}
