//! Returns that differ, as many as are wanted and the same ones each time: departments, tasks, indicators and amounts are
//! drawn by number. Seven of eight are as our writer writes them; the eighth is a plain sheet typed by hand, with totals
//! that are wrong, amounts as text, and full-width digits.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jixiao::{
    pipeline::{self, Settings},
    render::xlsx,
};
use rust_xlsxwriter::Workbook;

/// Files in a folder; with more a folder of its own is begun.
const PER_FOLDER: usize = 500;

const TOWNS: [&str; 12] = [
    "沙田", "虎门", "长安", "厚街", "寮步", "大朗", "塘厦", "常平", "石排", "茶山", "横沥", "桥头",
];
const OFFICES: [&str; 14] = [
    "财政所",
    "农业农村办公室",
    "生态环境分局",
    "社会事务办",
    "文化服务中心",
    "公共服务办公室",
    "应急管理分局",
    "规划管理所",
    "投资服务中心",
    "退役军人服务站",
    "市场监督管理分局",
    "司法分局",
    "人力资源分局",
    "水务中心",
];
const VERBS: [&str; 10] =
    ["推进", "完善", "开展", "组织实施", "改造提升", "巩固", "规范", "新建", "优化", "落实"];
const THINGS: [&str; 16] = [
    "老旧管网改造",
    "审前服务窗口",
    "基层治理网格",
    "人居环境整治",
    "河涌清淤保洁",
    "学校周边交通秩序",
    "安全生产巡查",
    "困难群众救助",
    "公共文化活动",
    "企业走访服务",
    "政务数据共享",
    "农田水利设施",
    "消防基础设施",
    "就业技能培训",
    "食品快速检测",
    "档案数字化",
];
const ENDS: [&str; 8] = [
    "全年组织不少于四次，覆盖全部村（社区）。",
    "完成年度计划，资料归档齐全，接受审计监督。",
    "问题整改率达到95%以上。",
    "群众办事平均用时比上年缩短。",
    "形成长效管理机制，责任到人。",
    "按季度通报进展，年底前全部验收。",
    "设备完好，运行平稳，无重大事故。",
    "经费专款专用，按进度支付。",
];
const LEVELS: [(&str, &str); 8] = [
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("产出指标", "成本指标"),
    ("效益指标", "经济效益指标"),
    ("效益指标", "社会效益指标"),
    ("效益指标", "生态效益指标"),
    ("满意度指标", "服务对象满意度指标"),
];
const MEASURES: [(&str, &str); 10] = [
    ("完成数量", "项"),
    ("覆盖率", "%"),
    ("按时完成率", "%"),
    ("验收合格率", "%"),
    ("服务人次", "人次"),
    ("平均用时", "分钟"),
    ("支出进度", "%"),
    ("巡查次数", "次"),
    ("满意度", "%"),
    ("新增面积", "平方米"),
];

/// A stream of numbers that hang on the seed alone (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap_or(0)
    }

    fn of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    /// An amount of money in units of a hundredth.
    fn cents(&mut self, end: usize) -> u64 {
        self.below(end) as u64
    }
}

/// Writes so many returns below a folder and names them.
pub(crate) fn corpus(folder: &Path, count: usize) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::with_capacity(count);
    for number in 0..count {
        let place = folder.join(format!("{:04}", number / PER_FOLDER));
        if number % PER_FOLDER == 0 {
            fs::create_dir_all(&place)?;
        }
        let file = place.join(format!("{number:06}.xlsx"));
        fs::write(&file, one(number))?;
        files.push(file);
    }
    Ok(files)
}

/// The workbook of a number.
pub(crate) fn one(number: usize) -> Vec<u8> {
    let mut dice = Dice(number as u64);
    let by_hand = number % 8 == 7;
    let rows = rows(number, by_hand, &mut dice);
    if by_hand {
        return typed(&rows);
    }
    let text: Vec<String> = rows.iter().map(|row| row.join("\t")).collect();
    let reading = pipeline::read(text.join("\n").as_bytes(), &Settings::default());
    let reading = reading.expect("what is generated is a return");
    let found = &reading.returns[0];
    let written = xlsx::render(&[(&found.of, found.edition)], xlsx::Options::default());
    written.expect("a return is written")
}

/// A sheet as somebody types it: every cell a text, nothing merged.
fn typed(rows: &[Vec<String>]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (col, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, col, text).expect("a short text");
        }
    }
    book.save_to_buffer().expect("a sheet of texts")
}

/// The cells of a return, a row of the form each.
fn rows(number: usize, by_hand: bool, dice: &mut Dice) -> Vec<Vec<String>> {
    let town = TOWNS[number % TOWNS.len()];
    let office = OFFICES[number / TOWNS.len() % OFFICES.len()];
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |cells: &[&str]| rows.push(cells.iter().map(|&cell| cell.to_owned()).collect());
    row(&[&format!("{town}镇部门整体预算绩效目标表")]);
    row(&[&format!("批复单位：东莞市财政局{town}分局")]);
    row(&["部门名称", &format!("东莞市{town}镇{office}（{number}）")]);
    let (staff, units) = (dice.below(90).to_string(), dice.below(6).to_string());
    row(&["基本信息", "财政供养人员数", &staff, "下属二级单位数", &units]);
    let (basic, project) = (dice.cents(900_000), dice.cents(4_000_000));
    let (other, special) = (dice.cents(50_000), dice.cents(60_000));
    let whole = basic + project;
    let other = other.min(whole);
    let develop = special.min(project / 2);
    let money = |cents: u64| format!("{}.{:02}", cents / 100, cents % 100);
    let (unit, wrong) = ("预算金额（万元）", money(whole + 100));
    row(&["预算整体情况", "部门预算支出", unit, "收入来源", unit]);
    row(&["", "基本支出", &money(basic), "财政拨款", &money(whole - other)]);
    row(&["", "项目支出", &money(project), "其他资金", &money(other)]);
    if by_hand {
        row(&["", "合计", &wrong, "合计", &money(whole)]);
    }
    row(&["", "事业发展性支出", unit, "按预算级次划分", unit]);
    row(&["", "财政专项资金", &money(develop), "镇本级使用资金", &money(whole)]);
    row(&["", "其他事业发展性支出", &money(project / 3), "拟用于对下转移支付资金", "0.00"]);
    let goal: String = (0..2 + dice.below(4)).map(|_| sentence(dice)).collect();
    row(&["总体绩效目标", &goal]);
    row(&[
        "年度重点工作任务",
        "名称",
        "主要实施内容",
        "拟投入的资金（元）",
        "期望达到的目标（概述）",
    ]);
    for task in 1..=2 + dice.below(7) {
        let (what, how) =
            (format!("任务{task}：{}", phrase(dice)), sentence(dice) + &sentence(dice));
        let yuan = money(dice.cents(900_000_000));
        let yuan = if by_hand && task == 1 { format!("{}元", wide(&yuan)) } else { yuan };
        row(&["", &what, &how, &yuan, &sentence(dice)]);
    }
    row(&["其他需完成的任务（可选填）", "名称", "目标内容", "", "拟投入的资金（元）"]);
    for _ in 0..dice.below(3) {
        let (what, how) = (phrase(dice), sentence(dice));
        row(&["", &what, &how, "", &money(dice.cents(90_000_000))]);
    }
    row(&["绩效指标", "一级指标", "二级指标", "三级指标", "实施周期指标值", "年度指标值"]);
    let mut last = "";
    for (level1, level2) in LEVELS {
        for of_level in 0..=dice.below(3) {
            let (measure, unit) = dice.of(&MEASURES);
            let name = format!("{}{measure}", dice.of(&THINGS));
            let number = 1 + dice.below(99);
            let target = format!("{}{number}{unit}", dice.of(&["≥", "≤", "大于或等于", ""]));
            let first = if level1 == last { "" } else { level1 };
            let second = if of_level == 0 { level2 } else { "" };
            last = level1;
            row(&["", first, second, &name, &target, &target]);
        }
    }
    row(&["填表人：张三"]);
    rows
}

fn phrase(dice: &mut Dice) -> String {
    format!("{}{}", dice.of(&VERBS), dice.of(&THINGS))
}

fn sentence(dice: &mut Dice) -> String {
    format!("{}，{}，{}", phrase(dice), phrase(dice), dice.of(&ENDS))
}

/// Full-width digits.
fn wide(text: &str) -> String {
    let one =
        |c: char| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xFEE0) } else { None };
    text.chars().map(|c| one(c).unwrap_or(c)).collect()
}
