//! The styles of an XML spreadsheet: number formats and struck-through text.

use std::{collections::HashMap, rc::Rc};

use super::{Source, names::Name};
use crate::{
    error::Result,
    workbook::{
        number_format::NumberFormat,
        xml::{Event, Tag},
    },
};

/// A chain of parents that is longer runs in a circle.
const MOST_PARENTS: usize = 16;

/// The style of cells that name none.
const DEFAULT: &str = "Default";

/// The styles of a workbook.
#[derive(Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    looks: HashMap<String, Rc<Look>>,
}

#[derive(Default)]
struct Style {
    parent: Option<String>,
    format: Option<String>,
    struck: Option<bool>,
}

/// What of a style matters to a value.
#[derive(Default)]
pub(super) struct Look {
    /// The number format; none for the general one.
    pub(super) format: Option<NumberFormat>,
    pub(super) struck: bool,
}

impl Styles {
    /// Takes the style that just began.
    pub(super) fn read(&mut self, xml: &mut Source<'_>, tag: &Tag<'_>) -> Result<()> {
        let mut style = Style { parent: tag.any("Parent"), ..Style::default() };
        let name = tag.any("ID");
        let depth = xml.depth();
        while let Some(event) = xml.within(depth)? {
            match event {
                // Without a code it is the general one.
                Event::Start(Name::NumberFormat, tag) => {
                    style.format = Some(tag.any("Format").unwrap_or_default());
                }
                Event::Start(Name::Font, tag) => {
                    style.struck = tag.any("StrikeThrough").map(|value| is_on(&value));
                }
                _ => {}
            }
        }
        self.styles.extend(name.map(|name| (name, style)));
        Ok(())
    }

    /// What a style says; without a name, the style of all.
    pub(super) fn look(&mut self, name: Option<&str>) -> Rc<Look> {
        let name = name.unwrap_or(DEFAULT);
        if let Some(look) = self.looks.get(name) {
            return Rc::clone(look);
        }
        let look = Rc::new(self.resolved(name));
        self.looks.insert(name.to_owned(), Rc::clone(&look));
        look
    }

    fn resolved(&self, name: &str) -> Look {
        let (mut format, mut struck) = (None, None);
        let mut next = Some(name);
        for _ in 0..MOST_PARENTS {
            let Some(style) = next.and_then(|name| self.styles.get(name)) else { break };
            format = format.or(style.format.as_deref());
            struck = struck.or(style.struck);
            next = style.parent.as_deref();
        }
        let format = format
            .map(|format| NumberFormat::from_code(code(format)))
            .filter(|format| !format.is_general());
        Look { format, struck: struck.unwrap_or(false) }
    }
}

/// Whether an attribute says yes.
pub(super) fn is_on(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "True")
}

/// The code of a format; some have names, which stand for what the Chinese Excel has in their place.
fn code(format: &str) -> &str {
    match format.trim() {
        "" | "General" | "General Number" => "General",
        "General Date" => "yyyy/m/d h:mm",
        "Long Date" => "yyyy\"年\"m\"月\"d\"日\"",
        "Medium Date" => "d-mmm-yy",
        "Short Date" => "yyyy/m/d",
        "Long Time" => "h:mm:ss",
        "Medium Time" => "h:mm AM/PM",
        "Short Time" => "h:mm",
        "Currency" => "￥#,##0.00;￥-#,##0.00",
        "Euro Currency" => "€#,##0.00;€-#,##0.00",
        "Fixed" => "0.00",
        "Standard" => "#,##0.00",
        "Percent" => "0.00%",
        "Scientific" => "0.00E+00",
        "Yes/No" => "\"Yes\";\"Yes\";\"No\"",
        "True/False" => "\"True\";\"True\";\"False\"",
        "On/Off" => "\"On\";\"On\";\"Off\"",
        _ => format,
    }
}
