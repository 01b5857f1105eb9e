//! Returns in text files: JSON, JSON lines, csv in GB18030, tabs in UTF-16.

use encoding_rs::GB18030;
use jixiao::render;

use crate::{
    Result,
    department::Department,
    layout::official,
    texts::{education_bureau, environment_department, service_office, water_bureau},
};

/// One return as JSON, as another program would hand it over.
pub(crate) fn json() -> Result<Vec<u8>> {
    let of = service_office().to_return()?;
    Ok(render::json::render([(&of, None)].into_iter())?)
}

/// A JSON return with a key that the format doesn't have.
pub(crate) fn unknown_key() -> Result<Vec<u8>> {
    Ok(String::from_utf8(json()?)?.replace("\"approver\"", "\"approved_by\"").into_bytes())
}

/// Three returns, one a line.
pub(crate) fn json_lines() -> Result<Vec<u8>> {
    let returns = [education_bureau(), water_bureau(), environment_department()];
    let returns = returns.iter().map(Department::to_return).collect::<Result<Vec<_>>>()?;
    Ok(render::jsonl::render(returns.iter().map(|of| (of, None)))?)
}

/// The csv that Excel saves on a Chinese Windows.
pub(crate) fn gb18030() -> Result<Vec<u8>> {
    let mut csv =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in official(&water_bureau()).text_rows()? {
        csv.write_record(&row)?;
    }
    let text = String::from_utf8(csv.into_inner()?)?;
    let (bytes, _, lossy) = GB18030.encode(&text);
    if lossy { Err("the text does not fit into GB18030".into()) } else { Ok(bytes.into_owned()) }
}

/// The `Unicode text` that Excel saves, its byte order mark lost on the way.
pub(crate) fn utf16() -> Result<Vec<u8>> {
    let lines = official(&service_office()).text_rows()?;
    let text: String = lines.iter().map(|row| row.join("\t") + "\r\n").collect();
    Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}
