//! stub
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cleaned { pub text: String, pub tags: Vec<String>, pub entities: bool, pub invisible: bool, pub cut: usize }
pub fn clean(raw: &str) -> Cleaned { Cleaned { text: raw.replace("<p>","").replace("</p>","").trim().to_owned(), ..Cleaned::default() } }
pub fn is_clean(text: &str) -> bool { text.trim() == text && !text.contains('<') }
