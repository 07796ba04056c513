//! Bad input of every kind: a clear message with its place, a row in `rejects`, and never a panic, a hang, half-written
//! output or lost rows.
#![allow(missing_docs)]

mod support;

use flate2::{Compression, write::GzEncoder};
use std::{
    fs,
    io::Write,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};
use support::*;
use tempfile::{TempDir, tempdir};

const GOOD: &str = r#"{"id": "good", "title": "Kenya hosts talks", "text": "Kenya hosted talks between Uganda and Rwanda in Nairobi on Tuesday."}"#;

/// A folder with an input, and where the output goes.
struct Case {
    _dir: TempDir,
    input: PathBuf,
    out: PathBuf,
}

fn case(name: &str, bytes: &[u8]) -> Case {
    let dir = tempdir().unwrap();
    let input = dir.path().join(name);
    fs::write(&input, bytes).unwrap();
    Case { input, out: dir.path().join("out"), _dir: dir }
}

/// Exports, expects no failure, and gives the numbers of articles and the codes of the rejects.
fn outcome(case: &Case) -> (usize, Vec<String>) {
    let done = export(&case.input, &case.out, &["--format", "csv"]);
    assert!(!stderr(&done).contains("panicked"), "{}", stderr(&done));
    let rejects = rows(&case.out, "rejects");
    for r in &rejects {
        assert!(!r["message"].is_empty() && !r["source_path"].is_empty() && !r["stage"].is_empty(), "{r:?}");
    }
    (rows(&case.out, "articles").len(), rejects.iter().map(|r| r["code"].clone()).collect())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::fast());
    gz.write_all(bytes).unwrap();
    gz.finish().unwrap()
}

#[test]
fn an_empty_file_is_one_reject() {
    for name in ["a.txt", "a.html", "a.md"] {
        let (articles, rejects) = outcome(&case(name, b""));
        assert_eq!((articles, rejects.len()), (0, 1), "{name} {rejects:?}");
    }
}

#[test]
fn an_empty_folder_cannot_be_run() {
    let dir = tempdir().unwrap();
    let done = broadsheet(&["export", dir.path().to_str().unwrap(), "--out", dir.path().join("out").to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
    assert!(!dir.path().join("out").exists());
}

#[test]
fn malformed_json_costs_its_line_only() {
    let lines = format!(
        "{GOOD}\n{{\"id\": \"cut\", \"text\": \"no end\n[1, 2]\n{{\"text\": oops}}\n{{\"title\": \"no text\"}}\n{}\n",
        GOOD.replace("good", "second")
    );
    let (articles, rejects) = outcome(&case("a.jsonl", lines.as_bytes()));
    assert_eq!(articles, 2);
    assert_eq!(rejects, ["truncated", "not_object", "bad_json", "no_text"]);
}

#[test]
fn deeply_nested_json_does_not_overflow_the_stack() {
    let deep = format!("{}{}", "[".repeat(500_000), "]".repeat(500_000));
    let lines = format!("{{\"text\": {deep}}}\n{GOOD}\n");
    let (articles, rejects) = outcome(&case("a.jsonl", lines.as_bytes()));
    assert_eq!((articles, rejects.len()), (1, 1), "{rejects:?}");
}

#[test]
fn a_hundred_megabytes_on_one_line_are_skipped() {
    let mut bytes = Vec::with_capacity(101 << 20);
    bytes.extend_from_slice(b"{\"text\": \"");
    bytes.resize(100 << 20, b'x');
    bytes.extend_from_slice(b"\"}\n");
    bytes.extend_from_slice(GOOD.as_bytes());
    let (articles, rejects) = outcome(&case("a.jsonl", &bytes));
    assert_eq!((articles, rejects), (1, vec!["too_large".to_string()]));
}

#[test]
fn a_truncated_gzip_gives_what_came_before_the_cut() {
    // Random-looking ids keep the compressor from folding everything into one block.
    let lines: String = (0..4000u64)
        .map(|i| GOOD.replace("good", &format!("{:x}", i.wrapping_mul(0x9E37_79B9_7F4A_7C15))) + "\n")
        .collect();
    let whole = gzip(lines.as_bytes());
    let (articles, rejects) = outcome(&case("a.jsonl.gz", &whole[..whole.len() * 2 / 3]));
    assert!(articles > 100 && articles < 4000, "{articles}");
    assert!(rejects.contains(&"truncated".to_string()), "{rejects:?}");
}

#[test]
fn a_truncated_zstd_and_one_that_is_none() {
    let whole = zstd::encode_all(GOOD.repeat(500).as_bytes(), 1).unwrap();
    for bytes in [&whole[..whole.len() / 2], b"\x28\xb5\x2f\xfdnot a frame at all", b"plain"] {
        let (_, rejects) = outcome(&case("a.jsonl.zst", bytes));
        assert!(!rejects.is_empty());
    }
}

#[test]
fn a_zip_bomb_ends_quickly() {
    // 4 GiB of zeros in one record.
    let mut zst = zstd::Encoder::new(Vec::new(), 1).unwrap();
    let zeros = vec![0u8; 1 << 20];
    for _ in 0..4096 {
        zst.write_all(&zeros).unwrap();
    }
    let bomb = zst.finish().unwrap();
    for name in ["a.jsonl.zst", "a.txt.zst", "a.html.zst"] {
        let (articles, rejects) = outcome(&case(name, &bomb));
        assert_eq!((articles, rejects.len()), (0, 1), "{name} {rejects:?}");
    }
}

#[test]
fn binary_is_refused_and_said() {
    let noise: Vec<u8> = (0..50_000u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    for name in ["a.txt", "a.jsonl", "a.html", "a"] {
        let (articles, rejects) = outcome(&case(name, &noise));
        assert_eq!(articles, 0, "{name}");
        assert!(!rejects.is_empty(), "{name}");
    }
    let (articles, rejects) = outcome(&case("a.pdf", b"%PDF-1.7 \x00\x01\x02"));
    assert_eq!((articles, rejects.len()), (0, 1), "{rejects:?}");
}

#[test]
fn other_encodings_are_read() {
    let latin = b"Caf\xe9 owners protest in Orl\xe9ans\n\nCaf\xe9 owners protested in Orl\xe9ans on Monday against a new tax.\n";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("Talks in Oslo\n\nNorway met Sweden for talks.".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for (bytes, word) in [(&latin[..], "Orléans"), (&utf16[..], "Norway")] {
        let case = case("a.txt", bytes);
        assert_eq!(outcome(&case), (1, vec![]));
        assert!(rows(&case.out, "articles")[0]["text"].contains(word));
    }
}

#[test]
fn a_warc_cut_in_the_middle_is_not_silent() {
    let warc =
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5000\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<html><body><p>Cut";
    let (_, rejects) = outcome(&case("a.warc", warc));
    assert_eq!(rejects.len(), 1, "{rejects:?}");
}

/// A page of a crawl whose record says that it is `by` bytes longer than it is.
fn crawled(by: i64) -> Vec<u8> {
    let page = "<html><head><title>Kenya hosts talks between neighbours</title></head><body><article><h1>Kenya hosts talks between \
                neighbours</h1><p>Kenya hosted talks between Uganda and Rwanda in Nairobi on Tuesday, and the two sides agreed to meet again \
                in May to settle what is left.</p><p>The foreign minister of Kenya said that the talks had gone better than he had \
                hoped, and that both sides had shown good will.</p></article></body></html>";
    let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 7\r\n\r\n{page}");
    let length = block.len() as i64 + by;
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.com/{by}\r\nContent-Type: application/http\r\n\
         Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
    )
    .into_bytes()
}

#[test]
fn lengths_in_a_warc_that_lie_cost_nothing() {
    let file = [-100, 0, 100, 100_000].map(crawled).concat();
    let case = case("a.warc.gz", &gzip(&[&file, crawled(10).as_slice()].concat()));
    // Behind the last record nothing starts: that it is too short is all that can be said.
    assert_eq!(outcome(&case), (4, vec!["truncated".to_string()]));
    assert!(rows(&case.out, "articles").iter().all(|r| r["text"].ends_with("both sides had shown good will.")));
}

#[test]
fn a_page_of_200_megabytes_is_refused() {
    let mut page = b"<html><body>".to_vec();
    page.resize(200 << 20, b'x');
    assert_eq!(outcome(&case("a.html", &page)), (0, vec!["too_large".to_string()]));
}

#[test]
fn a_page_of_a_million_open_tags_ends() {
    let page = format!("<html><body>{}<p>Kenya hosted talks.", "<div>".repeat(1_000_000));
    let (articles, rejects) = outcome(&case("a.html", page.as_bytes()));
    assert_eq!(articles + rejects.len(), 1, "{rejects:?}");
}

#[test]
fn null_bytes_are_dropped_or_refused() {
    assert_eq!(outcome(&case("a.jsonl", GOOD.replace("Uganda", "Ug\0anda").as_bytes())).0, 1);
    assert_eq!(outcome(&case("a.txt", &[0; 10_000])), (0, vec!["binary".to_string()]));
    assert_eq!(outcome(&case("a.csv", &[0; 10_000])).0, 0);
}

#[test]
fn a_charset_that_lies_is_not_believed() {
    let page = "<html><head><meta charset=\"utf-16\"><title>Café owners protest in Orléans</title></head><body><p>Café owners \
                protested in Orléans on Monday against a new tax, and said that they would come again.</p></body></html>";
    let utf8 = case("a.html", page.as_bytes());
    assert_eq!(outcome(&utf8), (1, vec![]));
    assert!(rows(&utf8.out, "articles")[0]["text"].contains("Orléans"));
    let latin: Vec<u8> = page.replace("utf-16", "utf-8").chars().map(|c| c as u8).collect();
    let latin = case("a.html", &latin);
    assert_eq!(outcome(&latin), (1, vec![]));
    assert!(rows(&latin.out, "articles")[0]["text"].contains("Orléans"));
}

fn zip(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    let path = rawzip::path::EntryPath::verbatim(name.as_bytes());
    let (mut entry, config) =
        archive.new_file(path).compression_method(rawzip::CompressionMethod::DEFLATE).start().unwrap();
    let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, Compression::fast()));
    writer.write_all(bytes).unwrap();
    let (encoder, descriptor) = writer.finish().unwrap();
    encoder.finish().unwrap();
    entry.finish(descriptor).unwrap();
    archive.finish().unwrap();
    out
}

#[test]
fn a_zip_bomb_and_a_bomb_in_a_zip_end_quickly() {
    let zeros = vec![b'0'; 256 << 20];
    let (articles, rejects) = outcome(&case("a.zip", &zip("a.jsonl", &zeros)));
    assert_eq!((articles, rejects), (0, vec!["too_large".to_string()]));
    let (articles, rejects) = outcome(&case("a.zip", &zip("a.jsonl.gz", &gzip(&zeros))));
    assert_eq!((articles, rejects), (0, vec!["too_large".to_string()]));
}

#[test]
fn a_zip_with_names_that_lead_out_writes_nothing() {
    let case = case("a.zip", &zip("../../../../escaped.jsonl", GOOD.as_bytes()));
    assert_eq!(outcome(&case), (1, vec![]));
    let path = &rows(&case.out, "articles")[0]["source_path"];
    assert!(path.ends_with("a.zip!../../../../escaped.jsonl"), "{path}");
    let folder = case.input.parent().unwrap();
    assert!(folder.ancestors().all(|above| !above.join("escaped.jsonl").exists()));
}

#[test]
fn links_in_a_tar_are_not_followed() {
    let mut builder = tar::Builder::new(Vec::new());
    for (kind, name) in [(tar::EntryType::Symlink, "soft.txt"), (tar::EntryType::Link, "hard.txt")] {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        builder.append_link(&mut header, name, "/etc/passwd").unwrap();
    }
    let mut header = tar::Header::new_gnu();
    header.set_size(GOOD.len() as u64);
    builder.append_data(&mut header, "good.jsonl", GOOD.as_bytes()).unwrap();
    let case = case("a.tar.gz", &gzip(&builder.into_inner().unwrap()));
    assert_eq!(outcome(&case), (1, vec!["unsupported".to_string(), "unsupported".to_string()]));
}

#[test]
fn a_csv_with_ragged_rows_and_a_cell_of_50_megabytes() {
    let mut table = b"title,text\nTalks,Kenya met Uganda.\nonly one cell\na,b,c\nHuge,\"".to_vec();
    table.resize(70 << 20, b'x');
    table.extend_from_slice(b"\"\nLast,Chad met Niger.\n");
    let (articles, rejects) = outcome(&case("a.csv", &table));
    assert_eq!((articles, rejects), (2, ["ragged", "ragged", "too_large"].map(str::to_string).to_vec()));
}

#[test]
fn a_parquet_file_that_is_cut_or_has_other_columns() {
    let good = case("a.jsonl", GOOD.as_bytes());
    export(&good.input, &good.out, &[]);
    let table = fs::read(good.out.join("articles.parquet")).unwrap();
    assert_eq!(outcome(&case("a.parquet", &table)), (1, vec![]));
    assert_eq!(outcome(&case("a.parquet", &table[..table.len() - 20])), (0, vec!["corrupt".to_string()]));
    let rejects = fs::read(good.out.join("rejects.parquet")).unwrap();
    let other = case("a.parquet", &rejects);
    assert_eq!(outcome(&other), (0, vec!["no_column".to_string()]));
    assert!(rows(&other.out, "rejects")[0]["message"].contains("--map text=COLUMN"));
    let numbers = case("a.parquet", &table);
    export(&numbers.input, &numbers.out, &["--map", "text=words"]);
    let rejects = rows(&numbers.out, "rejects");
    assert!(rejects[0]["message"].contains("`words` holds Int32"), "{rejects:?}");
}

/// Their decoder panics at some of these, which is no fault of ours to tell.
#[test]
fn damage_anywhere_in_parquet_is_told_in_one_line() {
    let good = case("a.jsonl", GOOD.as_bytes());
    export(&good.input, &good.out, &[]);
    let table = fs::read(good.out.join("articles.parquet")).unwrap();
    let dir = tempdir().unwrap();
    let input = dir.path().join("in");
    fs::create_dir(&input).unwrap();
    for at in (4..table.len()).step_by(7) {
        let mut damaged = table.clone();
        damaged[at] ^= 0x55;
        fs::write(input.join(format!("{at:05}.parquet")), damaged).unwrap();
    }
    let case = Case { input, out: dir.path().join("out"), _dir: dir };
    let (articles, rejects) = outcome(&case);
    assert!(articles > 0 && rejects.iter().any(|code| code == "corrupt"), "{rejects:?}");
    let messages: Vec<String> = rows(&case.out, "rejects").iter().map(|row| row["message"].clone()).collect();
    let long: Vec<_> = messages.iter().filter(|message| message.contains('\n') || message.len() > 300).collect();
    assert!(long.is_empty(), "{long:?}");
    assert!(messages.iter().any(|message| message.contains("contradict")), "no panic was caught: change other bytes");
}

#[test]
fn a_fifo_in_a_folder_is_refused_and_a_named_one_is_read() {
    let dir = tempdir().unwrap();
    let folder = dir.path().join("in");
    fs::create_dir(&folder).unwrap();
    let fifo = folder.join("pipe.jsonl");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    fs::write(folder.join("good.jsonl"), GOOD).unwrap();
    let (articles, rejects) = outcome(&Case { input: folder, out: dir.path().join("out"), _dir: tempdir().unwrap() });
    assert_eq!((articles, rejects), (1, vec!["unsupported".to_string()]));
    let writer = {
        let fifo = fifo.clone();
        std::thread::spawn(move || fs::write(fifo, GOOD).unwrap())
    };
    let named = Case { input: fifo, out: dir.path().join("named"), _dir: dir };
    assert_eq!(outcome(&named), (1, vec![]));
    writer.join().unwrap();
}

#[test]
fn a_missing_file_cannot_be_run() {
    let dir = tempdir().unwrap();
    let done = broadsheet(&["export", "/no/such/file.txt", "--out", dir.path().join("out").to_str().unwrap()]);
    assert_eq!(done.status.code(), Some(1));
    assert!(stderr(&done).contains("/no/such/file.txt"), "{}", stderr(&done));
    assert!(!dir.path().join("out").exists());
}

#[test]
fn unreadable_files_in_a_folder_are_rejects() {
    let dir = tempdir().unwrap();
    let input = dir.path().join("in");
    fs::create_dir(&input).unwrap();
    fs::write(input.join("good.jsonl"), GOOD).unwrap();
    symlink(input.join("gone.txt"), input.join("dangling.txt")).unwrap();
    symlink(&input, input.join("loop")).unwrap();
    fs::write(input.join("locked.txt"), "secret").unwrap();
    fs::set_permissions(input.join("locked.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    let as_root = fs::File::open(input.join("locked.txt")).is_ok();
    let (articles, rejects) = outcome(&Case { input: input.clone(), out: dir.path().join("out"), _dir: dir });
    // Root may read a locked file; then it is an article like any other.
    assert_eq!(articles, if as_root { 2 } else { 1 });
    assert!(rejects.contains(&"unreadable".to_string()), "{rejects:?}");
}

#[test]
fn odd_text_goes_through() {
    let long_word = "x".repeat(1_000_000);
    let texts = [
        "\u{feff}\u{200b}\u{200d}\u{202e}",
        "👩‍👩‍👧‍👦🏳️‍🌈 e\u{301}\u{301}\u{301} \u{1d54f}",
        "((((((((((((((((((((((\"\"\"\"''''",
        "$$$ 1,,,2 3..4 -5--6 7/0 1e999 99999999999999999999999999999999999999 2024-99-99 25:61",
        &long_word,
        &"a ".repeat(100_000),
        &"\n\n\n".repeat(10_000),
    ];
    let lines: String = texts.iter().map(|t| format!("{}\n", serde_json::json!({"text": t, "title": "Odd"}))).collect();
    let (articles, rejects) = outcome(&case("a.jsonl", lines.as_bytes()));
    assert_eq!(articles + rejects.len(), texts.len(), "{rejects:?}");
    assert!(!rejects.iter().any(|r| r == "internal"), "{rejects:?}");
}

#[test]
fn the_old_output_survives_a_failed_run() {
    let case = case("a.jsonl", GOOD.as_bytes());
    export(&case.input, &case.out, &[]);
    let before = files(&case.out);
    // A disk that is full after 4 kB, made by the limit on file sizes.
    let script = format!(
        "trap '' XFSZ; ulimit -f 4; exec '{}' export '{}' --out '{}'",
        env!("CARGO_BIN_EXE_broadsheet"),
        root().join("data/articles").display(),
        case.out.display()
    );
    let done = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(done.status.code(), Some(1), "{}", stderr(&done));
    assert!(stderr(&done).contains("error:") && !stderr(&done).contains("panicked"), "{}", stderr(&done));
    assert!(before == files(&case.out), "the old output has changed");
    let left: Vec<PathBuf> = fs::read_dir(case.out.parent().unwrap()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left.len(), 2, "something was left behind: {left:?}");
}

#[test]
fn an_output_that_cannot_be_written_is_said() {
    let case = case("a.jsonl", GOOD.as_bytes());
    let file = case.out.with_file_name("file");
    fs::write(&file, "mine").unwrap();
    for out in [file.clone(), file.join("below"), Path::new("/proc/broadsheet").to_path_buf()] {
        let done = broadsheet(&["export", case.input.to_str().unwrap(), "--out", out.to_str().unwrap()]);
        assert_eq!(done.status.code(), Some(1), "{} {}", out.display(), stderr(&done));
        let named = [Some(out.as_path()), out.parent()].into_iter().flatten().map(|p| format!("`{}`", p.display()));
        assert!(named.into_iter().any(|p| stderr(&done).contains(&p)), "{}", stderr(&done));
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
}

#[test]
fn two_copies_of_one_article_are_one_article_and_one_reject() {
    let url = r#"{"url": "https://example.org/a?utm_source=x", "text": "Chad met Niger."}"#;
    let same = r#"{"url": "https://example.org/a", "text": "Chad met Niger again."}"#;
    let case = case("a.jsonl", format!("{url}\n{same}\n").as_bytes());
    assert_eq!(outcome(&case), (1, vec!["duplicate".to_string()]));
}
