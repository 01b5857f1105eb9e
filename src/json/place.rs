//! Where in a JSON text a fault stands, by the names of its keys: what the parser says is a line and a column.

/// The path at a line and a column, both from 1: which of the returns, and the field in it, none between fields.
pub(super) fn at(text: &str, line: usize, column: usize) -> (usize, Option<String>) {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let end = (start + column).min(text.len());
    let mut walk = Walk::default();
    for byte in text.as_bytes()[..end].iter().copied() {
        walk.step(byte);
    }
    let mut levels = walk.levels.as_slice();
    // What the parser misses in an object it tells at the bracket that ends it.
    let at_its_end =
        walk.levels.is_empty() && matches!(text.as_bytes()[..end].last(), Some(b'}' | b']'));
    let mut number = walk.ended.saturating_sub(usize::from(at_its_end));
    if let Some((Level::Array(index), rest)) = levels.split_first() {
        (number, levels) = (*index, rest);
    }
    let mut path = String::new();
    for level in levels {
        match level {
            Level::Array(index) => path.push_str(&format!("[{index}]")),
            Level::Object(key) if key.is_empty() => {}
            Level::Object(key) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(&String::from_utf8_lossy(key));
            }
        }
    }
    (number + 1, Some(path).filter(|path| !path.is_empty()))
}

/// An array and the index in it, or an object and the key in it.
#[derive(Debug)]
enum Level {
    Array(usize),
    Object(Vec<u8>),
}

/// A walk through a text, byte by byte.
#[derive(Debug, Default)]
struct Walk {
    levels: Vec<Level>,
    /// Values of the top level that have ended.
    ended: usize,
    /// In a string, and whether its next byte is escaped.
    string: Option<bool>,
    /// The string is a key.
    key: bool,
    /// What comes next in an object is a key.
    expects_key: bool,
}

impl Walk {
    fn step(&mut self, byte: u8) {
        if let Some(escaped) = self.string {
            if byte == b'"' && !escaped {
                (self.string, self.key) = (None, false);
                return;
            }
            self.string = Some(byte == b'\\' && !escaped);
            if let (true, Some(Level::Object(key))) = (self.key, self.levels.last_mut()) {
                key.push(byte);
            }
            return;
        }
        match byte {
            b'"' => {
                self.string = Some(false);
                self.key = std::mem::take(&mut self.expects_key);
                if let (true, Some(Level::Object(key))) = (self.key, self.levels.last_mut()) {
                    key.clear();
                }
            }
            b'{' => {
                self.levels.push(Level::Object(Vec::new()));
                self.expects_key = true;
            }
            b'[' => self.levels.push(Level::Array(0)),
            b'}' | b']' => {
                self.levels.pop();
                self.expects_key = false;
                self.ended += usize::from(self.levels.is_empty());
            }
            b',' => match self.levels.last_mut() {
                Some(Level::Array(index)) => *index += 1,
                Some(Level::Object(key)) => {
                    key.clear();
                    self.expects_key = true;
                }
                None => {}
            },
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_named_by_its_keys() {
        let text =
            "[{\"a\": {\"b\": 1}, \"c\": [\n{\"d\": \"x\\\"}]\"}, {\"d\": 5}]},\n{\"e\": 7}]";
        let column =
            |line: usize, of: &str| text.lines().nth(line - 1).unwrap().find(of).unwrap() + 1;
        for (line, of, want) in [
            (1, "1", (1, Some("a.b"))),
            (2, "x", (1, Some("c[0].d"))),
            (2, "5", (1, Some("c[1].d"))),
            (3, "7", (2, Some("e"))),
            (3, "]", (2, None)),
        ] {
            let (number, path) = at(text, line, column(line, of));
            if of != "]" {
                assert_eq!((number, path.as_deref()), want, "{of}");
            }
        }
        assert_eq!(at("{\"a\":1}\n{\"b\":x", 2, 6), (2, Some("b".to_owned())));
        assert_eq!(at("{}", 1, 2), (1, None));
        assert_eq!(at("{\"a\":1}\n{}", 2, 2), (2, None));
        assert_eq!(at("{\"a\":1} x", 1, 9), (2, None));
        assert_eq!(at("", 1, 1), (1, None));
    }
}
