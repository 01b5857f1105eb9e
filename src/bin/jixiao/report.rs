//! What the commands say on standard error: findings, errors and the summary line.

use std::{cell::RefCell, path::PathBuf};

use jixiao::{
    batch::{choice, gather::Wanted, name},
    diagnostic::Severity,
    error::Error,
    message::{Message, io_in_chinese},
    pipeline::Reading,
    render::{
        findings::{Lang, Placed},
        report::{
            record::{FileV1, StateV1, TextV1},
            words,
        },
    },
};

use crate::{Common, LangArg, Status, complain};

/// Counts for the summary line.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    files: usize,
    unread: usize,
    refused: usize,
    returns: usize,
    errors: usize,
    warnings: usize,
    infos: usize,
}

/// Where messages go, in which language, and how many of them.
pub(crate) struct Console {
    verbose: bool,
    quiet: bool,
    pub(crate) lang: Lang,
    counts: RefCell<Counts>,
}

impl Console {
    pub(crate) fn new(common: &Common) -> Self {
        let lang = common.lang.map_or_else(language, |lang| match lang {
            LangArg::Zh => Lang::Zh,
            LangArg::En => Lang::En,
        });
        Self { verbose: common.verbose, quiet: common.quiet, lang, counts: RefCell::default() }
    }

    /// Every finding of a file with its place.
    pub(crate) fn placed<'a>(file: &'a str, reading: &'a Reading<'_>) -> Vec<Placed<'a>> {
        let skipped = reading.skipped.iter().map(|(sheet, diagnostic)| Placed {
            file,
            sheet: Some(sheet),
            map: None,
            diagnostic,
        });
        let found = reading.returns.iter().flat_map(|found| {
            found.diagnostics.iter().map(|diagnostic| Placed {
                file,
                sheet: found.sheet.as_deref(),
                map: Some(&found.map),
                diagnostic,
            })
        });
        skipped.chain(found).collect()
    }

    /// Counts a file that was read, and says whether it is clean.
    pub(crate) fn count(&self, reading: &Reading<'_>) -> Status {
        let mut counts = self.counts.borrow_mut();
        counts.files += 1;
        counts.returns += reading.returns.len();
        let mut status = Status::Clean;
        for placed in Self::placed("", reading) {
            match placed.diagnostic.severity {
                Severity::Error => {
                    counts.errors += 1;
                    status = Status::Findings;
                }
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
        }
        status
    }

    /// Whether a finding is shown: infos only with `-v`.
    pub(crate) fn shows(&self, severity: Severity) -> bool {
        self.verbose || severity > Severity::Info
    }

    /// Why a command could not run, with its causes, in the language of the messages.
    pub(crate) fn failure(&self, error: &anyhow::Error) -> String {
        let said: fn(&(dyn std::error::Error + 'static)) -> String = match self.lang {
            Lang::En => ToString::to_string,
            Lang::Zh => in_chinese,
        };
        error.chain().map(said).collect::<Vec<_>>().join(": ")
    }

    /// Prints the findings of a file on standard error.
    pub(crate) fn findings(&self, file: &str, reading: &Reading<'_>) {
        for placed in Self::placed(file, reading) {
            if self.shows(placed.diagnostic.severity) {
                complain(&placed.line(self.lang));
            }
        }
    }

    /// Prints why a file could not be read.
    pub(crate) fn unread(&self, file: &str, error: &Error) {
        self.not_read(file, &self.error(error));
    }

    /// Prints and counts why a file of many could not be read.
    pub(crate) fn unread_of_many(&self, file: &str, reason: &TextV1) {
        self.not_read(file, words::of(reason, self.lang));
    }

    fn not_read(&self, file: &str, reason: &str) {
        let mut counts = self.counts.borrow_mut();
        counts.files += 1;
        counts.unread += 1;
        complain(&format!("{file}: {reason}"));
    }

    /// How many files were read, and how many were not.
    pub(crate) fn read_and_unread(&self) -> (usize, usize) {
        let counts = self.counts.borrow();
        (counts.files - counts.unread, counts.unread)
    }

    /// An error with its causes, in the language of the messages.
    pub(crate) fn error(&self, error: &Error) -> String {
        match (self.lang, std::error::Error::source(error)) {
            (Lang::Zh, _) => error.whole_in_chinese(),
            (Lang::En, Some(cause)) => format!("{error}: {cause}"),
            (Lang::En, None) => error.to_string(),
        }
    }

    /// Prints why a file of a folder was not read or not written; with `-v` its findings as well.
    pub(crate) fn record(&self, file: &FileV1) {
        let pick = |text: &TextV1| match self.lang {
            Lang::En => text.en.clone(),
            Lang::Zh => text.zh.clone(),
        };
        let told = |reason: &&TextV1| {
            file.state != StateV1::Skipped || self.verbose || choice::is_told(reason)
        };
        if let Some(reason) = file.reason.as_ref().filter(told) {
            complain(&format!("{}: {}", file.source, pick(reason)));
        }
        if !self.verbose {
            return;
        }
        for finding in &file.findings {
            let place = words::place(finding);
            let severity = words::severity(&finding.severity, self.lang);
            let message = pick(&finding.message).replace('\n', "⏎");
            complain(&format!("{}:{place}: {} {message} ({severity})", file.source, finding.code));
        }
    }

    /// Prints why a file of many was not read.
    pub(crate) fn unread_file(&self, name: &str, reason: &TextV1) {
        complain(&format!("{name}: {}", words::of(reason, self.lang)));
    }

    /// Says that an output of `normalize` was changed, so that what is known of its source says nothing of it.
    pub(crate) fn changed(&self, file: &Wanted) {
        if file.changed {
            let (name, path) = (&file.name, name::shown(&file.path));
            self.say(
                &format!(
                    "{name}: `{path}` was changed after normalize wrote it; it is read as it is now"
                ),
                &format!("{name}：`{path}` 在 normalize 写出后被改动，按现有内容读取"),
            );
        }
    }

    /// Prints the summary line of a run over many files, unless `-q`.
    /// Of files that were not written those that were read are `refused`.
    pub(crate) fn total(
        &self,
        files: u64,
        [unread, refused]: [u64; 2],
        returns: u64,
        counts: [u64; 3],
    ) {
        let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
        let [errors, warnings, infos] = counts.map(number);
        *self.counts.borrow_mut() = Counts {
            files: number(files),
            unread: number(unread),
            refused: number(refused),
            returns: number(returns),
            errors,
            warnings,
            infos,
        };
        self.summary();
    }

    /// Prints a line of the run's end, unless `-q`.
    pub(crate) fn note(&self, en: &str, zh: &str) {
        if !self.quiet {
            self.say(en, zh);
        }
    }

    /// Says that none of the folders holds a file to read: with `-q` too, for it is why the command ends as a failure.
    pub(crate) fn nothing_in(&self, folders: &[PathBuf]) {
        let names: Vec<String> =
            folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
        self.say(
            &format!("jixiao: no file that may hold a return in {}", names.join(", ")),
            &format!("jixiao: {} 中没有可能是目标表的文件", names.join("、")),
        );
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints a line that is no finding.
    pub(crate) fn say(&self, en: &str, zh: &str) {
        complain(if self.lang == Lang::Zh { zh } else { en });
    }

    /// Prints the summary line, unless `-q`.
    pub(crate) fn summary(&self) {
        if self.quiet {
            return;
        }
        let Counts { files, unread, refused, returns, errors, warnings, infos } =
            *self.counts.borrow();
        let some = |count: usize, en: &str, zh: &str| match (count, self.lang) {
            (0, _) => String::new(),
            (_, Lang::En) => format!(", {count} {en}"),
            (_, Lang::Zh) => format!("，{zh} {count} 个"),
        };
        let not_read = some(unread, "not read", "未能读取");
        let not_written = some(refused, "not written", "未写出");
        let line = match self.lang {
            Lang::En => format!(
                "{}, {}, {}, {}, {infos} tidied{not_read}{not_written}",
                plural(files, "file"),
                plural(returns, "return"),
                plural(errors, "error"),
                plural(warnings, "warning"),
            ),
            Lang::Zh => format!(
                "文件 {files} 个，目标表 {returns} 份，错误 {errors} 项，提醒 {warnings} 项，整理 {infos} 处{not_read}{not_written}"
            ),
        };
        complain(&line);
    }
}

/// One of the causes of a failure in Chinese, as far as anyone words it.
fn in_chinese(cause: &(dyn std::error::Error + 'static)) -> String {
    if let Some(own) = cause.downcast_ref::<Error>() {
        own.in_chinese()
    } else if let Some(message) = cause.downcast_ref::<Message>() {
        message.zh.to_string()
    } else if let Some(system) = cause.downcast_ref::<std::io::Error>() {
        io_in_chinese(system)
    } else {
        cause.to_string()
    }
}

fn plural(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// The language of `JIXIAO_LANG`, else of the locale.
pub(crate) fn language() -> Lang {
    let stated = std::env::var("JIXIAO_LANG").ok().filter(|lang| !lang.is_empty());
    let locale = stated.or_else(sys_locale::get_locale).unwrap_or_default();
    if locale.to_ascii_lowercase().starts_with("zh") { Lang::Zh } else { Lang::En }
}
