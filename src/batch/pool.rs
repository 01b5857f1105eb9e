//! Work on many things at once, taken up again in their order.
//!
//! Plain threads: the work is even, and what must be bounded is how far the workers run ahead of the one who takes.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, TryLockError, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::error::Result;

/// How closely results are taken.
#[derive(Clone, Copy)]
pub(super) struct Pace {
    /// How many results may wait for an earlier one, for each worker.
    ahead: u64,
    /// How many results a worker may hand over at once: who takes them is woken each time.
    together: usize,
    /// How many things a worker may be given at once, where they are quickly done.
    at_once: u64,
    /// How many bytes results may hold until they are taken: beyond them nothing more is given out.
    bytes: u64,
}

/// For results that hold little: records of files.
pub(super) const RECORDS: Pace = Pace { ahead: 128, together: 64, at_once: 16, bytes: u64::MAX };
/// For results that may hold much, or that somebody waits for: whole returns.
pub(super) const RETURNS: Pace = Pace { ahead: 8, together: 1, at_once: 1, bytes: 8 << 20 };
/// How long it keeps one at most, while it works on others.
const PATIENCE: Duration = Duration::from_millis(4);
/// What is done in less is quickly done: a file that an earlier run had done.
const QUICK: Duration = Duration::from_micros(500);

/// What is given out, and how far it is taken. `next` has a lock of its own: it may wait for somebody who writes a list.
struct Feed<N> {
    next: Mutex<N>,
    state: Mutex<State>,
    room: Condvar,
    most: u64,
    most_bytes: u64,
}

#[derive(Default)]
struct State {
    given: u64,
    taken: u64,
    /// Bytes of what is done and not taken.
    held: u64,
    /// Workers that wait for room: nobody else needs to be woken, and waking costs as much as a file that is known.
    waiting: usize,
    closed: bool,
}

/// Lets `jobs` workers `work` on what `next` gives, and `take`s the results in that order until it says `false`. `weigh`
/// says how many bytes a result holds, as far as they matter.
///
/// # Errors
/// The first error of `take`; nothing is given out after it.
pub(super) fn ordered<T: Send, D: Send, N: FnMut() -> Option<T> + Send>(
    jobs: usize,
    pace: Pace,
    next: N,
    work: impl Fn(u64, T) -> D + Sync,
    weigh: fn(&D) -> u64,
    mut take: impl FnMut(D) -> Result<bool>,
) -> Result<()> {
    let feed = Feed {
        next: Mutex::new(next),
        state: Mutex::new(State::default()),
        room: Condvar::new(),
        most: pace.ahead * jobs.max(1) as u64,
        most_bytes: pace.bytes,
    };
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            let (send, feed, work) = (send.clone(), &feed, &work);
            scope.spawn(move || {
                let (mut done, mut since) = (Vec::new(), Instant::now());
                let mut most = 1;
                loop {
                    let hand_over =
                        || done.is_empty() || send.send(std::mem::take(&mut done)).is_ok();
                    let tasks = feed.claim(most, hand_over);
                    if tasks.is_empty() {
                        // Nobody takes them where the other side broke off.
                        let _ = send.send(done);
                        return;
                    }
                    let begun = Instant::now();
                    for (at, task) in tasks {
                        let result = work(at, task);
                        feed.hold(weigh(&result));
                        done.push((at, result));
                        if done.len() >= pace.together || since.elapsed() >= PATIENCE {
                            if send.send(std::mem::take(&mut done)).is_err() {
                                return;
                            }
                            since = Instant::now();
                        }
                    }
                    most = if begun.elapsed() < QUICK { pace.at_once } else { 1 };
                }
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let (mut due, mut result) = (0, Ok(true));
        for results in receive {
            waiting.extend(results);
            while let Some(done) = waiting.remove(&due) {
                due += 1;
                let bytes = weigh(&done);
                if matches!(result, Ok(true)) {
                    result = take(done);
                }
                feed.taken(due, bytes, !matches!(result, Ok(true)));
            }
        }
        result.map(drop)
    })
}

impl<T, N: FnMut() -> Option<T>> Feed<N> {
    /// The next things to do, at most so many; none at the end. Before it waits for others it calls `hand_over`: they may
    /// wait for what this worker has.
    fn claim(&self, most: u64, mut hand_over: impl FnMut() -> bool) -> Vec<(u64, T)> {
        let mut next = match self.next.try_lock() {
            Ok(next) => next,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                if !hand_over() {
                    return Vec::new();
                }
                lock(&self.next)
            }
        };
        let mut state = lock(&self.state);
        // Where anything is held, the result that is due is given out, and comes: so nobody waits for ever.
        while !state.closed
            && (state.given >= state.taken + self.most || state.held > self.most_bytes)
        {
            if !hand_over() {
                return Vec::new();
            }
            state.waiting += 1;
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        if state.closed {
            return Vec::new();
        }
        let room = (state.taken + self.most - state.given).clamp(1, most);
        drop(state);
        let tasks: Vec<T> =
            std::iter::from_fn(&mut *next).take(usize::try_from(room).unwrap_or(1)).collect();
        let mut state = lock(&self.state);
        if tasks.is_empty() || state.closed {
            state.closed = true;
            return Vec::new();
        }
        let first = state.given;
        state.given += tasks.len() as u64;
        (first..).zip(tasks).collect()
    }

    fn hold(&self, bytes: u64) {
        if bytes > 0 {
            lock(&self.state).held += bytes;
        }
    }

    fn taken(&self, due: u64, bytes: u64, closed: bool) {
        let mut state = lock(&self.state);
        state.taken = due;
        state.held -= bytes;
        state.closed |= closed;
        if state.waiting > 0 {
            self.room.notify_all();
        }
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::error::Error;

    type Weigh = fn(&usize) -> u64;

    /// Longer than anything here takes.
    const LONG: Duration = Duration::from_secs(20);

    #[test]
    fn results_come_in_the_order_of_the_tasks() {
        let mut numbers = 0..1000_u64;
        let mut taken = Vec::new();
        ordered(
            4,
            RECORDS,
            || numbers.next(),
            |_, number| {
                if number % 7 == 0 {
                    thread::yield_now();
                }
                number * 2
            },
            |_| 0,
            |done| {
                taken.push(done);
                Ok(true)
            },
        )
        .unwrap();
        assert_eq!(taken, (0..1000).map(|number| number * 2).collect::<Vec<_>>());
    }

    #[test]
    fn taking_ends_at_the_first_error() {
        let mut numbers = 0..;
        let mut taken = 0;
        let result = ordered(
            3,
            RECORDS,
            || numbers.next(),
            |_, number: u64| number,
            |_| 1,
            |done| {
                taken += 1;
                if done == 20 { Err(Error::Empty) } else { Ok(true) }
            },
        );
        assert!(result.is_err());
        assert_eq!(taken, 21);
    }

    #[test]
    fn only_so_many_results_and_bytes_wait_for_the_first() {
        // Two workers; the first task is not done until no more are given out.
        let light = Pace { bytes: 100, at_once: 1, ..RECORDS };
        let cases: [(&str, Pace, Weigh, usize); 5] = [
            ("records", RECORDS, |_| 1 << 40, 256),
            ("returns", RETURNS, |_| 0, 16),
            ("returns of which each holds much", RETURNS, |_| 9 << 20, 2),
            ("three of them are more than may wait", light, |_| 40, 4),
            ("one holds more than may wait", light, |number| [0, 0, 0, 1000][number % 4], 4),
        ];
        for (case, pace, weigh, want) in cases {
            let (given, at_first) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let (mut numbers, mut taken) = (0..400, 0);
            let first = || {
                let begun = Instant::now();
                while given.load(Ordering::SeqCst) < want && begun.elapsed() < LONG {
                    thread::yield_now();
                }
                // If any more came, they would come now.
                thread::sleep(Duration::from_millis(50));
                at_first.store(given.load(Ordering::SeqCst), Ordering::SeqCst);
            };
            ordered(
                2,
                pace,
                || {
                    given.fetch_add(1, Ordering::SeqCst);
                    numbers.next()
                },
                |_, number| {
                    if number == 0 {
                        first();
                    }
                    number
                },
                weigh,
                |_| {
                    taken += 1;
                    Ok(true)
                },
            )
            .unwrap();
            assert_eq!((at_first.into_inner(), taken), (want, 400), "{case}");
        }
    }

    #[test]
    fn who_gives_out_tasks_may_wait_for_the_result_of_each() {
        for jobs in [1, 2, 5] {
            let (tell, told) = mpsc::channel();
            let mut given = 0;
            let mut taken = 0;
            let next = move || {
                given += 1;
                (given == 1 || given < 9 && told.recv_timeout(LONG).is_ok()).then_some(given)
            };
            let take = |_| {
                taken += 1;
                tell.send(()).unwrap();
                Ok(true)
            };
            ordered(jobs, RETURNS, next, |_, number: usize| number, |_| 1, take).unwrap();
            assert_eq!(taken, 8, "{jobs} workers");
        }
    }
}
