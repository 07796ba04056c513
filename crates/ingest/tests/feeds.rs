//! Feeds and the XML of the news industry in, articles out.

mod support;

use proptest::prelude::*;
use support::*;

const RSS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss [<!ENTITY x "<item>">]>
<?xml-stylesheet href="a.xsl"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>The Malmberg Post</title><link>https://example.com/</link><language>en-gb</language>
<!-- <item> in a comment -->
<item><title>Council &amp; mayor rebuild bridge</title><link>https://example.com/bridge?utm_source=rss</link>
<guid isPermaLink="false">post-1</guid><pubDate>Mon, 23 Nov 2026 22:30:00 +0900</pubDate><dc:creator><![CDATA[Ana Ruiz]]></dc:creator>
<category>Local</category><description>A teaser.</description>
<content:encoded><![CDATA[<p>The council of Malmberg voted to rebuild the bridge.</p><p>It said <b>&ldquo;yes&rdquo;</b> at last. </item></p>]]></content:encoded>
</item>
<item><title>Only a summary</title><guid>https://example.com/summary</guid><author>desk@example.com (Bo Lind)</author>
<description>&lt;p&gt;Ships entered the port&amp;nbsp;of Varna.&lt;/p&gt;&lt;p&gt;Nobody was hurt &amp;amp; all is well.&lt;/p&gt;</description></item>
<item/>
</channel></rss>"#;

#[test]
fn rss() {
    let (read, rejects) = outcome("a.rss", RSS);
    assert_eq!(rejects.iter().map(|reject| (reject.source_offset, reject.code)).collect::<Vec<_>>(), [(2, "no_text")]);
    assert_eq!(
        read[0].text,
        "Council & mayor rebuild bridge\n\nThe council of Malmberg voted to rebuild the bridge.\n\nIt said “yes” at last."
    );
    assert_eq!(read[0].url.as_deref(), Some("https://example.com/bridge"));
    assert_eq!(
        (read[0].source_id.as_deref(), read[0].publisher.as_deref()),
        (Some("post-1"), Some("The Malmberg Post"))
    );
    assert_eq!((read[0].language.as_deref(), read[0].section.as_deref()), (Some("en"), Some("Local")));
    assert_eq!(read[0].published_at.unwrap().to_string(), "2026-11-23T13:30:00Z");
    assert_eq!((on(&read[0]).as_str(), read[0].authors.as_slice()), ("2026-11-23", ["Ana Ruiz".to_owned()].as_slice()));
    assert_eq!(read[1].text, "Only a summary\n\nShips entered the port of Varna.\n\nNobody was hurt & all is well.");
    assert_eq!(
        (read[1].url.as_deref(), read[1].authors.as_slice()),
        (Some("https://example.com/summary"), ["Bo Lind".to_owned()].as_slice())
    );
    assert_eq!([read[0].source_offset, read[1].source_offset], [0, 1]);
    assert_eq!(outcome("feed", RSS).0.len(), 2); // told by its first bytes
    assert_eq!(outcome("a.xml.gz", gzip(RSS.as_bytes())).0.len(), 2);
}

#[test]
fn atom() {
    let feed = r#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title type="text">Der Bote</title>
<link rel="self" href="https://example.com/feed"/><author><name>Redaktion</name></author>
<entry xml:lang="en"><title type="html">Talks &lt;b&gt;resume&lt;/b&gt;</title><link rel="edit" href="https://example.com/edit"/>
<link href="https://example.com/talks"/><id>tag:example.com,2026:1</id><updated>2026-11-24T08:00:00Z</updated>
<published>2026-11-23T10:00:00+01:00</published><author><name>Ana Ruiz</name></author><author><name>Bo Lind</name></author>
<summary>A teaser.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Envoys met in <em>Vienna</em>.</p><p>They left<br/>late.</p></div></content></entry>
<entry><title>Second</title><id>https://example.com/second</id><updated>2026-11-24T08:00:00Z</updated><content type="html">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content></entry>
</feed>"#;
    let read = good("a.atom", feed);
    assert_eq!(read[0].text, "Talks resume\n\nEnvoys met in Vienna.\n\nThey left\nlate.");
    assert_eq!(
        (read[0].url.as_deref(), read[0].authors.join(", ")),
        (Some("https://example.com/talks"), "Ana Ruiz, Bo Lind".to_owned())
    );
    assert_eq!((read[0].language.as_deref(), read[1].language.as_deref()), (Some("en"), Some("de")));
    assert_eq!((on(&read[0]), on(&read[1])), ("2026-11-23".to_owned(), "2026-11-24".to_owned()));
    assert_eq!(
        (read[1].text.as_str(), read[1].url.as_deref()),
        ("Second\n\nOne.\n\nTwo.", Some("https://example.com/second"))
    );
    assert_eq!(read[1].publisher.as_deref(), Some("Der Bote"));
}

#[test]
fn rss_1_and_prefixes() {
    let feed = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://example.com/"><title>The Post</title><items><rdf:Seq><rdf:li resource="x"/></rdf:Seq></items></channel>
<item rdf:about="https://example.com/1"><title>Talks</title><link>https://example.com/1</link><description>Envoys met in Vienna.</description><dc:date>2026-11-23</dc:date></item></rdf:RDF>"#;
    let read = one("a.rdf", feed);
    assert_eq!((read.text.as_str(), on(&read).as_str()), ("Talks\n\nEnvoys met in Vienna.", "2026-11-23"));
    assert_eq!(read.publisher.as_deref(), Some("The Post"));
    let atom = r#"<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>T</a:title><a:content>Envoys met.</a:content></a:entry></a:feed>"#;
    assert_eq!(one("a.xml", atom).text, "T\n\nEnvoys met.");
}

#[test]
fn json_feed() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "The Post", "items": [{"id": "1", "url": "https://example.com/1",
        "title": "Talks", "content_html": "<p>Envoys met.</p><p>They left.</p>", "date_published": "2026-11-23T10:00:00Z", "authors": [{"name": "Ana Ruiz"}]}]}"#;
    let read = one("feed.json", feed);
    assert_eq!(
        (read.text.as_str(), read.authors.join(", ").as_str()),
        ("Talks\n\nEnvoys met.\n\nThey left.", "Ana Ruiz")
    );
}

#[test]
fn feeds_that_are_broken() {
    // A stray ampersand, an entity of HTML, an element that is not closed, bytes of Latin-1.
    let stray = RSS
        .replace("Council &amp; mayor", "Council & mayor")
        .replace("<category>Local</category>", "<category>Local&nbsp;A");
    let read = outcome("a.rss", stray).0;
    assert_eq!(read[0].title.as_deref(), Some("Council & mayor rebuild bridge"));
    let latin: Vec<u8> = RSS
        .replace("UTF-8", "ISO-8859-1")
        .replace("Ana Ruiz", "Ana Ru\u{ed}z")
        .chars()
        .filter(|c| u32::from(*c) < 256)
        .map(|c| c as u8)
        .collect();
    assert_eq!(outcome("a.rss", latin).0[0].authors, ["Ana Ruíz"]);
    assert_eq!(bad("a.rss", "<rss><channel><title>The Post</title></channel></rss>"), (0, vec![(0, "empty")]));
    let cut = RSS.find("Nobody was hurt").unwrap();
    assert_eq!(bad("a.rss", &RSS[..cut]), (1, vec![(1, "truncated")]));
    let deep = format!(
        "<rss><item><title>T</title>{}</item><item><description>One.</description></item></rss>",
        "<a>".repeat(300_000)
    );
    assert_eq!(bad("a.rss", deep), (1, vec![(0, "too_deep")]));
    let options = broadsheet_ingest::Options { max_record_bytes: 5000, ..Default::default() };
    let large = format!(
        "<rss><item><description>{}</description></item><item><description>One.</description></item></rss>",
        "x".repeat(9000)
    );
    let (articles, rejects) = outcome_with("a.rss", large, &options);
    assert_eq!((articles.len(), rejects[0].code, rejects[0].source_offset), (1, "too_large", 0));
}

#[test]
fn nitf() {
    let story = r#"<?xml version="1.0"?><nitf xml:lang="en-US"><head><title>Window title</title>
<docdata><doc-id id-string="ap-77"/><date.issue norm="20261123T101500+0100"/></docdata><pubdata name="The Post" position.section="World" ex-ref="https://example.com/77"/></head>
<body><body.head><hedline><hl1>Talks resume</hl1><hl2>In Vienna</hl2></hedline><byline>By <person>Ana Ruiz</person> and <person>Bo Lind</person><byttl>Staff Writers</byttl></byline>
<dateline><location>VIENNA</location></dateline></body.head>
<body.content><block><p>Envoys met on <chron norm="20261123">Monday</chron>.</p><media media-type="image"><media-caption>A caption.</media-caption></media>
<p>They left late.</p></block></body.content><body.end><tagline>ana@example.com</tagline></body.end></body></nitf>"#;
    let read = one("a.xml", story);
    assert_eq!(read.text, "Talks resume\n\nEnvoys met on Monday.\n\nThey left late.");
    assert_eq!((read.authors.join(", ").as_str(), read.source_id.as_deref()), ("Ana Ruiz, Bo Lind", Some("ap-77")));
    assert_eq!(read.published_at.unwrap().to_string(), "2026-11-23T09:15:00Z");
    assert_eq!(
        (read.publisher.as_deref(), read.section.as_deref(), read.url.as_deref()),
        (Some("The Post"), Some("World"), Some("https://example.com/77"))
    );
}

#[test]
fn newsml_g2() {
    let item = |number: u32, content: &str| {
        format!(
            r#"<newsItem guid="urn:newsml:example.com:20261123:{number}" version="2" xml:lang="en" xmlns="http://iptc.org/std/nar/2006-10-01/">
<catalogRef href="x"/><rightsInfo><copyrightHolder literal="Example"/></rightsInfo>
<itemMeta><itemClass qcode="ninat:text"/><provider qcode="nprov:REUTERS"><name>Reuters</name></provider><versionCreated>2026-11-23T12:00:00Z</versionCreated><firstCreated>2026-11-23T10:15:00+01:00</firstCreated></itemMeta>
<contentMeta><language tag="en-GB"/><by>By Ana Ruiz</by><headline>Talks resume {number}</headline><dateline>VIENNA</dateline><subject qcode="medtop:11"><name>politics</name></subject></contentMeta>
<contentSet>{content}</contentSet></newsItem>"#
        )
    };
    let message = format!(
        "<?xml version='1.0'?><newsMessage><header><sent>2026-11-23T12:00:00Z</sent></header><itemSet>{}{}{}{}</itemSet></newsMessage>",
        item(
            1,
            r#"<inlineXML contenttype="application/xhtml+xml"><html><head><title>x</title></head><body><p>Envoys met.</p><p>They left.</p></body></html></inlineXML>"#
        ),
        item(2, "<inlineData contenttype=\"text/plain\">Envoys met.\n\nThey left.</inlineData>"),
        item(
            3,
            "<inlineXML contenttype=\"application/nitf+xml\"><nitf><body><body.content><p>Envoys met.</p><p>They left.</p></body.content></body></nitf></inlineXML>"
        ),
        item(4, "<remoteContent href=\"photo.jpg\"/>"),
    );
    let (read, rejects) = outcome("a.xml", message);
    assert_eq!(rejects.iter().map(|reject| (reject.source_offset, reject.code)).collect::<Vec<_>>(), [(3, "no_text")]);
    for (number, read) in read.iter().enumerate() {
        assert_eq!(read.text, format!("Talks resume {}\n\nEnvoys met.\n\nThey left.", number + 1));
        assert_eq!((read.publisher.as_deref(), read.section.as_deref()), (Some("Reuters"), Some("politics")));
        assert_eq!(read.published_at.unwrap().to_string(), "2026-11-23T09:15:00Z");
        assert_eq!(
            (read.authors.join(", ").as_str(), read.modified_at.unwrap().to_string().as_str()),
            ("Ana Ruiz", "2026-11-23T12:00:00Z")
        );
    }
    assert_eq!(read.len(), 3);
    assert_eq!(one("b.newsml", item(9, "<inlineData>Envoys met.</inlineData>")).text, "Talks resume 9\n\nEnvoys met.");
}

#[test]
fn other_xml_is_refused_by_name() {
    let (_, rejects) = outcome("sitemap.xml", "<?xml version='1.0'?>\n<!-- x --><urlset><url/></urlset>");
    assert_eq!(rejects[0].code, "unsupported");
    assert!(rejects[0].message.contains("`urlset`"), "{}", rejects[0].message);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_cut_loses_no_item_before_it(at in any::<prop::sample::Index>()) {
        let at = at.index(RSS.len());
        let complete = ["</item>\n<item><title>Only", "</item>\n<item/>"].iter().filter(|end| RSS.find(**end).unwrap() + 7 <= at).count();
        let (articles, rejects) = outcome("a.rss", &RSS.as_bytes()[..at]);
        prop_assert_eq!(articles.len(), complete);
        prop_assert!(rejects.len() <= 2);
    }

    #[test]
    fn changed_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = RSS.as_bytes().to_vec();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (articles, rejects) = outcome("a.rss", bytes);
        prop_assert!(articles.len() + rejects.len() >= 1);
    }

    #[test]
    fn any_marks_do_no_harm(pieces in prop::collection::vec(prop::sample::select(vec![
        "<item>", "</item>", "<entry", "/>", ">", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE", "[", "]", "\"", "'", "&", "&amp;", "&#x0;", ";", " ", "x",
        "<nitf>", "<body>", "<body.content>", "</nitf>", "<newsItem>", "</newsItem>", "<p>",
    ]), 0..60)) {
        let text = pieces.concat();
        outcome("a.rss", format!("<rss>{text}"));
        outcome("a.xml", format!("<nitf>{text}"));
        outcome("a.xml", format!("<newsMessage>{text}"));
    }
}
