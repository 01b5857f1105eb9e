use proptest::prelude::*;

use super::*;

/// The reading as text: the number, its own unit, and a `*` when its spelling was folded.
fn shown(text: &str) -> String {
    match read_amount(text) {
        Amount::Blank => "blank".into(),
        Amount::Nil => "nil".into(),
        Amount::Unreadable => "unreadable".into(),
        Amount::Known { number, own_unit, tidied, padded } => {
            let unit = own_unit.map_or("", Unit::name);
            let marks = [(tidied, "*"), (padded, "0")];
            let marks = marks.into_iter().filter(|(is, _)| *is).map(|(_, mark)| mark);
            format!("{number}{unit}{}", marks.collect::<String>())
        }
    }
}

#[test]
fn reads_amounts_as_they_are_typed() {
    // The dirt found in real files, and each thing that may stand around a number, alone and together.
    let cases = [
        ("0", "0"),
        ("0.00", "0"),
        ("-0.00", "0*"),
        ("402.49", "402.49"),
        ("0009725000", "9725000*0"),
        ("0402.49万元", "402.49万元*0"),
        ("-007.5", "-7.5*0"),
        ("00.5", "0.5*0"),
        ("12.50", "12.5"),
        (" 12.5 ", "12.5"),
        ("-12.5", "-12.5"),
        ("１２．５", "12.5*"),
        ("1,215.155", "1215.155*"),
        ("９，７２５，０００．００", "9725000*"),
        ("1 215 155", "1215155*"),
        ("1\u{a0}215\u{3000}155.5", "1215155.5*"),
        ("12\u{2009}151\u{2009}550", "12151550*"),
        ("¥1 200.00", "1200*"),
        ("￥ 1,200", "1200*"),
        ("RMB 12.5", "12.5*"),
        ("rmb12.5", "12.5*"),
        ("人民币12.5万元", "12.5万元*"),
        ("人民币￥12.5", "12.5*"),
        ("12.5 CNY", "12.5*"),
        ("12.5¥", "12.5*"),
        ("'123", "123*"),
        ("’123", "123*"),
        ("+12.5", "12.5*"),
        ("－12.5", "-12.5*"),
        ("−12.5", "-12.5*"),
        ("–12.5", "-12.5*"),
        ("-¥12.5", "-12.5*"),
        ("¥-12.50", "-12.5*"),
        ("(12.5)", "-12.5*"),
        ("（12.5）", "-12.5*"),
        ("（¥1,200.00）", "-1200*"),
        ("¥(1,200.00)", "-1200*"),
        ("(12.5万元)", "-12.5万元*"),
        ("(12.5)（万元）", "-12.5万元*"),
        (".5", "0.5*"),
        ("12.", "12*"),
        ("1,215.155万元", "1215.155万元*"),
        ("1215.155万元", "1215.155万元"),
        ("1215.155 万 元", "1215.155万元"),
        ("1215.155\n万元", "1215.155万元"),
        ("12.5（万元）", "12.5万元"),
        ("2160.8 元", "2160.8元"),
        ("2160圆整", "2160元"),
        ("２１６０元整", "2160元*"),
        ("3千元", "3千元"),
        ("3万", "3万元"),
        ("1.2亿元人民币", "1.2亿元"),
        ("1.2亿", "1.2亿元"),
        ("12.000000000000000000000000000000000000", "12"),
        ("123456789012345", "123456789012345"),
        ("1234567890123450", "1234567890123450"),
        ("0.000000123456789012345", "0.000000123456789012345"),
    ];
    for (text, want) in cases {
        assert_eq!(shown(text), want, "{text:?}");
    }
}

#[test]
fn never_guesses_an_amount() {
    // Separators out of place, words, more than one number, and numbers that are something else.
    #[rustfmt::skip]
    let cases = [
        "12,5", "1,23", "1,2345", "1234,567", ",125", "125,", "1,200 000", "1, 200", "1,,200", "12.5,000", "12 5", "0,123",
        "1.234.567", "12..5", ".", "..", ". 5", "12 .5", "12'500", "12。5", "12、5",
        "约20", "20元左右", "贰拾万元", "二十", "零", "3万5千元", "3万5", "十几万", "待定", "详见附件", "XX", "12.5万元以内", "12.5（含税）",
        "12+3", "=12+3", "20-30", "20～30", "5×3", "12/3", "12.5-", "+", "±5", "--5", "- 5", "— 5", "—5", "-(12.5)", "(-12.5)",
        "((12.5))", "(12.5", "12.5)", "(12.5万元)元", "RMB-12.5", "¥¥12", "RMB人民币12", "¥", "万元", "元12", "$12", "12.5百万元",
        "12.5万万", "12.5整", "12.5()", "90%", "9０％", "1E+05", "1e5", "0x10", "2024-01-05", "2024/1/5", "2024年", "2024.1.5",
        "0769-22831234", "138-0013-8000", "07691234567", "00", "00,123", "12\n5", "12;13", "①", "１２²", "٣", "TRUE", "#REF!",
        "1234567890123456", "0.1234567890123456", "100000000000000000000000000000", "0.00000000000000000000000000001",
        "(无)", "无元", "¥-", "\\", "//", "-----", "暂无", "*", "N/A",
    ];
    for text in cases {
        assert_eq!(shown(text), "unreadable", "{text:?}");
    }
    assert_eq!(shown(&"9".repeat(100_000)), "unreadable");
    assert_eq!(shown(&"\u{ff08}".repeat(30)), "unreadable");
}

#[test]
fn nil_marks_and_blanks_are_no_zeros() {
    for text in ["", " ", "\u{3000}\n", "\u{a0}"] {
        assert_eq!(shown(text), "blank", "{text:?}");
        assert_eq!(read_count(text), Count::Blank, "{text:?}");
    }
    for text in ["-", "—", "——", "--", "－", "–", "−", " — ", "───", "/", "／", "无", "不适用"]
    {
        assert_eq!(shown(text), "nil", "{text:?}");
        assert_eq!(read_count(text), Count::Nil, "{text:?}");
    }
}

#[test]
fn counts_are_whole_and_not_negative() {
    let cases = [
        ("20", Some(20)),
        ("0", Some(0)),
        ("20人", Some(20)),
        ("20 个", Some(20)),
        ("20名", Some(20)),
        ("3（家）", Some(3)),
        ("3个单位", Some(3)),
        ("２０", Some(20)),
        ("20.0", Some(20)),
        ("1,200", Some(1200)),
        ("'20", Some(20)),
        ("123456789012345", Some(123_456_789_012_345)),
        ("1234567890123456", None),
        ("20.5", None),
        ("-20", None),
        ("(20)", None),
        ("20人左右", None),
        ("20人次", None),
        ("20元", None),
        ("¥20", None),
        ("1.2万人", None),
        ("12,00", None),
        ("约20", None),
        ("20-30", None),
        ("二十", None),
        ("020", None),
        ("10人 5人", None),
    ];
    for (text, want) in cases {
        assert_eq!(read_count(text), want.map_or(Count::Unreadable, Count::Known), "{text:?}");
    }
}

fn wide(text: &str) -> String {
    let widen = |c: char| {
        char::from_u32(u32::from(c) + 0xfee0).filter(|_| c.is_ascii_graphic()).unwrap_or(c)
    };
    text.chars().map(widen).collect()
}

fn grouped(plain: &str, separator: char) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |digits| ("-", digits));
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut text = sign.to_owned();
    for (at, digit) in digits.char_indices() {
        if at > 0 && at < whole && (whole - at) % 3 == 0 {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_spelling_reads_back(digits in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0..=14_u32) {
        let want = Decimal::new(digits, scale);
        let plain = want.to_string();
        let brackets = if digits < 0 { format!("({})", &plain[1..]) } else { plain.clone() };
        let spellings = [
            (plain.clone(), None),
            (grouped(&plain, ','), None),
            (grouped(&plain, '\u{a0}'), None),
            (wide(&grouped(&plain, ',')), None),
            (format!("¥{}", grouped(&plain, ',')), None),
            (brackets, None),
            (format!("{plain}万元"), Some(Unit::TenThousand)),
            (format!("{}（亿元）", wide(&plain)), Some(Unit::HundredMillion)),
        ];
        for (text, unit) in spellings {
            let Amount::Known { number, own_unit, tidied, .. } = read_amount(&text) else {
                return Err(TestCaseError::fail(text));
            };
            prop_assert_eq!((number, own_unit), (want, unit), "{}", text);
            let as_typed = text == plain || unit.is_some() && text.starts_with(&plain);
            prop_assert_eq!(tidied, !as_typed, "{}", text);
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), near in "[-+¥￥RMB人民币CNY'(（)）0-9０-９.,， \u{a0}万亿千元整－—]{0,12}") {
        for text in [text, near] {
            let known = matches!(read_amount(&text), Amount::Known { .. });
            prop_assert!(!known || text.chars().any(char::is_numeric));
            let _ = read_count(&text);
        }
    }
}
