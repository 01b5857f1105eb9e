//! Parts of a produced workbook, read by an XML walk of our own: what no reader of values shows.

use std::{collections::BTreeMap, io::Read as _};

use jixiao::cell::{CellRange, CellRef};
use quick_xml::events::{BytesStart, Event};

/// One part of the package as text.
pub(crate) fn part(xlsx: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(xlsx)).unwrap();
    let mut text = String::new();
    archive
        .by_name(name)
        .unwrap_or_else(|_| panic!("no part {name}"))
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// An element of XML.
#[derive(Debug, Default)]
pub(crate) struct Node {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) children: Vec<Node>,
    pub(crate) text: String,
}

impl Node {
    /// Parses a part.
    pub(crate) fn parse(xml: &str) -> Self {
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => open.push(Self::new(&start)),
                Event::Empty(start) => open.last_mut().unwrap().children.push(Self::new(&start)),
                Event::End(_) => {
                    let node = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(node);
                }
                Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
                Event::GeneralRef(entity) => {
                    let name = format!("&{};", &*entity);
                    let decoded = quick_xml::escape::unescape(&name).unwrap().into_owned();
                    open.last_mut().unwrap().text.push_str(&decoded);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        open.pop().unwrap().children.pop().unwrap()
    }

    fn new(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value)
        });
        Self {
            name: start.name().as_ref().to_owned(),
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(crate) fn children<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    pub(crate) fn get(&self, attribute: &str) -> &str {
        self.attributes.get(attribute).map_or("", String::as_str)
    }
}

/// A cell as the file states it.
#[derive(Debug)]
pub(crate) struct FileCell {
    pub(crate) at: CellRef,
    pub(crate) style: usize,
    pub(crate) kind: String,
    pub(crate) formula: Option<String>,
    /// The value, shared strings looked up.
    pub(crate) value: String,
}

/// A worksheet as the file states it.
#[derive(Debug)]
pub(crate) struct FileSheet {
    pub(crate) name: String,
    pub(crate) root: Node,
    /// Cells in the order of the file.
    pub(crate) cells: Vec<FileCell>,
    pub(crate) merges: Vec<CellRange>,
    /// Heights of the rows that state one, rows from 0.
    pub(crate) heights: BTreeMap<u32, String>,
}

impl FileSheet {
    pub(crate) fn at(&self, at: CellRef) -> Option<&FileCell> {
        self.cells.iter().find(|cell| cell.at == at)
    }
}

/// A workbook as the file states it.
#[derive(Debug)]
pub(crate) struct FileBook {
    pub(crate) sheets: Vec<FileSheet>,
    pub(crate) names: BTreeMap<String, String>,
    styles: Node,
}

impl FileBook {
    pub(crate) fn open(xlsx: &[u8]) -> Self {
        let book = Node::parse(&part(xlsx, "xl/workbook.xml"));
        let strings: Vec<String> = Node::parse(&part(xlsx, "xl/sharedStrings.xml"))
            .children("si")
            .map(|string| string.children("t").map(|text| text.text.as_str()).collect())
            .collect();
        let sheets =
            book.child("sheets").unwrap().children("sheet").enumerate().map(|(at, sheet)| {
                let root = Node::parse(&part(xlsx, &format!("xl/worksheets/sheet{}.xml", at + 1)));
                file_sheet(sheet.get("name").to_owned(), root, &strings)
            });
        let defined =
            book.child("definedNames").into_iter().flat_map(|names| names.children("definedName"));
        let names = defined.map(|name| {
            (format!("{} {}", name.get("name"), name.get("localSheetId")), name.text.clone())
        });
        Self {
            sheets: sheets.collect(),
            names: names.collect(),
            styles: Node::parse(&part(xlsx, "xl/styles.xml")),
        }
    }

    fn xf(&self, style: usize) -> &Node {
        &self.styles.child("cellXfs").unwrap().children[style]
    }

    /// The number format of a style.
    pub(crate) fn number_format(&self, style: usize) -> String {
        let id = self.xf(style).get("numFmtId");
        let own =
            self.styles.child("numFmts").into_iter().flat_map(|formats| formats.children("numFmt"));
        let code = own
            .into_iter()
            .find(|format| format.get("numFmtId") == id)
            .map(|format| format.get("formatCode").to_owned());
        code.unwrap_or_else(|| match id {
            "0" => "General".to_owned(),
            "1" => "0".to_owned(),
            other => format!("built-in {other}"),
        })
    }

    /// The borders of a style by side: `l:thin r:thin t:thin b:thin`.
    pub(crate) fn borders(&self, style: usize) -> String {
        let at: usize = self.xf(style).get("borderId").parse().unwrap();
        let border = &self.styles.child("borders").unwrap().children[at];
        let side = |(short, name): (&str, &str)| {
            let style = border
                .child(name)
                .map(|side| side.get("style"))
                .filter(|style| !style.is_empty())?;
            Some(format!("{short}:{style}"))
        };
        let sides = [("l", "left"), ("r", "right"), ("t", "top"), ("b", "bottom")];
        sides.into_iter().filter_map(side).collect::<Vec<_>>().join(" ")
    }

    /// The font of a style: `宋体 10`, with its weight and character set.
    pub(crate) fn font(&self, style: usize) -> String {
        let at: usize = self.xf(style).get("fontId").parse().unwrap();
        let font = &self.styles.child("fonts").unwrap().children[at];
        let value = |name: &str| font.child(name).map_or("", |child| child.get("val"));
        let bold = if font.child("b").is_some() { " bold" } else { "" };
        format!("{} {}{bold} charset {}", value("name"), value("sz"), value("charset"))
    }

    /// The alignment of a style: `center/center wrap`.
    pub(crate) fn alignment(&self, style: usize) -> String {
        let Some(alignment) = self.xf(style).child("alignment") else { return "-".to_owned() };
        let flag = |name: &str, word: &str| {
            if alignment.get(name) == "1" { format!(" {word}") } else { String::new() }
        };
        let indent = match alignment.get("indent") {
            "" => String::new(),
            indent => format!(" indent {indent}"),
        };
        let (across, down) = (alignment.get("horizontal"), alignment.get("vertical"));
        format!(
            "{across}/{down}{}{}{indent}",
            flag("wrapText", "wrap"),
            flag("shrinkToFit", "shrink")
        )
    }
}

fn file_sheet(name: String, root: Node, strings: &[String]) -> FileSheet {
    let mut cells = Vec::new();
    let mut heights = BTreeMap::new();
    for row in root.child("sheetData").unwrap().children("row") {
        let number: u32 = row.get("r").parse().unwrap();
        if row.get("customHeight") == "1" {
            heights.insert(number - 1, row.get("ht").to_owned());
        }
        for cell in row.children("c") {
            let at: CellRef = cell.get("r").parse().unwrap();
            assert_eq!(at.row + 1, number, "the cell {at} stands in row {number}");
            let raw = cell.child("v").map_or("", |value| value.text.as_str());
            let value = if cell.get("t") == "s" {
                strings[raw.parse::<usize>().unwrap()].clone()
            } else {
                raw.to_owned()
            };
            let formula = cell.child("f").map(|formula| formula.text.clone());
            let style = cell.get("s").parse().unwrap_or(0);
            cells.push(FileCell { at, style, kind: cell.get("t").to_owned(), formula, value });
        }
    }
    let merges =
        root.child("mergeCells").into_iter().flat_map(|merges| merges.children("mergeCell"));
    let merges = merges.map(|merge| merge.get("ref").parse().unwrap()).collect();
    FileSheet { name, root, cells, merges, heights }
}
