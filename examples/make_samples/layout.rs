//! The official form of a department on paper: six columns, its merges, every value as typed.

use crate::{
    department::{Department, Indicator, Task},
    paper::{Content, Paper, sum},
};

/// Lays a department's return out as the official form.
pub(crate) fn official(of: &Department) -> Paper {
    let mut form = Form { paper: Paper::default(), row: 0, totals: of.edition == "guangdong" };
    form.head(of);
    form.budget(of);
    form.wide("总体绩效目标", &of.objective);
    form.key_tasks(of);
    form.other_tasks(of);
    form.indicators(&of.indicators);
    for note in &of.notes {
        form.line(&[(0, 5, note)]);
    }
    form.paper
}

/// A form that grows row by row.
struct Form {
    paper: Paper,
    row: u32,
    totals: bool,
}

impl Form {
    /// A row of cells: first column, last column, what is typed.
    fn line(&mut self, cells: &[(u32, u32, &str)]) {
        for (first, last, typed) in cells {
            self.paper.place((self.row, self.row), (*first, *last), Content::typed(typed));
        }
        self.row += 1;
    }

    /// The label of the block that began in row `first` and ends above the current row.
    fn block(&mut self, first: u32, label: &str) {
        if first < self.row {
            self.paper.place((first, self.row - 1), (0, 0), Content::Text(label.to_owned()));
        }
    }

    fn wide(&mut self, label: &str, value: &str) {
        self.line(&[(0, 0, label), (1, 5, value)]);
    }

    fn head(&mut self, of: &Department) {
        self.line(&[(0, 5, &of.title)]);
        let approver = format!("批复单位：{}", of.approver);
        match of.year.filter(|year| !of.title.contains(&year.to_string())) {
            Some(year) => self.line(&[(0, 3, &approver), (4, 5, &format!("（{year}年度）"))]),
            None => self.line(&[(0, 5, &approver)]),
        }
        self.wide("部门名称", &of.name);
        self.line(&[
            (0, 0, "基本信息"),
            (1, 1, "财政供养人员数"),
            (2, 2, &of.headcount),
            (3, 3, "下属二级单位数"),
            (4, 5, &of.units),
        ]);
    }

    fn budget(&mut self, of: &Department) {
        let first = self.row;
        let typed = &of.budget;
        let mut half = |heads: [&str; 2], left: [&str; 2], right: [&str; 2], values: &[String]| {
            let amount = "预算金额（万元）";
            self.line(&[(1, 1, heads[0]), (2, 2, amount), (3, 3, heads[1]), (4, 5, amount)]);
            for (at, (left, right)) in left.into_iter().zip(right).enumerate() {
                self.line(&[
                    (1, 1, left),
                    (2, 2, &values[at]),
                    (3, 3, right),
                    (4, 5, &values[at + 2]),
                ]);
            }
            if self.totals {
                let (left, right) = (sum(values[..2].iter()), sum(values[2..4].iter()));
                self.line(&[(1, 1, "合计"), (2, 2, &left), (3, 3, "合计"), (4, 5, &right)]);
            }
        };
        half(
            ["部门预算支出", "收入来源"],
            ["基本支出", "项目支出"],
            ["财政拨款", "其他资金"],
            &typed[..4],
        );
        half(
            ["事业发展性支出", "按预算级次划分"],
            ["财政专项资金", "其他事业发展性支出"],
            [of.own_level, "拟用于对下转移支付资金"],
            &typed[4..],
        );
        self.block(first, "预算整体情况");
    }

    fn key_tasks(&mut self, of: &Department) {
        let first = self.row;
        let funding = format!("拟投入的资金（{}）", of.task_unit);
        self.line(&[
            (1, 1, "名称"),
            (2, 2, "主要实施内容"),
            (3, 3, &funding),
            (4, 5, "期望达到的目标（概述）"),
        ]);
        for task in &of.key_tasks {
            self.line(&[
                (1, 1, &task.name),
                (2, 2, &task.activities),
                (3, 3, &task.funding),
                (4, 5, &task.outcome),
            ]);
        }
        if self.totals {
            self.line(&[(1, 1, "合计"), (2, 2, ""), (3, 3, &total(&of.key_tasks)), (4, 5, "")]);
        }
        self.block(first, "年度重点工作任务");
    }

    fn other_tasks(&mut self, of: &Department) {
        let first = self.row;
        let funding = format!("拟投入的资金（{}）", of.task_unit);
        self.line(&[(1, 1, "名称"), (2, 3, "目标内容"), (4, 5, &funding)]);
        for task in &of.other_tasks {
            self.line(&[(1, 1, &task.name), (2, 3, &task.activities), (4, 5, &task.funding)]);
        }
        if self.totals {
            self.line(&[(1, 1, "合计"), (2, 3, ""), (4, 5, &total(&of.other_tasks))]);
        }
        self.block(first, "其他需完成的任务（可选填）");
    }

    fn indicators(&mut self, rows: &[Indicator]) {
        let first = self.row;
        self.line(&[
            (1, 1, "一级指标"),
            (2, 2, "二级指标"),
            (3, 3, "三级指标"),
            (4, 4, "实施周期指标值"),
            (5, 5, "年度指标值"),
        ]);
        let start = self.row;
        for row in rows {
            for (col, typed) in [(3, &row.level3), (4, &row.period), (5, &row.annual)] {
                self.paper.place((self.row, self.row), (col, col), Content::Text(typed.clone()));
            }
            self.row += 1;
        }
        self.levels(start, 1, rows, |row| &row.level1);
        self.levels(start, 2, rows, |row| &row.level2);
        self.block(first, "绩效指标");
    }

    /// Level names, each merged down to the next one.
    fn levels(
        &mut self,
        start: u32,
        col: u32,
        rows: &[Indicator],
        level: fn(&Indicator) -> &String,
    ) {
        let mut row = start;
        let mut rest = rows;
        while let Some(name) = rest.first().map(level) {
            let more = rest[1..].iter().take_while(|row| level(row).is_empty());
            let more = more.take_while(|row| col == 1 || row.level1.is_empty()).count();
            let last = row + u32::try_from(more).unwrap_or(0);
            self.paper.place((row, last), (col, col), Content::Text(name.clone()));
            rest = &rest[more + 1..];
            row = last + 1;
        }
    }
}

fn total(tasks: &[Task]) -> String {
    sum(tasks.iter().map(|task| &task.funding))
}
