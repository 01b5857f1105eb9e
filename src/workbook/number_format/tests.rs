use super::*;

fn shown(code: &str, value: f64) -> Shown {
    NumberFormat::from_code(code).show(value, false)
}

#[test]
fn shows_what_the_sheet_shows() {
    // Codes met in returns and offered by the Chinese Excel: percent, units, money, accounting, conditions, text.
    let accounting = "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ";
    let cases = [
        ("0%", 0.9, "90%"),
        ("0.00%", 0.9, "90.00%"),
        ("0%", 0.145, "15%"),
        ("0\"个\"", 12.0, "12个"),
        ("\"≥\"0%", 0.9, "≥90%"),
        ("≥0", 12.0, "≥12"),
        ("#,##0.00", 1_234_567.891, "1,234,567.89"),
        ("#,##0.00_ ", 1234.5, "1,234.50"),
        ("#,##0.00_ ", -1234.5, "-1,234.50"),
        (accounting, 0.0, "-"),
        (accounting, 1234.5, "1,234.50"),
        (accounting, -1234.5, "-1,234.50"),
        ("0_);[Red](0)", 12.0, "12"),
        ("0_);[Red](0)", -12.0, "(12)"),
        ("0_);[红色](0)", -12.0, "(12)"),
        ("0.00;[Red]0.00", -1.5, "1.50"),
        ("[$¥-804]#,##0.00", 1234.5, "¥1,234.50"),
        ("[$¥-804]#,##0.00", -1234.5, "-¥1,234.50"),
        ("￥#,##0", 1234.5, "￥1,235"),
        ("[DBNum1][$-804]General", 12.0, "12"),
        ("[DBNum1][$-804]G/通用格式", 12.0, "12"),
        ("[DBNum2]0\"元\"", 12.0, "12元"),
        ("G/通用格式\"元\"", -12.5, "-12.5元"),
        ("0.00\"万元\"", 12.345, "12.35万元"),
        ("0!.0,\"万元\"", 12_345.0, "1.2万元"),
        ("[>=1]0\"人\";0.0", 5.0, "5人"),
        ("[>=1]0\"人\";0.0", 0.5, "0.5"),
        ("[>=1]0\"人\";0.0", -5.0, "-5.0"),
        ("[<1]0.0%;0", 0.5, "50.0%"),
        ("[=1]\"是\";[=0]\"否\";0", 0.0, "否"),
        ("[>100]0", 5.0, "5"),
        ("0.00", 0.125, "0.13"),
        ("0.00", 1.005, "1.01"),
        ("0.00", 2.675, "2.68"),
        ("0.00", 2_160.799_999_999_999_7, "2160.80"),
        ("@", 12.0, "12"),
        ("\"第\"@\"期\"", 12.0, "第12期"),
        ("0;-0;;@", 0.0, ""),
        (";;;", 12.0, ""),
        ("\"达标\"", 1.0, "达标"),
        ("0;-0;0;\"文字\"@", 3.0, "3"),
    ];
    for (code, value, want) in cases {
        assert_eq!(shown(code, value).text, want, "{value} as {code}");
    }
}

#[test]
fn a_code_it_cannot_use_shows_the_plain_number() {
    // Broken, unknown, a fraction, too many sections; and serials that no date has.
    let codes = ["", " ", "\"元", "[Red", "0\\", "kg0", "# ?/?", "# ??/16", "0;0;0;0;0", "0\"h\"h"];
    for code in codes {
        assert_eq!(shown(code, 2_160.799_999_999_999_7), plain("2160.8".to_owned()), "{code}");
        assert!(NumberFormat::from_code(code).is_general(), "{code}");
    }
    for value in [-1.0, 1e10, 2_958_466.0, f64::MAX] {
        assert_eq!(shown("yyyy-mm-dd", value), plain(general(value)), "{value}");
    }
    for value in [f64::NAN, f64::INFINITY] {
        assert_eq!(shown("0.00", value).text, "#NUM!");
    }
    assert_eq!(shown("yyyy\"年\"m\"月\"d\"日\" foo", 46_022.0).text, "2025年12月31日");
}

#[test]
fn tells_the_scale_of_the_shown_number() {
    // A point that is only printed moves the number as a dividing comma does.
    let cases = [
        ("0.00,", 12_345.0, "12.35", false, 3),
        ("0!.0,\"万元\"", 12_345.0, "1.2万元", false, 4),
        ("0\\.0,", 450.0, "0.0", false, 4),
        ("0\".\"0,", 12_500.0, "1.3", false, 4),
        ("0!.0000\"万元\"", 12_345.0, "1.2345万元", false, 4),
        ("0!.00,,\"亿元\"", 2.5e8, "2.50亿元", false, 8),
        ("#,##0,,", 1e9, "1,000", false, 6),
        ("0!.0!.0", 123.0, "1.2.3", false, 0),
        ("\".\"0", 3.0, ".3", false, 0),
        ("0.0%", 0.004_5, "0.5%", true, 0),
        ("0\"%\"", 90.0, "90%", false, 0),
        ("0!%", 90.0, "90%", false, 0),
        ("#,##0", 1234.0, "1,234", false, 0),
    ];
    for (code, value, text, percent, power) in cases {
        let want = Shown { text: text.to_owned(), percent, date: None, power };
        assert_eq!(shown(code, value), want, "{value} as {code}");
    }
}

#[test]
fn tells_the_day() {
    // Both systems, days that the calendar does not have, and times, which are no days.
    let cases = [
        ("yyyy-mm-dd", 46_022.0, false, Some((2025, 12, 31))),
        ("[$-804]yyyy\"年\"m\"月\"", 46_022.9, false, Some((2025, 12, 31))),
        ("yyyy-mm-dd", 44_560.0, true, Some((2025, 12, 31))),
        ("yyyy-mm-dd", 0.0, true, Some((1904, 1, 1))),
        ("yyyy-mm-dd", 2_957_003.0, true, Some((9999, 12, 31))),
        ("yyyy-mm-dd", 2_957_004.0, true, None),
        ("yyyy-mm-dd", 59.0, false, Some((1900, 2, 28))),
        ("yyyy-mm-dd", 60.0, false, None),
        ("yyyy-mm-dd", 61.0, false, Some((1900, 3, 1))),
        ("h:mm", 46_022.5, false, None),
        ("0", 46_022.0, false, None),
    ];
    for (code, value, date1904, want) in cases {
        assert_eq!(
            NumberFormat::from_code(code).show(value, date1904).date,
            want,
            "{value} as {code}"
        );
    }
}

#[test]
fn knows_dates_from_numbers() {
    // (code, is a date, is general)
    let cases = [
        ("General", false, true),
        ("G/通用格式", false, true),
        ("@", false, true),
        ("0.00", false, false),
        ("[Red]0", false, false),
        ("\"year\"0", false, false),
        ("yyyy/m/d;@", true, false),
        ("mmm", true, false),
        ("[$-804]aaaa", true, false),
        ("h:mm", false, false),
        ("mm:ss", false, false),
        ("[m]", false, false),
        ("General\"元\"", false, false),
    ];
    for (code, date, general) in cases {
        let format = NumberFormat::from_code(code);
        assert_eq!(
            (format.show(46_022.0, false).date.is_some(), format.is_general()),
            (date, general),
            "{code}"
        );
    }
}

#[test]
fn built_in_formats_speak_chinese() {
    // The numbers that workbooks leave without a code.
    let cases = [
        (0, 12.5, "12.5"),
        (4, 1234.5, "1,234.50"),
        (7, -1234.5, "￥-1,234.50"),
        (9, 0.9, "90%"),
        (10, 0.9, "90.00%"),
        (14, 46_022.0, "2025/12/31"),
        (22, 46_022.5, "2025/12/31 12:00"),
        (27, 46_022.0, "2025年12月"),
        (28, 46_022.0, "12月31日"),
        (31, 46_022.0, "2025年12月31日"),
        (33, 0.5, "12时00分00秒"),
        (34, 0.75, "下午6时00分"),
        (37, -5.0, "(5)"),
        (43, 0.0, "-"),
        (44, 5.0, "￥5.00"),
        (49, 5.0, "5"),
        (57, 46_022.0, "2025年12月"),
        (58, 46_022.0, "12月31日"),
    ];
    for (id, value, want) in cases {
        assert_eq!(NumberFormat::from_builtin(id).unwrap().show(value, false).text, want, "{id}");
    }
    for id in [23, 26, 59, 164, u16::MAX] {
        assert_eq!(NumberFormat::from_builtin(id), None, "{id}");
    }
    for id in 1..=58 {
        let Some(format) = NumberFormat::from_builtin(id) else { continue };
        assert_eq!(format.is_general(), matches!(id, 12 | 13 | 49), "{id}");
    }
}

#[test]
fn garbage_never_panics() {
    // Pieces of codes in every order that a small generator of random numbers finds, with numbers of every size.
    const PIECES: &str = "0 # ? . , % / ; @ \" \"元\" \\ ! _ * [ ] [Red] [>=1] [< [$¥-804] [$-F800] [h] E+ E- e y yyyy m \
        mmmmm d dddd h ss AM/PM 上午/下午 General G/通用格式 [DBNum1] 万 ≥ - ( ) a aaa g b 0000000000 é 1 9 ' 𠀀";
    #[rustfmt::skip]
    const VALUES: &[f64] = &[
        0.0, -0.0, 0.9, -0.5, 12.0, 59.999_999_99, 60.0, -1234.5, 46_022.999_999_999, 2_958_465.999_999_99, 1e15, 1e21,
        -1e300, f64::MAX, f64::MIN_POSITIVE, f64::EPSILON, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 5e-324,
    ];
    let pieces = PIECES.split_whitespace().chain([" ", "\0"]).collect::<Vec<_>>();
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 33).unwrap() % below
    };
    for _ in 0..20_000 {
        let code = (0..=random(12)).map(|_| pieces[random(pieces.len())]).collect::<String>();
        let format = NumberFormat::from_code(&code);
        for _ in 0..4 {
            let value = VALUES[random(VALUES.len())];
            let shown = format.show(value, random(2) == 0);
            assert_eq!(shown.text, shown.text.trim(), "{value} as {code}");
            assert!(shown.text.len() < 2000, "{value} as {code}");
        }
    }
}
