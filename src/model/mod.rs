//! The typed return: what the form says, without cells and without files.

pub mod canonical;
pub mod entry;
pub mod field_path;
pub mod level;
pub mod money;
pub mod names;
pub mod simplified;
pub mod target;
pub mod taxonomy;
pub mod text;
pub mod totals;
pub mod year;

use entry::Entry;
use field_path::{BudgetField, TaskList};
use level::Level;
use money::{Money, Unit};
use target::Target;

/// One performance-target return of one department (部门整体预算绩效目标表).
///
/// Texts are in the normal form of [`text::clean`]; amounts are exact and in yuan; what the form leaves blank is
/// `None` or [`Entry::Blank`].
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Return {
    /// The printed title.
    pub title: Option<String>,
    /// Name of the edition of the form.
    pub edition: String,
    /// Budget year.
    pub year: Option<i32>,
    /// Level of government.
    pub level: Option<Level>,
    /// 批复单位, the finance body that approves.
    pub approver: Option<String>,
    /// 部门名称
    pub department: Option<String>,
    /// 财政供养人员数, persons.
    pub funded_headcount: Entry<u64>,
    /// 下属二级单位数
    pub subordinate_units: Entry<u64>,
    /// The units that amounts are printed in.
    pub units: Units,
    /// Which parts its form prints that not every edition has.
    pub prints: Prints,
    /// 预算整体情况
    pub budget: Budget,
    /// 总体绩效目标
    pub overall_objective: Option<String>,
    /// 年度重点工作任务
    pub key_tasks: Vec<Task>,
    /// 其他需完成的任务
    pub other_tasks: Vec<Task>,
    /// 绩效指标, merged levels filled down.
    pub indicators: Vec<Indicator>,
    /// Lines around the form that are kept: 填表人, 联系电话, 填表说明 …
    pub notes: Vec<String>,
}

impl Return {
    /// The tasks of one list.
    pub fn tasks(&self, list: TaskList) -> &[Task] {
        match list {
            TaskList::Key => &self.key_tasks,
            TaskList::Other => &self.other_tasks,
        }
    }

    /// The tasks of one list, to change them.
    pub fn tasks_mut(&mut self, list: TaskList) -> &mut Vec<Task> {
        match list {
            TaskList::Key => &mut self.key_tasks,
            TaskList::Other => &mut self.other_tasks,
        }
    }
}

/// The units in which the form prints its amounts; `None` where the edition has no such block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Units {
    /// Unit of the budget block.
    pub budget: Option<Unit>,
    /// Unit of the tasks' funding.
    pub tasks: Option<Unit>,
}

/// The parts of a form that not every edition has, as far as totals depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Prints {
    /// Parts of each total of the budget block, in the order of [`totals::Total::BUDGET`].
    pub budget: [bool; 4],
    /// A list of other tasks.
    pub other_tasks: bool,
    /// The money of a task by source.
    pub split: bool,
}

impl Default for Prints {
    fn default() -> Self {
        Self { budget: [true; 4], other_tasks: true, split: false }
    }
}

/// 预算整体情况: the eight amounts of the budget block.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Budget {
    /// 基本支出
    pub basic_expenditure: Entry<Money>,
    /// 项目支出
    pub project_expenditure: Entry<Money>,
    /// 财政拨款
    pub fiscal_appropriation: Entry<Money>,
    /// 其他资金
    pub other_funds: Entry<Money>,
    /// 财政专项资金
    pub special_funds: Entry<Money>,
    /// 其他事业发展性支出
    pub other_development: Entry<Money>,
    /// 本级使用资金
    pub own_level: Entry<Money>,
    /// 拟用于对下转移支付资金
    pub transfers: Entry<Money>,
}

impl Budget {
    /// The entry of one amount.
    pub fn get(&self, field: BudgetField) -> &Entry<Money> {
        match field {
            BudgetField::BasicExpenditure => &self.basic_expenditure,
            BudgetField::ProjectExpenditure => &self.project_expenditure,
            BudgetField::FiscalAppropriation => &self.fiscal_appropriation,
            BudgetField::OtherFunds => &self.other_funds,
            BudgetField::SpecialFunds => &self.special_funds,
            BudgetField::OtherDevelopment => &self.other_development,
            BudgetField::OwnLevel => &self.own_level,
            BudgetField::Transfers => &self.transfers,
        }
    }

    /// The entry of one amount, to change it.
    pub fn get_mut(&mut self, field: BudgetField) -> &mut Entry<Money> {
        match field {
            BudgetField::BasicExpenditure => &mut self.basic_expenditure,
            BudgetField::ProjectExpenditure => &mut self.project_expenditure,
            BudgetField::FiscalAppropriation => &mut self.fiscal_appropriation,
            BudgetField::OtherFunds => &mut self.other_funds,
            BudgetField::SpecialFunds => &mut self.special_funds,
            BudgetField::OtherDevelopment => &mut self.other_development,
            BudgetField::OwnLevel => &mut self.own_level,
            BudgetField::Transfers => &mut self.transfers,
        }
    }
}

/// A task of either list. A key task has `activities` and an `outcome`, another task has its content in
/// `activities` and no outcome.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Task {
    /// 名称, with a leading 任务一： where it is printed.
    pub name: Option<String>,
    /// 主要实施内容 of a key task, 目标内容 of another task.
    pub activities: Option<String>,
    /// 拟投入的资金
    pub funding: Entry<Money>,
    /// The parts of the funding, in editions that print them.
    pub split: Option<Split>,
    /// 期望达到的目标（概述）
    pub outcome: Option<String>,
}

impl Task {
    /// Whether nothing stands in the task.
    pub fn is_empty(&self) -> bool {
        self.name.is_none()
            && self.activities.is_none()
            && self.outcome.is_none()
            && !self.has_money()
    }

    /// Whether any amount stands in the task, readable or not.
    pub fn has_money(&self) -> bool {
        let split = self.split.as_ref();
        !self.funding.is_blank()
            || split.is_some_and(|split| {
                !split.fiscal_appropriation.is_blank() || !split.other_funds.is_blank()
            })
    }

    /// Whether any of these amounts is another than 0 or a mark that crosses it out.
    pub fn has_sum(&self) -> bool {
        let is_sum = |amount: &Entry<Money>| match amount {
            Entry::Blank => false,
            Entry::Unreadable(text) => !canonical::is_crossed_out(text),
            Entry::Known(amount) => *amount != Money::ZERO,
        };
        let split = self.split.as_ref();
        is_sum(&self.funding)
            || split.is_some_and(|split| {
                is_sum(&split.fiscal_appropriation) || is_sum(&split.other_funds)
            })
    }
}

/// The funding of a task by source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Split {
    /// 财政拨款
    pub fiscal_appropriation: Entry<Money>,
    /// 其他资金
    pub other_funds: Entry<Money>,
}

/// One indicator: a third-level name with its targets, under its first and second level.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Indicator {
    /// 一级指标; `None` only where the source names none.
    pub level1: Option<String>,
    /// 二级指标
    pub level2: Option<String>,
    /// 三级指标
    pub level3: String,
    /// 实施周期指标值, the target over the life of the programme.
    pub period_target: Option<Target>,
    /// 年度指标值
    pub annual_target: Option<Target>,
}
