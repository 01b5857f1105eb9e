//! When two names mean one body: 甲局（本级） and 甲局 (本级) are one department, spelled by two people.

use unicode_normalization::UnicodeNormalization;

/// What of a name is compared: neither white space nor the width of characters.
pub fn key(name: &str) -> String {
    name.nfkc().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn space_and_width_are_no_difference() {
        let cases = [
            ("甲局（本级）", "甲局(本级)"),
            ("ＡＢ局", "AB局"),
            (" 甲　局\n", "甲局"),
            ("甲局１", "甲局1"),
        ];
        for (one, other) in cases {
            assert_eq!(super::key(one), super::key(other), "{one}");
        }
        assert_ne!(super::key("甲局"), super::key("乙局"));
    }
}
