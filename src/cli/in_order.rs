//! Work on many things at once whose results are wanted one after another.

use std::io;
use std::num::NonZero;
use std::sync::mpsc::sync_channel;
use std::thread;

/// How many results each thread may be ahead of what is taken: enough to be busy while a large one is written, few
/// enough for memory to stay small however many there are.
const AHEAD: usize = 16;

/// Does the work on as many threads as there are cores, and hands the results over in the order of the items. Ends
/// early, and without waiting for the rest, once `take` fails.
///
/// # Errors
/// What `take` fails with.
pub fn on_all_cores<T: Sync, R: Send>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    on_threads(cores.min(items.len()), items, work, take)
}

fn on_threads<T: Sync, R: Send>(
    threads: usize,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> io::Result<()>,
) -> io::Result<()> {
    if threads < 2 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    thread::scope(|scope| {
        // By turns: each thread's next result is known to be the one that is wanted next of it.
        let mut results = Vec::new();
        for first in 0..threads {
            let (sender, receiver) = sync_channel(AHEAD);
            let work = &work;
            results.push(receiver);
            scope.spawn(move || {
                for item in items.iter().skip(first).step_by(threads) {
                    // Nobody takes results any more.
                    if sender.send(work(item)).is_err() {
                        return;
                    }
                }
            });
        }
        for receiver in results.iter().cycle().take(items.len()) {
            // A thread that ends before its time has panicked, and the scope hands that on.
            let Ok(result) = receiver.recv() else {
                break;
            };
            take(result)?;
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::{AHEAD, on_threads};
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order_however_long_each_takes() {
        for threads in [0, 1, 2, 3, 8] {
            let items: Vec<u64> = (0..100).collect();
            let work = |&item: &u64| {
                std::thread::sleep(Duration::from_micros(item * 7919 % 500));
                item
            };
            let mut taken = Vec::new();
            on_threads(threads, &items, work, |item| {
                taken.push(item);
                Ok(())
            })
            .unwrap();
            assert_eq!(taken, items, "{threads} threads");
        }
    }

    #[test]
    fn nothing_is_worked_far_ahead_and_a_failure_ends_all() {
        const THREADS: usize = 3;
        const ENOUGH: usize = 5;
        let items: Vec<usize> = (0..10_000).collect();
        let worked = AtomicUsize::new(0);
        let mut taken = 0;
        let ended = on_threads(
            THREADS,
            &items,
            |_| worked.fetch_add(1, Ordering::Relaxed),
            |_| {
                // Time for the threads to run as far ahead as they may.
                std::thread::sleep(Duration::from_millis(20));
                taken += 1;
                match taken {
                    ENOUGH => Err(io::ErrorKind::BrokenPipe.into()),
                    _ => Ok(()),
                }
            },
        );
        assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::BrokenPipe);
        let most = ENOUGH + THREADS * (AHEAD + 2);
        let worked = worked.into_inner();
        assert!((ENOUGH..=most).contains(&worked), "{worked} of {most}");
    }
}
