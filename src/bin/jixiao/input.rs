//! Inputs: files, standard input, and the options that say how to read them.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use jixiao::{
    batch::name,
    error::{Error, Result},
    form::{self, Edition},
    message,
    pipeline::{self, Reading, Settings, labels::SheetLabels},
    workbook::{self, Limits},
};

use crate::worker;

/// Options that say how to read.
#[derive(clap::Args)]
pub(crate) struct Reader {
    /// Edition of the form: a built-in name (`jixiao edition list`) or a file that ends in .toml; else recognised
    #[arg(long, value_name = "NAME|FILE.toml")]
    edition: Option<String>,
    /// Budget year of the returns; else from title, year line, sheet name or file name
    #[arg(long, value_parser = clap::value_parser!(i32).range(1950..=2199))]
    year: Option<i32>,
    /// Encoding of text files (utf-8, gb18030, utf-16le, big5 …); else detected
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Sets a limit on what is read, such as cells=2000000; repeatable (docs/limits.md lists them)
    #[arg(long = "limit", value_name = "NAME=VALUE")]
    limits: Vec<String>,
}

/// Options that say how to read a file whose labels are compared.
#[derive(clap::Args)]
pub(crate) struct Labels {
    /// Encoding of text files (utf-8, gb18030, utf-16le, big5 …); else detected
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
}

impl Labels {
    /// Compares the sheets of one input with the labels of an edition.
    pub(crate) fn labels(&self, path: &Path, edition: &Edition) -> Result<Vec<SheetLabels>> {
        let limits = Limits::default();
        let settings = Settings { encoding: self.encoding.clone(), limits, ..Settings::default() };
        pipeline::labels::labels(worker::open_path(path, &settings.options())?, edition)
    }
}

impl Reader {
    /// The edition that the user names. A limit or an encoding that makes no sense is refused with it, before anything
    /// is read.
    pub(crate) fn edition(&self) -> anyhow::Result<Option<&'static Edition>> {
        self.limits()?;
        if let Some(label) = &self.encoding {
            workbook::known_encoding(label)?;
        }
        self.edition.as_deref().map(edition).transpose()
    }

    /// How files are read, with no file named.
    pub(crate) fn settings(&self) -> anyhow::Result<Settings<'static>> {
        Ok(Settings {
            edition: self.edition()?,
            year: self.year,
            encoding: self.encoding.clone(),
            limits: self.limits()?,
            file: None,
            account: false,
            opener: Some(worker::open),
        })
    }

    /// Texts that stand for how files are read: a later run goes by them. An edition file stands with its content.
    pub(crate) fn options(&self, settings: &Settings<'_>) -> Vec<String> {
        let edition = match (self.edition.as_deref(), settings.edition) {
            (Some(name), Some(edition)) if is_edition_file(name) => edition.text.clone(),
            (name, _) => name.unwrap_or_default().to_owned(),
        };
        let built_in = form::built_in_texts().concat();
        let mut options = vec![
            format!("edition={edition}"),
            format!("built-in={built_in}"),
            format!("year={:?}", self.year),
            format!("encoding={:?}", self.encoding),
        ];
        options.extend(self.limits.iter().map(|limit| format!("limit={limit}")));
        options
    }

    /// Reads one input; `-` is standard input.
    pub(crate) fn read(
        &self,
        path: &Path,
        edition: Option<&'static Edition>,
    ) -> Result<Reading<'static>> {
        self.read_with(path, Settings { edition, ..Settings::default() })
    }

    /// Reads one input, with an account of every cell.
    pub(crate) fn inspect(
        &self,
        path: &Path,
        edition: Option<&'static Edition>,
    ) -> Result<Reading<'static>> {
        self.read_with(path, Settings { edition, account: true, ..Settings::default() })
    }

    fn read_with(&self, path: &Path, settings: Settings<'static>) -> Result<Reading<'static>> {
        let limits = self.limits()?;
        let settings = Settings {
            year: self.year,
            encoding: self.encoding.clone(),
            limits,
            file: Some(name::plain(path)).filter(|name| name != "-"),
            ..settings
        };
        pipeline::read_source(worker::open_path(path, &settings.options())?, &settings)
    }

    /// The limits with what the user sets.
    fn limits(&self) -> Result<Limits> {
        let mut limits = Limits::default();
        for setting in &self.limits {
            limits.set(setting)?;
        }
        Ok(limits)
    }
}

/// Whether a path means standard input or output.
pub(crate) fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn is_edition_file(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"))
}

/// The edition of a built-in name or of a file. It lives as long as the program.
pub(crate) fn edition(name: &str) -> anyhow::Result<&'static Edition> {
    if !is_edition_file(name) {
        return Ok(form::by_name(name)?);
    }
    let bytes = workbook::load(Path::new(name), &Limits::default())?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Error::Edition {
            reason: message!("it is not UTF-8 text", "不是 UTF-8 编码的文本"),
        })
        .with_context(|| name.to_owned())?;
    let edition =
        form::parse(text.trim_start_matches('\u{feff}')).with_context(|| name.to_owned())?;
    Ok(Box::leak(Box::new(edition)))
}

/// The inputs that an output must not replace.
pub(crate) fn files(paths: &[PathBuf]) -> Vec<PathBuf> {
    paths.iter().filter(|path| !is_stream(path)).cloned().collect()
}
