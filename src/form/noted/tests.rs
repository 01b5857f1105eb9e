//! What notes say of units, and what they do not say.

use Unit::{TenThousand, Yuan};

use super::*;

fn one(whose: Whose, unit: Unit) -> Says {
    Says::Units(vec![(whose, unit)])
}

#[test]
fn notes_that_state_one_unit_speak_for_the_whole_form() {
    for (text, unit) in [
        ("注：金额单位为元", Yuan),
        ("说明：本表金额单位均为万元", TenThousand),
        ("注：1.本表一式两份；2.金额单位：万元。", TenThousand),
        ("备注：本表所有资金以万元为单位，保留两位小数。", TenThousand),
        ("填表说明：本表金额单位统一为“元”。", Yuan),
        ("注：計量單位為萬元", TenThousand),
        ("注：货币单位为人民币万元", TenThousand),
        ("（注：金额单位：元）", Yuan),
        ("注: 本表中金额均以万元计。", TenThousand),
        ("注：上述资金（单位：万元）不含5万元以下的零星支出", TenThousand),
    ] {
        assert_eq!(says(text), Some(one(Whose::All, unit)), "{text}");
    }
}

#[test]
fn notes_that_name_a_block_speak_for_it() {
    use TaskList::{Key, Other};
    let both = vec![(Whose::Budget, TenThousand), (Whose::Tasks(None), Yuan)];
    for text in [
        "注：预算以万元为单位，任务以元为单位",
        "注：预算金额单位为万元、任务资金单位为元。",
        "说明：1.部门预算支出金额单位：万元；2.工作任务拟投入的资金单位：元",
    ] {
        assert_eq!(says(text), Some(Says::Units(both.clone())), "{text}");
    }
    for (text, whose) in [
        ("注：重点工作任务金额单位为元", Whose::Tasks(Some(Key))),
        ("注：其他需完成的任务资金单位为元", Whose::Tasks(Some(Other))),
        ("注：预算和任务的金额单位均为元", Whose::All),
        ("注：收入、支出金额单位为元", Whose::Budget),
    ] {
        assert_eq!(says(text), Some(one(whose, Yuan)), "{text}");
    }
}

#[test]
fn what_cannot_be_decided_is_unclear() {
    for text in [
        "注：金额单位为元或万元",
        "注：单位：元、万元",
        "注：金额单位为万元（任务部分为元）",
        "注：金额单位为百万元",
        "注：金额单位为万美元",
        "注：除任务资金外，其余金额单位为万元",
        "注：不以万元为单位",
        "注：任务预算金额单位为元",
        "注：专用账户单位为元",
        "注：基本支出单位为元",
        "注：财政拨款金额单位为元",
        "注：任务一资金单位为万元",
        "注：金额单位为元/人",
        "金额单位：元；万元",
    ] {
        assert_eq!(says(text), Some(Says::Unclear), "{text}");
    }
}

#[test]
fn words_about_a_unit_that_are_not_understood_are_known_as_such() {
    for text in [
        "注：凡金额均为元",
        "注：以元计",
        "注：财政供养人员单位为人，金额为元",
        "注：预算金额（万元）保留两位小数",
        "注：金额单位由万元改为元",
        "注：本表金额单位请统一换算为万元",
    ] {
        let says = says(text);
        assert!(matches!(says, Some(Says::Mentions | Says::Unclear)), "{text}: {says:?}");
    }
}

#[test]
fn other_notes_say_nothing_of_units() {
    for text in [
        "注：本单位2024年预算为100万元",
        "填报单位：某局",
        "注：全年支出超过10万元的单位须附说明",
        "说明：金额保留两位小数",
        "注：计量单位：个",
        "注：下属单位3个，金额共计5亿元",
        "注：支持单位生产电子元件",
        "注：金额超过十万元的，单位须附说明",
        "注：各单位金额多为几万元",
    ] {
        assert_eq!(says(text), None, "{text}");
    }
}

#[test]
fn a_statement_stands_alone_without_the_word_note() {
    for (text, want) in [
        ("本表金额单位均为万元", true),
        ("金额单位为元。", true),
        ("注：金额以万元为单位", true),
        ("统一金额单位为元，推动报表规范", false),
        ("推动各单位为元件企业服务", false),
    ] {
        assert_eq!(is_statement(text), want, "{text}");
    }
}
