//! The elements of an XML spreadsheet that matter here.

/// An element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Date1904,
    Style,
    NumberFormat,
    Font,
    Worksheet,
    Options,
    Visible,
    Table,
    Column,
    Row,
    Cell,
    Data,
    Comment,
    /// A line break in formatted text.
    Break,
    Other,
}

/// The name of an element. Writers differ in prefixes, and no two of these stand in the same place.
pub(super) fn name(_prefix: &str, local: &str) -> Name {
    match local {
        "Date1904" => Name::Date1904,
        "Style" => Name::Style,
        "NumberFormat" => Name::NumberFormat,
        "Font" => Name::Font,
        "Worksheet" => Name::Worksheet,
        "WorksheetOptions" => Name::Options,
        "Visible" => Name::Visible,
        "Table" => Name::Table,
        "Column" => Name::Column,
        "Row" => Name::Row,
        "Cell" => Name::Cell,
        "Data" => Name::Data,
        "Comment" => Name::Comment,
        "Br" | "BR" | "br" => Name::Break,
        _ => Name::Other,
    }
}
