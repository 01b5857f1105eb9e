//! Which tags there are, and whether a text ends with one.
//!
//! What is no known tag is text, `<5%` and `<张三>`: rather a tag left standing than words lost.

use memchr::memrchr2;

/// How many `>` a tag may hold within quotes. A limit keeps the search for its beginning short.
const MOST_INNER: usize = 8;

/// What comes in a tag's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Nothing.
    Inline,
    /// A line break.
    Break,
    /// A line break unless there is one.
    Block,
    /// Nothing, and its content goes as well.
    Style,
    /// Nothing, and its content goes as well.
    Script,
}

/// A tag at the end of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag<'a> {
    pub(super) start: usize,
    pub(super) name: &'a str,
    pub(super) kind: Kind,
    /// Whether it opens an element: neither `</p>` nor `<br/>`.
    opens: bool,
}

impl Tag<'_> {
    /// Whether nothing happens before the element is closed.
    pub(super) fn waits(&self) -> bool {
        self.opens && matches!(self.kind, Kind::Style | Kind::Script)
    }
}

/// The tag that a text ends with.
pub(super) fn at_end(text: &str) -> Option<Tag<'_>> {
    let before = text.strip_suffix('>')?;
    let (start, inner) = opening(before)?;
    let body = &before[start + 1..];
    let tag = |name, kind, opens| Tag { start, name, kind, opens };
    if body.starts_with(['!', '?']) {
        return declaration(body).filter(|_| inner == 0).map(|name| tag(name, Kind::Inline, false));
    }
    let (closing, body) = body.strip_prefix('/').map_or((false, body), |body| (true, body));
    let is_part = |c: char| c.is_ascii_alphanumeric() || c == ':';
    let (name, rest) = body.split_at(body.find(|c| !is_part(c)).unwrap_or(body.len()));
    let kind = kind(name)?;
    let begins = rest.is_empty() || rest.starts_with('/') || rest.starts_with(is_space);
    let opens = !closing && !rest.ends_with('/');
    (begins && are_attributes(rest)).then(|| tag(name, kind, opens))
}

/// Where the last `<` stands, and how many `>` follow it.
fn opening(text: &str) -> Option<(usize, usize)> {
    let (bytes, mut end) = (text.as_bytes(), text.len());
    for inner in 0..=MOST_INNER {
        end = memrchr2(b'<', b'>', &bytes[..end])?;
        if bytes[end] == b'<' {
            return Some((end, inner));
        }
    }
    None
}

/// `<!DOCTYPE html>`, and what Word and old browsers put between tags.
fn declaration(body: &str) -> Option<&'static str> {
    ["!doctype", "![if", "![endif", "?xml"]
        .into_iter()
        .find(|name| body.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

/// White space as it may stand in a tag; a no-break space becomes a space in the end.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\u{a0}')
}

/// Whether what stands behind a tag's name can be its attributes. Words alone can't, `<b and c>` is text. Once there
/// was a `name=`, anything may follow: `style="font-family:&quot;宋体&quot;"` has lost its entities by now.
fn are_attributes(text: &str) -> bool {
    let (mut rest, mut assigned) = (text, false);
    loop {
        rest = rest.trim_start_matches(|c| c == '/' || is_space(c));
        let (name, behind) = rest.split_at(rest.find(|c| !is_name_part(c)).unwrap_or(rest.len()));
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return rest.is_empty() || assigned && !rest.contains('>');
        }
        rest = behind;
        if let Some(value) = behind.trim_start_matches(is_space).strip_prefix('=') {
            let Some(behind) = behind_value(value.trim_start_matches(is_space)) else {
                return false;
            };
            (rest, assigned) = (behind, true);
        } else if !assigned && !is_flag(name) {
            return false;
        }
    }
}

/// What follows an attribute's value; `None` when a quote is still open.
fn behind_value(text: &str) -> Option<&str> {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).map(|(_, behind)| behind),
        _ => Some(text.trim_start_matches(|c| c != '>' && !is_space(c))),
    }
}

fn is_name_part(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '-' | '_' | ':' | '.' | '@' | '#' | '*' | '(' | ')' | '[' | ']')
}

/// Whether an attribute may stand without a value.
fn is_flag(name: &str) -> bool {
    let starts = |prefix: &str| {
        name.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    starts("data-") || FLAGS.iter().any(|flag| flag.eq_ignore_ascii_case(name))
}

/// What comes in the place of a tag of that name; `None` when there is no such tag.
fn kind(name: &str) -> Option<Kind> {
    let is = |known: &&str| known.eq_ignore_ascii_case(name);
    if is(&"br") {
        return Some(Kind::Break);
    }
    if BLOCK.iter().any(is_same(name)) {
        return Some(Kind::Block);
    }
    if INLINE.iter().any(is_same(name)) {
        return Some(Kind::Inline);
    }
    if is(&"style") {
        return Some(Kind::Style);
    }
    if is(&"script") {
        return Some(Kind::Script);
    }
    // Word's own: `<o:p>`, `<st1:chsdate …>`.
    let (prefix, local) = name.split_once(':')?;
    let is_word = ["o", "v", "w", "st1"].iter().any(is_same(prefix));
    (is_word && local.starts_with(|c: char| c.is_ascii_alphabetic()) && !local.contains(':'))
        .then_some(Kind::Inline)
}

fn is_same(name: &str) -> impl Fn(&&str) -> bool {
    move |known| known.eq_ignore_ascii_case(name)
}

#[rustfmt::skip]
const FLAGS: &[&str] = &[
    "allowfullscreen", "async", "autofocus", "autoplay", "checked", "compact", "contenteditable", "controls", "default",
    "defer", "disabled", "download", "hidden", "ismap", "itemscope", "loop", "multiple", "muted", "nohref", "noresize",
    "noshade", "novalidate", "nowrap", "open", "readonly", "required", "reversed", "selected",
];

/// Elements that begin a line of their own. Cells of a table are among them, lest two cells' words run together.
#[rustfmt::skip]
const BLOCK: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hgroup", "hr", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td",
    "tfoot", "th", "thead", "tr", "ul",
];

#[rustfmt::skip]
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "applet", "area", "audio", "b", "base", "basefont", "bdi", "bdo", "bgsound", "big", "blink",
    "button", "canvas", "cite", "code", "col", "colgroup", "data", "datalist", "del", "dfn", "em", "embed", "font",
    "frame", "frameset", "head", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "link", "map",
    "mark", "marquee", "meta", "meter", "nobr", "noframes", "noscript", "object", "optgroup", "option", "output",
    "param", "picture", "progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "select", "slot", "small",
    "source", "span", "strike", "strong", "sub", "sup", "svg", "template", "textarea", "time", "title", "track", "tt",
    "u", "var", "video", "wbr",
];
