//! The national form, 部门（单位）整体支出绩效目标申报表, as provinces lay it out: columns A to H, departments at D3 or below.

use crate::{
    Result,
    package::{Sheet, workbook, xlsx},
    paper::{Content, Paper},
};

/// One return of the national form, every value as typed.
#[derive(Clone)]
struct National {
    title: &'static str,
    year: &'static str,
    department: String,
    /// Name, content, 总额, 财政拨款, 其他资金.
    tasks: Vec<[String; 5]>,
    /// 金额合计 as typed.
    totals: [String; 3],
    objective: String,
    /// First level, second level, name, sign, value, unit; levels that the row above states are empty, a second level
    /// that is missing is `—`.
    indicators: Vec<[String; 6]>,
    /// Rows left blank under the title.
    gap: u32,
    /// The head of a task's whole amount.
    whole: &'static str,
}

const TITLE: &str = "部门（单位）整体支出绩效目标申报表";

fn culture() -> National {
    National {
        title: TITLE,
        year: "（2020年度）",
        department: "岭江省文化和旅游厅".to_owned(),
        tasks: tasks(&[
            ["公共文化服务", "开放公共图书馆、文化馆和美术馆，送戏下乡，培训基层文化人员。", "3260.50", "3100.50", "160.00"],
            ["文物保护", "修缮省级以上文物保护单位，完成可移动文物数字化采集。", "1875.00", "1875.00", "0.00"],
            ["旅游市场推广", "参加境内外旅游交易会，办好省旅游产业发展大会。", "940.25", "720.00", "220.25"],
        ]),
        totals: ["6075.75", "5695.50", "380.25"].map(str::to_owned),
        objective: "目标1：公共文化设施免费开放，服务人次稳步增加。\n目标2：文物得到妥善保护，数字化采集按计划完成。\n目标3：全省旅游市场平稳有序。".to_owned(),
        indicators: indicators(&[
            ["产出指标", "数量指标", "送戏下乡场次", "≥", "1200", "场"],
            ["", "", "文物数字化采集数量", "≥", "3500", "件"],
            ["", "质量指标", "文物修缮工程验收合格率", "=", "100", "%"],
            ["", "时效指标", "修缮工程完成时间", "", "2020年12月底前", ""],
            ["", "成本指标", "送戏下乡单场成本", "≤", "5000", "元/场"],
            ["效益指标", "社会效益指标", "公共文化设施服务人次", "≥", "800", "万人次"],
            ["", "可持续影响指标", "基层文化队伍水平", "定性", "优", ""],
            ["满意度指标", "服务对象满意度指标", "观众和游客满意度", "≥", "90", "%"],
        ]),
        gap: 0,
        whole: "总额",
    }
}

fn tasks(rows: &[[&str; 5]]) -> Vec<[String; 5]> {
    rows.iter().map(|row| row.map(str::to_owned)).collect()
}

fn indicators(rows: &[[&str; 6]]) -> Vec<[String; 6]> {
    rows.iter().map(|row| row.map(str::to_owned)).collect()
}

/// Columns of the two layouts of tasks and indicators: first and last of each.
struct Columns {
    tasks: [(u32, u32); 2],
    levels: [(u32, u32); 3],
    three: bool,
}

const ONE_TARGET: Columns =
    Columns { tasks: [(1, 2), (3, 4)], levels: [(1, 2), (3, 4), (5, 5)], three: false };
const THREE_COLUMNS: Columns =
    Columns { tasks: [(1, 3), (4, 4)], levels: [(1, 1), (2, 3), (4, 4)], three: true };

/// Lays a return out.
fn laid_out(of: &National, columns: &Columns) -> Paper {
    let mut page = Page { paper: Paper::default(), row: 0 };
    page.line(&[((0, 7), of.title)]);
    page.line(&[((0, 7), of.year)]);
    page.row += of.gap;
    page.line(&[((0, 2), "部门（单位）名称"), ((3, 7), &of.department)]);
    page.tasks(of, columns);
    page.line(&[((0, 0), "年度总体目标"), ((1, 7), &of.objective)]);
    page.indicators(of, columns);
    page.paper
}

struct Page {
    paper: Paper,
    row: u32,
}

impl Page {
    fn line(&mut self, cells: &[((u32, u32), &str)]) {
        for (cols, typed) in cells.iter().filter(|(_, typed)| !typed.is_empty()) {
            self.paper.place((self.row, self.row), *cols, Content::typed(typed));
        }
        self.row += 1;
    }

    fn tall(&mut self, rows: u32, cols: (u32, u32), text: &str) {
        self.paper.place((self.row, self.row + rows - 1), cols, Content::Text(text.to_owned()));
    }

    fn block(&mut self, first: u32, label: &str) {
        self.paper.place((first, self.row - 1), (0, 0), Content::Text(label.to_owned()));
    }

    fn tasks(&mut self, of: &National, columns: &Columns) {
        let first = self.row;
        self.tall(2, columns.tasks[0], "任务名称");
        self.tall(2, columns.tasks[1], "主要内容");
        self.line(&[((5, 7), "预算金额（万元）")]);
        self.line(&[((5, 5), of.whole), ((6, 6), "财政拨款"), ((7, 7), "其他资金")]);
        for [name, content, whole, fiscal, other] in &of.tasks {
            self.line(&[
                (columns.tasks[0], name),
                (columns.tasks[1], content),
                ((5, 5), whole),
                ((6, 6), fiscal),
                ((7, 7), other),
            ]);
        }
        let [whole, fiscal, other] = &of.totals;
        self.line(&[((1, 4), "金额合计"), ((5, 5), whole), ((6, 6), fiscal), ((7, 7), other)]);
        self.block(first, "年度主要任务");
    }

    fn indicators(&mut self, of: &National, columns: &Columns) {
        let first = self.row;
        let [one, two, three] = columns.levels;
        let mut head = vec![(one, "一级指标"), (two, "二级指标"), (three, "三级指标")];
        if columns.three {
            head.extend([((5, 5), "计算符号"), ((6, 6), "指标值"), ((7, 7), "计量单位")]);
        } else {
            head.push(((6, 7), "指标值"));
        }
        self.line(&head);
        for (at, row) in of.indicators.iter().enumerate() {
            let [level1, level2, name, sign, value, unit] = row;
            let more = |col: usize| {
                let rest = of.indicators[at + 1..].iter();
                let same = rest.take_while(|row| row[col].is_empty() && row[0].is_empty()).count();
                u32::try_from(same).unwrap_or(0) + 1
            };
            if !level1.is_empty() {
                let wide = if level2 == "—" { (one.0, two.1) } else { one };
                self.tall(more(0), wide, level1);
            }
            if !level2.is_empty() && level2 != "—" {
                self.tall(more(1), two, level2);
            }
            if columns.three {
                self.line(&[(three, name), ((5, 5), sign), ((6, 6), value), ((7, 7), unit)]);
            } else {
                let sign = if sign == "定性" { "" } else { sign };
                self.line(&[(three, name), ((6, 7), &format!("{sign}{value}{unit}"))]);
            }
        }
        self.block(first, "年度绩效指标");
    }
}

/// A sound return, two rows left blank under its title.
pub(crate) fn sound() -> Result<Vec<u8>> {
    xlsx(&laid_out(&National { gap: 2, ..culture() }, &ONE_TARGET))
}

/// The same return with its targets in three columns.
pub(crate) fn three_columns() -> Result<Vec<u8>> {
    xlsx(&laid_out(&culture(), &THREE_COLUMNS))
}

/// Four first levels, the last without a second level; other wordings of the heads.
pub(crate) fn four_levels() -> Result<Vec<u8>> {
    let mut of = National { whole: "资金总额", ..culture() };
    let cost = of.indicators.remove(4);
    let [_, _, name, sign, value, unit] = cost;
    of.indicators
        .insert(4, ["成本指标".to_owned(), "经济成本指标".to_owned(), name, sign, value, unit]);
    "—".clone_into(&mut of.indicators[7][1]);
    xlsx(&laid_out(&of, &ONE_TARGET))
}

/// What goes wrong: parts that don't add up, a typed 金额合计 that differs, an amount that can't be read, a unit that the
/// form does not print, rows that were never filled in.
pub(crate) fn faults() -> Result<Vec<u8>> {
    let mut of = culture();
    "1785.00".clone_into(&mut of.tasks[1][3]);
    "约220".clone_into(&mut of.tasks[2][4]);
    of.tasks.extend(tasks(&[["任务4", "", "", "", ""], ["……", "", "", "", ""]]));
    of.totals = ["6075.75", "5695.50", "480.25"].map(str::to_owned);
    "指标1：送戏下乡场次".clone_into(&mut of.indicators[0][2]);
    of.indicators.insert(2, ["", "", "指标3：", "", "", ""].map(str::to_owned));
    of.indicators.insert(3, ["", "", "……", "", "", ""].map(str::to_owned));
    xlsx(&laid_out(&of, &ONE_TARGET))
}

/// The booklet of a province: a table of contents, thirty departments on sheets named by number, and a sheet of remarks.
pub(crate) fn province() -> Result<Vec<u8>> {
    let names: Vec<String> = FIELDS.iter().map(|field| format!("岭江省{field}")).collect();
    let mut contents = Paper::default();
    contents.place((0, 0), (0, 2), Content::Text("目  录".to_owned()));
    for (col, head) in (0..).zip(["序号", "部门名称", "页码"]) {
        contents.place((1, 1), (col, col), Content::Text(head.to_owned()));
    }
    let mut papers = Vec::new();
    for (at, name) in (0_u32..).zip(&names) {
        let row = at + 2;
        contents.place((row, row), (0, 0), Content::typed(&(at + 1).to_string()));
        contents.place((row, row), (1, 1), Content::Text(name.clone()));
        contents.place((row, row), (2, 2), Content::typed(&(at * 2 + 1).to_string()));
        papers.push(laid_out(&numbered(at, name), &ONE_TARGET));
    }
    let mut remarks = Paper::default();
    for (row, line) in (0..).zip(["编制说明", "一、范围", "本册收录省级部门三十家。"])
    {
        remarks.place((row, row), (0, 0), Content::Text(line.to_owned()));
    }
    let numbers: Vec<String> = (1..=papers.len()).map(|number| number.to_string()).collect();
    let mut sheets = vec![Sheet { name: "目录", paper: &contents, hidden: false }];
    for (name, paper) in numbers.iter().zip(&papers) {
        sheets.push(Sheet { name, paper, hidden: false });
    }
    sheets.push(Sheet { name: "说明", paper: &remarks, hidden: false });
    workbook(&sheets)
}

/// What the departments of the booklet are for.
const FIELDS: [&str; 30] = [
    "发展和改革委员会",
    "教育厅",
    "科学技术厅",
    "工业和信息化厅",
    "民族宗教事务委员会",
    "公安厅",
    "民政厅",
    "司法厅",
    "财政厅",
    "人力资源和社会保障厅",
    "自然资源厅",
    "生态环境厅",
    "住房和城乡建设厅",
    "交通运输厅",
    "水利厅",
    "农业农村厅",
    "商务厅",
    "文化和旅游厅",
    "卫生健康委员会",
    "退役军人事务厅",
    "应急管理厅",
    "审计厅",
    "市场监督管理局",
    "广播电视局",
    "体育局",
    "统计局",
    "医疗保障局",
    "林业局",
    "档案馆",
    "地震局",
];

/// A small sound return whose figures follow from its number.
fn numbered(at: u32, name: &str) -> National {
    let (fiscal, other) = (at * 35 + 120, at % 4 * 10);
    let amounts = |fiscal: u32, other: u32| {
        [fiscal + other, fiscal, other].map(|amount| format!("{amount}.00"))
    };
    let [whole, part, rest] = amounts(fiscal, other);
    let second = amounts(60, 0);
    let field = name.trim_start_matches("岭江省");
    National {
        department: name.to_owned(),
        tasks: vec![
            [
                "履行主要职责".to_owned(),
                format!("按年度计划完成{field}各项业务。"),
                whole,
                part,
                rest,
            ],
            [
                "队伍建设".to_owned(),
                "组织业务培训，更新办公系统。".to_owned(),
                second[0].clone(),
                second[1].clone(),
                second[2].clone(),
            ],
        ],
        totals: amounts(fiscal + 60, other),
        objective: format!("目标1：完成{field}年度任务。目标2：提高服务水平。"),
        indicators: indicators(&[
            ["产出指标", "数量指标", "业务培训场次", "≥", "4", "场"],
            ["", "质量指标", "年度任务完成率", "≥", "95", "%"],
            ["", "时效指标", "文件办理时间", "≤", "3", "个工作日"],
            ["效益指标", "社会效益指标", "群众诉求办结率", "≥", "90", "%"],
            ["满意度指标", "服务对象满意度指标", "服务对象满意度", "≥", "90", "%"],
        ]),
        gap: at % 3,
        ..culture()
    }
}
