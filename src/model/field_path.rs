//! Names of the fields: what a message or the map of unreadable values speaks of.

use std::fmt;

/// A field of the form that stands once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The form's title.
    Title,
    /// The budget year.
    Year,
    /// The level of government.
    Level,
    /// 批复单位
    Approver,
    /// 部门名称
    Department,
    /// 财政供养人员数
    FundedHeadcount,
    /// 下属二级单位数
    SubordinateUnits,
    /// An amount of the budget block.
    Budget(BudgetField),
    /// 总体绩效目标
    OverallObjective,
}

impl Field {
    /// The field's name in JSON and in edition files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Year => "year",
            Self::Level => "level",
            Self::Approver => "approver",
            Self::Department => "department",
            Self::FundedHeadcount => "funded_headcount",
            Self::SubordinateUnits => "subordinate_units",
            Self::Budget(field) => field.name(),
            Self::OverallObjective => "overall_objective",
        }
    }

    /// The field of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        const PLAIN: [Field; 8] = [
            Field::Title,
            Field::Year,
            Field::Level,
            Field::Approver,
            Field::Department,
            Field::FundedHeadcount,
            Field::SubordinateUnits,
            Field::OverallObjective,
        ];
        let plain = PLAIN.into_iter().find(|field| field.name() == name);
        plain.or_else(|| BudgetField::from_name(name).map(Self::Budget))
    }
}

/// An amount of the budget block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BudgetField {
    /// 基本支出
    BasicExpenditure,
    /// 项目支出
    ProjectExpenditure,
    /// 财政拨款
    FiscalAppropriation,
    /// 其他资金
    OtherFunds,
    /// 财政专项资金
    SpecialFunds,
    /// 其他事业发展性支出
    OtherDevelopment,
    /// 本级使用资金
    OwnLevel,
    /// 拟用于对下转移支付资金
    Transfers,
}

impl BudgetField {
    /// Every amount of the block, in the order of the printed form.
    pub const ALL: [Self; 8] = [
        Self::BasicExpenditure,
        Self::ProjectExpenditure,
        Self::FiscalAppropriation,
        Self::OtherFunds,
        Self::SpecialFunds,
        Self::OtherDevelopment,
        Self::OwnLevel,
        Self::Transfers,
    ];

    /// The amount's name in JSON and in edition files.
    pub fn name(self) -> &'static str {
        match self {
            Self::BasicExpenditure => "basic_expenditure",
            Self::ProjectExpenditure => "project_expenditure",
            Self::FiscalAppropriation => "fiscal_appropriation",
            Self::OtherFunds => "other_funds",
            Self::SpecialFunds => "special_funds",
            Self::OtherDevelopment => "other_development",
            Self::OwnLevel => "own_level",
            Self::Transfers => "transfers",
        }
    }

    /// The amount of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// One of the two lists of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskList {
    /// 年度重点工作任务
    Key,
    /// 其他需完成的任务
    Other,
}

impl TaskList {
    /// The list's name in JSON and in edition files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Key => "key_tasks",
            Self::Other => "other_tasks",
        }
    }
}

/// A column of the two task lists and of the indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Name of a task.
    Name,
    /// 主要实施内容 of a key task.
    Activities,
    /// 目标内容 of another task.
    Content,
    /// 拟投入的资金, or the whole amount where the money is split.
    Funding,
    /// 财政拨款 of a task.
    FiscalAppropriation,
    /// 其他资金 of a task.
    OtherFunds,
    /// 期望达到的目标 of a key task.
    Outcome,
    /// 一级指标
    Level1,
    /// 二级指标
    Level2,
    /// 三级指标
    Level3,
    /// 实施周期指标值
    PeriodTarget,
    /// 年度指标值; only its value where sign and unit have columns of their own.
    AnnualTarget,
    /// 计算符号, the sign of the year's target.
    TargetSign,
    /// 计量单位, the unit of the year's target.
    TargetUnit,
}

impl Column {
    const ALL: [Self; 14] = [
        Self::Name,
        Self::Activities,
        Self::Content,
        Self::Funding,
        Self::FiscalAppropriation,
        Self::OtherFunds,
        Self::Outcome,
        Self::Level1,
        Self::Level2,
        Self::Level3,
        Self::PeriodTarget,
        Self::AnnualTarget,
        Self::TargetSign,
        Self::TargetUnit,
    ];

    /// The column's name in JSON and in edition files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Activities => "activities",
            Self::Content => "content",
            Self::Funding => "funding",
            Self::FiscalAppropriation => "fiscal_appropriation",
            Self::OtherFunds => "other_funds",
            Self::Outcome => "outcome",
            Self::Level1 => "level1",
            Self::Level2 => "level2",
            Self::Level3 => "level3",
            Self::PeriodTarget => "period_target",
            Self::AnnualTarget => "annual_target",
            Self::TargetSign => "operator",
            Self::TargetUnit => "unit",
        }
    }

    /// The column of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Whether the column holds an amount.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Funding | Self::FiscalAppropriation | Self::OtherFunds)
    }
}

/// The path of a field in the JSON of a return: `budget.basic_expenditure`, `key_tasks[2].funding`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldPath {
    /// The return as a whole.
    Whole,
    /// A field that stands once.
    Field(Field),
    /// A total, as computed.
    Total(super::totals::Total),
    /// One list of tasks.
    Tasks(TaskList),
    /// A column of a task; tasks count from 0.
    Task(TaskList, usize, Column),
    /// All the indicators.
    Indicators,
    /// A column of an indicator; indicators count from 0.
    Indicator(usize, Column),
    /// A note; notes count from 0.
    Note(usize),
}

impl From<BudgetField> for FieldPath {
    fn from(field: BudgetField) -> Self {
        Self::Field(Field::Budget(field))
    }
}

impl From<Field> for FieldPath {
    fn from(field: Field) -> Self {
        Self::Field(field)
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => f.write_str("return"),
            Self::Field(Field::Budget(field)) => write!(f, "budget.{}", field.name()),
            Self::Field(field) => f.write_str(field.name()),
            Self::Total(total) => write!(f, "totals.{}", total.name()),
            Self::Tasks(list) => f.write_str(list.name()),
            Self::Task(list, index, column) => {
                write!(f, "{}[{index}].{}", list.name(), column.name())
            }
            Self::Indicators => f.write_str("indicators"),
            Self::Indicator(index, column) => write!(f, "indicators[{index}].{}", column.name()),
            Self::Note(index) => write!(f, "notes[{index}]"),
        }
    }
}

impl std::str::FromStr for FieldPath {
    type Err = UnknownPath;

    fn from_str(text: &str) -> Result<Self, UnknownPath> {
        if let Some(name) = text.strip_prefix("budget.") {
            return BudgetField::from_name(name).map(Self::from).ok_or(UnknownPath);
        }
        let Some((list, rest)) = text.split_once('[') else {
            let field = Field::from_name(text).filter(|field| !matches!(field, Field::Budget(_)));
            return field.map(Self::Field).ok_or(UnknownPath);
        };
        let (index, column) = rest.split_once("].").ok_or(UnknownPath)?;
        let digits = !index.is_empty() && index.bytes().all(|byte| byte.is_ascii_digit());
        let index = digits.then(|| index.parse().ok()).flatten().ok_or(UnknownPath)?;
        let column = Column::from_name(column).ok_or(UnknownPath)?;
        match list {
            "key_tasks" => Ok(Self::Task(TaskList::Key, index, column)),
            "other_tasks" => Ok(Self::Task(TaskList::Other, index, column)),
            "indicators" => Ok(Self::Indicator(index, column)),
            _ => Err(UnknownPath),
        }
    }
}

/// The text names no field of a return.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPath;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_print_and_read_back() {
        // Every shape of path that the map of unreadable values can carry.
        for text in [
            "funded_headcount",
            "budget.other_funds",
            "key_tasks[2].funding",
            "other_tasks[0].fiscal_appropriation",
            "indicators[13].annual_target",
        ] {
            assert_eq!(text.parse::<FieldPath>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn unknown_paths_are_refused() {
        for text in ["", "basic_expenditure", "budget.x", "key_tasks[-1].funding", "tasks[0].name"]
        {
            assert!(text.parse::<FieldPath>().is_err(), "{text}");
        }
    }
}
