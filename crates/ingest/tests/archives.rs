//! Archives in, the articles of their files out; nothing is written anywhere.

mod support;

use std::io::Write;

use broadsheet_ingest::Options;
use proptest::prelude::*;
use support::*;

const LINES: &str = "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";

fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in files {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(::tar::EntryType::Regular);
        if name.len() < 100 {
            // As it is: the builder would refuse `../`.
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            builder.append(&header, *bytes).unwrap();
        } else {
            builder.append_data(&mut header, name, *bytes).unwrap();
        }
    }
    builder.into_inner().unwrap()
}

fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut out);
    for (at, (name, bytes)) in files.iter().enumerate() {
        let method = if at % 2 == 0 { rawzip::CompressionMethod::DEFLATE } else { rawzip::CompressionMethod::STORE };
        // As it is: the writer would mend `../`.
        let path = rawzip::path::EntryPath::verbatim(name.as_bytes());
        let (mut entry, config) = archive.new_file(path).compression_method(method).start().unwrap();
        let descriptor = if at % 2 == 0 {
            let mut writer = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::fast()));
            writer.write_all(bytes).unwrap();
            let (encoder, descriptor) = writer.finish().unwrap();
            encoder.finish().unwrap();
            descriptor
        } else {
            let mut writer = config.wrap(&mut entry);
            writer.write_all(bytes).unwrap();
            writer.finish().unwrap().1
        };
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    out
}

/// `path: first words` of each article.
fn texts(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let read = good(name, bytes);
    read.iter()
        .map(|read| format!("{} {} {}", read.source_path.rsplit_once("/a.").unwrap().1, read.source_offset, read.text))
        .collect()
}

#[test]
fn every_kind_of_archive() {
    let long = format!("{}/b.txt", "folder/".repeat(20));
    let files: [(&str, &[u8]); 6] = [
        ("one/lines.jsonl", LINES.as_bytes()),
        ("one/.hidden.txt", b"Not read."),
        ("__MACOSX/one/._lines.jsonl", b"\0\x05\x16\x07"),
        ("lines.jsonl.gz", &gzip(b"{\"text\": \"Three.\"}")),
        ("./c.txt", b"Four.\n\nFive."),
        (&long, b"Six."),
    ];
    let tarred = tar(&files);
    let cases = [
        ("tar", tarred.clone()),
        ("tar.gz", gzip(&tarred)),
        ("tgz", gzip(&tarred)),
        ("tar.zst", zstd::encode_all(tarred.as_slice(), 1).unwrap()),
        ("zip", zip(&files)),
        ("zip.gz", gzip(&zip(&files))),
    ];
    for (kind, bytes) in cases {
        let expected = [
            format!("{kind}!one/lines.jsonl 0 One."),
            format!("{kind}!one/lines.jsonl 1 Two."),
            format!("{kind}!lines.jsonl.gz 0 Three."),
            format!("{kind}!c.txt 0 Four.\n\nFive."),
            format!("{kind}!{long} 0 Six."),
        ];
        assert_eq!(texts(&format!("a.{kind}"), bytes), expected, "{kind}");
    }
}

#[test]
fn archives_in_archives() {
    let mut nested = tar(&[("lines.jsonl", LINES.as_bytes()), ("x.html", b"<html>")]);
    for depth in 1..=4 {
        let (articles, rejects) =
            outcome("a.zip", zip(&[("b.bin", b"\x7fELF"), ("inner.tar", &nested), ("c.txt", b"Last.")]));
        let codes: Vec<_> = rejects.iter().map(|reject| reject.code).collect();
        if depth < 3 {
            assert_eq!((articles.len(), codes), (3, vec!["unsupported", "no_text"]), "{depth}");
        } else {
            assert_eq!((articles.len(), codes), (1, vec!["unsupported", "too_deep"]), "{depth}");
        }
        nested = tar(&[("again.tar", &nested)]);
    }
}

#[test]
fn names_and_links_lead_nowhere() {
    let folder = Folder::new();
    let outside = folder.put("outside.txt", "Outside.");
    let names: [(&str, &[u8]); 3] =
        [("../../outside.txt", b"Inside one."), ("/etc/passwd", b"Inside two."), ("a\n\x1b[31m.txt", b"Inside three.")];
    for (kind, bytes) in [("a.zip", zip(&names)), ("a.tar", tar(&names))] {
        let (articles, rejects) = read(&folder.put(&format!("in/{kind}"), bytes), &Options::default());
        assert_eq!(rejects, []);
        assert_eq!(
            articles.iter().map(|read| read.text.as_str()).collect::<Vec<_>>(),
            ["Inside one.", "Inside two.", "Inside three."]
        );
        assert!(articles.iter().all(|read| !read.source_path.contains(char::is_control)));
    }
    assert_eq!(std::fs::read(&outside).unwrap(), b"Outside.");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2, "nothing was unpacked");
    let mut builder = ::tar::Builder::new(Vec::new());
    for (kind, name) in [
        (::tar::EntryType::Symlink, "soft.txt"),
        (::tar::EntryType::Link, "hard.txt"),
        (::tar::EntryType::Fifo, "pipe"),
    ] {
        let mut header = ::tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        builder.append_link(&mut header, name, outside.to_str().unwrap()).unwrap();
    }
    let (articles, rejects) = outcome("a.tar", builder.into_inner().unwrap());
    assert_eq!(articles, []);
    let found: Vec<_> = rejects.iter().map(|reject| (reject.source_path.as_str(), reject.code)).collect();
    assert_eq!(
        found,
        [("a.tar!soft.txt", "unsupported"), ("a.tar!hard.txt", "unsupported"), ("a.tar!pipe", "unsupported")]
    );
}

#[test]
fn cut_and_damaged() {
    let files: [(&str, &[u8]); 2] = [("a.jsonl", LINES.as_bytes()), ("b.jsonl", LINES.as_bytes())];
    let whole = tar(&files);
    // In the second member's content, in its header, and where a header should be.
    assert_eq!(bad("a.tar", &whole[..1024 + 512 + 20]), (3, vec![(1, "truncated")]));
    assert_eq!(bad("a.tar", &whole[..1024 + 100]), (2, vec![(1, "truncated")]));
    let broken = [&whole[..1024], &[7; 2048]].concat();
    assert_eq!(bad("a.tar", broken), (2, vec![(1, "corrupt")]));
    let zipped = zip(&files);
    assert_eq!(bad("a.zip", &zipped[..zipped.len() - 30]), (0, vec![(0, "corrupt")]));
    let mut changed = zipped.clone();
    let at = memchr::memmem::rfind(&changed, b"Two").unwrap();
    changed[at] = b'X'; // the second member is stored: its checksum tells
    let (articles, rejects) = outcome("a.zip", changed);
    assert_eq!((articles.len() >= 2, rejects.len(), rejects[0].code), (true, 1, "corrupt"), "{rejects:?}");
    assert_eq!(bad("a.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"), (0, vec![]));
}

#[test]
fn bombs() {
    let zeros = vec![b' '; 80 << 20];
    let options = Options::default();
    for (name, bytes) in
        [("a.zip", zip(&[("a.txt", &zeros), ("b.txt", b"One.")])), ("a.tar.gz", gzip(&tar(&[("a.txt", &zeros)])))]
    {
        let (_, rejects) = outcome_with(name, bytes, &options);
        assert!(rejects.iter().any(|reject| reject.code == "too_large"), "{name} {rejects:?}");
    }
    // Many members of the same bytes: each is small, all together are not.
    let member = zip(&[("a.txt", &vec![b' '; 8 << 20])]);
    let central = memchr::memmem::find(&member, b"PK\x01\x02").unwrap();
    let end = memchr::memmem::find(&member, b"PK\x05\x06").unwrap();
    let entries = member[central..end].repeat(60);
    let mut bomb = [&member[..central], &entries].concat();
    let mut tail = member[end..].to_vec();
    tail[8..10].copy_from_slice(&60_u16.to_le_bytes());
    tail[10..12].copy_from_slice(&60_u16.to_le_bytes());
    tail[12..16].copy_from_slice(&(entries.len() as u32).to_le_bytes());
    bomb.extend_from_slice(&tail);
    let (articles, rejects) = outcome("a.zip", bomb);
    assert_eq!(articles, []);
    assert!(
        !rejects.is_empty() && rejects.iter().all(|reject| matches!(reject.code, "too_large" | "corrupt" | "empty")),
        "{rejects:?}"
    );
}

#[test]
fn too_large_to_hold() {
    let options = Options { max_held_bytes: 100, ..Options::default() };
    let zipped = zip(&[("lines.jsonl", LINES.as_bytes())]);
    // A file of its own is read in place.
    assert_eq!(outcome_with("a.zip", &zipped, &options).0.len(), 2);
    let (_, rejects) = outcome_with("a.zip.gz", gzip(&zipped), &options);
    assert_eq!(rejects[0].code, "too_large");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn cut_and_changed_archives(at in 0.0..1.0_f64, changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6), kind in 0..2) {
        let files: [(&str, &[u8]); 3] = [("a.jsonl", LINES.as_bytes()), ("b.txt", b"Three."), ("c.jsonl", LINES.as_bytes())];
        let (name, mut bytes) = if kind == 0 { ("a.tar", tar(&files)) } else { ("a.zip", zip(&files)) };
        if changes.is_empty() {
            bytes.truncate((bytes.len() as f64 * at) as usize);
        }
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let cut = bytes.len();
        let (articles, rejects) = outcome(name, bytes);
        if kind == 0 && cut >= 3 * 1024 {
            prop_assert!(articles.len() + rejects.len() >= 1);
        }
    }
}
