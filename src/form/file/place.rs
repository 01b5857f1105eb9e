//! The line of a key in an edition file.

use toml::de::{DeTable, DeValue};

use crate::error::Error;

/// The error with the line of the key that it begins with: `` `block[2].kind`: … ``.
pub(super) fn with_line(error: Error, text: &str) -> Error {
    let Error::Edition { reason } = &error else { return error };
    let line = || line_of(reason.en.strip_prefix('`')?.split('`').next()?, text);
    match line() {
        Some(line) => Error::Edition {
            reason: reason.clone().after(&message!("line {line}", "第 {line} 行")),
        },
        None => error,
    }
}

/// The line of a key, or of the innermost key around it that stands in the text.
fn line_of(key: &str, text: &str) -> Option<usize> {
    let root = DeTable::parse(text).ok()?;
    let mut here = &DeValue::Table(root.into_inner());
    let mut start = None;
    for part in key.split(['.', '[']) {
        let next = match (part.strip_suffix(']'), here) {
            (Some(index), DeValue::Array(list)) => {
                index.parse::<usize>().ok().and_then(|index| list.get(index))
            }
            (None, DeValue::Table(table)) => table.get(part),
            _ => None,
        };
        let Some(next) = next else { break };
        start = Some(next.span().start);
        here = next.get_ref();
    }
    let before = text.get(..start?)?;
    Some(before.matches('\n').count() + 1)
}
