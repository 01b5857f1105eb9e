//! Why a file could not be read or written at all. Faults in the content are diagnostics, never errors.

use std::{io, path::PathBuf};

use crate::message::{Message, io_in_chinese};

/// Why something could not be done; each variant names the thing, what was wanted and what was found.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is missing, locked or not permitted.
    #[error("cannot read `{}`", path.display())]
    ReadFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The output could not be written.
    #[error("cannot write `{}`", path.display())]
    WriteFile {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The output would replace an input.
    #[error("the output `{}` is an input, and inputs are never changed; give another name with -o", path.display())]
    OutputIsInput {
        /// The output.
        path: PathBuf,
    },
    /// The output would replace a file that holds a return.
    #[error("the output `{}` holds a return, and no return is ever replaced; give another name with -o", path.display())]
    OutputIsReturn {
        /// The output.
        path: PathBuf,
    },
    /// The output would replace a file that can't be read, so that nobody knows what it holds.
    #[error("the output `{}` is there and can't be read, so it may hold a return; give another name with -o, or remove it", path.display())]
    OutputUnread {
        /// The output.
        path: PathBuf,
    },
    /// The file holds nothing.
    #[error("the file is empty (0 bytes); expected a workbook, delimited text or JSON")]
    Empty,
    /// The file is protected by a password.
    #[error("the file is encrypted; open it with its password, save it without one, and try again")]
    Encrypted,
    /// A known container that is not read.
    #[error("this is {kind}, not a workbook; {advice}")]
    Unsupported {
        /// What it is.
        kind: &'static str,
        /// What to do instead.
        advice: &'static str,
    },
    /// Bytes that are no known container.
    #[error("not a workbook, delimited text or JSON: {reason}")]
    NotAWorkbook {
        /// What was found.
        reason: Message,
    },
    /// A workbook that is damaged.
    #[error("the {container} file is damaged: {reason}")]
    Damaged {
        /// The container.
        container: &'static str,
        /// What was found.
        reason: Message,
    },
    /// A label of a text encoding that nobody knows.
    #[error(
        "unknown text encoding `{label}`; known ones are utf-8, utf-16le, utf-16be, gb18030, gbk, big5 …"
    )]
    UnknownEncoding {
        /// The label.
        label: String,
    },
    /// No form stands in the file.
    #[error("no performance-target return found: {reason}")]
    NoForm {
        /// What was looked for and what was found.
        reason: Message,
    },
    /// Another kind of form stands in the file.
    #[error("{place}: this is {kind} (`{found}`), not a performance-target return; it is not read")]
    OtherForm {
        /// Sheet and cell.
        place: String,
        /// The kind of form, by name.
        kind: &'static str,
        /// The words that show it.
        found: String,
    },
    /// A JSON return that breaks the schema.
    #[error("the JSON is no return: {reason}")]
    Json {
        /// Key, line and what was expected.
        reason: Message,
    },
    /// No edition of that name.
    #[error("no edition `{name}`; built in are {known}, or give a file that ends in .toml")]
    UnknownEdition {
        /// The name.
        name: String,
        /// The names that exist.
        known: String,
    },
    /// An edition file that says something impossible.
    #[error("the edition file is faulty: {reason}")]
    Edition {
        /// Key, line and what was expected.
        reason: Message,
    },
    /// The process that opens files can't be run.
    #[error("cannot run the worker that opens files: {reason}")]
    Worker {
        /// The system's reason.
        reason: Message,
    },
    /// A setting of a limit that makes no sense.
    #[error("{reason}")]
    UnknownLimit {
        /// What was given and what was expected.
        reason: Message,
    },
    /// Over a limit.
    #[error("over the limit `{limit}` of {most}: {found} (--limit {limit}=… raises it)")]
    Limit {
        /// The limit's name.
        limit: &'static str,
        /// Its value.
        most: u64,
        /// What was found.
        found: Message,
    },
    /// Another run writes into the same folder.
    #[error("another run is writing into `{}`; wait for its end, or give another folder with -o", path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// An output folder that can't be used.
    #[error("the output folder `{}` can't be used: {reason}", path.display())]
    OutputFolder {
        /// The folder.
        path: PathBuf,
        /// Why.
        reason: Message,
    },
    /// An output folder that holds what was made of other sources.
    #[error(
        "the output folder `{}` holds what was made of {}, which a run over others would remove; give another folder with -o, or --take-over if that is meant",
        path.display(),
        earlier.as_deref().unwrap_or("another list")
    )]
    OtherSources {
        /// The folder.
        path: PathBuf,
        /// The earlier sources; none where they came from a list.
        earlier: Option<String>,
    },
    /// A pattern of names that says something impossible.
    #[error("the pattern of names is faulty: {reason}")]
    Pattern {
        /// What was found and what was expected.
        reason: Message,
    },
    /// The output could not be made.
    #[error("cannot make the {output}: {reason}")]
    Render {
        /// The kind of output.
        output: &'static str,
        /// What the writer said.
        reason: String,
    },
}

/// A result with this crate's error.
pub type Result<T> = std::result::Result<T, Error>;

/// What a file is that is not read, and what to do instead.
fn unsupported_in_chinese(kind: &str) -> (&str, &'static str) {
    const SHOWN: &str = "请索取图中的电子表格";
    const PACKED: &str = "请解压后转换其中的文件";
    const SAVE_AS: &str = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再转换";
    match kind {
        "a PDF document" => ("PDF 文档", "请索取原电子表格，或将其中的表格复制到电子表格中"),
        "a PNG image" => ("PNG 图片", SHOWN),
        "a JPEG image" => ("JPEG 图片", SHOWN),
        "a GIF image" => ("GIF 图片", SHOWN),
        "a TIFF image" => ("TIFF 图片", SHOWN),
        "an image" => ("图片", SHOWN),
        "a RAR archive" => ("RAR 压缩包", PACKED),
        "a 7z archive" => ("7z 压缩包", PACKED),
        "a gzip archive" => ("gzip 压缩包", PACKED),
        "an xz archive" => ("xz 压缩包", PACKED),
        "a zstd archive" => ("zstd 压缩包", PACKED),
        "a zip archive" => ("zip 压缩包", PACKED),
        "an RTF document" => ("RTF 文档", "请用 Word 或 WPS 打开，将表格复制到电子表格中后再转换"),
        "an old Word document (.doc or .wps)" => (
            "旧版 Word 或 WPS 文字文档（.doc、.wps）",
            "请用 Word 或 WPS 打开，另存为 .docx 后再转换",
        ),
        "an old PowerPoint presentation (.ppt or .dps)" => ("旧版演示文稿（.ppt、.dps）", SAVE_AS),
        "an old Office file without a workbook" => ("不含工作簿的旧版 Office 文件", SAVE_AS),
        "a PowerPoint presentation" => ("演示文稿", SAVE_AS),
        "a Numbers document" => ("Numbers 文档", "请在 Numbers 中导出为 .xlsx 后再转换"),
        "an OFD document" => ("OFD 文档", "请索取原电子表格"),
        "an XML file" => ("XML 文件", SAVE_AS),
        "an OpenDocument text (.odt)" => (
            "OpenDocument 文字文档（.odt）",
            "请用 Word、WPS 或 LibreOffice 打开，另存为 .docx 后再转换",
        ),
        "an OpenDocument presentation (.odp)" => ("OpenDocument 演示文稿（.odp）", SAVE_AS),
        "an OpenDocument drawing (.odg)" => ("OpenDocument 绘图（.odg）", SAVE_AS),
        "an OpenDocument chart (.odc)" => ("OpenDocument 图表（.odc）", SAVE_AS),
        "an OpenDocument image (.odi)" => ("OpenDocument 图像（.odi）", SAVE_AS),
        "an OpenDocument database (.odb)" => ("OpenDocument 数据库（.odb）", SAVE_AS),
        "a document of OpenOffice 1 (.sxc or .sxw)" => {
            ("OpenOffice 1 文档（.sxc、.sxw）", "请用 LibreOffice 打开，另存为 .xlsx 后再转换")
        }
        "the frame page of a workbook that was saved as several HTML pages" => (
            "另存为多个网页的工作簿的框架页",
            "请转换旁边文件夹中的页面（sheet001.htm 等），或用 Excel、WPS 打开后另存为 .xlsx",
        ),
        other => (other, SAVE_AS),
    }
}

/// The Chinese name in the name of another kind of form: a self-assessment (绩效自评表).
pub fn kind_in_chinese(kind: &'static str) -> &'static str {
    let inside = kind.split_once('(').and_then(|(_, rest)| rest.split_once(')'));
    inside.map_or(kind, |(name, _)| name)
}

/// A container as a Chinese sentence begins with it.
fn container_in_chinese(container: &str) -> String {
    match container {
        "given" => String::new(),
        "old Office" => "旧版 Office ".to_owned(),
        "XML spreadsheet" => "XML 电子表格".to_owned(),
        other => format!("{other} "),
    }
}

impl Error {
    /// The message in Chinese with the system's reason, where there is one.
    pub fn whole_in_chinese(&self) -> String {
        match self {
            Self::ReadFile { source, .. } | Self::WriteFile { source, .. } => {
                format!("{}：{}", self.in_chinese(), io_in_chinese(source))
            }
            _ => self.in_chinese(),
        }
    }

    /// The message in Chinese.
    pub fn in_chinese(&self) -> String {
        match self {
            Self::ReadFile { path, .. } => format!("无法读取“{}”", path.display()),
            Self::WriteFile { path, .. } => format!("无法写入“{}”", path.display()),
            Self::OutputIsInput { path } => {
                format!(
                    "输出“{}”就是输入文件；输入文件不会被改动，请用 -o 另取文件名",
                    path.display()
                )
            }
            Self::OutputIsReturn { path } => {
                format!(
                    "输出“{}”是一份目标表；目标表不会被覆盖，请用 -o 另取文件名",
                    path.display()
                )
            }
            Self::OutputUnread { path } => {
                format!(
                    "输出“{}”已存在且无法读取，可能是一份目标表；请用 -o 另取文件名，或先将其删除",
                    path.display()
                )
            }
            Self::Empty => "文件为空（0 字节），应为工作簿、分隔文本或 JSON".to_owned(),
            Self::Encrypted => "文件已加密；请用密码打开，另存为不加密的文件后再试".to_owned(),
            Self::Unsupported { kind, .. } => {
                let (kind, advice) = unsupported_in_chinese(kind);
                format!("这是{kind}，不是可读取的工作簿；{advice}")
            }
            Self::NotAWorkbook { reason } => format!("不是工作簿、分隔文本或 JSON：{}", reason.zh),
            Self::Damaged { container, reason } => {
                format!("{}文件已损坏：{}", container_in_chinese(container), reason.zh)
            }
            Self::UnknownEncoding { label } => {
                format!("未知的文本编码“{label}”，可用 utf-8、utf-16le、gb18030、gbk、big5 等")
            }
            Self::NoForm { reason } => format!("未找到部门整体预算绩效目标表：{}", reason.zh),
            Self::OtherForm { place, kind, found } => {
                let kind = kind_in_chinese(kind);
                format!("{place}：这是{kind}（`{found}`），不是部门整体绩效目标表，未读取")
            }
            Self::Json { reason } => format!("JSON 不符合目标表的格式：{}", reason.zh),
            Self::UnknownEdition { name, known } => {
                format!("没有名为“{name}”的表样；内置表样有 {known}，也可给出 .toml 文件")
            }
            Self::Edition { reason } => format!("表样文件有误：{}", reason.zh),
            Self::Worker { reason } => format!("无法启动读取文件的工作进程：{}", reason.zh),
            Self::UnknownLimit { reason } => format!("限制设置有误：{}", reason.zh),
            Self::Limit { limit, most, found } => {
                format!("超出限制 {limit}（{most}）：{}；可用 --limit {limit}=… 调高", found.zh)
            }
            Self::Busy { path } => {
                format!("另一次运行正在写入“{}”；请等它结束，或用 -o 另取文件夹", path.display())
            }
            Self::OutputFolder { path, reason } => {
                format!("输出文件夹“{}”不可用：{}", path.display(), reason.zh)
            }
            Self::OtherSources { path, earlier } => {
                format!(
                    "输出文件夹“{}”中是由{}写出的文件，改用别的来源会将其删除；请用 -o 另取文件夹，确要如此请加 --take-over",
                    path.display(),
                    earlier.as_deref().unwrap_or("另一份清单")
                )
            }
            Self::Pattern { reason } => format!("文件名模式有误：{}", reason.zh),
            Self::Render { output, reason } => format!("无法生成 {output}（{reason}）"),
        }
    }
}
