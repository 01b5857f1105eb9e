//! `jixiao schema`: the JSON Schema of a return.

use anyhow::Result;

use crate::{Status, print};

/// Print the JSON Schema of what `convert --to json` writes and reads.
#[derive(clap::Args)]
pub(crate) struct Args {}

pub(crate) fn run(_args: &Args) -> Result<Status> {
    let schema = jixiao::render::json::schema()?;
    print(&schema)?;
    Ok(Status::Clean)
}
