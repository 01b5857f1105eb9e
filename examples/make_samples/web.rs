//! A sheet as budget systems on the web export it.

use crate::{
    Result,
    department::Department,
    layout::official,
    package::bare_xlsx,
    paper::{Content, Paper},
    texts::service_office,
};

/// No merges, labels in the last row of their block, markup in the texts, repeated heads, hidden and blank rows, a blank
/// column, and a form that begins at C5; all of it text, and every value still there.
pub(crate) fn export() -> Result<Vec<u8>> {
    let mut of = service_office();
    mark_up(&mut of);
    let mut paper = official(&of);
    paper.unmerge();
    repeat_heads(&mut paper, "任务四", "主要实施内容")?;
    repeat_heads(&mut paper, "健身场地完好率", "一级指标")?;
    let row = paper.row_of("总体绩效目标")?;
    paper.insert_rows(row, 1);
    let row = paper.row_of("任务二")?;
    paper.insert_rows(row, 2);
    paper.insert_column(3);
    let hidden = paper.row_of("任务三")?;
    paper.hidden_rows.push(hidden);

    let mut sheet = Paper::default();
    sheet.join(&paper, 4, 2);
    sheet.hidden_rows = paper.hidden_rows.iter().map(|row| row + 4).collect();
    for cell in &mut sheet.cells {
        if let Content::Number(number, format) = cell.content {
            cell.content =
                Content::Text(if format == "0" { number.to_string() } else { thousands(number) });
        }
    }
    bare_xlsx(&sheet)
}

/// Writes the texts as a rich text field of a web page keeps them.
fn mark_up(of: &mut Department) {
    of.objective = format!(
        "<p>{}</p><p>&nbsp;</p>",
        of.objective.replace("，补齐", "，<br/>补齐").replace(['“', '”'], "&quot;")
    );
    for task in &mut of.key_tasks {
        task.activities = format!(
            "<p style=\"text-indent:2em\">{}</p>",
            task.activities.replace("；", "；</p><p>")
        );
        task.outcome = format!("<span>{}&nbsp;</span>", task.outcome);
    }
    for indicator in &mut of.indicators {
        indicator.period = indicator.period.replace('≥', "&ge;").replace('≤', "&lt;=");
        indicator.annual = format!("{}\u{200b}", indicator.annual);
    }
}

/// Cuts a table before the row that holds `before`: a page number, 续表, and the heads once more.
fn repeat_heads(paper: &mut Paper, before: &str, head: &str) -> Result<()> {
    let heads = paper.row_of(head)?;
    let row = paper.row_of(before)?;
    let again: Vec<_> = paper
        .cells
        .iter()
        .filter(|cell| cell.range.start.row == heads && cell.range.start.col > 0)
        .cloned()
        .collect();
    paper.insert_rows(row, 3);
    paper.place((row, row), (4, 4), Content::Text("第1页".to_owned()));
    paper.place((row + 1, row + 1), (0, 0), Content::Text("续表".to_owned()));
    for cell in again {
        let col = cell.range.start.col;
        paper.place((row + 2, row + 2), (col, col), cell.content);
    }
    Ok(())
}

/// An amount as a web page shows it.
fn thousands(number: f64) -> String {
    let plain = format!("{number:.2}");
    let (whole, cents) = plain.split_at(plain.len() - 3);
    let mut text = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + cents
}
