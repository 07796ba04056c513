//! What readers see of an output folder while stages come, go and die.

use super::*;
use std::thread;

/// A folder to work in, with the output folder's path in it.
struct Scene {
    dir: tempfile::TempDir,
    out: PathBuf,
}

fn scene() -> Scene {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().canonicalize().unwrap().join("out");
    Scene { dir, out }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Every file under `dir` with its contents, as `path=contents`.
fn contents(dir: &Path) -> Vec<String> {
    fn walk(root: &Path, dir: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true => walk(root, &path, found),
                false => {
                    let name = path.strip_prefix(root).unwrap().display().to_string();
                    found.push(format!("{name}={}", fs::read_to_string(&path).unwrap()));
                }
            }
        }
    }
    let mut found = Vec::new();
    walk(dir, dir, &mut found);
    found.sort();
    found
}

/// Puts an output in place whose files all hold `text`.
fn put(out: &Path, files: &[&str], text: &str) {
    let stage = fill(out, files, text);
    stage.put_in_place().unwrap();
}

fn fill(out: &Path, files: &[&str], text: &str) -> Stage {
    let stage = Stage::create(out).unwrap();
    for name in files.iter().chain(&[RUN_FILE]) {
        write(&stage.file(name), text);
    }
    write(&stage.scratch("actors.parquet").unwrap(), text);
    stage
}

#[test]
fn a_new_output_is_created_with_its_parents() {
    let s = scene();
    let out = s.out.join("deep/er");
    put(&out, &["events.csv"], "new");
    assert_eq!(contents(s.dir.path()), ["out/deep/er/events.csv=new", "out/deep/er/run.json=new"]);
}

#[test]
fn a_former_output_is_replaced_whole() {
    let s = scene();
    put(&s.out, &["events.csv", "tokens.parquet"], "old");
    put(&s.out, &["events.csv", "actors.csv"], "new");
    assert_eq!(contents(s.dir.path()), ["out/actors.csv=new", "out/events.csv=new", "out/run.json=new"]);
}

#[test]
fn nothing_is_seen_before_and_nothing_is_left_of_a_run_that_fails() {
    let s = scene();
    put(&s.out, &["events.csv"], "old");
    let stage = fill(&s.out, &["events.csv"], "new");
    assert_eq!(contents(&s.out), ["events.csv=old", "run.json=old"]);
    drop(stage);
    assert_eq!(contents(s.dir.path()), ["out/events.csv=old", "out/run.json=old"]);
}

#[test]
fn files_of_others_stay_where_they_are() {
    let s = scene();
    put(&s.out, &["events.csv", "tokens.csv"], "old");
    write(&s.out.join("notes.txt"), "mine");
    write(&s.out.join("plots/a.svg"), "mine");
    write(&s.out.join("events.json"), "mine");
    let (mine, kept) = (["events.json=mine", "notes.txt=mine", "plots/a.svg=mine"], s.out.join("notes.txt"));
    let held = File::open(&s.out).unwrap();
    put(&s.out, &["events.csv"], "new");
    let expected = ["events.csv=new", mine[0], mine[1], mine[2], "run.json=new"];
    let mut sorted = expected;
    sorted.sort();
    assert_eq!(contents(&s.out), sorted);
    assert!(kept.exists() && same(&held, &s.out), "the folder itself has stayed");
    assert_eq!(fs::read_dir(s.dir.path()).unwrap().count(), 1);
}

#[cfg(unix)]
fn same(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().unwrap().ino() == fs::metadata(path).unwrap().ino()
}

#[test]
fn files_of_others_that_come_during_the_run_are_kept() {
    let s = scene();
    put(&s.out, &["events.csv"], "old");
    let stage = fill(&s.out, &["events.csv"], "new");
    write(&s.out.join("notes.txt"), "mine");
    stage.put_in_place().unwrap();
    assert_eq!(contents(s.dir.path()), ["out/events.csv=new", "out/notes.txt=mine", "out/run.json=new"]);
    // As a swap that lost the race against them would leave it: they are carried over.
    let old = s.dir.path().join("former");
    write(&old.join("events.csv"), "old");
    write(&old.join("late.txt"), "mine");
    write(&old.join("notes.txt"), "theirs");
    discard(&old, &s.out);
    assert_eq!(
        contents(s.dir.path()),
        [
            "former/notes.txt=theirs",
            "out/events.csv=new",
            "out/late.txt=mine",
            "out/notes.txt=mine",
            "out/run.json=new"
        ]
    );
}

#[test]
fn an_output_that_goes_during_the_run_is_created_again() {
    let s = scene();
    put(&s.out, &["events.csv"], "old");
    let stage = fill(&s.out, &["events.csv"], "new");
    fs::remove_dir_all(&s.out).unwrap();
    stage.put_in_place().unwrap();
    assert_eq!(contents(&s.out), ["events.csv=new", "run.json=new"]);
}

#[test]
fn where_folders_cannot_be_exchanged_the_old_is_renamed_aside() {
    let s = scene();
    put(&s.out, &["events.csv"], "old");
    let mut stage = fill(&s.out, &["events.csv"], "new");
    rename_aside(&stage.dir, &s.out).unwrap();
    stage.keep = true;
    assert_eq!(contents(&stage.dir), ["events.csv=old", "run.json=old"]);
    assert!(s.out.join("run.json").exists());
}

#[test]
fn a_crash_between_two_renames_is_mended_by_the_next_run() {
    let s = scene();
    put(&s.out, &["events.csv"], "old");
    fs::rename(&s.out, s.dir.path().join(".out.old-1")).unwrap();
    write(&s.dir.path().join(".out.staging-1-0/events.csv"), "half");
    let stage = Stage::create(&s.out).unwrap();
    assert_eq!(contents(s.dir.path()), ["out/events.csv=old", "out/run.json=old"]);
    drop(stage);
}

#[test]
fn a_crash_while_moving_in_is_finished_by_the_next_run() {
    for moved in [0, 1, 2, 3] {
        let s = scene();
        for (name, text) in [("events.csv", "old"), ("tokens.csv", "old"), ("run.json", "old"), ("notes.txt", "mine")] {
            write(&s.out.join(name), text);
        }
        let dead = s.out.join(".broadsheet.staging-1-0");
        let files = ["actors.csv", "events.csv", "run.json"];
        files.iter().for_each(|name| write(&dead.join(name), "new"));
        write(&dead.join(JOURNAL), &files.join("\n"));
        // The steps before the crash, in their order.
        if moved > 0 {
            fs::remove_file(s.out.join("run.json")).unwrap();
            fs::remove_file(s.out.join("tokens.csv")).unwrap();
        }
        files.iter().take(moved).for_each(|name| fs::rename(dead.join(name), s.out.join(name)).unwrap());
        drop(Stage::create(&s.out).unwrap());
        let expected = ["actors.csv=new", "events.csv=new", "notes.txt=mine", "run.json=new"];
        assert_eq!(contents(&s.out), expected, "{moved} moved");
        assert!(!dead.exists());
    }
}

#[test]
fn dead_runs_are_cleaned_up_and_living_ones_are_not() {
    let s = scene();
    put(&s.out, &["events.csv"], "old");
    let living = fill(&s.out, &["events.csv"], "living");
    for dead in [".out.staging-1-0", "out/.broadsheet.staging-1-3"] {
        write(&s.dir.path().join(dead).join("events.csv"), "dead");
        write(&s.dir.path().join(dead).join(".scratch/actors.parquet"), "dead");
    }
    write(&s.dir.path().join(".out.staging-mine/a"), "mine");
    let stage = Stage::create(&s.out).unwrap();
    assert!(living.file("events.csv").exists());
    drop(stage);
    living.put_in_place().unwrap();
    assert_eq!(contents(s.dir.path()), [".out.staging-mine/a=mine", "out/events.csv=living", "out/run.json=living"]);
}

#[test]
fn what_cannot_be_an_output_is_refused_with_place_and_hint() {
    let s = scene();
    let failure = |out: &Path| Stage::create(out).map(|_| ()).unwrap_err().to_string();
    let file = s.dir.path().join("file");
    write(&file, "mine");
    assert_eq!(
        failure(&file),
        format!("cannot use the output folder `{}`: it is not a folder\nhint: choose another `--out`", file.display())
    );
    let below = file.join("out");
    let message = failure(&below);
    assert!(message.contains(&below.display().to_string()) && message.contains("hint: "), "{message}");
    #[cfg(unix)]
    {
        let link = s.dir.path().join("link");
        std::os::unix::fs::symlink("nowhere", &link).unwrap();
        assert!(failure(&link).contains("it is a link to a folder that does not exist"));
    }
    #[cfg(target_os = "linux")]
    assert!(failure(Path::new("/proc/broadsheet")).starts_with("cannot create a folder in `/proc`: "));
}

#[test]
fn a_folder_in_the_way_is_refused_before_anything_is_touched() {
    let s = scene();
    put(&s.out, &["actors.csv"], "old");
    write(&s.out.join("events.csv/a"), "mine");
    let error = fill(&s.out, &["actors.csv", "events.csv"], "new").put_in_place().unwrap_err().to_string();
    assert!(error.contains("out/events.csv`: a folder of that name is in the way\nhint: "), "{error}");
    assert_eq!(contents(s.dir.path()), ["out/actors.csv=old", "out/events.csv/a=mine", "out/run.json=old"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_the_output_stays_a_link() {
    let s = scene();
    put(&s.out, &["events.csv"], "old");
    let link = s.dir.path().join("latest");
    std::os::unix::fs::symlink("out", &link).unwrap();
    put(&link, &["events.csv"], "new");
    assert!(link.is_symlink());
    assert_eq!(contents(&s.out), ["events.csv=new", "run.json=new"]);
}

#[test]
fn the_output_folder_is_there_at_every_moment() {
    let s = scene();
    put(&s.out, &["events.csv"], "0");
    let out = s.out.clone();
    let writer = thread::spawn(move || (1..60).for_each(|i| put(&out, &["events.csv"], &i.to_string())));
    while !writer.is_finished() {
        assert!(fs::metadata(&s.out).is_ok());
    }
    writer.join().unwrap();
    assert_eq!(contents(s.dir.path()), ["out/events.csv=59", "out/run.json=59"]);
}

#[test]
fn runs_at_once_leave_the_output_of_one_of_them() {
    let s = scene();
    let names = ["events.csv", "actors.csv", "figures.csv"];
    for mixed in [false, true] {
        if mixed {
            write(&s.out.join("notes.txt"), "mine");
        }
        let writers: Vec<_> = (0..4)
            .map(|i| {
                let out = s.out.clone();
                thread::spawn(move || (0..10).for_each(|j| put(&out, &names, &format!("{i}-{j}"))))
            })
            .collect();
        writers.into_iter().for_each(|writer| writer.join().unwrap());
        let texts: BTreeSet<String> = names.iter().map(|name| fs::read_to_string(s.out.join(name)).unwrap()).collect();
        assert_eq!(texts.len(), 1, "{texts:?}");
        assert_eq!(s.out.join("notes.txt").exists(), mixed);
        assert_eq!(fs::read_dir(s.dir.path()).unwrap().count(), 1);
    }
}
