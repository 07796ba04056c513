//! Pages in, articles out: what a page says of itself, its text, and pages that are made to break a reader.

use broadsheet_ingest::{Article, Format, RawArticle, Reject, article};

fn try_read(page: impl Into<Vec<u8>>) -> Result<Article, Reject> {
    article(&RawArticle {
        source_path: "page.html".to_owned(),
        source_offset: 0,
        format: Format::Html,
        bytes: page.into(),
    })
}

fn read(page: impl Into<Vec<u8>>) -> Article {
    try_read(page).unwrap()
}

/// A page around a head and the first lines of a body.
fn page(head: &str, top: &str) -> String {
    let story = [
        "The council of Malmberg voted on Tuesday to rebuild the bridge that the spring flood had carried away.",
        "Mayor Ines Holm said that work would start in June and that it would cost 4.2 million euros.",
        "Two members of the opposition voted against the plan, because they want a tunnel under the river instead.",
        "Residents have crossed by ferry since March, and shops on the eastern bank report fewer customers.",
    ];
    let story: String = story.iter().map(|paragraph| format!("<p>{paragraph}</p>\n")).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\"><head>{head}</head><body>\
         <nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/world\">World</a></li><li><a href=\"/sport\">Sport</a></li></ul></nav>\
         <main><article>{top}\n{story}</article></main>\
         <footer><p><a href=\"/about\">About us</a> <a href=\"/terms\">Terms of use</a></p></footer>\
         <script>var hidden = \"<p>not a word of this</p>\";</script></body></html>"
    )
}

#[test]
fn text_without_its_surroundings() {
    let read =
        read(page("<title>Council rebuilds bridge | The Malmberg Post</title>", "<h1>Council rebuilds bridge</h1>"));
    assert_eq!(read.title.as_deref(), Some("Council rebuilds bridge"));
    assert!(
        read.text.starts_with("Council rebuilds bridge\n\nThe council of Malmberg voted on Tuesday"),
        "{}",
        read.text
    );
    assert!(read.text.ends_with("report fewer customers."), "{}", read.text);
    assert_eq!(read.text.matches("\n\n").count(), 4);
    assert!(!read.text.contains("not a word") && !read.text.contains("Terms of use"));
    assert_eq!(read.language.as_deref(), Some("en"));
}

#[test]
fn linked_data_comes_first() {
    let head = r##"<title>Bridge - The Malmberg Post</title><meta property="og:title" content="Another title">
        <meta name="author" content="Desk"><link rel="canonical" href="https://www.malmberg-post.example/bridge?utm_source=a&amp;id=3">
        <script type="application/ld+json">{"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": "The Malmberg Post"},
        {"@type": ["NewsArticle"], "headline": "Council &amp; mayor rebuild bridge", "datePublished": "2026-04-07T23:30:00+02:00",
         "dateModified": "2026-04-08T08:00:00+02:00", "author": [{"@id": "#ana"}, {"@type": "Person", "name": "Bo Lind"}],
         "publisher": {"@type": "Organization", "name": "The Malmberg Post"}, "articleSection": ["Local", "Traffic"]},
        {"@type": "Person", "@id": "#ana", "name": "Ana Ruiz"}]}</script>"##;
    let read = read(page(head, "<h1>Bridge</h1>"));
    assert_eq!(read.title.as_deref(), Some("Council & mayor rebuild bridge"));
    assert_eq!(read.authors, ["Ana Ruiz", "Bo Lind"]);
    assert_eq!(read.published_at.unwrap().to_string(), "2026-04-07T21:30:00Z");
    assert_eq!(read.published_on.unwrap().to_string(), "2026-04-07");
    assert_eq!(read.modified_at.unwrap().to_string(), "2026-04-08T06:00:00Z");
    assert_eq!(read.url.as_deref(), Some("https://www.malmberg-post.example/bridge?id=3"));
    assert_eq!(read.domain.as_deref(), Some("malmberg-post.example"));
    assert_eq!((read.publisher.as_deref(), read.section.as_deref()), (Some("The Malmberg Post"), Some("Local")));
}

#[test]
fn meta_tags_and_the_page_itself() {
    let head = r#"<meta property="og:title" content="Council rebuilds bridge - The Malmberg Post"><meta property="og:site_name" content="Malmberg Post">
        <meta property="article:published_time" content="2026-04-07T21:30:00Z"><meta property="article:author" content="https://example.com/ana">
        <meta name=author content='Ana Ruiz and Bo Lind'><meta property="og:url" content="https://example.com/bridge">"#;
    let meta = read(page(head, ""));
    assert_eq!(meta.title.as_deref(), Some("Council rebuilds bridge"));
    assert_eq!(meta.authors, ["Ana Ruiz", "Bo Lind"]);
    assert_eq!(meta.published_on.unwrap().to_string(), "2026-04-07");
    let top = r#"<h1>Council rebuilds <em>bridge</em></h1><div class="byline">By <a rel="author" href="/ana">Ana Ruiz</a></div>
        <time datetime="2026-04-07">7 April 2026</time>"#;
    let bare = read(page("", top));
    assert_eq!(bare.title.as_deref(), Some("Council rebuilds bridge"));
    assert_eq!(bare.authors, ["Ana Ruiz"]);
    assert_eq!(bare.published_on.unwrap().to_string(), "2026-04-07");
    assert!(bare.text.starts_with("Council rebuilds bridge\n\nThe council"), "{}", bare.text);
}

#[test]
fn broken_linked_data_is_mended_or_left() {
    let mended = "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"A line\nbroken in two\"};</script>";
    assert_eq!(read(page(mended, "")).title.as_deref(), Some("A line broken in two"));
    let broken = "<title>Council rebuilds bridge</title><script type='application/ld+json'>{\"@type\": \"NewsArticle\", </script>";
    assert_eq!(read(page(broken, "")).title.as_deref(), Some("Council rebuilds bridge"));
}

#[test]
fn encodings() {
    let page = page("<meta charset=\"windows-1252\"><title>Sm\u{f6}rg\u{e5}s prices rise in Malmberg</title>", "");
    let bytes: Vec<u8> = page.chars().map(|c| c as u8).collect();
    assert_eq!(read(bytes).title.as_deref(), Some("Smörgås prices rise in Malmberg"));
    // It lies: the bytes are UTF-8.
    assert_eq!(read(page).title.as_deref(), Some("Smörgås prices rise in Malmberg"));
}

#[test]
fn pages_inside_of_records() {
    let record = |key: &str, html: &str| {
        let bytes = serde_json::json!({"url": "https://example.com/x", key: html}).to_string().into_bytes();
        article(&RawArticle { source_path: "x.jsonl".to_owned(), source_offset: 0, format: Format::Json, bytes })
            .unwrap()
    };
    let whole = record("html", &page("<title>Council rebuilds bridge</title>", ""));
    assert!(whole.text.starts_with("Council rebuilds bridge\n\nThe council of Malmberg voted"), "{}", whole.text);
    assert_eq!(record("content_html", "<p>One &amp; two.</p><p>Three<br>four.</p>").text, "One & two.\n\nThree\nfour.");
    assert_eq!(record("text", "<div><p>One <b>bold</b> word.</p></div>").text, "One bold word.");
    assert_eq!(record("text", "If a < b and b > c.").text, "If a < b and b > c.");
}

#[test]
fn pages_without_an_article() {
    for page in [
        "<html></html>",
        "<html><body><script>x</script></body></html>",
        "<",
        "<!--",
        "<a",
        "<a href=\"",
        "<title>Only a title</title>",
    ] {
        assert_eq!(try_read(page).unwrap_err().code, "no_text", "{page}");
    }
    assert_eq!(try_read("").unwrap_err().code, "empty");
    assert_eq!(try_read([b"<html>".as_slice(), &[0; 500]].concat()).unwrap_err().code, "binary");
}

#[test]
fn pages_made_to_break_a_reader() {
    let deep = |tag: &str| format!("{}{}", format!("<{tag}>").repeat(1_000_000), format!("</{tag}>").repeat(1_000_000));
    let cases = [
        ("a million nested div", deep("div")),
        ("a million nested span", deep("span")),
        ("a million nested lists", deep("ul")),
        ("never closed", "<b>".repeat(300_000)),
        ("closed and not opened", "</div>".repeat(300_000)),
        ("brackets", "<".repeat(100_000)),
        ("quotes", "<a b=\"".repeat(100_000)),
        ("comments", "<!--".repeat(200_000)),
        ("scripts", "<script>".repeat(200_000)),
        ("bylines", "<i class=author>x</i>".repeat(100_000)),
        ("headings", "<h1>x".repeat(50_000)),
        ("linked headings", "<h3><a href=x>x</a></h3>".repeat(50_000)),
        ("authors", (0..50_000).map(|at| format!("<meta name=author content=a{at}>")).collect()),
        ("attributes", format!("<p {}>x</p>", "a=b ".repeat(200_000))),
        ("classes", format!("<p class=\"{}\">x</p>", "share ".repeat(200_000))),
        ("paragraphs beside each other", "<p>The council voted on the bridge again.</p>".repeat(50_000)),
        ("pictures in lines", format!("{}{}", "<i>".repeat(200), "<img>".repeat(200_000))),
        ("tables in tables", "<table><tr><td>x".repeat(100_000)),
        ("nested data", format!("<script type=application/ld+json>{}</script>", "[".repeat(500_000))),
    ];
    for (name, top) in cases {
        // An article or a refusal, and the same one each time: never a panic, never without an end.
        let [first, second] = [(); 2].map(|()| try_read(page("", &top)).map_err(|reject| reject.code));
        assert!(first == second, "{name}");
    }
    let huge = page("", &"<p>Words that go on and on in a page without end.</p>".repeat(200_000));
    assert!(try_read(huge).is_err_and(|reject| reject.code == "too_large"));
    let many = page("", &"<p>x".repeat(600_000));
    assert!(try_read(many).is_err_and(|reject| reject.code == "too_large" && reject.message.contains("elements")));
    // What no reader sees does not count.
    let heavy = page("", &format!("<script>{}</script>", "var x = '<p>';".repeat(4_000_000)));
    assert!(try_read(heavy).is_ok_and(|read| read.text.ends_with("report fewer customers.")));
}

#[test]
fn null_bytes_and_charsets_that_lie() {
    let nulls = page("<title>Council rebuilds bridge</title>", "").replace("voted", "vo\0ted");
    assert!(read(nulls).text.contains("voted on Tuesday"));
    // Declared as UTF-8, written as windows-1252.
    let page = page("<meta charset=\"utf-8\"><title>Sm\u{f6}rg\u{e5}s prices rise in Malmberg</title>", "");
    let bytes: Vec<u8> = page.chars().map(|c| c as u8).collect();
    assert_eq!(read(bytes).title.as_deref(), Some("Sm\u{f6}rg\u{e5}s prices rise in Malmberg"));
}
