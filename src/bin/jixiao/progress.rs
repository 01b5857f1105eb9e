//! How far a long run has come: a bar on a terminal, else a line now and then.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report::Console;

/// So many files lie between two plain lines.
const EVERY: u64 = 1_000;

pub(crate) struct Progress<'a> {
    bar: Option<ProgressBar>,
    done: u64,
    console: &'a Console,
}

impl<'a> Progress<'a> {
    /// `count` is known on a terminal only.
    pub(crate) fn new(count: Option<usize>, console: &'a Console) -> Self {
        let bar = count.filter(|_| !console.is_quiet()).map(|count| {
            let bar = ProgressBar::with_draw_target(
                Some(count as u64),
                ProgressDrawTarget::stderr_with_hz(8),
            );
            let template = "{wide_bar} {pos}/{len}  {per_sec}  {eta} ";
            bar.set_style(
                ProgressStyle::with_template(template)
                    .unwrap_or_else(|_| ProgressStyle::default_bar()),
            );
            bar
        });
        Self { bar, done: 0, console }
    }

    pub(crate) fn step(&mut self) {
        self.done += 1;
        match &self.bar {
            Some(bar) => bar.inc(1),
            None if self.done.is_multiple_of(EVERY) && !self.console.is_quiet() => {
                let done = self.done;
                self.console.say(&format!("{done} files"), &format!("已处理 {done} 个文件"));
            }
            None => {}
        }
    }

    /// Lets something be printed where the bar stands.
    pub(crate) fn pause(&self, print: impl FnOnce()) {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub(crate) fn end(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
