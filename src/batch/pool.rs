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
}

/// For results that hold little: records of files.
pub(super) const RECORDS: Pace = Pace { ahead: 64, together: 16 };
/// For results that may hold much, or that somebody waits for: whole returns.
pub(super) const RETURNS: Pace = Pace { ahead: 8, together: 1 };
/// How long it keeps one at most, while it works on others.
const PATIENCE: Duration = Duration::from_millis(4);

/// What is given out, and how far it is taken. `next` has a lock of its own: it may wait for somebody who writes a list.
struct Feed<N> {
    next: Mutex<N>,
    state: Mutex<State>,
    room: Condvar,
    most: u64,
}

#[derive(Default)]
struct State {
    given: u64,
    taken: u64,
    /// Workers that wait for room: nobody else needs to be woken, and waking costs as much as a file that is known.
    waiting: usize,
    closed: bool,
}

/// Lets `jobs` workers `work` on what `next` gives, and `take`s the results in that order until it says `false`.
///
/// # Errors
/// The first error of `take`; nothing is given out after it.
pub(super) fn ordered<T: Send, D: Send, N: FnMut() -> Option<T> + Send>(
    jobs: usize,
    pace: Pace,
    next: N,
    work: impl Fn(u64, T) -> D + Sync,
    mut take: impl FnMut(D) -> Result<bool>,
) -> Result<()> {
    let feed = Feed {
        next: Mutex::new(next),
        state: Mutex::new(State::default()),
        room: Condvar::new(),
        most: pace.ahead * jobs.max(1) as u64,
    };
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            let (send, feed, work) = (send.clone(), &feed, &work);
            scope.spawn(move || {
                let (mut done, mut since) = (Vec::new(), Instant::now());
                while let Some((at, task)) =
                    feed.claim(|| done.is_empty() || send.send(std::mem::take(&mut done)).is_ok())
                {
                    done.push((at, work(at, task)));
                    if done.len() >= pace.together || since.elapsed() >= PATIENCE {
                        if send.send(std::mem::take(&mut done)).is_err() {
                            return;
                        }
                        since = Instant::now();
                    }
                }
                // Nobody takes them where the other side broke off.
                let _ = send.send(done);
            });
        }
        drop(send);
        let mut waiting = BTreeMap::new();
        let (mut due, mut result) = (0, Ok(true));
        for results in receive {
            waiting.extend(results);
            while let Some(done) = waiting.remove(&due) {
                due += 1;
                if matches!(result, Ok(true)) {
                    result = take(done);
                }
                feed.taken(due, !matches!(result, Ok(true)));
            }
        }
        result.map(drop)
    })
}

impl<T, N: FnMut() -> Option<T>> Feed<N> {
    /// The next thing to do. Before it waits for others it calls `hand_over`: they may wait for what this worker has.
    fn claim(&self, mut hand_over: impl FnMut() -> bool) -> Option<(u64, T)> {
        let mut next = match self.next.try_lock() {
            Ok(next) => next,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                if !hand_over() {
                    return None;
                }
                lock(&self.next)
            }
        };
        let mut state = lock(&self.state);
        while !state.closed && state.given >= state.taken + self.most {
            if !hand_over() {
                return None;
            }
            state.waiting += 1;
            state = self.room.wait(state).unwrap_or_else(PoisonError::into_inner);
            state.waiting -= 1;
        }
        if state.closed {
            return None;
        }
        drop(state);
        let task = next();
        let mut state = lock(&self.state);
        let Some(task) = task.filter(|_| !state.closed) else {
            state.closed = true;
            return None;
        };
        state.given += 1;
        Some((state.given - 1, task))
    }

    fn taken(&self, due: u64, closed: bool) {
        let mut state = lock(&self.state);
        state.taken = due;
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
    use super::*;
    use crate::error::Error;

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
            |done| {
                taken += 1;
                if done == 20 { Err(Error::Empty) } else { Ok(true) }
            },
        );
        assert!(result.is_err());
        assert_eq!(taken, 21);
    }
}
