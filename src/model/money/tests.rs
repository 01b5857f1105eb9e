use proptest::prelude::*;

use super::*;

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap()
}

fn yuan(text: &str) -> Money {
    Money::from_yuan(decimal(text)).unwrap()
}

const UNITS: [Unit; 4] = [Unit::Yuan, Unit::Thousand, Unit::TenThousand, Unit::HundredMillion];

#[test]
fn prints_two_decimals_and_no_less_than_the_value() {
    // Zeros, signs, decimals beyond fen, separators, and what 万元 with two decimals would lose.
    let cases = [
        ("0", "0.00", "0.00", "0.00"),
        ("-0.00", "0.00", "0.00", "0.00"),
        ("-12.5", "-12.50", "-12.50", "-0.00125"),
        ("39000000.01", "39000000.01", "39,000,000.01", "3,900.000001"),
        ("12151550", "12151550.00", "12,151,550.00", "1,215.155"),
        ("100", "100.00", "100.00", "0.01"),
        ("-1000.125000", "-1000.125", "-1,000.125", "-0.1000125"),
        ("9725000.0", "9725000.00", "9,725,000.00", "972.50"),
        (
            "100000000000000000000",
            "100000000000000000000.00",
            "100,000,000,000,000,000,000.00",
            "10,000,000,000,000,000.00",
        ),
    ];
    for (text, plain, in_yuan, in_wan) in cases {
        let money = yuan(text);
        assert_eq!(money.to_string(), plain, "{text}");
        assert_eq!(money.printed(Unit::Yuan), in_yuan, "{text}");
        assert_eq!(money.printed(Unit::TenThousand), in_wan, "{text}");
    }
}

#[test]
fn more_than_fifteen_digits_are_no_amount() {
    // Zeros at either end do not count; what can't be shown in 亿元 is refused, and so is what is too large.
    let cases = [
        ("123456789012345", true),
        ("1234567890123456", false),
        ("1234567890123450000", true),
        ("12345678901234.50", true),
        ("12345678901234.56", false),
        ("0.00000000000000000001", true),
        ("0.000000000000000000001", false),
        ("70000000000000000000000000000", true),
    ];
    for (text, fits) in cases {
        assert_eq!(Money::from_yuan(decimal(text)).is_some(), fits, "{text}");
    }
    assert_eq!(Money::from_unit(decimal("70000000000000000000000000000"), Unit::Thousand), None);
    assert_eq!(
        yuan("-0.00").in_unit(Unit::Yuan).to_string(),
        "0",
        "no sign for the spreadsheet either"
    );
    assert_eq!(significant_digits(decimal("-0.0120")), 2);
    assert_eq!(significant_digits(Decimal::ZERO), 0);
}

#[test]
fn sums_are_exact_or_none() {
    let sum = yuan("123456789012345").checked_add(yuan("0.125")).unwrap();
    assert_eq!(sum.to_string(), "123456789012345.125");
    assert_eq!(sum.checked_sub(sum), Some(Money::ZERO));
    assert_eq!(yuan("0.5").checked_add(yuan("0.5")), Some(yuan("1")));
    let large = yuan("70000000000000000000000000000");
    assert_eq!(large.checked_add(large), None);
    assert_eq!(large.checked_add(yuan("0.1")), None, "would be rounded");
    assert_eq!(large.to_string(), "70000000000000000000000000000.00");
    let long = yuan("700000000").checked_add(yuan("0.00000000000000000001")).unwrap();
    assert_eq!(long.in_unit(Unit::HundredMillion).to_string(), "7.0000000000000000000000000001");
    assert_eq!(large.in_unit(Unit::HundredMillion).to_string(), "700000000000000000000");
    assert_eq!(yuan("-0.01").abs(), yuan("0.01"));
    assert!(yuan("-0.01").is_negative() && !yuan("-0.00").is_negative());
}

#[test]
fn number_cells_count_fifteen_digits() {
    let cases = [
        (2_160.799_999_999_999_7, Some("2160.8")),
        (0.1 + 0.2, Some("0.3")),
        (-0.0, Some("0")),
        (12_151_550.0, Some("12151550")),
        (1e22, Some("10000000000000000000000")),
        (1e28, Some("10000000000000000000000000000")),
        (1e29, None),
        (1e-28, Some("0.0000000000000000000000000001")),
        (1.5e-28, None),
        (5e-324, None),
        (f64::MAX, None),
        (f64::NAN, None),
        (f64::NEG_INFINITY, None),
    ];
    for (float, want) in cases {
        assert_eq!(decimal_of(float).map(|of| of.to_string()).as_deref(), want, "{float:e}");
    }
    assert_eq!(scaled_down(decimal("12000"), 3), Some(decimal("12")));
    assert_eq!(scaled_down(decimal("0.1"), 28), None);
    assert_eq!(scaled_down(Decimal::ONE, u32::MAX), None);
}

#[test]
fn knows_the_names_of_units() {
    for unit in UNITS {
        assert_eq!(Unit::from_name(unit.name()), Some(unit));
        assert_eq!(Unit::from_name(&format!("人民币{}", unit.name())), Some(unit));
    }
    assert_eq!(
        [Unit::from_name("万"), Unit::from_name("億元")],
        [Some(Unit::TenThousand), Some(Unit::HundredMillion)]
    );
    assert_eq!(
        [
            Unit::from_name(""),
            Unit::from_name("人民币"),
            Unit::from_name("百万元"),
            Unit::from_name("个")
        ],
        [None; 4]
    );
}

#[test]
fn two_decimals_of_wan_survive_a_spreadsheet() {
    for cents in (0..40_000_000_000_i64).step_by(199_999).chain(0..100_000) {
        let number = Decimal::new(cents, 2);
        let money = Money::from_unit(number, Unit::TenThousand).unwrap();
        assert_eq!(money.in_unit(Unit::TenThousand), number);
        let printed = money.printed(Unit::TenThousand);
        assert_eq!(decimal(&printed.replace(',', "")), number, "{printed}");
        assert_eq!(
            decimal_of(printed.replace(',', "").parse().unwrap()),
            Some(number),
            "{printed}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_amount_is_exact_in_every_unit(digits in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0..=12_u32) {
        let number = Decimal::new(digits, scale);
        for unit in UNITS {
            let money = Money::from_unit(number, unit).unwrap();
            prop_assert_eq!(money.in_unit(unit), number);
            prop_assert_eq!(Money::from_unit(decimal(&money.printed(unit).replace(',', "")), unit), Some(money));
            prop_assert_eq!(Money::from_yuan(decimal(&money.to_string())), Some(money));
        }
        prop_assert_eq!(decimal_of(number.to_string().parse().unwrap()), Some(number));
    }
}

#[test]
fn a_number_with_more_digits_than_a_spreadsheet_keeps_is_known_as_such() {
    let cases = [
        ("123456789012.345678", Some(18)),
        ("-1,234,567,890,123,456", Some(16)),
        ("0.001234567890123456", Some(16)),
        ("1234567890123456000.000", Some(16)),
        ("1234567890123456789012345678901234567890", Some(39)),
        ("123456789012.345", None),
        ("1234567890123450000", None),
        ("约1234567890123456", None),
        ("1234567890123456.", None),
        (".1234567890123456", None),
        ("", None),
    ];
    for (text, digits) in cases {
        assert_eq!(excess_digits(text), digits, "{text}");
    }
}

#[test]
fn a_sum_of_many_digits_is_known_by_its_text_and_by_what_a_cell_keeps_of_it() {
    let sum = yuan("99999999999999.9").checked_add(yuan("99999999999999.9")).unwrap();
    for (text, unit, stated) in [
        ("199999999999999.80", Unit::Yuan, true),
        ("199,999,999,999,999.8", Unit::Yuan, true),
        ("19,999,999,999.99998", Unit::TenThousand, true),
        ("19,999,999,999.99999", Unit::TenThousand, false),
        ("199999999999999.80", Unit::TenThousand, false),
        ("约199999999999999.80", Unit::Yuan, false),
    ] {
        assert_eq!(sum.is_stated_by(text, unit), stated, "{text}");
    }
    assert_eq!(sum.kept_in_cell(Unit::Yuan), Some(yuan("200000000000000")));
    assert_eq!(yuan("39000000.01").kept_in_cell(Unit::TenThousand), Some(yuan("39000000.01")));
}
