//! As little as a return may hold: everything optional is blank.

use crate::department::{Department, indicators, task};

/// 平湖镇退役军人服务站
pub(crate) fn veterans_station() -> Department {
    Department {
        edition: "shatian",
        title: "平湖镇部门整体预算绩效目标表".to_owned(),
        name: "平湖镇退役军人服务站".to_owned(),
        own_level: "镇本级使用资金",
        task_unit: "元",
        budget: ["62.50", "18.00", "80.50", "", "", "", "80.50", ""].map(str::to_owned),
        objective: "做好全镇退役军人信息采集、走访慰问和就业帮扶工作。".to_owned(),
        key_tasks: vec![task(
            "走访慰问",
            "在春节、建军节前后走访困难退役军人和军属家庭。",
            "150000.00",
            "走访慰问家庭不少于200户。",
        )],
        indicators: indicators(&[
            ["产出指标", "数量指标", "走访慰问户数", "≥200户", "≥200户"],
            ["", "质量指标", "慰问对象信息准确率", "≥98%", "≥98%"],
            ["", "时效指标", "慰问金发放时间", "≤5个工作日", "≤5个工作日"],
            ["效益指标", "社会效益指标", "困难对象走访覆盖率", "=100%", "=100%"],
            ["服务对象满意度指标", "", "退役军人满意度", "≥90%", "≥90%"],
        ]),
        ..Department::default()
    }
}
