//! Units of amounts that notes state in words: heeded where no head states one, told where they contradict one. Lines
//! that state a unit are in `unit_lines`.

use super::context::Context;
use crate::{
    diagnostic::{Code, Message, Severity},
    form::{
        edition::Lines,
        located::Located,
        noted::{Says, Whose},
    },
    model::{
        field_path::{Field, TaskList},
        money::Unit,
    },
};

/// V114
pub(super) static UNIT_IN_NOTE: Code = Code {
    id: "V114",
    name: "unit-in-note",
    severity: Severity::Warning,
    explanation: "\
## What it checks
A note such as 注：金额单位为元, or a line such as 单位：元, where it contradicts the unit that heads state, where notes or lines contradict each
other, or where it can't be decided for which amounts a note speaks. It is an error where no head states the unit of some amounts.
## Why
A note or a line is heeded where no head states a unit. Else the head counts; if the note is right, every amount is wrong by a power of ten.
## How to fix
Write the unit into the heads, 预算金额（万元）, and let the note say the same, or nothing of units.
",
};

/// Amounts that have one unit, as far as notes speak of them.
struct Block {
    name: Message,
    /// Whether amounts stand there.
    filled: bool,
    /// The units that heads and unit lines state.
    stated: Vec<Unit>,
    is_meant: fn(Whose) -> bool,
}

impl Context<'_, '_> {
    /// Reports what notes say of units where it is not plainly heeded.
    pub(super) fn noted_units(&mut self, located: &Located) {
        self.unit_lines(located);
        if located.noted.is_empty() {
            return;
        }
        let blocks = blocks(located);
        for block in blocks.iter().filter(|block| block.filled) {
            self.contradicted(located, block);
        }
        let unstated = |block: &Block| {
            block.filled && block.stated.is_empty() && located.noted_unit(block.is_meant).is_none()
        };
        let grave = blocks.iter().any(unstated);
        if !blocks.iter().any(|block| block.filled) {
            return;
        }
        // Words that are not understood matter where nothing else says what the unit is.
        let is_told =
            |(_, says): &&(usize, Says)| *says == Says::Unclear || grave && *says == Says::Mentions;
        for (index, _) in located.noted.iter().filter(is_told) {
            let quoted = self.quoted(*index);
            let message = message!(
                "{quoted} names units of amounts, but not for certain which, or for which of them; not heeded",
                "{quoted} 提到金额单位，但无法确定是哪个单位或指哪些金额，未按其处理"
            );
            self.tell(*index, message, grave);
        }
    }

    /// Reports notes that contradict the heads of a block, or each other.
    fn contradicted(&mut self, located: &Located, block: &Block) {
        let noted = located.noted_units(block.is_meant);
        let Some((first, others)) = noted.split_first() else { return };
        let speaks = |(_, says): &&(usize, Says)| match says {
            Says::Units(units) => units.iter().any(|(whose, _)| (block.is_meant)(*whose)),
            Says::Unclear | Says::Mentions => false,
        };
        let Some((index, _)) = located.noted.iter().find(speaks) else { return };
        let (quoted, Message { en, zh }) = (self.quoted(*index), &block.name);
        let unit = first.name();
        if let Some(other) = others.iter().find(|unit| *unit != first) {
            let other = other.name();
            let message = message!(
                "{quoted}: notes state {unit} and {other} for {en}; neither is heeded",
                "{quoted}：关于{zh}的金额单位，说明中既有{unit}又有{other}，均未按其处理"
            );
            return self.tell(*index, message, block.stated.is_empty());
        }
        if let Some(head) = block.stated.iter().find(|unit| *unit != first) {
            let head = head.name();
            let message = message!(
                "{quoted} states {unit} but head or unit line of {en} says {head}, which counts",
                "{quoted} 所述单位为{unit}，与{zh}栏名或单位行的{head}不符，按后者计"
            );
            self.tell(*index, message, false);
        }
    }

    pub(super) fn tell(&mut self, index: usize, message: Message, grave: bool) {
        let finding = UNIT_IN_NOTE.on(self.at(index), message);
        let severity = if grave { Severity::Error } else { Severity::Warning };
        self.diagnostics.push(finding.as_severity(severity));
    }
}

fn blocks(located: &Located) -> [Block; 3] {
    let amounts = || located.fields.iter().filter(|field| matches!(field.field, Field::Budget(_)));
    let budget = Block {
        name: message!("the budget", "预算"),
        filled: amounts().any(|field| !field.value.is_empty() || field.inline.is_some()),
        stated: amounts().filter_map(|field| field.unit).chain(located.unit).collect(),
        is_meant: Whose::budget,
    };
    let tasks = |list, name, is_meant| {
        let tables = || located.tables.iter().filter(|table| table.lines == Lines::Tasks(list));
        let restated = tables().flat_map(|table| table.restated.iter().map(|(_, _, unit)| *unit));
        let heads = tables().flat_map(|table| table.units.iter().flatten().copied());
        Block {
            name,
            filled: tables().any(|table| !table.rows.is_empty()),
            stated: heads.chain(restated).chain(located.unit).collect(),
            is_meant,
        }
    };
    let key = message!("the key tasks", "重点工作任务");
    let other = message!("the other tasks", "其他任务");
    [
        budget,
        tasks(TaskList::Key, key, |whose| whose.tasks(TaskList::Key)),
        tasks(TaskList::Other, other, |whose| whose.tasks(TaskList::Other)),
    ]
}
