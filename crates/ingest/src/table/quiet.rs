//! A quiet span is work of a library in which a panic is its answer to damaged input: it is caught, and its message, which
//! would tell users of a fault of ours, is not printed. Panics outside of the span, and those of other threads, are told
//! as ever.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What the work gives; none where it panicked.
pub fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    // Hooks are of the process, and taking one away again would race with other threads: this one stays, and passes on
    // what is not quiet.
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let told = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_QUIET.try_with(Cell::get).unwrap_or(false) {
                told(panic);
            }
        }));
    });
    let before = IS_QUIET.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    IS_QUIET.set(before);
    done.ok()
}
