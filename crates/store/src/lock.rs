//! The lock of a store is a file that at most one process holds: whoever changes the store. The system lets go of it when
//! the process ends, however it ends, so that there is no stale lock. Its content tells who holds it.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{Seek, Write},
    path::Path,
    thread::sleep,
    time::{Duration, Instant},
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::StoreError;

/// How often a waiting process looks again.
const PAUSE: Duration = Duration::from_millis(100);

/// Who holds a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process id.
    pub pid: u32,
    /// Name of the machine, where it is known.
    pub host: String,
    /// Since when.
    pub since: String,
    /// What it does: `run`, `compact`.
    pub command: String,
}

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, and waits for it as long as `wait` says.
    ///
    /// # Errors
    /// Where another process holds it ([`StoreError::holder`] tells who), or the file cannot be written.
    pub fn take(path: &Path, command: &str, wait: Duration) -> Result<Lock, StoreError> {
        let io = |e: std::io::Error| StoreError::io("lock", path, &e);
        let begun = Instant::now();
        let options = OpenOptions::new().read(true).write(true).create(true).truncate(false).clone();
        let mut file = options.open(path).map_err(io)?;
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if begun.elapsed() < wait => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(held(path)),
                Err(TryLockError::Error(error)) => return Err(io(error)),
            }
        }
        let holder = Holder {
            pid: std::process::id(),
            host: fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default().trim().to_owned(),
            since: Timestamp::now().to_string(),
            command: command.to_owned(),
        };
        let json = serde_json::to_vec(&holder).map_err(|e| io(e.into()))?;
        // Who holds it is only told: on a full disk it is held all the same.
        let _ = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| file.write_all(&json));
        Ok(Lock { _file: file })
    }
}

fn held(path: &Path) -> StoreError {
    let holder: Option<Holder> = fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let who = holder.as_ref().map_or("another process".to_owned(), |holder| {
        format!("process {} on `{}` (`{}`, since {})", holder.pid, holder.host, holder.command, holder.since)
    });
    let holder = holder.unwrap_or(Holder { pid: 0, host: String::new(), since: String::new(), command: String::new() });
    let mut error = StoreError::new(format!("cannot lock `{}`", path.display()), format!("{who} holds it"));
    error.holder = Some(Box::new(holder));
    error.hint("wait for it with `--wait SECONDS`, or run again later")
}
