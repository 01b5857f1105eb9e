//! Units: what may stand behind a number, and where a unit stands outside the target.

use std::{collections::HashSet, sync::LazyLock};

/// Units, measure words and counted nouns. A size (万, 千) may stand before each.
const KNOWN: [&str; 5] = [
    "% ‰ ‱ 百分点 倍 分 分贝 元 角 万 亿 千 百 美元 港元 元人民币",
    "年 个月 月 周 星期 日 天 小时 时 分钟 秒 毫秒 工作日 自然日 日历天 个工作日 个自然日 学年 学期 季度 年度 月份 课时 学时 标准学时 \
     机时 工时 工日 人天 人月 人日 岁 度",
    "次 场 场次 人 人次 户 户次 名 位 家 家次 件 件次 项 项次 个 宗 起 例 例次 期 篇 条 则 部 本 册 套 台 台次 台套 辆 辆次 艘 架 架次 \
     份 张 枚 块 只 头 羽 尾 株 棵 根 支 把 座 栋 幢 间 间夜 床 床位 床日 所 处 幅 面 盏 批 批次 班 班次 车次 趟 组 队 支队 轮 站 台班 \
     点 点位 门 节 集 单 笔 票 封 卷 层 片 段 口 眼 桶 瓶 箱 标箱 标准箱 包 袋 盒 副 对 双 件套 版 种 类 道 路 盘 亩 亩次 \
     分册 页 字 标段 碗 餐 桌 席 线路 路次 趟次 船次 航次 航班 列 列车 箱次",
    "项目 村 行政村 自然村 社区 村居 单位 部门 乡镇 镇 街道 乡镇街道 企业 方案 试点 岗位 学校 医院 机构 网点 品种 样品 批件 课题 案件 \
     案例 小区 片区 园区 基地 平台 系统 站点 车位 泊位 窗口 班级 学生 账户 品牌 专利",
    "米 千米 公里 厘米 毫米 平方米 平方公里 平方千米 立方米 平米 公顷 顷 平方 立方 方 吨 公斤 千克 克 毫克 微克 升 毫升 斤 担 吨公里 人公里 \
     车公里 延米 千瓦 千瓦时 兆瓦 瓦 伏 安 兆 比特 摄氏度 ℃ °C ㎡ ㎥ ㎞ ㎝ ㎜ ㎏ ㎎ ㎍ m m2 m3 m² m³ km km2 km² cm mm kg g mg t L ml mL h \
     min s ms kW kWh MW MWh kV MB GB TB Mbps Gbps dB dB(A) ppm μg µg Hz 标准煤 吨标准煤 千卡 勒克斯 帕 标方 立方英尺 海里 节",
];

/// The units of [`KNOWN`].
static LISTED: LazyLock<HashSet<&str>> =
    LazyLock::new(|| KNOWN.iter().flat_map(|line| line.split(' ')).collect());

/// Measure words behind which a noun may go: 不少于3场培训 is 3 场.
const MEASURES: &str =
    "项 场 次 家 件 名 篇 期 份 宗 条 辆 台 套 所 座 处 户 批 部 位 人 间 场次 人次 批次 种 类";

/// Without 个 these behind a bare number mean a date, a rank or a name, not an amount: 1季度, 3号, 3级.
const BARE_AMBIGUOUS: [&str; 11] =
    ["日", "点", "类", "月", "季度", "月份", "时", "版", "路", "线路", "年度"];

/// Behind a bare Chinese numeral these mean something else: 一期, 十分, 一批, 一流.
const SPELT_AMBIGUOUS: [&str; 29] = [
    "期", "分", "度", "批", "类", "种", "点", "线", "面", "方", "路", "道", "样", "站", "门", "对",
    "片", "段", "时", "把", "口", "队", "层", "双", "本", "部", "组", "角", "节",
];

/// Characters that no unit has.
const NOT_IN_UNIT: &str =
    "以前后内且或的与和及至到第为不是未无并率余多来几半级等成约超近仅均每较同比完其";

/// Characters that no unknown unit starts with: behind them the number is a year, a rank …
const NOT_FIRST: &str = "年月日号时分点度周期版代星";

/// How sure it is that the number before is an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// Nothing but the number and the unit.
    Bare,
    /// A comparator says so.
    Compared,
}

/// Words behind a number are no unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoUnit;

/// The unit that a text spells, `None` where it is empty.
pub(super) fn spelt(
    text: &str,
    certainty: Certainty,
    numeral: bool,
) -> Result<Option<String>, NoUnit> {
    if text.is_empty() {
        return Ok(None);
    }
    let compared = certainty == Certainty::Compared;
    let ambiguous = BARE_AMBIGUOUS.contains(&text) || (numeral && SPELT_AMBIGUOUS.contains(&text));
    if ambiguous && !compared {
        return Err(NoUnit);
    }
    let named = known(text).or_else(|| text.strip_prefix('(')?.strip_suffix(')').and_then(known));
    if named.is_some() {
        return Ok(named);
    }
    let open = compared && !numeral;
    let noun = text.strip_prefix('个').filter(|noun| open && is_plausible(noun, 6));
    let found = noun
        .map(str::to_owned)
        .or_else(|| compound(text, open))
        .or_else(|| measure(text).filter(|_| compared))
        .or_else(|| {
            (open && is_plausible(text, 4) && !text.starts_with(|c| NOT_FIRST.contains(c)))
                .then(|| text.to_owned())
        });
    found.map(Some).ok_or(NoUnit)
}

/// A unit that we know, without 个 before a noun.
fn known(text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let listed = |unit: &str| LISTED.contains(unit);
    if let Some(noun) = text.strip_prefix('个').filter(|noun| listed(noun)) {
        return Some(noun.strip_prefix('个').unwrap_or(noun).to_owned());
    }
    let sized = text.trim_start_matches(['十', '百', '千', '万', '亿']);
    let base = sized.strip_prefix('个').filter(|noun| !noun.is_empty()).unwrap_or(sized);
    (listed(text)
        || listed(sized)
        || (sized.len() < text.len() && (sized.is_empty() || listed(base))))
    .then(|| text.to_owned())
}

/// Whether a text is a unit that we know.
pub(super) fn is_known(text: &str) -> bool {
    known(text).is_some()
}

/// 元/人, 微克/立方米, 台(套); a remark in brackets goes.
fn compound(text: &str, open: bool) -> Option<String> {
    if let Some((base, other)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        let both = known(base)
            .filter(|base| base != "%" && known(other).is_some())
            .map(|_| text.to_owned());
        return both.or_else(|| known(base).filter(|_| open && is_plausible(other, 8)));
    }
    let mut parts = text.split('/');
    let first = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let sound = !rest.is_empty()
        && rest.len() <= 3
        && rest.iter().all(|part| known(part).is_some() || is_plausible(part, 6));
    let first =
        known(first).or_else(|| (open && is_plausible(first, 4)).then(|| first.to_owned()))?;
    sound.then(|| format!("{first}/{}", rest.join("/")))
}

/// The measure word before a noun.
fn measure(text: &str) -> Option<String> {
    let words = MEASURES.split(' ').filter(|word| text.starts_with(word));
    let word = words.max_by_key(|word| word.len())?;
    let noun = &text[word.len()..];
    (noun.chars().count() >= 2 && is_plausible(noun, 10)).then(|| word.to_owned())
}

/// Whether a text that we do not know may be a unit or a counted noun.
fn is_plausible(text: &str, most: usize) -> bool {
    let is_word = |c: char| matches!(c, '\u{4e00}'..='\u{9fff}' | '·') && !NOT_IN_UNIT.contains(c);
    !text.is_empty()
        && text.chars().nth(most).is_none()
        && text.chars().all(|c| is_word(c) && !super::numeral::is_numeral(c))
        && !["标准", "目标", "水平", "要求", "规定", "热线"].iter().any(|word| text.contains(word))
}

/// The unit beside the target: of a column 计量单位, else in the last bracket of the indicator's name.
pub(super) fn outside(column: Option<&str>, level3: &str) -> Option<String> {
    let column =
        column.filter(|unit| !super::fold::is_nil(unit)).map(|unit| super::fold::fold(unit).text);
    if let Some(unit) = column.filter(|unit| !unit.is_empty() && unit.chars().nth(11).is_none()) {
        return Some(known(&unit).unwrap_or(unit));
    }
    let (_, bracket) = level3.rsplit_once(['(', '（', '[', '［', '〔', '【'])?;
    let (inside, _) = bracket.split_once([')', '）', ']', '］', '〕', '】'])?;
    let inside = super::fold::fold(inside).text;
    let unit = ["计量单位:", "单位:"]
        .iter()
        .find_map(|label| inside.strip_prefix(label))
        .unwrap_or(&inside);
    known(unit).or_else(|| compound(unit, false))
}
