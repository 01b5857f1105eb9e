//! Two totals that must agree: what the identity rules share.

use super::{Subject, rounding};
use crate::{
    diagnostic::{Code, Diagnostic, Severity},
    model::{
        field_path::FieldPath,
        money::Unit,
        totals::{Total, total},
    },
};

/// Compares two totals, if the edition demands that they agree and both are known.
pub(super) fn compare(
    subject: &Subject<'_>,
    code: &'static Code,
    one: Total,
    other: Total,
) -> Option<Diagnostic> {
    let demanded =
        subject.identities.equal.iter().any(|pair| *pair == (one, other) || *pair == (other, one));
    if !demanded {
        return None;
    }
    let (first, second) = (total(subject.of, one).known()?, total(subject.of, other).known()?);
    if first == second {
        return None;
    }
    let unit = subject.of.units.budget.unwrap_or(Unit::TenThousand);
    let difference = first.checked_sub(second)?;
    let slight = difference.abs() <= rounding(one.parts().len() + other.parts().len(), unit);
    let (a, b) = (words(one), words(other));
    let (first, second, difference) =
        (first.printed(unit), second.printed(unit), difference.printed(unit));
    let unit = unit.name();
    let message = message!(
        "{a} is {first} {unit} but {b} is {second} {unit}, a difference of {difference}",
        "{a} 合计 {first} {unit}，{b} 合计 {second} {unit}，相差 {difference}"
    );
    let severity = if slight { Severity::Warning } else { code.severity };
    Some(code.at(FieldPath::Total(one), message).as_severity(severity))
}

/// The sum in the form's own words.
pub(super) fn words(total: Total) -> &'static str {
    match total {
        Total::Expenditure => "基本支出＋项目支出",
        Total::Income => "财政拨款＋其他资金",
        Total::Development => "财政专项资金＋其他事业发展性支出",
        Total::ByLevel => "本级使用资金＋对下转移支付",
        Total::KeyTasks => "年度重点工作任务资金",
        Total::OtherTasks => "其他任务资金",
        Total::Tasks => "全部任务资金",
        Total::TasksFiscalAppropriation => "任务财政拨款",
        Total::TasksOtherFunds => "任务其他资金",
    }
}
