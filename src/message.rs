//! Texts in both languages of the messages, and what libraries and the system say, worded in Chinese.

use std::{
    borrow::Cow,
    fmt,
    io::{self, ErrorKind},
};

/// A text in both languages of the messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// English.
    pub en: Cow<'static, str>,
    /// Chinese.
    pub zh: Cow<'static, str>,
}

/// A message in both languages from two format strings over the same values.
#[macro_export]
macro_rules! message {
    ($en:literal, $zh:literal) => {
        $crate::message::Message {
            en: ::std::borrow::Cow::Owned(::std::format!($en)),
            zh: ::std::borrow::Cow::Owned(::std::format!($zh)),
        }
    };
}

impl Message {
    /// What the system says, its kinds worded in Chinese.
    pub fn of_io(error: &io::Error) -> Self {
        Self { en: error.to_string().into(), zh: io_in_chinese(error).into() }
    }

    /// The message with the same words before both, such as a place: `` sheet `A`: … ``.
    #[must_use]
    pub fn after(self, place: &Self) -> Self {
        Self {
            en: format!("{}: {}", place.en, self.en).into(),
            zh: format!("{}：{}", place.zh, self.zh).into(),
        }
    }
}

/// English, as errors print themselves.
impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// So that a message may be the cause within an [`io::Error`].
impl std::error::Error for Message {}

/// What the system says, in Chinese: by its kind, and where no kind fits, its own words in brackets.
pub fn io_in_chinese(error: &io::Error) -> String {
    if let Some(own) = error.get_ref().and_then(|inner| inner.downcast_ref::<Message>()) {
        return own.zh.to_string();
    }
    let known = match error.kind() {
        ErrorKind::NotFound => "文件或文件夹不存在",
        ErrorKind::PermissionDenied => "没有权限",
        ErrorKind::AlreadyExists => "已存在同名文件",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "磁盘已满",
        ErrorKind::ReadOnlyFilesystem => "所在磁盘为只读",
        ErrorKind::IsADirectory => "这是文件夹，不是文件",
        ErrorKind::NotADirectory => "路径中有一级不是文件夹",
        ErrorKind::DirectoryNotEmpty => "文件夹不是空的",
        ErrorKind::ResourceBusy | ErrorKind::ExecutableFileBusy => "文件正被其他程序使用",
        ErrorKind::FileTooLarge => "文件过大",
        ErrorKind::InvalidFilename => "文件名不合规则或过长",
        ErrorKind::CrossesDevices => "跨磁盘无法移动",
        ErrorKind::TooManyLinks => "链接过多",
        ErrorKind::BrokenPipe => "接收数据的程序已关闭",
        ErrorKind::UnexpectedEof => "数据不完整",
        ErrorKind::OutOfMemory => "内存不足",
        ErrorKind::TimedOut => "超时",
        ErrorKind::Interrupted => "操作被中断",
        ErrorKind::InvalidInput | ErrorKind::InvalidData => {
            return format!("内容或参数无效（{error}）");
        }
        _ => return format!("系统报错（{error}）"),
    };
    known.to_owned()
}

/// What serde says of a key or a value of JSON or TOML, in Chinese; what is not known stands in brackets.
pub fn serde_in_chinese(said: &str) -> String {
    let list = |of: &str| {
        let of = of.trim_start_matches("expected ").trim_start_matches("one of ");
        of.replace(" or ", "、").replace(", ", "、")
    };
    if let Some(key) = said.strip_prefix("missing field ") {
        return format!("缺少键 {key}");
    }
    if let Some(key) = said.strip_prefix("duplicate field ") {
        return format!("键 {key} 重复");
    }
    for (start, wanted) in [("unknown field ", "键"), ("unknown variant ", "值")] {
        if let Some((found, expected)) =
            said.strip_prefix(start).and_then(|rest| rest.split_once(", "))
        {
            // What the reader of TOML calls the inside of a date.
            if found.contains("__toml_private_datetime") {
                return format!("类型不符：现为日期，应为含 {} 的对象", list(expected));
            }
            return match expected {
                "there are no fields" => format!("没有名为 {found} 的{wanted}"),
                _ => format!("没有名为 {found} 的{wanted}，可用的有 {}", list(expected)),
            };
        }
    }
    for (start, fault) in [
        ("invalid type: ", "类型不符"),
        ("invalid value: ", "值不合要求"),
        ("invalid length ", "个数不符"),
    ] {
        let parts = said.strip_prefix(start).and_then(|rest| rest.split_once(", expected "));
        if let Some((found, wanted)) = parts {
            return format!(
                "{fault}：现为{}，应为{}",
                kind_in_chinese(found),
                kind_in_chinese(wanted)
            );
        }
    }
    format!("写法有误（{said}）")
}

/// What serde says of a value in the words of a reader: it names types of the program.
pub fn serde_in_english(said: &str) -> String {
    let Some((found, wanted)) = said.split_once(", expected ") else { return said.to_owned() };
    let (wanted, place) = match wanted.find(" at line ") {
        Some(at) => wanted.split_at(at),
        None => (wanted, ""),
    };
    let found = found.trim_end_matches(" as i128").trim_end_matches(" as u128");
    let wanted = match integer_type(wanted) {
        Some(true) => "a whole number".to_owned(),
        Some(false) => "a whole number that is not negative".to_owned(),
        None if is_float_type(wanted) => "a number".to_owned(),
        None if wanted.starts_with("struct ") => "an object".to_owned(),
        None => match tuple_size(wanted) {
            Some(size) => format!("a list of {size}"),
            None => wanted.to_owned(),
        },
    };
    format!("{found}, expected {wanted}{place}")
}

/// Whether a name is that of a type of fractions.
fn is_float_type(name: &str) -> bool {
    matches!(name, "f32" | "f64")
}

/// How many values a tuple takes.
fn tuple_size(said: &str) -> Option<&str> {
    said.strip_prefix("a tuple of size ")
}

/// Whether a name is that of a type of integers, and whether they may be negative: i32, u64.
fn integer_type(name: &str) -> Option<bool> {
    let bits = name.strip_prefix(['i', 'u'])?;
    bits.parse::<u8>().ok().map(|_| name.starts_with('i'))
}

/// What serde calls a kind of value, with the value itself behind it where it tells one: ``integer `5` ``.
fn kind_in_chinese(said: &str) -> String {
    const KINDS: [(&str, &str); 15] = [
        ("a borrowed string", "文本"),
        ("a string", "文本"),
        ("string", "文本"),
        ("a boolean", "真假值"),
        ("boolean", "真假值"),
        ("integer", "整数"),
        ("floating point", "小数"),
        ("a map", "对象"),
        ("map", "对象"),
        ("a sequence", "数组"),
        ("sequence", "数组"),
        ("null", "空值"),
        ("unit", "空值"),
        ("an integer", "整数"),
        ("a number", "数字"),
    ];
    if said.starts_with("struct ") {
        return "对象".to_owned();
    }
    if is_float_type(said) {
        return "数字".to_owned();
    }
    if let Some(size) = tuple_size(said) {
        return format!(" {size} 项的数组");
    }
    if let Some(big) = said.strip_suffix(" as i128").or(said.strip_suffix(" as u128")) {
        return kind_in_chinese(big);
    }
    if !said.is_empty() && said.bytes().all(|byte| byte.is_ascii_digit()) {
        return format!(" {said} 项");
    }
    if let Some(signed) = integer_type(said) {
        return if signed { "整数" } else { "非负整数" }.to_owned();
    }
    let known = KINDS.iter().find_map(|(en, zh)| {
        let rest = said.strip_prefix(en)?;
        let ends = rest.is_empty() || rest.starts_with([' ', ',']);
        ends.then(|| format!("{zh}{rest}"))
    });
    known.unwrap_or_else(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_says_is_worded_by_its_kind() {
        for (error, zh) in [
            (io::Error::from(ErrorKind::NotFound), "文件或文件夹不存在"),
            (io::Error::from(ErrorKind::PermissionDenied), "没有权限"),
            (io::Error::from(ErrorKind::StorageFull), "磁盘已满"),
            (io::Error::other("the disk is gone"), "系统报错（the disk is gone）"),
            (io::Error::new(ErrorKind::NotFound, message!("no x", "没有 x")), "没有 x"),
        ] {
            assert_eq!(Message::of_io(&error).zh, zh);
            assert_eq!(Message::of_io(&error).en, error.to_string());
        }
    }

    #[test]
    fn what_serde_says_is_worded_in_chinese() {
        for (said, zh) in [
            ("missing field `name`", "缺少键 `name`"),
            ("unknown field `a`, expected `b` or `c`", "没有名为 `a` 的键，可用的有 `b`、`c`"),
            (
                "unknown variant `a`, expected one of `b`, `c`, `d`",
                "没有名为 `a` 的值，可用的有 `b`、`c`、`d`",
            ),
            ("invalid type: null, expected a string", "类型不符：现为空值，应为文本"),
            (
                "invalid value: integer `-5`, expected u64",
                "值不合要求：现为整数 `-5`，应为非负整数",
            ),
            ("invalid type: map, expected struct BudgetV1", "类型不符：现为对象，应为对象"),
            ("invalid type: string \"big\", expected f64", "类型不符：现为文本 \"big\"，应为数字"),
            (
                "invalid length 1, expected a tuple of size 2",
                "个数不符：现为 1 项，应为 2 项的数组",
            ),
            (
                "invalid type: integer `9` as i128, expected u32",
                "类型不符：现为整数 `9`，应为非负整数",
            ),
            (
                "unknown field `$__toml_private_datetime`, expected `a` or `b`",
                "类型不符：现为日期，应为含 `a`、`b` 的对象",
            ),
            ("trailing comma", "写法有误（trailing comma）"),
        ] {
            assert_eq!(serde_in_chinese(said), zh);
        }
    }

    #[test]
    fn what_serde_says_names_no_types_of_the_program() {
        for (said, en) in [
            (
                "invalid value: integer `-5`, expected u64 at line 1 column 2",
                "invalid value: integer `-5`, expected a whole number that is not negative at line 1 column 2",
            ),
            (
                "invalid type: null, expected struct BudgetV1",
                "invalid type: null, expected an object",
            ),
            ("invalid type: map, expected i32", "invalid type: map, expected a whole number"),
            ("invalid type: map, expected f64", "invalid type: map, expected a number"),
            (
                "invalid length 1, expected a tuple of size 2",
                "invalid length 1, expected a list of 2",
            ),
            (
                "invalid type: integer `9` as i128, expected u32",
                "invalid type: integer `9`, expected a whole number that is not negative",
            ),
            ("missing field `name`", "missing field `name`"),
        ] {
            assert_eq!(serde_in_english(said), en);
        }
    }
}
