//! Web archives in, articles out: as crawlers write them, packed in every way, cut, and with lengths that lie.

mod support;

use std::io::Write;

use proptest::prelude::*;
use support::*;

const DATE: &str = "2026-11-23T10:00:00Z";

fn record(kind: &str, uri: &str, content: &str, block: &[u8], length: usize) -> Vec<u8> {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date: {DATE}\r\nContent-Type: {content}\r\n\
         Content-Length: {length}\r\n\r\n"
    );
    [header.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\n{headers}\r\n").as_bytes(), body].concat()
}

fn response(number: usize, headers: &str, body: &[u8]) -> Vec<u8> {
    let block = answer(headers, body);
    let uri = format!("https://www.example.com/news/{number}?utm_source=x");
    record("response", &uri, "application/http; msgtype=response", &block, block.len())
}

fn html(number: usize) -> Vec<u8> {
    let body = page(&format!("Council rebuilds bridge {number}"), &format!("This is number {number}."));
    response(number, "Content-Type: text/html; charset=utf-8\r\n", body.as_bytes())
}

fn info() -> Vec<u8> {
    record("warcinfo", "", "application/warc-fields", b"software: test\r\n", 16)
}

#[test]
fn pages_of_a_crawl() {
    let request = record("request", "https://www.example.com/news/1", "application/http; msgtype=request", b"GET /", 5);
    let metadata = record("metadata", "https://www.example.com/news/1", "application/warc-fields", b"fetchTime: 1", 12);
    let file = [info(), request, html(1), metadata, html(2)].concat();
    let members = [info(), html(1), html(2)].map(|record| gzip(&record)).concat();
    for (name, bytes, offsets) in [
        ("a.warc", file.clone(), [2, 4]),
        ("a.warc.gz", members, [1, 2]),
        ("b", file.clone(), [2, 4]),
        ("a.warc.gz", gzip(&file), [2, 4]),
    ] {
        let read = good(name, bytes);
        assert_eq!(read.len(), 2, "{name}");
        assert_eq!(read[0].title.as_deref(), Some("Council rebuilds bridge 1"));
        assert_eq!(read[1].url.as_deref(), Some("https://www.example.com/news/2"));
        assert_eq!(read[1].domain.as_deref(), Some("example.com"));
        assert!(read[1].text.contains("This is number 2."));
        // When the crawler came is not when the article was published.
        assert_eq!(read[1].published_at, None);
        assert_eq!([read[0].source_offset, read[1].source_offset], offsets, "{name}");
    }
}

#[test]
fn packed_in_every_way() {
    let body = page("Smörgås prices rise in Malmberg", "");
    let plain = body.as_bytes();
    let chunks: Vec<u8> = plain
        .chunks(100)
        .flat_map(|chunk| [format!("{:x};x=y\r\n", chunk.len()).as_bytes(), chunk, b"\r\n"].concat())
        .chain(*b"0\r\n\r\n")
        .collect();
    let mut deflate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    deflate.write_all(plain).unwrap();
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    raw.write_all(plain).unwrap();
    let latin: Vec<u8> = body.chars().map(|c| c as u8).collect();
    // `brotli` of "<html>...": a stored block, so that no compressor is needed.
    let kind = "Content-Type: text/html; charset=utf-8\r\n";
    let cases: Vec<(String, Vec<u8>)> = vec![
        (format!("{kind}Transfer-Encoding: chunked\r\n"), chunks.clone()),
        (format!("{kind}Transfer-Encoding: chunked\r\n"), plain.to_vec()),
        (format!("{kind}Content-Encoding: gzip\r\n"), gzip(plain)),
        (format!("{kind}Content-Encoding: gzip\r\n"), plain.to_vec()),
        (format!("{kind}Content-Encoding: deflate\r\n"), deflate.finish().unwrap()),
        (format!("{kind}Content-Encoding: deflate\r\n"), raw.finish().unwrap()),
        (format!("{kind}Content-Encoding: zstd\r\n"), zstd::encode_all(plain, 1).unwrap()),
        (format!("{kind}Content-Encoding: br\r\n"), stored_brotli(plain)),
        (format!("{kind}Content-Encoding: br\r\n"), plain.to_vec()),
        ("Content-Type: text/html; charset=\"ISO-8859-1\"\r\n".to_owned(), latin.clone()),
        // It lies: the bytes are UTF-8.
        ("Content-Type: text/html; charset=ISO-8859-1\r\n".to_owned(), plain.to_vec()),
        (String::new(), plain.to_vec()),
        ("Content-Type : text/html\r\nbroken line\r\nX-\u{1}: y\r\nContent-Length: 7\r\n".to_owned(), plain.to_vec()),
    ];
    for (headers, body) in cases {
        let read = one("a.warc", response(1, &headers, &body));
        assert_eq!(read.title.as_deref(), Some("Smörgås prices rise in Malmberg"), "{headers}");
    }
}

/// A brotli stream of stored blocks: a window of 16 bits, then for each block its length, then an empty last one.
fn stored_brotli(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let bit = |value: u32, count: u32, at: &mut usize, out: &mut Vec<u8>| {
        for index in 0..count {
            if *at / 8 == out.len() {
                out.push(0);
            }
            out[*at / 8] |= (((value >> index) & 1) as u8) << (*at % 8);
            *at += 1;
        }
    };
    let mut at = 0;
    bit(0, 1, &mut at, &mut out);
    for block in bytes.chunks(60_000) {
        bit(0, 1, &mut at, &mut out);
        bit(0, 2, &mut at, &mut out);
        bit(block.len() as u32 - 1, 16, &mut at, &mut out);
        bit(1, 1, &mut at, &mut out);
        out.extend_from_slice(block);
        at = out.len() * 8;
    }
    bit(3, 2, &mut at, &mut out);
    out
}

#[test]
fn other_kinds_of_records() {
    let text = "Talks resume\n\nEnvoys met in Vienna.";
    let conversion = record("conversion", "https://example.com/a", "text/plain", text.as_bytes(), text.len());
    let resource = page("Council rebuilds bridge", "");
    let resource = record("resource", "<https://example.com/b>", "text/html", resource.as_bytes(), resource.len());
    let read = good("a.warc", [conversion, resource].concat());
    assert_eq!(read[0].text, text);
    assert_eq!(read[0].url.as_deref(), Some("https://example.com/a"));
    assert_eq!(read[1].url.as_deref(), Some("https://example.com/b"));
}

#[test]
fn answers_without_an_article() {
    let block = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<html>Gone</html>";
    let gone = record("response", "https://example.com/x", "application/http", block, block.len());
    let image = response(1, "Content-Type: image/png\r\n", b"\x89PNG\r\n\x1a\n words words words words");
    let feed = response(1, "Content-Type: application/rss+xml\r\n", b"<rss><channel/></rss>");
    let nothing = response(1, "Content-Type: text/html\r\n", b"");
    let noise = response(1, "Content-Type: text/html\r\nContent-Encoding: br\r\n", &[7; 300]);
    let (count, codes) = bad("a.warc", [gone, image, feed, nothing, noise, html(6)].concat());
    assert_eq!(count, 1);
    assert_eq!(codes, [(0, "http_status"), (1, "unsupported"), (2, "unsupported"), (3, "empty"), (4, "corrupt")]);
}

#[test]
fn lengths_that_lie() {
    let lying = |by: isize| {
        let body = page("Council rebuilds bridge 1", "");
        let block = answer("Content-Type: text/html\r\n", body.as_bytes());
        let length = (block.len() as isize + by) as usize;
        record("response", "https://example.com/1", "application/http", &block, length)
    };
    for by in [-500, -1, 1, 3, 100, 100_000, 1 << 40] {
        let read = good("a.warc", [lying(by), html(2)].concat());
        assert_eq!(read.len(), 2, "{by}");
        assert!(read[0].text.ends_with("report fewer customers."), "{by}: {}", read[0].text);
    }
    // A page that tells of WARC is one page.
    let body = page("Archives", "\r\n\r\nWARC/1.0 is a format.\r\n\r\nWARC/1.1\r\nand so on");
    assert_eq!(
        good("a.warc", [response(1, "Content-Type: text/html\r\n", body.as_bytes()), html(2)].concat()).len(),
        2
    );
    let missing =
        html(1).iter().map(|&byte| char::from(byte)).collect::<String>().replace("Content-Length", "X-Length");
    assert_eq!(good("a.warc", [missing.into_bytes(), html(2)].concat()).len(), 2);
}

#[test]
fn cut_and_damaged() {
    let whole = [info(), html(1), html(2)].concat();
    let (count, codes) = bad("a.warc", &whole[..whole.len() - 300]);
    assert_eq!((count, codes), (1, vec![(2, "truncated")]));
    let members = [info(), html(1), html(2)].map(|record| gzip(&record)).concat();
    let (count, codes) = bad("a.warc.gz", &members[..members.len() - 100]);
    assert_eq!((count, codes), (1, vec![(2, "truncated")]));
    let garbage = [html(1), b"garbage between the records".to_vec(), b"\r\n\r\n".to_vec(), html(2)].concat();
    assert_eq!(good("a.warc", garbage).len(), 2); // it belongs to the first
    let (count, codes) = bad("a.warc", [b"garbage\r\n\r\n".to_vec(), html(1)].concat());
    assert_eq!((count, codes), (1, vec![(0, "bad_warc")]));
    let endless = [b"WARC/1.0\r\nX: ".to_vec(), vec![b'y'; 200_000], b"\r\n\r\n".to_vec(), html(1)].concat();
    assert_eq!(bad("a.warc", endless), (1, vec![(0, "bad_warc")]));
}

#[test]
fn a_record_over_the_limit_costs_itself_only() {
    let huge = page("Huge", &"x".repeat(300_000));
    let file = [html(1), response(2, "Content-Type: text/html\r\n", huge.as_bytes()), html(3)].concat();
    let options = broadsheet_ingest::Options { max_record_bytes: 200_000, ..Default::default() };
    let (articles, rejects) = outcome_with("a.warc", file, &options);
    assert_eq!(articles.len(), 2);
    assert_eq!((rejects.len(), rejects[0].code, rejects[0].source_offset), (1, "too_large", 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// A cut file loses nothing of what stands before the cut.
    #[test]
    fn a_cut_loses_no_record_before_it(at in 0.0..1.0_f64, packed in any::<bool>()) {
        let records = [info(), html(1), html(2), html(3)];
        let records = if packed { records.map(|record| gzip(&record)) } else { records };
        let whole = records.concat();
        let cut = (whole.len() as f64 * at) as usize;
        let (mut end, mut complete) = (0, 0);
        for (number, record) in records.iter().enumerate() {
            end += record.len();
            complete += usize::from(number > 0 && end <= cut);
        }
        let (articles, rejects) = outcome(if packed { "a.warc.gz" } else { "a.warc" }, &whole[..cut]);
        prop_assert!(articles.len() == complete || !packed && articles.len() == complete + 1, "{} of {complete}", articles.len());
        prop_assert!(rejects.len() <= 1, "{rejects:?}");
    }

    /// Changed bytes cost records, and never the run.
    #[test]
    fn changed_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = [info(), html(1), html(2)].concat();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (articles, rejects) = outcome("a.warc", bytes);
        prop_assert!(articles.len() + rejects.len() >= 1);
    }

    #[test]
    fn any_bytes_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        outcome("a.warc", [b"WARC/1.0\r\nWARC-Type: response\r\n\r\n".as_slice(), &bytes].concat());
        outcome("a.warc", response(1, "Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n", &bytes));
    }
}
