//! How far a line has come, and the places where it may end.

/// How far a line has come. LibreOffice measures in 1/100 mm and rounds each run of one script.
#[derive(Clone, Copy, Default)]
pub(super) struct Reach {
    /// Pixels from the line's start.
    pub(super) x: i32,
    /// Pixels of the run in progress.
    pub(super) run: i32,
    /// 1/100 mm of the runs before it.
    pub(super) runs: i32,
}

/// Pixels (96 to the inch) in 1/100 mm.
pub(super) fn hundredths(pixels: i32) -> i32 {
    (pixels * 635 + 12) / 24
}

impl Reach {
    #[inline]
    pub(super) fn add(&mut self, width: i32) {
        self.x += width;
        self.run += width;
    }

    /// Whether a glyph overflows: at the edge itself, the rounding of the runs decides.
    #[inline]
    pub(super) fn overflows(self, width: i32, room: i32) -> bool {
        let x = self.x + width;
        x > room
            && (x > room + 1 || self.runs + hundredths(self.run + width) >= hundredths(room + 1))
    }
}

/// A place where the line may end.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// Characters before it in the paragraph.
    pub(super) at: usize,
    pub(super) reach: Reach,
    /// Once its run has ended: 1/100 mm of that run behind the place, and of all runs up to that run's end.
    pub(super) rest: Option<(i32, i32)>,
}

impl Place {
    pub(super) fn end_run(&mut self, run: Reach) {
        if self.rest.is_none() {
            self.rest =
                Some((hundredths(run.run - self.reach.run), run.runs + hundredths(run.run)));
        }
    }

    /// What a line that came as far as `reach` leaves for the next one when it ends here.
    pub(super) fn cut(self, reach: Reach) -> Reach {
        let x = reach.x - self.reach.x;
        match self.rest {
            None => Reach { x, run: x, runs: 0 },
            Some((rest, end)) => Reach { x, run: reach.run, runs: reach.runs - end + rest },
        }
    }

    /// This place as seen from the next line, when the line ends at an earlier one.
    pub(super) fn after(self, cut: Self) -> Self {
        let x = self.reach.x - cut.reach.x;
        let (rest, end) = match (cut.rest, self.rest) {
            (Some((left, end)), rest) => {
                (rest.map(|(rest, its)| (rest, its - end + left)), Some(end))
            }
            (None, rest) => (rest, None),
        };
        let one_run = end.is_none() || end == self.rest.map(|(_, end)| end);
        let reach = if one_run { Reach { x, run: x, runs: 0 } } else { cut.cut(self.reach) };
        Self { reach, rest, ..self }
    }
}
