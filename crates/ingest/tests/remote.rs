//! Inputs by URL, from a web server on loopback that the test starts itself.
#![cfg(feature = "remote")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use broadsheet_ingest::{Options, article, open};

/// Answers every request with a status and a body, of which it sends `sent` bytes; gives its address.
fn server(status: &'static str, body: &'static str, sent: usize) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let asked = BufReader::new(stream.try_clone().unwrap()).lines();
            asked.map_while(Result::ok).take_while(|line| !line.is_empty()).for_each(drop);
            let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&body.as_bytes()[..sent]));
        }
    });
    format!("http://{address}/news/today.jsonl?edition=late")
}

const LINES: &str = "{\"title\": \"Bridge opens\", \"text\": \"The new bridge over the river opened on Monday.\"}\n\
                     {\"title\": \"Ferry stops\", \"text\": \"The old ferry made its last crossing the same day.\"}\n";

#[test]
fn an_object_of_a_web_server_is_read_like_a_file() {
    let url = server("200 OK", LINES, LINES.len());
    let source = open(std::slice::from_ref(&url), &Options::default()).unwrap();
    let articles: Vec<_> = source.map(|record| article(&record.unwrap()).unwrap()).collect();
    assert_eq!(articles.iter().filter_map(|a| a.title.as_deref()).collect::<Vec<_>>(), ["Bridge opens", "Ferry stops"]);
    assert_eq!((articles[1].source_path.as_str(), articles[1].source_offset), (url.as_str(), 1));
}

#[test]
fn what_the_server_does_not_have_is_refused_with_its_address() {
    let url = server("404 Not Found", "", 0);
    let rejects: Vec<_> =
        open(std::slice::from_ref(&url), &Options::default()).unwrap().map(Result::unwrap_err).collect();
    assert_eq!(rejects.len(), 1);
    assert_eq!((rejects[0].source_path.as_str(), rejects[0].code), (url.as_str(), "unreadable"));
    assert_eq!(rejects[0].message, "no such object");
}
