//! Inputs by URL, from servers on loopback that the tests start themselves.
#![allow(missing_docs)]

mod support;

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::Path,
    process::{Command, Output},
};
use support::{Row, rows, stderr};
use tempfile::tempdir;

const LINES: &str = "{\"title\": \"Bridge opens\", \"text\": \"The new bridge over the river opened on Monday.\"}\n\
                     {\"title\": \"Ferry stops\", \"text\": \"The old ferry made its last crossing that day.\"}\n";

/// What a server sends: a status, the fields of its header, a body, and how much of the body before it hangs up.
struct Answer {
    status: &'static str,
    header: String,
    body: String,
    sent: usize,
}

fn whole(status: &'static str, body: &str) -> Answer {
    Answer { status, header: format!("Content-Length: {}\r\n", body.len()), body: body.to_owned(), sent: body.len() }
}

/// An answer that does not tell its length: it comes in chunks.
fn chunked(pieces: &[&str]) -> Answer {
    let body = pieces.iter().map(|piece| format!("{:x}\r\n{piece}\r\n", piece.len())).collect::<String>() + "0\r\n\r\n";
    Answer { status: "200 OK", header: "Transfer-Encoding: chunked\r\n".to_owned(), sent: body.len(), body }
}

/// Starts a server that answers each request by its number, its method and its address; gives the server's own address.
fn server(mut answer: impl FnMut(usize, &str, &str) -> Answer + Send + 'static) -> String {
    server_of_ranges(move |number, method, path, _| answer(number, method, path))
}

/// As [`server`], where the answer may also go by the byte that the client wants to go on from.
fn server_of_ranges(mut answer: impl FnMut(usize, &str, &str, Option<usize>) -> Answer + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for (number, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            let lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
            let asked: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
            let mut words = asked.first().map_or("", String::as_str).split(' ');
            let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let from = asked.iter().find_map(|line| {
                let (name, value) = line.split_once(": bytes=")?;
                name.eq_ignore_ascii_case("range").then(|| value.split('-').next()?.parse().ok())?
            });
            let Answer { status, header, body, sent } = answer(number, method, path, from);
            let head = format!(
                "HTTP/1.1 {status}\r\n{header}ETag: \"1\"\r\n\
                 Last-Modified: Fri, 01 May 2026 08:00:00 GMT\r\nConnection: close\r\n\r\n"
            );
            let body = if method == "HEAD" { &[] } else { &body.as_bytes()[..sent] };
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
        }
    });
    format!("http://{address}")
}

/// Exports a URL, with the environment of a store whose endpoint is `endpoint`.
fn export(url: &str, endpoint: &str, out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_broadsheet"))
        .args(["export", url, "--quiet", "--out"])
        .arg(out)
        .envs([("AWS_ENDPOINT_URL", endpoint), ("AWS_ALLOW_HTTP", "true"), ("AWS_SKIP_SIGNATURE", "true")])
        .env("AWS_REGION", "us-east-1")
        .envs([("GOOGLE_BASE_URL", endpoint), ("GOOGLE_SKIP_SIGNATURE", "true")])
        .envs([("AZURE_STORAGE_ENDPOINT", endpoint), ("AZURE_ALLOW_HTTP", "true"), ("AZURE_SKIP_SIGNATURE", "true")])
        .env("AZURE_STORAGE_ACCOUNT_NAME", "press")
        .output()
        .expect("the command starts")
}

/// The articles and the refusals of a URL that the run can start with.
fn read(url: &str, endpoint: &str) -> (Vec<Row>, Vec<Row>) {
    let dir = tempdir().unwrap();
    let out = dir.path().join("out");
    let done = export(url, endpoint, &out);
    assert!(done.status.success(), "{}", stderr(&done));
    (rows(&out, "articles"), rows(&out, "rejects"))
}

fn titles(articles: &[Row]) -> Vec<&str> {
    articles.iter().map(|row| row["title"].as_str()).collect()
}

#[test]
fn an_object_of_a_web_server_is_read_like_a_file() {
    let host = server(|_, _, path| match path {
        "/news/today.jsonl?edition=late" => whole("200 OK", LINES),
        _ => whole("404 Not Found", ""),
    });
    let url = format!("{host}/news/today.jsonl?edition=late");
    let (articles, rejects) = read(&url, &host);
    assert_eq!((titles(&articles), rejects.len()), (vec!["Bridge opens", "Ferry stops"], 0));
    assert_eq!((articles[1]["source_path"].as_str(), articles[1]["source_offset"].as_str()), (url.as_str(), "1"));
}

#[test]
fn a_server_that_stumbles_is_asked_again() {
    let host = server(|number, _, _| match number {
        0 => whole("503 Service Unavailable", ""),
        _ => whole("200 OK", LINES),
    });
    assert_eq!(read(&format!("{host}/today.jsonl"), &host).0.len(), 2);
}

#[test]
fn what_cannot_be_had_is_refused_with_its_address() {
    for (status, message) in [("404 Not Found", "no such object"), ("403 Forbidden", "access is denied")] {
        let host = server(move |_, _, _| whole(status, ""));
        let url = format!("{host}/today.jsonl");
        let (articles, rejects) = read(&url, &host);
        assert_eq!((articles.len(), rejects.len()), (0, 1));
        assert_eq!((rejects[0]["source_path"].as_str(), rejects[0]["code"].as_str()), (url.as_str(), "unreadable"));
        assert!(rejects[0]["message"].starts_with(message), "{}", rejects[0]["message"]);
    }
}

#[test]
fn a_body_that_stops_early_is_refused_and_not_taken_for_whole() {
    // A second request gets nothing at all: what was cut cannot be taken up again.
    let host = server(|number, _, _| match number {
        0 => Answer { sent: LINES.len() - 40, ..whole("200 OK", LINES) },
        _ => whole("404 Not Found", ""),
    });
    let (articles, rejects) = read(&format!("{host}/today.jsonl"), &host);
    assert_eq!(titles(&articles), ["Bridge opens"]);
    assert_eq!(rejects.len(), 1);
    assert!(["truncated", "unreadable"].contains(&rejects[0]["code"].as_str()), "{:?}", rejects[0]);
}

#[test]
fn a_server_that_does_not_tell_the_length_is_read_to_its_end() {
    let (first, second) = LINES.split_at(40);
    let until_it_closes = || Answer { header: String::new(), ..whole("200 OK", LINES) };
    let host = server(move |_, _, path| match path {
        "/chunks.jsonl" => chunked(&[first, second]),
        _ => until_it_closes(),
    });
    for path in ["chunks.jsonl", "closes.jsonl"] {
        let (articles, rejects) = read(&format!("{host}/{path}"), &host);
        assert_eq!((titles(&articles), rejects.len()), (vec!["Bridge opens", "Ferry stops"], 0), "{path}");
    }
    // Without the last chunk it was cut, and a server that cannot go on from there leaves it so.
    let host = server(move |number, _, _| match number {
        0 => Answer { sent: 200, ..chunked(&[LINES, LINES]) },
        _ => whole("404 Not Found", ""),
    });
    let (articles, rejects) = read(&format!("{host}/today.jsonl"), &host);
    assert_eq!((titles(&articles), rejects.len()), (vec!["Bridge opens", "Ferry stops"], 1));
    assert_eq!(rejects[0]["code"], "unreadable");
}

#[test]
fn a_body_that_was_cut_is_taken_up_where_it_stopped() {
    for told in [true, false] {
        let host = server_of_ranges(move |_, _, _, from| match from {
            None if told => Answer { sent: 50, ..whole("200 OK", LINES) },
            None => Answer { sent: 50, ..chunked(&[&LINES[..40], &LINES[40..]]) },
            Some(from) => {
                let rest = whole("206 Partial Content", &LINES[from..]);
                let range = format!("Content-Range: bytes {from}-{}/{}\r\n", LINES.len() - 1, LINES.len());
                Answer { header: rest.header + &range, ..rest }
            }
        });
        let (articles, rejects) = read(&format!("{host}/today.jsonl"), &host);
        assert_eq!((titles(&articles), rejects.len()), (vec!["Bridge opens", "Ferry stops"], 0), "told: {told}");
    }
}

/// A store with two objects and a hidden one below `may/` of the bucket `news`.
fn bucket(_: usize, method: &str, path: &str) -> Answer {
    let listing = |keys: &[&str]| {
        let objects: String = keys
            .iter()
            .map(|key| {
                format!(
                    "<Contents><Key>{key}</Key><LastModified>2026-05-01T08:00:00.000Z</LastModified>\
                     <ETag>\"1\"</ETag><Size>90</Size></Contents>"
                )
            })
            .collect();
        format!("<ListBucketResult><IsTruncated>false</IsTruncated>{objects}</ListBucketResult>")
    };
    let mut lines = LINES.lines();
    match (method, path.split('?').next().unwrap_or_default()) {
        (_, "/news/may/01.jsonl") => whole("200 OK", lines.next().unwrap_or_default()),
        (_, "/news/may/02.jsonl") => whole("200 OK", lines.nth(1).unwrap_or_default()),
        ("GET", "/news") if path.contains("prefix=may") => {
            whole("200 OK", &listing(&["may/02.jsonl", "may/.hidden.jsonl", "may/01.jsonl"]))
        }
        ("GET", "/news") => whole("200 OK", &listing(&[])),
        _ => whole("404 Not Found", ""),
    }
}

/// The same as Google's store tells it: every sign of a key is escaped.
fn google(number: usize, method: &str, path: &str) -> Answer {
    bucket(number, method, &path.replace("%2F", "/").replace("%2E", "."))
}

/// The same as Azure tells it.
fn azure(number: usize, method: &str, path: &str) -> Answer {
    let blobs = |keys: &[&str]| {
        let blobs: String = keys
            .iter()
            .map(|key| {
                format!(
                    "<Blob><Name>{key}</Name><Properties><Last-Modified>Fri, 01 May 2026 08:00:00 GMT</Last-Modified>\
                     <Etag>1</Etag><Content-Length>90</Content-Length><Content-Type>text/plain</Content-Type>\
                     </Properties></Blob>"
                )
            })
            .collect();
        format!("<EnumerationResults><Blobs>{blobs}</Blobs><NextMarker/></EnumerationResults>")
    };
    match path.split_once('?') {
        Some(("/news", query)) if query.contains("comp=list") => {
            let keys: &[&str] =
                if query.contains("prefix=may") { &["may/02.jsonl", "may/.hidden.jsonl", "may/01.jsonl"] } else { &[] };
            whole("200 OK", &blobs(keys))
        }
        _ => bucket(number, method, path),
    }
}

#[test]
fn a_prefix_of_a_store_is_walked_like_a_folder() {
    for (scheme, answer) in [("s3", bucket as fn(usize, &str, &str) -> Answer), ("gs", google), ("az", azure)] {
        let endpoint = server(answer);
        for url in [format!("{scheme}://news/may/"), format!("{scheme}://news/may")] {
            let (articles, rejects) = read(&url, &endpoint);
            assert_eq!((titles(&articles), rejects.len()), (vec!["Bridge opens", "Ferry stops"], 0), "{url}");
            assert_eq!(articles[0]["source_path"], format!("{scheme}://news/may/01.jsonl"));
        }
        assert_eq!(titles(&read(&format!("{scheme}://news/may/02.jsonl"), &endpoint).0), ["Ferry stops"], "{scheme}");
    }
}

#[test]
fn a_run_does_not_start_with_a_prefix_that_holds_nothing() {
    let dir = tempdir().unwrap();
    let done = export("s3://news/june/", &server(bucket), &dir.path().join("out"));
    assert_eq!(done.status.code(), Some(1));
    assert_eq!(
        stderr(&done),
        "error: `s3://news/june/`: no such object, and none below it\n\
         hint: check the name of the bucket and the path\n"
    );
    assert!(!dir.path().join("out").exists());
}

#[test]
fn a_run_does_not_start_where_access_is_denied() {
    let dir = tempdir().unwrap();
    let endpoint = server(|_, _, _| whole("403 Forbidden", ""));
    let done = export("s3://news/may/01.jsonl", &endpoint, &dir.path().join("out"));
    assert_eq!(done.status.code(), Some(1));
    let told = stderr(&done);
    assert!(told.contains("`s3://news/may/01.jsonl`: access is denied"), "{told}");
    assert!(told.contains("hint: set AWS_ACCESS_KEY_ID"), "{told}");
}
