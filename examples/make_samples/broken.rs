//! Files that hold half a return or none.

use crate::{
    Result, clean,
    layout::official,
    package::xlsx,
    paper::{Content, Paper},
    texts::{health_bureau, service_office},
};

/// A form of which only the head, the budget and the objective were copied.
pub(crate) fn half_a_form() -> Result<Vec<u8>> {
    let mut paper = official(&health_bureau());
    let tasks = paper.row_of("期望达到的目标")?;
    paper.cells.retain(|cell| cell.range.start.row < tasks);
    xlsx(&paper)
}

/// Last year's self-assessment: another form, with some of the same labels.
pub(crate) fn self_assessment() -> Result<Vec<u8>> {
    table(&[
        &["2024年度部门整体支出绩效自评表"],
        &["部门名称", "云城市文化广电旅游体育局"],
        &["年度预算", "年初预算数", "全年预算数", "全年执行数", "执行率", "得分"],
        &["资金总额（万元）", "8640.00", "8912.50", "8733.40", "97.99%", "9.8"],
        &["年度总体目标", "完善公共文化体育服务体系，组织文化惠民活动，促进旅游市场健康发展。"],
        &[
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "实际完成值",
            "得分",
            "偏差原因分析及改进措施",
        ],
        &["产出指标", "数量指标", "文化惠民活动场次", "≥300场", "326场", "10", "无"],
        &["", "质量指标", "活动按计划完成率", "=100%", "98%", "9", "受台风影响，两场活动取消"],
        &["效益指标", "社会效益指标", "公共文化场馆接待人次", "≥90万人次", "104万人次", "10", "无"],
        &["满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "93.5%", "10", "无"],
    ])
}

/// A workbook without any form: a list of equipment.
pub(crate) fn no_form() -> Result<Vec<u8>> {
    table(&[
        &["办公设备台账"],
        &["序号", "设备名称", "规格型号", "数量", "单价（元）", "存放地点"],
        &["1", "台式计算机", "国产通用型", "24", "5600.00", "三楼办公区"],
        &["2", "激光打印机", "A4双面", "6", "2350.00", "文印室"],
        &["3", "高速扫描仪", "A3", "2", "8900.00", "档案室"],
    ])
}

/// A workbook whose download broke off.
pub(crate) fn truncated() -> Result<Vec<u8>> {
    let mut bytes = clean(&service_office())?;
    bytes.truncate(bytes.len() * 3 / 5);
    Ok(bytes)
}

fn table(rows: &[&[&str]]) -> Result<Vec<u8>> {
    let mut paper = Paper::default();
    for (row, line) in (0..).zip(rows) {
        for (col, typed) in (0..).zip(*line) {
            paper.place((row, row), (col, col), Content::typed(typed));
        }
    }
    xlsx(&paper)
}
