//! A list to choose from: what it shows is the option chosen, or the first one where none is.

/// A list that is open.
#[derive(Debug)]
pub(super) struct Select {
    /// The text of the first option, until one is chosen; none where the list may show nothing.
    first: Option<String>,
    options: usize,
    is_chosen: bool,
}

impl Select {
    /// A list; one of several choices need not show any.
    pub(super) fn new(multiple: bool) -> Self {
        Self { first: (!multiple).then(String::new), options: 0, is_chosen: false }
    }

    /// An option begins.
    pub(super) fn option(&mut self, chosen: bool) {
        self.options += 1;
        self.is_chosen = chosen;
        if chosen {
            self.first = None;
        }
    }

    /// Whether a text is shown where it stands. That of the first option is kept aside.
    pub(super) fn shows(&mut self, text: &str) -> bool {
        if let Some(first) = self.first.as_mut().filter(|_| self.options == 1 && !self.is_chosen) {
            first.push_str(text);
        }
        self.is_chosen
    }

    /// What the list shows at its end.
    pub(super) fn end(self) -> Option<String> {
        self.first
    }
}
