//! Inputs of every kind in, articles and rejects out; bad inputs of every kind among them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use broadsheet_ingest::{Article, Format, Options, RawArticle, Reject, article, open};
use flate2::{Compression, write::GzEncoder};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Folder(tempfile::tempdir().unwrap())
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    fn path(&self) -> &Path {
        self.0.path()
    }
}

fn read_with(path: &Path, options: &Options) -> (Vec<Article>, Vec<Reject>) {
    let source = open(&[path.to_string_lossy().into_owned()], options).unwrap();
    let mut articles = Vec::new();
    let mut rejects = Vec::new();
    for record in source {
        match record.and_then(|raw| article(&raw)) {
            Ok(article) => articles.push(article),
            Err(reject) => rejects.push(reject),
        }
    }
    (articles, rejects)
}

fn read(path: &Path) -> (Vec<Article>, Vec<Reject>) {
    read_with(path, &Options::default())
}

/// One file in; its articles, which all have to be used.
fn good(name: &str, bytes: impl AsRef<[u8]>) -> Vec<Article> {
    let folder = Folder::new();
    let (articles, rejects) = read(&folder.put(name, bytes));
    assert_eq!(rejects, [], "{name}");
    articles
}

fn one(name: &str, bytes: impl AsRef<[u8]>) -> Article {
    let mut articles = good(name, bytes);
    assert_eq!(articles.len(), 1, "{name}");
    articles.remove(0)
}

/// One file in; how many articles come out, and the codes and numbers of what is refused.
fn bad(name: &str, bytes: impl AsRef<[u8]>) -> (usize, Vec<(u64, &'static str)>) {
    let folder = Folder::new();
    let (articles, rejects) = read(&folder.put(name, bytes));
    assert!(
        rejects
            .iter()
            .all(|reject| reject.stage == "ingest" && !reject.message.is_empty() && reject.source_path.ends_with(name))
    );
    (articles.len(), rejects.iter().map(|reject| (reject.source_offset, reject.code)).collect())
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn on(article: &Article) -> String {
    article.published_on.map(|day| day.to_string()).unwrap_or_default()
}

// --- Plain text and Markdown ---------------------------------------------------------------------

#[test]
fn plain_text() {
    let read =
        one("a.txt", "Harbour reopens after storm\n\nShips entered the port of Varna on Monday.\nNobody was hurt.\n");
    assert_eq!(read.title.as_deref(), Some("Harbour reopens after storm"));
    assert_eq!(
        read.text,
        "Harbour reopens after storm\n\nShips entered the port of Varna on Monday.\nNobody was hurt."
    );
    assert_eq!((read.title_end, read.words, read.source_offset), (27, 15, 0));
    assert_eq!(read.article_id.len(), 16);

    let single = one("b.txt", "The river rose by two metres overnight.");
    assert_eq!((single.title, single.title_end), (None, 0));
    assert_eq!(single.text, "The river rose by two metres overnight.");
}

#[test]
fn header_above_the_title() {
    let text = "URL: HTTPS://www.Example.com/a?utm_source=mail#x\nDate: 23 November 2026\nAuthors: Ana Ruiz and Bo Lind\n\
                Publisher: The Example\nSection: World\nLanguage: English\nid: 77\n\nTalks resume\n\nEnvoys met in Vienna.";
    let read = one("a.txt", text);
    assert_eq!(read.url.as_deref(), Some("https://www.example.com/a"));
    assert_eq!(read.domain.as_deref(), Some("example.com"));
    assert_eq!(on(&read), "2026-11-23");
    assert_eq!(read.authors, ["Ana Ruiz", "Bo Lind"]);
    assert_eq!((read.publisher.as_deref(), read.section.as_deref()), (Some("The Example"), Some("World")));
    assert_eq!((read.language.as_deref(), read.source_id.as_deref()), (Some("en"), Some("77")));
    assert_eq!(read.text, "Talks resume\n\nEnvoys met in Vienna.");
}

#[test]
fn header_under_the_title() {
    let read = one("a.txt", "Talks resume\nurl: https://example.com/t\ndate: 2026-11-23\n\nEnvoys met in Vienna.");
    assert_eq!(read.text, "Talks resume\n\nEnvoys met in Vienna.");
    assert_eq!(on(&read), "2026-11-23");
    // No header: lines that only look like one stay in the text.
    let read =
        one("b.txt", "Source: how a leak made the news\nSection: a word that few use\n\nIt began with a letter.");
    assert_eq!(read.title.as_deref(), Some("Source: how a leak made the news"));
    assert!(read.text.contains("Section: a word that few use"));
}

#[test]
fn markdown() {
    let text = "---\ntitle: \"Talks resume\"\ndate: 2026-11-23T10:00:00+02:00\nauthors:\n  - Ana Ruiz\n  - Bo Lind\ntags: [a, b]\n---\n\n\
                # Talks resume\n\nEnvoys **met** in\n[Vienna](https://example.com/v).\n\n- first *point*\n- second\n\n> A quote\n";
    let read = one("a.md", text);
    assert_eq!(read.text, "Talks resume\n\nEnvoys met in Vienna.\n\nfirst point\nsecond\n\nA quote");
    assert_eq!(read.authors, ["Ana Ruiz", "Bo Lind"]);
    assert_eq!(read.published_at.unwrap().to_string(), "2026-11-23T08:00:00Z");
    let read = one("b.md", "# Storm hits coast\n\nWaves broke over the wall.");
    assert_eq!(read.text, "Storm hits coast\n\nWaves broke over the wall.");
}

#[test]
fn encodings() {
    let windows =
        b"Caf\xe9 closes in Orl\xe9ans\n\nThe owner\x92s plan cost \x805,000 and he blamed the city\x92s caf\xe9 tax.";
    assert_eq!(one("a.txt", windows).title.as_deref(), Some("Café closes in Orléans"));
    assert!(one("a.txt", windows).text.contains("owner’s plan cost €5,000"));
    let wide: Vec<u8> = "\u{feff}Née à Liège\n\nShe won.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(one("b.txt", wide).text, "Née à Liège\n\nShe won.");
    let lines: Vec<u8> =
        "\u{feff}{\"text\":\"One é.\"}\n{\"text\":\"Two.\"}\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(good("c.jsonl", lines).len(), 2);
    assert_eq!(one("d.jsonl", "\u{feff}{\"text\": \"Marked.\"}").text, "Marked.");
}

// --- JSON ----------------------------------------------------------------------------------------

#[test]
fn json_lines() {
    let text = "{\"id\": 5, \"url\": \"https://example.com/x\", \"title\": \"Rain\", \"text\": \"It rained.\\nA lot.\", \
                \"published_at\": \"2026-11-23T23:30:00-05:00\", \"authors\": [\"Ana Ruiz\"], \"publisher\": \"The Example\", \
                \"language\": \"en-GB\", \"section\": \"Weather\"}\n\n{\"text\": \"Second.\", \"authors\": null, \"published_at\": 12345}\n";
    let articles = good("a.jsonl", text);
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[0].text, "Rain\n\nIt rained.\nA lot.");
    assert_eq!(articles[0].source_id.as_deref(), Some("5"));
    assert_eq!(articles[0].published_at.unwrap().to_string(), "2026-11-24T04:30:00Z");
    assert_eq!(on(&articles[0]), "2026-11-23");
    assert_eq!((articles[1].source_offset, articles[1].published_at), (2, None));
}

#[test]
fn a_body_that_repeats_its_title() {
    let read = one("a.jsonl", "{\"title\": \"Rain\", \"text\": \"Rain\\n\\nIt rained.\"}");
    assert_eq!((read.text.as_str(), read.title_end), ("Rain\n\nIt rained.", 4));
    let read = one("a.jsonl", "{\"title\": \"Rain\", \"text\": \"Rain fell.\"}");
    assert_eq!(read.text, "Rain\n\nRain fell.");
}

#[test]
fn crawlers() {
    // A record of each writer: what is in it, and who and when must come out.
    let cases = [
        (
            "news-please",
            r#"{"authors":["Ana Ruiz"],"date_publish":"2026-11-23 10:00:00","maintext":"Body here.","title":"T","source_domain":"example.com","url":"https://example.com/a"}"#,
        ),
        (
            "Fundus",
            r#"{"title":"T","body":{"summary":["Body"],"sections":[{"headline":[],"paragraphs":["here."]}]},"authors":["Ana Ruiz"],"publishing_date":"2026-11-23 10:00:00+00:00"}"#,
        ),
        (
            "trafilatura",
            r#"{"title":"T","author":"Ana Ruiz","date":"2026-11-23","hostname":"example.com","text":"Body here.","source":"https://example.com/a","comments":""}"#,
        ),
        (
            "newspaper4k",
            r#"{"title":"T","authors":["Ana Ruiz"],"publish_date":"Mon Nov 23 2026","text":"Body here.","canonical_link":"https://example.com/a"}"#,
        ),
        (
            "NewsAPI",
            r#"{"source":{"id":null,"name":"The Example"},"author":"Ana Ruiz","title":"T","publishedAt":"2026-11-23T10:00:00Z","content":"Body here."}"#,
        ),
        (
            "schema.org",
            r#"{"headline":"T","articleBody":"Body here.","author":[{"@type":"Person","name":"Ana Ruiz"}],"datePublished":"2026-11-23","publisher":{"name":"The Example"}}"#,
        ),
        (
            "Guardian",
            r#"{"webTitle":"T","webPublicationDate":"2026-11-23T10:00:00Z","fields":{"bodyText":"Body here.","byline":"Ana Ruiz"}}"#,
        ),
        (
            "New York Times",
            r#"{"headline":{"main":"T"},"lead_paragraph":"Body here.","pub_date":"2026-11-23T10:00:00+0000","byline":{"original":"By Ana Ruiz"}}"#,
        ),
        (
            "Elasticsearch",
            r#"{"_id":"x","_source":{"title":"T","text":["Body","here."],"author":{"first_name":"Ana","last_name":"Ruiz"},"timestamp":1795428000000}}"#,
        ),
    ];
    for (writer, record) in cases {
        let read = one("a.jsonl", record);
        assert_eq!(read.title.as_deref(), Some("T"), "{writer}");
        assert_eq!(read.text.replace("\n\n", " "), "T Body here.", "{writer}");
        assert_eq!(read.authors, ["Ana Ruiz"], "{writer}");
        assert_eq!(on(&read), "2026-11-23", "{writer}");
    }
}

#[test]
fn json_over_lines() {
    let texts = |name, text: &str| good(name, text).into_iter().map(|read| read.text).collect::<Vec<_>>();
    assert_eq!(texts("a.json", "{\n \"text\": \"One {not a bracket.\"\n}\n"), ["One {not a bracket."]);
    assert_eq!(
        texts("b.json", "[\n {\"text\": \"One.\"},\n {\"text\": \"Two, \\\"]\\\".\"}\n]"),
        ["One.", "Two, \"]\"."]
    );
    assert_eq!(texts("c.json", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"), ["One.", "Two."]);
    assert_eq!(texts("d.json", "{\n\"text\": \"One.\"\n}\n{\n\"text\": \"Two.\"\n}"), ["One.", "Two."]);
    let answer = "{\"status\": \"ok\", \"data\": {\"count\": 2, \"articles\": [{\"text\": \"One.\"}, {\"text\": \"Two.\"}]}, \"next\": [1]}";
    assert_eq!(texts("e.json", answer), ["One.", "Two."]);
    assert_eq!(texts("f.json", "{\"text\": \"One.\", \"items\": [{\"text\": \"related\"}]}"), ["One."]);
    assert_eq!(
        texts("g.json", "{\"id\": 1, \"tags\": [{\"a\": 1}], \"body\": {\"items\": []}, \"text\": \"One.\"}"),
        ["One."]
    );
    assert_eq!(texts("h.jsonl", "[{\"text\": \"One.\"}, {\"text\": \"Two.\"}]"), ["One.", "Two."]);
    assert_eq!(texts("no-ending", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n"), ["One.", "Two."]);
}

#[test]
fn json_that_programs_break() {
    let read = one(
        "a.jsonl",
        "{\"text\": \"Half \\ud83d a pair, \\ud83d\\ude00 a whole.\", \"date\": NaN, \"score\": -Infinity}",
    );
    assert_eq!(read.text, "Half \u{fffd} a pair, 😀 a whole.");
    assert_eq!(one("b.jsonl", "{\"text\": \"A tab\tin it, \\u0000 a null.\"}").text, "A tab in it, a null.");
    assert_eq!(
        one("c.jsonl", b"{\"text\": \"R\xe9sum\xe9 of the d\xe9b\xe2cle in Besan\xe7on.\"}").text,
        "Résumé of the débâcle in Besançon."
    );
    assert_eq!(one("d.jsonl", "{\"text\": \"One.\", \"text\": \"Two.\", \"title\": 7}").text, "7\n\nTwo.");
}

// --- Bad input -----------------------------------------------------------------------------------

#[test]
fn bad_json() {
    let lines = "{\"text\": \"One.\"}\n{\"text\": \"Two.\n[1, 2]\n\"words\"\n{\"title\": \"Only this\"}\n{\"text\": 5 5}\n{\"text\": \"Last.\"}\n";
    let (count, codes) = bad("a.jsonl", lines);
    assert_eq!(count, 2);
    assert_eq!(codes, [(1, "truncated"), (2, "not_object"), (3, "not_object"), (4, "no_text"), (5, "bad_json")]);
    let folder = Folder::new();
    let (_, rejects) = read(&folder.put("a.jsonl", "{\"text\": 1}\n{\"text\": 5 5}"));
    assert_eq!(rejects[1].message, "line 2, column 12: expected `,` or `}`");
    assert_eq!(bad("b.json", "[{\"text\": \"One.\"}, 7, {\"te"), (1, vec![(1, "not_object"), (2, "truncated")]));
    assert_eq!(bad("c.json", "not JSON at all"), (0, vec![(0, "bad_json")]));
    let deep = format!("{{\"text\": {}1{}}}", "[".repeat(200_000), "]".repeat(200_000));
    assert_eq!(bad("d.jsonl", &deep), (0, vec![(0, "too_deep")]));
    assert_eq!(bad("d.json", &deep), (0, vec![(0, "too_deep")]));
    assert_eq!(bad("e.json", "[".repeat(1_000_000)), (0, vec![(0, "truncated")]));
}

#[test]
fn nothing_in_it() {
    assert_eq!(bad("a.txt", ""), (0, vec![(0, "empty")]));
    assert_eq!(bad("b.txt", " \n\u{feff}\n"), (0, vec![(0, "empty")]));
    assert_eq!(bad("c.jsonl.gz", gzip(b"")), (0, vec![(0, "empty")]));
    assert_eq!(bad("d.jsonl", "{\"title\": \"\", \"text\": \" \"}"), (0, vec![(0, "no_text")]));
    assert_eq!(bad("e.txt", "***\n\n---"), (0, vec![(0, "no_text")]));
}

#[test]
fn not_for_reading() {
    for (name, bytes) in [
        ("a.pdf", &b"%PDF-1.7 x"[..]),
        ("b.docx", b"PK\x03\x04"),
        ("c.zip", b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x13\0\0\0[Content_Types].xml"),
        ("c.png", b"\x89PNG\r\n"),
        ("d.txt", b"%PDF-1.4"),
        ("f.xml", b"<?xml version='1.0'?><urlset><url/></urlset>"),
        ("g.xml", b"<?xml version='1.0'?>"),
    ] {
        assert_eq!(bad(name, bytes), (0, vec![(0, "unsupported")]), "{name}");
    }
    let noise: Vec<u8> = (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    assert_eq!(bad("g.txt", [b"x", &noise[..]].concat()), (0, vec![(0, "binary")]));
}

#[test]
fn too_large() {
    let options = Options { max_record_bytes: 1000, ..Options::default() };
    let folder = Folder::new();
    let long = "x".repeat(200_000);
    let lines = format!("{{\"text\": \"One.\"}}\n{{\"text\": \"{long}\"}}\n{{\"text\": \"Three.\"}}\n");
    let (articles, rejects) = read_with(&folder.put("a.jsonl", &lines), &options);
    assert_eq!((articles.len(), articles[1].source_offset), (2, 2));
    assert_eq!((rejects[0].source_offset, rejects[0].code), (1, "too_large"));
    let list = format!("[{{\"text\": \"One.\"}}, {{\"text\": \"{long}\"}}, {{\"text\": \"Three.\"}}]");
    let (articles, rejects) = read_with(&folder.put("b.json", &list), &options);
    assert_eq!((articles.len(), articles[1].source_offset), (2, 2));
    assert_eq!((rejects[0].source_offset, rejects[0].code), (1, "too_large"));
    let (articles, rejects) = read_with(&folder.put("c.txt", &long), &options);
    assert_eq!((articles.len(), rejects[0].code), (0, "too_large"));
}

#[test]
fn compressed() {
    let lines = b"{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n";
    assert_eq!(good("a.jsonl.gz", gzip(lines)).len(), 2);
    assert_eq!(good("b.jsonl.zst", zstd::encode_all(&lines[..], 1).unwrap()).len(), 2);
    assert_eq!(good("c.jsonl", gzip(lines)).len(), 2); // by its first bytes
    assert_eq!(good("d.jsonl.gz", lines).len(), 2); // only its name says so
    assert_eq!(good("e.jsonl.gz", [gzip(lines), gzip(lines)].concat()).len(), 4); // members one after the other
    assert_eq!(good("f.jsonl.gz.gz", gzip(&gzip(lines))).len(), 2);
    assert_eq!(bad("g.gz", gzip(&gzip(&gzip(&gzip(&gzip(lines)))))), (0, vec![(0, "too_large")]));
}

#[test]
fn cut_and_damaged() {
    let lines: String = (0..3000)
        .map(|n| format!("{{\"text\": \"Report number {n} of the {} series.\"}}\n", n * 7919 % 1000))
        .collect();
    for (name, whole) in
        [("a.jsonl.gz", gzip(lines.as_bytes())), ("b.jsonl.zst", zstd::encode_all(lines.as_bytes(), 1).unwrap())]
    {
        let folder = Folder::new();
        let (articles, rejects) = read(&folder.put(name, &whole[..whole.len() / 2]));
        let codes: Vec<_> = rejects.iter().map(|reject| reject.code).collect();
        assert_eq!(codes, ["truncated"], "{name}");
        assert_eq!(rejects[0].source_offset, articles.len() as u64, "{name}");
        let mut damaged = whole.clone();
        for byte in &mut damaged[whole.len() / 2..whole.len() / 2 + 40] {
            *byte ^= 0x5a;
        }
        let (_, rejects) = read(&folder.put(name, &damaged));
        assert!(!rejects.is_empty(), "{name}");
    }
    assert_eq!(bad("c.txt.gz", &gzip(b"Title\n\nA body that is cut.")[..20]), (0, vec![(0, "truncated")]));
}

#[test]
fn a_bomb_ends_soon() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let zeros = vec![0; 1 << 20];
    for _ in 0..300 {
        encoder.write_all(&zeros).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    assert_eq!(bad("a.jsonl.gz", &bomb), (0, vec![(0, "too_large")]));
    assert_eq!(bad("b.txt.gz", &bomb), (0, vec![(0, "too_large")]));
}

#[test]
fn any_bytes() {
    // Every format over bytes of every kind: an answer, never a panic.
    let mut state = 7_u64;
    let mut byte = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 56) as u8
    };
    let seeds: [&[u8]; 6] = [
        b"{\"title\": \"T\", \"text\": [\"a\", {\"text\": \"b\"}], \"date\": \"2026-11-23T10:00:00Z\", \"authors\": {\"name\": \"By A, B\"}}",
        b"---\ntitle: x\ndate: 2026-11-23\n---\n# T\n\n[a](b) *c*",
        b"url: https://a.b/c?d=e#f\n\nT\n\nB \xc3\xa9 \xe2\x80\x99 &amp;#8217; \xc3\x83\xc2\xa9",
        b"<html><head><title>T</title><meta charset='x'></head><body><p>A text of some words.</p></body></html>",
        b"Nov 23, 2026 10:00 PM EST",
        b"\xff\xfeT\0e\0x\0t\0",
    ];
    for _ in 0..4000 {
        let mut bytes = seeds[usize::from(byte()) % seeds.len()].to_vec();
        for _ in 0..byte() % 8 {
            let at = usize::from(byte()) % bytes.len();
            bytes[at] = byte();
        }
        for format in [Format::Text, Format::Markdown, Format::Json, Format::Html] {
            let raw = RawArticle { source_path: "x".to_owned(), source_offset: 0, format, bytes: bytes.clone() };
            if let Ok(read) = article(&raw) {
                assert!(read.title_end as usize <= read.text.chars().count());
                assert!(!read.text.trim().is_empty());
            }
        }
    }
}

// --- Places --------------------------------------------------------------------------------------

#[test]
fn folders() {
    let folder = Folder::new();
    folder.put("b.txt", "B\n\nText b.");
    folder.put("sub/a.txt", "A\n\nText a.");
    folder.put(".hidden/x.txt", "X\n\nText x.");
    folder.put("sub/.hidden.txt", "X\n\nText x.");
    folder.put("sub/c.pdf", "%PDF-");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/loop")).unwrap();
        std::os::unix::fs::symlink(folder.path().join("b.txt"), folder.path().join("again.txt")).unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join("broken.txt")).unwrap();
    }
    let (articles, rejects) = read(folder.path());
    let names: Vec<_> = articles.iter().map(|read| read.title.clone().unwrap()).collect();
    assert_eq!(names, ["B", "A"]);
    let codes: Vec<_> = rejects.iter().map(|reject| reject.code).collect();
    assert_eq!(codes, if cfg!(unix) { vec!["unreadable", "unsupported"] } else { vec!["unsupported"] });
}

#[test]
fn the_order_of_arguments_does_not_matter() {
    let folder = Folder::new();
    let name = |path: PathBuf| path.to_string_lossy().into_owned();
    let (a, b) = (name(folder.put("a.txt", "A\n\nText.")), name(folder.put("b.txt", "B\n\nText.")));
    let pattern = name(folder.path().join("*.txt"));
    let all = |inputs: &[&String]| {
        let inputs: Vec<String> = inputs.iter().map(|input| (*input).clone()).collect();
        open(&inputs, &Options::default()).unwrap().map(|raw| raw.unwrap().source_path).collect::<Vec<_>>()
    };
    assert_eq!(all(&[&b, &a]), [a.clone(), b.clone()]);
    assert_eq!(all(&[&pattern]), [a.clone(), b.clone()]);
    assert_eq!(all(&[&b, &pattern, &a, &name(folder.path().to_owned())]), [a, b]);
}

#[test]
fn inputs_that_a_run_cannot_start_with() {
    let folder = Folder::new();
    fs::create_dir(folder.path().join("void")).unwrap();
    for (input, says) in [
        ("nothing.txt", "no such file"),
        ("*.txt", "matches nothing"),
        ("void", "no file in it"),
        ("[", "not a pattern"),
    ] {
        let place = folder.path().join(input).to_string_lossy().into_owned();
        let error = open(std::slice::from_ref(&place), &Options::default()).err().unwrap();
        assert!(
            error.to_string().contains(says) && error.to_string().contains(&place) && error.hint.is_some(),
            "{error}"
        );
    }
    assert!(open(&[], &Options::default()).is_err());
}

#[test]
fn limit_and_progress() {
    let folder = Folder::new();
    let path = folder.put("a.jsonl", "{\"text\": \"One.\"}\n".repeat(50));
    let options = Options { limit: Some(3), ..Options::default() };
    assert_eq!(read_with(&path, &options).0.len(), 3);
    let mut source = open(&[path.to_string_lossy().into_owned()], &Options::default()).unwrap();
    let total = source.progress().bytes_total;
    assert_eq!(total, Some(50 * 17));
    while source.next().is_some() {}
    let progress = source.progress();
    assert_eq!((Some(progress.bytes_read), progress.files_done, progress.files_total), (total, 1, 1));
}

#[cfg(unix)]
#[test]
fn a_file_that_vanishes_is_a_reject() {
    let folder = Folder::new();
    folder.put("a.txt", "A\n\nText.");
    let gone = folder.put("b.txt", "B\n\nText.");
    let source = open(&[folder.path().to_string_lossy().into_owned()], &Options::default()).unwrap();
    fs::remove_file(gone).unwrap();
    let codes: Vec<_> = source.map(|record| record.map(|_| "read").unwrap_or_else(|reject| reject.code)).collect();
    assert_eq!(codes, ["read", "unreadable"]);
}
