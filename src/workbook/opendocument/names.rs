//! The elements of OpenDocument that matter here.

use crate::workbook::xml::Spaces;

/// An element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    Body,
    Spreadsheet,
    /// The body of a document that is no spreadsheet, by its element.
    OtherBody(&'static str),
    /// Styles, the automatic ones or the named ones.
    Styles,
    Style,
    TextProperties,
    TableProperties,
    /// The number style of a kind.
    NumberStyle(NumberKind),
    StyleMap,
    /// A part of a number style.
    Part(Part),
    Table,
    /// Rows or columns that stand together.
    Group,
    TableSource,
    Column,
    Row,
    Cell,
    Shapes,
    Drawing,
    Annotation,
    Paragraph,
    Space,
    Tab,
    Break,
    /// What holds texts that are not the cell's.
    Foreign,
    Other,
}

/// The kind of a number style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberKind {
    Number,
    Percentage,
    Date,
    Text,
}

/// A part of a number style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Number,
    Scientific,
    Fraction,
    Literal,
    Content,
    Year,
    Month,
    Day,
    Weekday,
    Hours,
    Minutes,
    Seconds,
    HalfDay,
}

/// The namespaces with the prefixes that every writer uses.
pub(super) const SPACES: Spaces = &[
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", "office"),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", "table"),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", "text"),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", "style"),
    ("urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0", "number"),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "draw"),
    ("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "calcext"),
];

/// The name of an element.
pub(super) fn name(prefix: &str, local: &str) -> Name {
    match prefix {
        "office" => office(local),
        "table" => table(local),
        "text" => text(local),
        "style" => match local {
            "style" => Name::Style,
            "text-properties" => Name::TextProperties,
            "table-properties" => Name::TableProperties,
            "map" => Name::StyleMap,
            _ => Name::Other,
        },
        "number" => number(local),
        "draw" => match local {
            // An object is a document of its own.
            "object" | "object-ole" | "image" | "plugin" | "applet" => Name::Foreign,
            "text-box" | "g" | "a" => Name::Other,
            _ => Name::Drawing,
        },
        "dc" | "svg" | "math" | "form" | "script" => Name::Foreign,
        _ => Name::Other,
    }
}

fn office(local: &str) -> Name {
    match local {
        "body" => Name::Body,
        "spreadsheet" => Name::Spreadsheet,
        "text" => Name::OtherBody("an OpenDocument text (.odt)"),
        "presentation" => Name::OtherBody("an OpenDocument presentation (.odp)"),
        "drawing" => Name::OtherBody("an OpenDocument drawing (.odg)"),
        "chart" => Name::OtherBody("an OpenDocument chart (.odc)"),
        "image" => Name::OtherBody("an OpenDocument image (.odi)"),
        "database" => Name::OtherBody("an OpenDocument database (.odb)"),
        "styles" | "automatic-styles" => Name::Styles,
        "annotation" => Name::Annotation,
        "forms" | "event-listeners" | "binary-data" | "meta" | "settings" | "scripts" => {
            Name::Foreign
        }
        _ => Name::Other,
    }
}

fn table(local: &str) -> Name {
    match local {
        "table" => Name::Table,
        "table-column" => Name::Column,
        "table-row" => Name::Row,
        "table-cell" | "covered-table-cell" => Name::Cell,
        "shapes" => Name::Shapes,
        "table-source" => Name::TableSource,
        "table-columns"
        | "table-header-columns"
        | "table-column-group"
        | "table-rows"
        | "table-header-rows"
        | "table-row-group" => Name::Group,
        _ => Name::Other,
    }
}

fn text(local: &str) -> Name {
    match local {
        "p" | "h" => Name::Paragraph,
        "s" => Name::Space,
        "tab" => Name::Tab,
        "line-break" => Name::Break,
        // The reading printed above a text.
        "ruby-text" => Name::Foreign,
        _ => Name::Other,
    }
}

fn number(local: &str) -> Name {
    Name::Part(match local {
        "number-style" | "currency-style" | "boolean-style" => {
            return Name::NumberStyle(NumberKind::Number);
        }
        "percentage-style" => return Name::NumberStyle(NumberKind::Percentage),
        "date-style" | "time-style" => return Name::NumberStyle(NumberKind::Date),
        "text-style" => return Name::NumberStyle(NumberKind::Text),
        "number" => Part::Number,
        "scientific-number" => Part::Scientific,
        "fraction" => Part::Fraction,
        "text" | "currency-symbol" => Part::Literal,
        "text-content" => Part::Content,
        "year" => Part::Year,
        "month" => Part::Month,
        "day" => Part::Day,
        "day-of-week" => Part::Weekday,
        "hours" => Part::Hours,
        "minutes" => Part::Minutes,
        "seconds" => Part::Seconds,
        "am-pm" => Part::HalfDay,
        _ => return Name::Other,
    })
}
