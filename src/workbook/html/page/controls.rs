//! Elements without content, and what the controls of a form show.

use super::{
    super::{
        holder::{TICKED, UNTICKED},
        select::Select,
        style::Hidden,
        tokens::Tag,
    },
    Page,
};

impl Page<'_> {
    /// Elements without content.
    pub(super) fn void(&mut self, name: &str, tag: &Tag<'_>) {
        let look = || self.styles.look(tag);
        match name {
            "br" => self.break_line(),
            "hr" => self.edge_of(name),
            "frame" => self.has_frames = true,
            "col" => {
                let hidden = look().hidden == Some(Hidden::Gone);
                if let Some(table) = self.tables.last_mut() {
                    table.column(tag.attribute("span").as_deref(), hidden);
                }
            }
            "input" if look().hidden.is_none_or(|how| how == Hidden::Not) => {
                let kind = tag.attribute("type").unwrap_or_default().to_ascii_lowercase();
                let typed =
                    ["", "text", "number", "date", "month", "tel", "search", "email", "url"];
                if let Some(value) = tag.attribute("value").filter(|_| typed.contains(&&*kind)) {
                    self.text(&value);
                } else if kind == "checkbox" || kind == "radio" {
                    let ticked = tag.attribute("checked").is_some();
                    self.text(if ticked { TICKED } else { UNTICKED });
                }
            }
            _ => {}
        }
    }

    /// Ends the list to choose from.
    pub(super) fn close_select(&mut self) {
        if let Some(shown) = self.select.take().and_then(Select::end) {
            self.text(&shown);
        }
    }
}
