//! Scheduled runs that are killed, meet full disks, other runs, damage and a store that goes away: nothing is lost, and
//! nothing comes twice.
#![allow(missing_docs)]

mod site;
mod support;

use broadsheet_pipeline::export::Table;
use broadsheet_store::Store;
use site::*;
use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};
use support::stderr;

/// Numbers that follow from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % n
    }
}

#[test]
fn a_run_that_is_killed_anywhere_and_repeated_ends_with_the_same_rows() {
    kill_and_repeat(SMALL, 200);
}

#[test]
fn files_of_a_run_that_is_killed_come_once_and_whole() {
    kill_and_repeat(&format!("{SMALL}{FILES}"), 30);
}

/// Runs and kills, store after store, until so many runs were killed; each store ends as one that was left in peace.
fn kill_and_repeat(config: &str, least: usize) {
    let undisturbed = Site::new(config);
    fill(&undisturbed);
    let begun = Instant::now();
    undisturbed.run();
    // Moments from the start to past the end of a whole run, so that all of its steps are met.
    let longest = u64::try_from(begun.elapsed().as_micros()).unwrap() + 20_000;
    let files = |site: &Site| config.contains("[files]").then(|| files_of(&site.path("files")));
    let (expected, expected_files) = (undisturbed.rows(), files(&undisturbed));
    if let Some(files) = &expected_files {
        assert_eq!(files["events"], undisturbed.column(Table::Events, "event_id"));
    }
    let (mut random, mut kills, mut stores) = (Random(7), 0, 0);
    while kills < least {
        let site = undisturbed.same(config);
        stores += 1;
        loop {
            let mut run = site.start(&[]);
            std::thread::sleep(Duration::from_micros(random.below(longest)));
            let was_running = run.try_wait().unwrap().is_none();
            run.kill().unwrap();
            let status = run.wait().unwrap();
            if !was_running {
                assert!(status.success(), "a run after {kills} kills failed");
                break;
            }
            kills += 1;
        }
        let when = format!("store {stores}, after {kills} kills");
        assert_same(&site.rows(), &expected, &when);
        if let (Some(found), Some(expected)) = (files(&site), &expected_files) {
            assert_same(&found, expected, &format!("{when}, files"));
        }
    }
    assert!(stores > least / 40, "only {stores} stores came to their end");
}

#[test]
fn changes_that_are_killed_are_done_whole_or_not_at_all() {
    let original = Site::new(SMALL);
    fill(&original);
    original.run();
    let before = original.rows();
    let withdrawn = ["https://example.org/ports/1", "https://example.org/ports/10"];
    let mut random = Random(11);
    for round in 0..10 {
        let site = original.same(SMALL);
        copy_folder(&original.path("store"), &site.path("store"));
        let mut done = [false; 2];
        for _ in 0..3 {
            for (at, args) in [vec!["compact"], vec!["withdraw"]].into_iter().enumerate() {
                let mut command = Command::new(env!("CARGO_BIN_EXE_broadsheet"));
                command.arg(args[0]).arg(site.path("run.toml")).stderr(Stdio::null());
                if at == 1 {
                    command.args(withdrawn);
                }
                let mut child = command.spawn().unwrap();
                std::thread::sleep(Duration::from_millis(random.below(150)));
                done[at] |= child.try_wait().unwrap().is_some_and(|status| status.success());
                child.kill().unwrap();
                child.wait().unwrap();
            }
        }
        // Whoever comes next finishes what was begun.
        site.run();
        let urls = site.column(Table::Articles, "url");
        let gone = withdrawn.map(|url| !urls.contains(&url.to_owned()));
        assert_eq!(gone[0], gone[1], "round {round}: half a withdrawal");
        assert!(gone[0] || !done[1], "round {round}: a withdrawal that was done is lost");
        if !gone[0] {
            let mut rows = site.rows();
            // The sources have come under new names.
            rows.insert("sources".to_owned(), before["sources"].clone());
            assert_same(&rows, &before, &format!("round {round}"));
        }
        let ids = site.column(Table::Articles, "article_id");
        assert!(site.column(Table::Events, "article_id").iter().all(|id| ids.contains(id)), "round {round}");
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy_folder(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_anywhere_ends_the_run_and_the_next_one_goes_on() {
    let undisturbed = Site::new(SMALL);
    fill(&undisturbed);
    undisturbed.run();
    let expected = undisturbed.rows();
    // Files of no more than so many blocks of 512 bytes: each limit stops another file, as a disk without room does.
    for (limits, more) in [([1, 8], ""), ([2, 12], FILES), ([4, 16], ""), ([6, 20], FILES)] {
        let site = undisturbed.same(&format!("{SMALL}{more}"));
        for limit in limits {
            let script = format!("trap '' XFSZ; ulimit -f {limit}; exec \"$0\" run \"$1\"");
            let done = Command::new("sh")
                .args(["-c", &script, env!("CARGO_BIN_EXE_broadsheet")])
                .arg(site.path("run.toml"))
                .output()
                .unwrap();
            assert_eq!(done.status.code(), Some(1), "limit {limit}: {}", stderr(&done));
            assert!(stderr(&done).contains("hint: free some space"), "limit {limit}: {}", stderr(&done));
        }
        site.run();
        assert_same(&site.rows(), &expected, &format!("limits {limits:?}"));
        if !more.is_empty() {
            let events = files_of(&site.path("files")).remove("events").unwrap();
            assert_eq!(events, site.column(Table::Events, "event_id"), "limits {limits:?}");
        }
    }
}

/// Runs a script that mounts file systems, in a name space of its own: `$0` is the command, `$1` the configuration. What it
/// wrote to `said`; none where nothing can be mounted.
#[cfg(target_os = "linux")]
fn with_mounts(site: &Site, script: &str) -> Option<String> {
    let done = Command::new("unshare")
        .args(["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_broadsheet")])
        .arg(site.path("run.toml"))
        .current_dir(site.0.path())
        .output();
    let Ok(done) = done else {
        eprintln!("left out: there is no `unshare`");
        return None;
    };
    if !site.path("said").exists() {
        eprintln!("left out: no file system can be mounted here: {}", stderr(&done));
        return None;
    }
    let said = fs::read_to_string(site.path("said")).unwrap();
    assert!(done.status.success(), "{}\n{said}", stderr(&done));
    Some(said)
}

#[cfg(target_os = "linux")]
#[test]
fn a_small_file_system_that_fills_up_loses_nothing() {
    let undisturbed = Site::new(SMALL);
    fill(&undisturbed);
    undisturbed.run();
    let site = undisturbed.same(SMALL);
    fs::create_dir(site.path("store")).unwrap();
    // A file system of its own in memory, in a name space of its own, grown until the store has room.
    let script = "mount -t tmpfs -o size=64k tmpfs store && for size in 64 256 512 1024; do \
                  mount -o remount,size=${size}k store; \
                  \"$0\" run \"$1\" 2>> said; echo \"status $?\" >> said; done; \
                  mount -o remount,size=64m store; \"$0\" run \"$1\" && cp -r store kept";
    let Some(said) = with_mounts(&site, script) else { return };
    assert!(said.matches("status 1").count() >= 2, "{said}");
    assert!(said.contains("No space left on device") && said.contains("hint: free some space"), "{said}");
    assert_same(&rows_of(&site.path("kept")), &undisturbed.rows(), "a full disk");
}

#[cfg(target_os = "linux")]
#[test]
fn a_store_that_became_read_only_is_read_and_not_run() {
    let site = Site::new("");
    site.add("a.jsonl", &[article(1, ""), article(2, "")]);
    fs::create_dir(site.path("store")).unwrap();
    // Permissions do not stop everybody; a file system that is mounted read-only does.
    let script = "mount -t tmpfs tmpfs store || exit 1; \"$0\" run \"$1\"; cp -r store before; mount -o remount,ro store; \
                  cp in/a.jsonl in/b.jsonl; echo >> in/b.jsonl; cp in/b.jsonl in/c.jsonl; \
                  for command in run compact vacuum; do \"$0\" $command \"$1\" 2>> said; echo \"status $?\" >> said; done; \
                  \"$0\" run \"$1\" --dry-run > listed 2> /dev/null && \"$0\" rollup store --out rolled && cp -r store after";
    let Some(said) = with_mounts(&site, script) else { return };
    assert_eq!(said.matches("status 1").count(), 3, "{said}");
    assert_eq!(said.matches("hint: the file system is read-only").count(), 3, "{said}");
    assert_eq!(fs::read_to_string(site.path("listed")).unwrap().lines().count(), 2, "what a run would read");
    assert!(site.path("rolled/dyad_days.parquet").exists(), "readers need no more than to read");
    assert_same(&rows_of(&site.path("after")), &rows_of(&site.path("before")), "read-only");
}

#[test]
fn a_clock_that_goes_back_loses_nothing() {
    let site = Site::new(SMALL);
    fill(&site);
    let undisturbed = site.same(SMALL);
    site.run();
    undisturbed.run();
    // All that the first run wrote, and what it read, is of tomorrow: so it looks when the clock is set back by a day.
    let tomorrow = std::time::SystemTime::now() + Duration::from_secs(86_400);
    let mut folders = vec![site.path("store"), site.path("in")];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            match path.is_dir() {
                true => folders.push(path),
                false => fs::File::options().append(true).open(path).unwrap().set_modified(tomorrow).unwrap(),
            }
        }
    }
    let mut changed = 0;
    for path in fs::read_dir(site.path("store/events/_delta_log")).unwrap().flatten().map(|entry| entry.path()) {
        let Ok(entries) = fs::read_to_string(&path) else { continue };
        let later = |entry: &str| {
            let mut entry: serde_json::Value = serde_json::from_str(entry).unwrap();
            if let Some(time) = entry.pointer_mut("/commitInfo/timestamp") {
                *time = (time.as_i64().unwrap() + 86_400_000).into();
                changed += 1;
            }
            format!("{entry}\n")
        };
        fs::write(&path, entries.lines().map(later).collect::<String>()).unwrap();
    }
    assert!(changed > 2, "{changed} entries");
    // A file of the same size that became older is another; what is new is added; nothing that counts is removed.
    let changed = fs::read_to_string(site.path("in/0.jsonl")).unwrap().replace("/ports/0", "/ports/80");
    for place in [&site, &undisturbed] {
        place.add("0.jsonl", std::slice::from_ref(&changed));
        place.add("9.jsonl", &[article(99, "")]);
    }
    let said = site.run();
    assert_eq!(said.split(" in ").next(), undisturbed.run().split(" in ").next(), "{said}");
    assert!(said.starts_with("2 articles added"), "{said}");
    for command in [vec!["compact"], vec!["vacuum", "--keep", "0s"], vec!["vacuum", "--keep", "7d"]] {
        let done = site.command(command[0], &command[1..]);
        assert!(done.status.success(), "{command:?}: {}", stderr(&done));
    }
    let (mut found, mut expected) = (site.rows(), undisturbed.rows());
    // Files whose time has changed were looked at once more, and known by their content.
    found.remove("sources");
    expected.remove("sources");
    assert_same(&found, &expected, "after the clock went back");
}

#[test]
fn two_runs_at_once_do_each_other_no_harm() {
    let undisturbed = Site::new(SMALL);
    fill(&undisturbed);
    undisturbed.run();
    for _ in 0..3 {
        let site = undisturbed.same(SMALL);
        let runs: Vec<Child> = (0..3).map(|_| site.start(&["--wait", "120"])).collect();
        for run in runs {
            let done = run.wait_with_output().unwrap();
            assert!(done.status.success(), "{}", stderr(&done));
        }
        assert_same(&site.rows(), &undisturbed.rows(), "three at once");
    }
}

#[test]
fn a_store_that_is_held_says_by_whom() {
    let site = Site::new("");
    site.add("a.jsonl", &[article(1, "")]);
    site.run();
    let before = site.rows();
    let held = Store::open(&site.path("store"), "compact", Duration::ZERO).unwrap();
    site.add("b.jsonl", &[article(2, "")]);
    let done = site.command("run", &[]);
    assert_eq!(done.status.code(), Some(4));
    let who = format!("process {} on", std::process::id());
    assert!(stderr(&done).contains(&who) && stderr(&done).contains("`compact`"), "{}", stderr(&done));
    assert_same(&site.rows(), &before, "read while it is held");
    drop(held);
    assert!(site.run().contains("1 articles added"));
}

#[test]
fn damage_is_named() {
    let site = Site::new(SMALL);
    site.add("a.jsonl", &[article(1, ""), article(2, "")]);
    site.run();
    let says = |expected: &[&str]| {
        let done = site.command("run", &[]);
        assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
        for part in expected {
            assert!(stderr(&done).contains(part), "{}", stderr(&done));
        }
    };
    site.add("b.jsonl", &[article(3, "")]);
    let entry = site.path("store/fingerprints/_delta_log/00000000000000000001.json");
    let good = fs::read(&entry).unwrap();
    fs::write(&entry, "{\"add\": ").unwrap();
    says(&["fingerprints", "is no JSON", "hint: restore"]);
    fs::write(&entry, good).unwrap();
    let identity = site.path("store/_broadsheet/store.json");
    let good = fs::read_to_string(&identity).unwrap();
    fs::write(&identity, good.replace("\"layout\": 1", "\"layout\": 9").replace("\"layout\":1", "\"layout\":9"))
        .unwrap();
    says(&["version 9", "a newer broadsheet wrote it"]);
    fs::write(&identity, good).unwrap();
    assert!(site.run().contains("1 articles added"));
    // Another folder is no place for a store.
    let other = Site::new("");
    fs::create_dir(other.path("store")).unwrap();
    fs::write(other.path("store/diary.txt"), "mine").unwrap();
    let done = other.command("run", &[]);
    assert_eq!(done.status.code(), Some(1));
    assert!(stderr(&done).contains("holds other things, such as `diary.txt`"), "{}", stderr(&done));
}

#[test]
fn a_store_that_is_deleted_during_the_run_ends_it_and_comes_anew() {
    let site = Site::new("[run]\nbatch = 1\njobs = 1\n");
    fill(&site);
    let undisturbed = site.same(SMALL);
    undisturbed.run();
    let run = site.start(&[]);
    let committed = site.path("store/_broadsheet/current.json");
    while !fs::read_to_string(&committed).is_ok_and(|text| !text.contains("\"batch\": 0")) {
        std::thread::sleep(Duration::from_millis(5));
    }
    while fs::remove_dir_all(site.path("store")).is_err() && site.path("store").exists() {}
    let done = run.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
    assert!(stderr(&done).contains("hint: was the store moved or deleted during the run?"), "{}", stderr(&done));
    if site.path("store").exists() {
        fs::remove_dir_all(site.path("store")).unwrap();
    }
    site.run();
    assert_same(&site.rows(), &undisturbed.rows(), "after a deletion");
}
