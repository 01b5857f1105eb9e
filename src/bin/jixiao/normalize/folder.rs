//! `normalize DIR… -o OUT`: copies in a folder, with a report.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use anyhow::{Result, bail};
use jixiao::{
    batch::{
        choice::{self, Choice},
        naming::Naming,
        one::Making,
        pattern::Pattern,
        run::{self, Ended, Event, Order, Summary},
        sources::{self, Source, Tree},
    },
    message,
    pipeline::Settings,
    render::{format::Format, xlsx},
};

use super::{Args, Tally, args::Totals, list::List};
use crate::{Status, progress::Progress, report::Console, worker};

pub(super) fn into_folder(
    args: &Args,
    console: &Console,
    out: &Path,
    stop: &Arc<AtomicBool>,
) -> Result<Status> {
    let formats = args.formats();
    let endings: Vec<&'static str> = formats.iter().map(|format| format.ending()).collect();
    let is_source = |dir: &PathBuf| same_place(dir, out);
    if let Some(dir) = args.dirs.iter().find(|dir| is_source(dir)) {
        let dir = dir.display();
        bail!(message!(
            "the output folder is the folder `{dir}` itself; give another with -o",
            "输出文件夹就是 `{dir}` 本身，请用 -o 另取文件夹"
        ));
    }
    refuse_hidden_returns(args, out)?;
    let pattern = args.name.as_deref().map(Pattern::new).transpose()?;
    let settings = args.reader.settings()?;
    let order = Order {
        out: out.to_owned(),
        roots: args.dirs.clone(),
        take_over: args.take_over,
        options: options(args, &formats, pattern.as_ref(), &settings),
        settings,
        making: Making {
            formats,
            xlsx: xlsx::Options {
                totals_sheet: args.totals == Totals::Sheet,
                bulk: true,
                ..xlsx::Options::default()
            },
            apart: pattern.is_some(),
            strict: args.strict,
            elsewhere: Some(worker::work),
        },
        naming: pattern.map_or(Naming::Tree, Naming::Pattern),
        jobs: args.jobs(),
        fail_fast: args.fail_fast,
        dry_run: args.dry_run,
        lang: console.lang,
    };
    let sources: Box<dyn Iterator<Item = Source> + Send> = match &args.files_from {
        Some(list) => {
            let list = List::open(list, args.null, stop)?;
            let fault = list.fault();
            let names: Vec<PathBuf> = list.collect();
            fault.check()?;
            if stop.load(Ordering::SeqCst) {
                // What is missing from a part of a list is not gone.
                interrupted(console);
                return Ok(Status::Interrupted);
            }
            Box::new(sources::listed(names, &endings).into_iter())
        }
        None => Box::new(Tree::new(&args.dirs, args.choice(Some(out), endings.clone())?)?),
    };
    // To say how long it takes the files must be counted first, which is little beside reading them.
    let count = (std::io::stderr().is_terminal() && args.files_from.is_none())
        .then(|| {
            args.choice(Some(out), endings)
                .and_then(|choice| Ok(Tree::new(&args.dirs, choice)?.count()))
        })
        .transpose()?;
    let mut progress = Progress::new(count, console);
    let mut tally = Tally::default();
    let mut printed = Ok(());
    let summary = run::run(&order, sources, stop, &mut |event| {
        if let Event::Done { file, .. } = &event {
            tally.add(file);
        }
        progress.pause(|| {
            if printed.is_ok() {
                printed = tell(&event, console, args.dry_run);
            }
        });
        if let Event::Done { .. } = event {
            progress.step();
        }
    });
    progress.end();
    let summary = summary?;
    printed?;
    conclude(&summary, console, out, args.dry_run);
    if tally.files == 0 && args.files_from.is_none() {
        console.nothing_in(&args.dirs);
    }
    console.total(tally.files, tally.not_written(), tally.returns, tally.counts);
    Ok(tally.status(summary.ended == Ended::Stopped))
}

/// Refuses a new output folder below a folder of sources that holds files already: they would never be read.
fn refuse_hidden_returns(args: &Args, out: &Path) -> Result<()> {
    let resolved = |path: &Path| std::fs::canonicalize(path).ok();
    let Some(place) = resolved(out).filter(|_| out.is_dir() && !choice::is_of_a_run(out)) else {
        return Ok(());
    };
    let is_below = |dir: &PathBuf| resolved(dir).is_some_and(|dir| place.starts_with(dir));
    let mut files = Tree::new(&[out.to_owned()], Choice::default())?;
    if args.dirs.iter().any(is_below) && files.any(|file| file.passed.is_none()) {
        let out = out.display();
        bail!(message!(
            "the output folder `{out}` lies in a folder of sources and holds files that may be returns; they would not be read: give another with -o",
            "输出文件夹 `{out}` 位于源文件夹内，其中已有可能是目标表的文件，不会被读取；请用 -o 另取文件夹"
        ));
    }
    Ok(())
}

/// Says what happened, where it is worth a line; of a dry run on standard output, which may take no more.
fn tell(event: &Event<'_>, console: &Console, dry_run: bool) -> Result<()> {
    match event {
        Event::Done { file, kept } => {
            console.record(file);
            if dry_run && !kept {
                for output in &file.outputs {
                    crate::print(format!("{} -> {}\n", file.source, output.path).as_bytes())?;
                }
            }
        }
        Event::Removed(path) if dry_run => console.say(
            &format!("would be removed: {path} (it would no longer be made)"),
            &format!("将删除：{path}（不再由源文件写出）"),
        ),
        Event::Removed(path) => console.say(
            &format!("removed: {path} (its source is gone, can't be read or has another name now)"),
            &format!("已删除：{path}（源文件已不在、无法读取或已改名）"),
        ),
        Event::Left(path) => console.say(
            &format!("left: {path} is no longer made, but was changed after it was written"),
            &format!("保留：{path} 不再由本次写出，但写出后被改动过"),
        ),
    }
    Ok(())
}

fn conclude(summary: &Summary, console: &Console, out: &Path, dry_run: bool) {
    let report = out.join("report.html");
    let (en, zh) = match summary.ended {
        Ended::Stopped => return interrupted(console),
        Ended::FailedFast => (
            "ended at the first file that could not be read, for --fail-fast asks it".to_owned(),
            "按 --fail-fast，遇到第一个未能读取的文件即结束".to_owned(),
        ),
        Ended::Whole if dry_run => {
            ("nothing was written (--dry-run)".to_owned(), "未写出任何文件（--dry-run）".to_owned())
        }
        Ended::Whole => (
            format!("{} done before and unchanged; report: {}", summary.kept, report.display()),
            format!("此前已处理且未变 {} 个；报告：{}", summary.kept, report.display()),
        ),
    };
    console.note(&en, &zh);
    let again = summary.repeated;
    if again > 0 {
        console.say(
            &format!("{} more than once in a year: see the report", departments(again)),
            &format!("同一年度重复报送的部门 {again} 个，详见报告"),
        );
    }
}

fn departments(count: u64) -> String {
    if count == 1 { "1 department stands".to_owned() } else { format!("{count} departments stand") }
}

fn interrupted(console: &Console) {
    console.note(
        "interrupted; run the same command again to go on",
        "已中断；再次运行同一命令即可继续",
    );
}

/// Texts that stand for every setting that shapes an output.
fn options(
    args: &Args,
    formats: &[Format],
    pattern: Option<&Pattern>,
    settings: &Settings<'_>,
) -> Vec<String> {
    let mut options = vec![
        format!(
            "to={}",
            formats.iter().map(|format| format.ending()).collect::<Vec<_>>().join(",")
        ),
        format!("totals={}", args.totals == Totals::Sheet),
        format!("strict={}", args.strict),
        format!("name={}", pattern.map_or("", Pattern::text)),
    ];
    options.extend(args.reader.options(settings));
    options
}

fn same_place(one: &Path, other: &Path) -> bool {
    let resolved = |path: &Path| std::fs::canonicalize(path).ok();
    resolved(one).is_some_and(|place| Some(place) == resolved(other))
}
