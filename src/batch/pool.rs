//! Work on many things at once, taken up again in their order.
//!
//! Plain threads: the work is even, and what must be bounded is how far the workers run ahead of the one who takes.

use std::{
    collections::BTreeMap,
    sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::{Duration, Instant},
};

use crate::error::Result;

/// How many results may wait for an earlier one, for each worker.
const AHEAD: u64 = 64;
/// How many results a worker hands over at once, and how long it keeps one at most: who takes them is woken each time.
const TOGETHER: usize = 16;
const PATIENCE: Duration = Duration::from_millis(4);

struct Feed<N> {
    next: N,
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
    next: N,
    work: impl Fn(u64, T) -> D + Sync,
    mut take: impl FnMut(D) -> Result<bool>,
) -> Result<()> {
    let feed = Mutex::new(Feed { next, given: 0, taken: 0, waiting: 0, closed: false });
    let room = Condvar::new();
    let (send, receive) = mpsc::channel();
    let most = AHEAD * jobs.max(1) as u64;
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            let (send, feed, room, work) = (send.clone(), &feed, &room, &work);
            scope.spawn(move || {
                let (mut done, mut since) = (Vec::new(), Instant::now());
                // Who waits for room must not keep what others wait for.
                while let Some((at, task)) = claim(feed, room, most, || {
                    done.is_empty() || send.send(std::mem::take(&mut done)).is_ok()
                }) {
                    done.push((at, work(at, task)));
                    if done.len() >= TOGETHER || since.elapsed() >= PATIENCE {
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
                let mut feed = lock(&feed);
                feed.taken = due;
                feed.closed |= !matches!(result, Ok(true));
                if feed.waiting > 0 {
                    room.notify_all();
                }
            }
        }
        result.map(drop)
    })
}

fn lock<N>(feed: &Mutex<Feed<N>>) -> MutexGuard<'_, Feed<N>> {
    feed.lock().unwrap_or_else(PoisonError::into_inner)
}

fn claim<T, N: FnMut() -> Option<T>>(
    feed: &Mutex<Feed<N>>,
    room: &Condvar,
    most: u64,
    mut before_waiting: impl FnMut() -> bool,
) -> Option<(u64, T)> {
    let mut feed = lock(feed);
    while !feed.closed && feed.given >= feed.taken + most {
        if !before_waiting() {
            return None;
        }
        feed.waiting += 1;
        feed = room.wait(feed).unwrap_or_else(PoisonError::into_inner);
        feed.waiting -= 1;
    }
    if feed.closed {
        return None;
    }
    let Some(task) = (feed.next)() else {
        feed.closed = true;
        room.notify_all();
        return None;
    };
    feed.given += 1;
    Some((feed.given - 1, task))
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
