//! A stage is the folder that an output is written to before it takes the place of the former one. Readers see the
//! former output or the new one, whole, and a run that fails leaves the former as it was.
//!
//! Where the stage lies, and how it takes its place:
//! - **Swap.** It lies beside the output folder, as `.NAME.staging-PID-N`. Where the output folder does not exist, the
//!   stage is renamed to it; where the folder holds nothing but our own files, the two are exchanged in one step (or, on
//!   a file system that cannot exchange, the old is renamed aside and the new renamed in).
//! - **Move in.** Where the output folder holds files of others, is the working directory or a mount point, or its
//!   parent may not be written to, the folder itself must stay: our files are moved into it one by one, others' are not
//!   touched. `run.json` goes first and comes back last, so that a folder with `run.json` is whole. A journal in the
//!   stage lets the next run finish what a crash interrupted.
//!
//! A stage is locked while its run lives. What a dead run left behind is cleaned up when the next stage is created.

use crate::{ExportError, format};
use std::{
    collections::BTreeSet,
    ffi::OsStr,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

/// The report of the run; its presence says that an output is whole.
pub(crate) const RUN_FILE: &str = "run.json";
/// In a stage: the list of files that are being moved in.
const JOURNAL: &str = ".moving-in";
/// In a stage: files that only the run itself needs.
const SCRATCH: &str = ".scratch";
/// How often a stage tries to take its place while other runs do the same.
const RETRIES: usize = 100;

/// A folder to write an output to.
pub(crate) struct Stage {
    out: PathBuf,
    dir: PathBuf,
    /// Held open for its lock.
    _lock: Option<File>,
    /// Whether `dir` is to stay when the stage is dropped.
    keep: bool,
}

impl Stage {
    /// Creates an empty stage for the output folder `out`, and cleans up after dead runs.
    pub fn create(out: &Path) -> Result<Self, ExportError> {
        let out = resolve(out)?;
        let (parent, name) = (parent(&out), name(&out));
        recover(&out, parent, &name);
        let inside = |parent: &Path| Self::create_in(parent, ".broadsheet.staging-", &out);
        if !out.exists() {
            return Self::create_in(parent, &format!(".{name}.staging-"), &out);
        }
        if must_stay(&out) {
            return inside(&out);
        }
        Self::create_in(parent, &format!(".{name}.staging-"), &out).or_else(|error| inside(&out).map_err(|_| error))
    }

    fn create_in(parent: &Path, prefix: &str, out: &Path) -> Result<Self, ExportError> {
        static COUNTER: AtomicU64 = AtomicU64::new(0);
        loop {
            let number = COUNTER.fetch_add(1, Ordering::Relaxed);
            let dir = parent.join(format!("{prefix}{}-{number}", std::process::id()));
            match fs::create_dir(&dir) {
                Ok(()) => {}
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(e) => return Err(ExportError::io("create a folder in", parent, e)),
            }
            let lock = File::open(&dir).ok().filter(|file| file.lock().is_ok());
            // Another run may have taken the folder for a dead one's before it was locked.
            if !dir.exists() {
                continue;
            }
            return Ok(Self { out: out.to_owned(), dir, _lock: lock, keep: false });
        }
    }

    /// The output folder, with links resolved.
    pub fn out(&self) -> &Path {
        &self.out
    }

    /// Where to write a file of the output.
    pub fn file(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// Where to write a file that only the run itself needs.
    pub fn scratch(&self, name: &str) -> Result<PathBuf, ExportError> {
        let dir = self.dir.join(SCRATCH);
        fs::create_dir_all(&dir).map_err(|e| ExportError::io("create", &dir, e))?;
        Ok(dir.join(name))
    }

    /// Puts the files in place of the former output.
    pub fn put_in_place(mut self) -> Result<(), ExportError> {
        let scratch = self.dir.join(SCRATCH);
        if scratch.exists() {
            fs::remove_dir_all(&scratch).map_err(|e| ExportError::io("remove", &scratch, e))?;
        }
        sync(&self.dir);
        let beside = self.dir.parent() == self.out.parent();
        // Another run may create or replace the folder between a look at it and the step that follows from it.
        for last in (0..RETRIES).map(|i| i + 1 == RETRIES) {
            let (step, verb) = if beside && !self.out.exists() {
                (fs::rename(&self.dir, &self.out), "create")
            } else if beside && !must_stay(&self.out) {
                (swap(&self.dir, &self.out), "replace")
            } else {
                self.move_in()?;
                break;
            };
            match step {
                Ok(()) => {
                    self.keep = true;
                    discard(&self.dir, &self.out);
                    break;
                }
                Err(e) if !last && is_overtaken(&e) && self.dir.exists() => {}
                Err(e) => return Err(ExportError::io(verb, &self.out, e)),
            }
        }
        sync(parent(&self.out));
        Ok(())
    }

    /// Moves the files into the output folder one by one.
    fn move_in(&mut self) -> Result<(), ExportError> {
        let failed = |e| ExportError::io("put files into", &self.out, e);
        if let Some(name) = ours(&self.out).map_err(failed)?.into_iter().find(|name| self.out.join(name).is_dir()) {
            let path = self.out.join(name);
            return Err(ExportError::new(
                format!("cannot write `{}`", path.display()),
                "a folder of that name is in the way",
                Some("move it away or choose another `--out`"),
            ));
        }
        let names: Vec<String> = ours(&self.dir).map_err(failed)?.into_iter().collect();
        let journal = self.dir.join(JOURNAL);
        let draft = self.dir.join(".journal");
        fs::write(&draft, names.join("\n")).and_then(|()| File::open(&draft)?.sync_all()).map_err(failed)?;
        fs::rename(&draft, &journal).map_err(failed)?;
        sync(&self.dir);
        // From here on the new output is the one to come: should a step fail, the next run takes it up.
        self.keep = true;
        finish_move(&self.dir, &self.out).map_err(failed)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if !self.keep {
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// The output folder's full path, links resolved; refuses what is not a folder and creates missing parents.
fn resolve(out: &Path) -> Result<PathBuf, ExportError> {
    let failed = |e| ExportError::io("use the output folder", out, e);
    match fs::metadata(out) {
        Ok(found) if !found.is_dir() => Err(ExportError::new(
            format!("cannot use the output folder `{}`", out.display()),
            "it is not a folder",
            Some("choose another `--out`"),
        )),
        Ok(_) => out.canonicalize().map_err(failed),
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            if out.is_symlink() {
                return Err(ExportError::new(
                    format!("cannot use the output folder `{}`", out.display()),
                    "it is a link to a folder that does not exist",
                    Some("create that folder or choose another `--out`"),
                ));
            }
            let name = out.file_name().ok_or_else(|| failed(e))?;
            let parent = parent(out);
            fs::create_dir_all(parent).map_err(failed)?;
            Ok(parent.canonicalize().map_err(failed)?.join(name))
        }
        Err(e) => Err(failed(e)),
    }
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => path,
    }
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(OsStr::new("root")).to_string_lossy().into_owned()
}

/// Whether a name is that of a file that an export writes.
fn is_ours(name: &str) -> bool {
    name == RUN_FILE || format::is_output(name)
}

/// The names in `dir`, those of files that an export writes apart from the others.
fn names(dir: &Path) -> io::Result<(BTreeSet<String>, Vec<PathBuf>)> {
    let (mut ours, mut others) = (BTreeSet::new(), Vec::new());
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        match entry.file_name().to_str() {
            Some(name) if is_ours(name) => {
                ours.insert(name.to_owned());
            }
            _ => others.push(entry.path()),
        }
    }
    Ok((ours, others))
}

fn ours(dir: &Path) -> io::Result<BTreeSet<String>> {
    Ok(names(dir)?.0)
}

/// Whether the output folder itself must not be replaced by another.
fn must_stay(out: &Path) -> bool {
    let plain = names(out).is_ok_and(|(ours, others)| others.is_empty() && !ours.iter().any(|n| out.join(n).is_dir()));
    let working = std::env::current_dir().is_ok_and(|dir| dir == out);
    !plain || working || is_mount(out)
}

#[cfg(unix)]
fn is_mount(out: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let device = |path: &Path| fs::metadata(path).map(|m| m.dev()).ok();
    device(out) != device(parent(out))
}

#[cfg(not(unix))]
fn is_mount(_out: &Path) -> bool {
    false
}

/// Exchanges the stage and the output folder. From then on the stage's path leads to the former output.
fn swap(stage: &Path, out: &Path) -> io::Result<()> {
    if let Ok(old) = fs::metadata(out) {
        let _ = fs::set_permissions(stage, old.permissions());
    }
    match exchange(stage, out) {
        Err(e) if cannot_exchange(&e) => rename_aside(stage, out),
        done => done,
    }
}

/// Whether a step failed because another run was there first.
fn is_overtaken(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::DirectoryNotEmpty | io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound)
}

/// Exchanges two folders in one step, where the system can.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_a: &Path, _b: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the file system or the kernel does not know how to exchange.
fn cannot_exchange(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The fallback for [`exchange`]: the old folder is renamed aside, the new one in, and the old one takes the stage's
/// name. A crash between leaves the old folder under a name from which [`recover`] brings it back.
fn rename_aside(stage: &Path, out: &Path) -> io::Result<()> {
    let lock = File::open(out).ok().filter(|file| file.try_lock().is_ok());
    let aside = parent(out).join(format!(".{}.old-{}", name(out), std::process::id()));
    fs::rename(out, &aside)?;
    if let Err(e) = fs::rename(stage, out) {
        fs::rename(&aside, out)?;
        return Err(e);
    }
    // The new output is in place; should this fail, the next run removes the old one.
    let _ = fs::rename(&aside, stage);
    drop(lock);
    Ok(())
}

/// Removes a former output. Files of others that came into it at the last moment are carried over to the new one.
fn discard(dir: &Path, out: &Path) {
    let Ok((ours, others)) = names(dir) else { return };
    for other in others {
        let target = out.join(other.file_name().unwrap_or_default());
        if is_left_by_run(&other) {
            let _ = fs::remove_dir_all(&other).or_else(|_| fs::remove_file(&other));
        } else if !target.exists() {
            let _ = fs::rename(&other, target);
        }
    }
    for name in ours {
        let _ = fs::remove_file(dir.join(name));
    }
    // Stays where something could not be carried over: nothing of others is ever deleted.
    let _ = fs::remove_dir(dir);
}

fn is_left_by_run(path: &Path) -> bool {
    matches!(path.file_name().and_then(OsStr::to_str), Some(SCRATCH | JOURNAL | ".journal"))
}

/// Moves into `out` what the journal of `stage` lists. Every step can be repeated after a crash.
fn finish_move(stage: &Path, out: &Path) -> io::Result<()> {
    let lock = File::open(out).ok().filter(|file| file.lock().is_ok());
    let journal = fs::read_to_string(stage.join(JOURNAL))?;
    let listed: BTreeSet<&str> = journal.lines().filter(|name| is_ours(name)).collect();
    let remove = |name: &str| match fs::remove_file(out.join(name)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    };
    // Once the new report is in, all before it is too, and only the stage is left to remove.
    if stage.join(RUN_FILE).exists() {
        remove(RUN_FILE)?;
        sync(out);
        for name in ours(out)?.iter().filter(|name| !listed.contains(name.as_str())) {
            remove(name)?;
        }
        let last = listed.contains(RUN_FILE).then_some(RUN_FILE);
        for name in listed.iter().copied().filter(|name| *name != RUN_FILE).chain(last) {
            if stage.join(name).exists() {
                fs::rename(stage.join(name), out.join(name))?;
            }
        }
        sync(out);
    }
    drop(lock);
    fs::remove_dir_all(stage)
}

/// Cleans up after dead runs: finishes what was being moved in, brings back what was renamed aside, removes the rest.
/// What cannot be cleaned up is left: it harms nobody, and this run's own errors say more.
fn recover(out: &Path, parent: &Path, name: &str) {
    for dead in left_behind(parent, &format!(".{name}.old-")) {
        if out.exists() {
            discard(&dead.dir, out);
        } else {
            let _ = fs::rename(&dead.dir, out);
        }
    }
    let beside = left_behind(parent, &format!(".{name}.staging-"));
    let inside = left_behind(out, ".broadsheet.staging-");
    for dead in beside.into_iter().chain(inside) {
        if dead.dir.join(JOURNAL).exists() && out.exists() {
            let _ = finish_move(&dead.dir, out);
        } else {
            let _ = fs::remove_dir_all(dead.dir.join(SCRATCH));
            discard_stage(&dead.dir, out);
        }
    }
}

/// A folder that a dead run left behind, locked so that no other run takes it up at the same time, and that a run which
/// is just being born and has not locked it yet notices.
struct Dead {
    dir: PathBuf,
    _lock: File,
}

/// Removes a dead run's stage; it may be a former output that the run had no time to remove, so it goes the same way.
fn discard_stage(dir: &Path, out: &Path) {
    if out.exists() {
        discard(dir, out);
    } else {
        let _ = fs::remove_dir_all(dir);
    }
}

/// Folders in `parent` whose name is `prefix`, digits and dashes, and whose run is dead, in order.
fn left_behind(parent: &Path, prefix: &str) -> Vec<Dead> {
    let Ok(entries) = fs::read_dir(parent) else { return Vec::new() };
    let numbered = |name: &str| {
        name.strip_prefix(prefix).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
    };
    let ours = entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(numbered));
    let dirs: BTreeSet<PathBuf> = ours.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    let dead = |dir: PathBuf| File::open(&dir).ok().filter(|f| f.try_lock().is_ok()).map(|f| Dead { dir, _lock: f });
    dirs.into_iter().filter_map(dead).collect()
}

/// Waits until a folder's entries are on the disk. Some file systems cannot; they have nothing better to offer.
fn sync(dir: &Path) {
    if let Ok(file) = File::open(dir) {
        let _ = file.sync_all();
    }
}

#[cfg(test)]
mod tests;
