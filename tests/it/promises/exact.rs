//! An amount is exact: no drift through number cells, through units, through text.

use jixiao::{
    form,
    model::{
        Return, Task,
        entry::Entry,
        money::{self, Money, Unit},
    },
    pipeline::{self, Settings},
    render::xlsx,
};
use rust_decimal::Decimal;

#[test]
fn no_amount_in_ten_thousands_with_two_decimals_drifts() {
    // Every one to 3,000.00, then steps through the range to the largest that a number cell holds.
    let small = 0..300_000_i64;
    let wide = (0..200_000_i64).map(|at| at * 49_999_999 + at % 100);
    for hundredths in small.chain(wide) {
        let decimal = Decimal::new(hundredths, 2);
        let float: f64 = decimal.to_string().parse().unwrap();
        let read = money::decimal_of(float).unwrap();
        assert_eq!(read, decimal, "{decimal} 万元 through a number cell");
        let money = Money::from_unit(read, Unit::TenThousand).unwrap();
        assert_eq!(
            money.yuan(),
            Decimal::new(hundredths, 0) * Decimal::new(100, 0),
            "{decimal} 万元 in 元"
        );
        assert_eq!(money.in_unit(Unit::TenThousand), decimal, "{decimal} 万元 back");
    }
}

#[test]
fn sums_that_floats_get_wrong_are_taken_as_excel_shows_them() {
    let cases = [
        (402.49 + 1758.31, "2160.80"),
        (2_160.799_999_999_999_7, "2160.80"),
        (0.1 + 0.2, "0.30"),
        (1.005 * 1000.0, "1005.00"),
        (-0.1 - 0.2, "-0.30"),
        (1_215.155, "1215.155"),
        (0.000_000_1, "0.0000001"),
        (999_999_999_999_999.0, "999999999999999.00"),
    ];
    for (float, want) in cases {
        let money = Money::from_unit(money::decimal_of(float).unwrap(), Unit::Yuan).unwrap();
        assert_eq!(money.to_string(), want, "{float:?}");
    }
}

#[test]
fn amounts_go_through_the_cells_of_a_workbook_unchanged() {
    let edition = form::by_name("guangdong").unwrap();
    for unit in [Unit::Yuan, Unit::Thousand, Unit::TenThousand, Unit::HundredMillion] {
        let tasks: Vec<Task> = (0..4_000_i64)
            .map(|at| Task {
                name: Some(format!("任务{at}")),
                funding: Entry::Known(
                    Money::from_yuan(Decimal::new(
                        at * 7_919_317 + 1,
                        u32::try_from(at % 5).unwrap(),
                    ))
                    .unwrap(),
                ),
                ..Task::default()
            })
            .collect();
        let mut of = edition.blank();
        of.units.tasks = Some(unit);
        of.key_tasks = tasks;
        let of = jixiao::extract::settle(of, edition).0;
        let bytes = xlsx::render(&[(&of, edition)], xlsx::Options::default()).unwrap();
        let settings = Settings { edition: Some(edition), ..Settings::default() };
        let reading = pipeline::read(&bytes, &settings).unwrap();
        let back: &Return = &reading.returns[0].of;
        for (want, got) in of.key_tasks.iter().zip(&back.key_tasks) {
            assert_eq!(
                want.funding,
                got.funding,
                "{} in {}",
                want.name.as_deref().unwrap(),
                unit.name()
            );
        }
        assert_eq!(of.key_tasks.len(), back.key_tasks.len());
    }
}

#[test]
fn an_amount_of_more_than_fifteen_digits_is_unreadable_and_its_text_kept() {
    let text = crate::sample::broken("402.49", "1234567890.1234567");
    let reading = pipeline::read(text.as_bytes(), &Settings::default()).unwrap();
    let found = &reading.returns[0];
    assert_eq!(found.of.budget.basic_expenditure, Entry::Unreadable("1234567890.1234567".into()));
    assert!(found.diagnostics.iter().any(|finding| finding.code.id == "V101"));
}
