//! What stands in a field of the form.

/// A field's content: nothing, a text that could not be read as the field's kind, or a value.
///
/// Unreadable is not blank and never zero: rules stay silent about it, and its text is written back.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub enum Entry<T> {
    /// Nothing, or a nil mark such as `—`.
    #[default]
    Blank,
    /// Not readable as a `T`; the source's own text.
    Unreadable(String),
    /// A value.
    Known(T),
}

impl<T> Entry<T> {
    /// The value, if one is known.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Blank | Self::Unreadable(_) => None,
        }
    }

    /// The text that could not be read.
    pub fn unreadable(&self) -> Option<&str> {
        match self {
            Self::Unreadable(text) => Some(text),
            Self::Blank | Self::Known(_) => None,
        }
    }

    /// What stands in the field, as text; nothing where it is blank.
    pub fn shown(&self) -> String
    where
        T: ToString,
    {
        match self {
            Self::Blank => String::new(),
            Self::Known(value) => value.to_string(),
            Self::Unreadable(text) => text.clone(),
        }
    }

    /// Whether nothing stands in the field.
    pub fn is_blank(&self) -> bool {
        matches!(self, Self::Blank)
    }
}
