//! Command lines that make no sense, told in Chinese where messages are Chinese; else clap tells them itself.

use std::{ffi::OsString, fmt::Display};

use clap::{
    Command, CommandFactory, Error,
    error::{ContextKind, ContextValue, ErrorKind},
};
use jixiao::render::findings::Lang;

use crate::{Cli, complain, report};

/// Tells why a command line makes no sense, or prints the help that it asks for; gives the exit status.
pub(crate) fn tell(mut error: Error) -> u8 {
    for kind in [ContextKind::ValidSubcommand, ContextKind::SuggestedSubcommand] {
        keep_hidden(&mut error, kind, &Cli::command());
    }
    let chinese = error.use_stderr() && language(std::env::args_os()) == Lang::Zh;
    match chinese.then(|| in_chinese(&error)).flatten() {
        Some(text) => complain(&text),
        // When nobody reads it, nobody misses it.
        None => drop(error.print()),
    }
    u8::try_from(error.exit_code()).unwrap_or(2)
}

/// Takes the commands that no help lists out of those that an error names.
fn keep_hidden(error: &mut Error, kind: ContextKind, all: &Command) {
    let hidden = |name: &String| all.find_subcommand(name).is_some_and(Command::is_hide_set);
    match error.remove(kind) {
        Some(ContextValue::Strings(mut names)) => {
            names.retain(|name| !hidden(name));
            if !names.is_empty() {
                error.insert(kind, ContextValue::Strings(names));
            }
        }
        Some(ContextValue::String(name)) if hidden(&name) => {}
        Some(other) => drop(error.insert(kind, other)),
        None => {}
    }
}

/// The language that the command line names, though it could not be read as a whole; else that of the surroundings.
fn language(args: impl Iterator<Item = OsString>) -> Lang {
    let mut args = args.skip(1).take_while(|arg| arg != "--");
    let mut stated = None;
    while let Some(arg) = args.next() {
        let arg = arg.to_string_lossy();
        if arg == "--lang" {
            stated = args.next().map(|lang| lang.to_string_lossy().into_owned());
        } else if let Some(lang) = arg.strip_prefix("--lang=") {
            stated = Some(lang.to_owned());
        }
    }
    match stated.as_deref() {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => report::language(),
    }
}

/// The message; `None` for help, and for what clap tells nothing more of.
fn in_chinese(error: &Error) -> Option<String> {
    let word = |kind| error.get(kind).map(words);
    let argument = || word(ContextKind::InvalidArg);
    let fault = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识的参数 `{}`", argument()?),
        ErrorKind::InvalidSubcommand => {
            format!("没有名为 `{}` 的命令", word(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingSubcommand => {
            let known = word(ContextKind::ValidSubcommand)?;
            format!("`{}` 之后还须有命令：{known}", word(ContextKind::InvalidSubcommand)?)
        }
        ErrorKind::MissingRequiredArgument => format!("缺少必需的参数 {}", argument()?),
        ErrorKind::ArgumentConflict => match (argument()?, word(ContextKind::PriorArg)) {
            (argument, Some(prior)) if prior != argument => {
                format!("参数 `{argument}` 不能与 `{prior}` 同时使用")
            }
            (argument, _) => format!("参数 `{argument}` 只能使用一次"),
        },
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            invalid_value(error, &argument()?, &word(ContextKind::InvalidValue)?)
        }
        ErrorKind::TooManyValues => {
            format!("参数 `{}` 多出一个值 `{}`", argument()?, word(ContextKind::InvalidValue)?)
        }
        ErrorKind::NoEquals => format!("参数 `{}` 与值之间须有等号", argument()?),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("参数 `{}` 的值个数不对", argument()?)
        }
        ErrorKind::InvalidUtf8 => "参数中有不是 UTF-8 的字符".to_owned(),
        _ => return None,
    };
    let mut lines = vec![format!("jixiao: {fault}")];
    let suggested =
        [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    if let Some(near) = suggested.into_iter().find_map(word) {
        lines.push(format!("  是否指 `{near}`？"));
    }
    if let Some(usage) = word(ContextKind::Usage) {
        let usage = usage.trim().trim_start_matches("Usage:").trim_start().to_owned();
        lines.push(format!("用法：{usage}"));
    }
    lines.push("说明见 `jixiao --help`".to_owned());
    Some(lines.join("\n"))
}

fn invalid_value(error: &Error, argument: &str, value: &str) -> String {
    let mut text = if value.is_empty() {
        format!("参数 `{argument}` 缺少值")
    } else {
        format!("`{value}` 不能用作参数 `{argument}` 的值")
    };
    if let Some(known) = error.get(ContextKind::ValidValue) {
        text += &format!("，可用的有 {}", words(known));
    }
    if let Some(said) = std::error::Error::source(error) {
        text += &format!("（{}）", number_fault(&said.to_string()));
    }
    text
}

/// Why a number is refused: clap names the range that it is not in, or why it is none.
fn number_fault(said: &str) -> String {
    let range = said.split_once(" is not in ").and_then(|(_, range)| range.split_once("..="));
    match (said, range) {
        (_, Some((first, last))) => format!("须在 {first} 至 {last} 之间"),
        ("invalid digit found in string", _) => "须为整数".to_owned(),
        (_, None) if said.starts_with("number too ") => "数字过大或过小".to_owned(),
        _ => said.to_owned(),
    }
}

/// What clap knows of a fault, as one text.
fn words(value: &ContextValue) -> String {
    fn listed(all: &[impl Display]) -> String {
        all.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
    }
    match value {
        ContextValue::Strings(all) => listed(all),
        ContextValue::StyledStrs(all) => listed(all),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_that_which_the_command_line_names() {
        let of = |line: &str| language(line.split(' ').map(OsString::from));
        assert_eq!(of("jixiao check --lang zh --nope"), Lang::Zh);
        assert_eq!(of("jixiao --lang=en check --lang=zh"), Lang::Zh);
        assert_eq!(of("jixiao --lang=zh check --lang en"), Lang::En);
    }

    #[test]
    fn a_number_that_is_refused_has_its_reason_in_chinese() {
        for (said, zh) in [
            ("0 is not in 1..=1024", "须在 1 至 1024 之间"),
            ("invalid digit found in string", "须为整数"),
            ("number too large to fit in target type", "数字过大或过小"),
            ("no such time", "no such time"),
        ] {
            assert_eq!(number_fault(said), zh);
        }
    }
}
