//! Pages in, texts out: what news pages put around and between the paragraphs of an article, by class.

use proptest::prelude::*;

use crate::{Article, Format, RawArticle, article};

const STORY: [&str; 4] = [
    "The council of Malmberg voted on Tuesday to rebuild the bridge that the spring flood had carried away.",
    "Mayor Ines Holm said that work would start in June and that it would cost 4.2 million euros.",
    "Two members of the opposition voted against the plan, because they want a tunnel under the river.",
    "Residents have crossed by ferry since March, and shops on the eastern bank report fewer customers.",
];

fn read(page: &str) -> Option<Article> {
    article(&RawArticle {
        source_path: "page.html".to_owned(),
        source_offset: 0,
        format: Format::Html,
        bytes: page.as_bytes().to_vec(),
    })
    .ok()
}

/// The lines of a page's text below its title.
fn lines(page: &str) -> Vec<String> {
    let article = read(page).unwrap();
    let body: String = article.text.chars().skip(article.title_end as usize).collect();
    body.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn paragraphs(story: &[&str]) -> String {
    story.iter().map(|paragraph| format!("<p>{paragraph}</p>\n")).collect()
}

/// A page with something between the second and the third paragraph.
fn with_between(between: &str) -> String {
    format!(
        "<html><body><h1>Council rebuilds bridge</h1><div class=x7>{}{between}{}</div></body></html>",
        paragraphs(&STORY[..2]),
        paragraphs(&STORY[2..])
    )
}

fn is_story(page: &str) {
    assert_eq!(lines(page), STORY, "from {page}");
}

#[test]
fn what_stands_between_paragraphs() {
    for between in [
        "<div class=\"share-bar\"><p>Tell your friends about this article.</p></div>",
        "<div class=relatedArticles><p>A ferry that nobody wanted has found a buyer in the south.</p></div>",
        "<div id=newsletter_signup><p>Every morning, all that you need to know about Malmberg.</p></div>",
        "<div class=ad-slot><p>Buy two boats and pay one, only this week in Malmberg.</p></div>",
        "<aside><h3>Timeline</h3><p>The bridge was built in 1911 and closed twice since then.</p></aside>",
        "<figure><img src=a.jpg><figcaption>The bridge in 1990, seen from the east.</figcaption></figure>",
        "<div><img src=a.jpg><span class=photo-caption>The bridge in 1990, seen from the east.</span></div>",
        "<p><img src=a.jpg><br><em>The bridge in 1990</em></p>",
        "<p>Photo: Ana Ruiz</p>",
        "<p>The bridge in 1990 (Image: Malmberg Post)</p>",
        "<div class=teaser><h3><a href=/f>Ferry finds buyer</a></h3><p>It was built for another river.</p></div>",
        "<div><h4><a href=/f>Ferry finds buyer</a></h4><p>It was built for another river.</p></div>",
        "<p><a href=/f>Ferry that nobody wanted finds a buyer in the south</a></p>",
        "<ul><li><a href=/f>Ferry finds buyer</a></li><li><a href=/g>Tunnel is too dear</a></li></ul>",
        "<h3>Related stories</h3><ul><li><a href=/f>Ferry finds buyer</a></li></ul>",
        "<p style=\"color:red; display: none\">Seen by nobody who reads this page.</p><script>var x = '<p>';</script>",
        "<div hidden><p>Seen by nobody who reads this page at all.</p></div>",
        "<nav><p>You are here: the front page, then the news of Malmberg.</p></nav>",
        "<p>Advertisement</p>",
        "<p>Read more: Ferry finds buyer</p>",
        "<p>Follow Ana Ruiz on Twitter.</p>",
        "<noscript><p>Switch on scripts to see this video of the bridge.</p></noscript>",
    ] {
        is_story(&with_between(between));
    }
}

#[test]
fn what_belongs_to_the_text() {
    for (between, line) in [
        ("<h2>A tunnel instead</h2>", "A tunnel instead"),
        ("<blockquote><p>We have no other way.</p></blockquote>", "We have no other way."),
        ("<p>It <a href=/e>costs</a> less than a tunnel would.</p>", "It costs less than a tunnel would."),
        (
            "<p><a href=/h>Ines Holm, the mayor since 2019, said</a> that she could not wait.</p>",
            "Ines Holm, the mayor since 2019, said that she could not wait.",
        ),
        ("<p>High time.</p>", "High time."),
        ("Text without any element of its own.", "Text without any element of its own."),
        ("<p class=\"no-ads has-share\">Not an advertisement.</p>", "Not an advertisement."),
        ("<table><tr><th>Year<th>Boats<tr><td>2025<td>31</table>", "Year Boats|2025 31"),
        ("<ul><li>One lane each way</li><li>A path for bicycles</li></ul>", "One lane each way|A path for bicycles"),
        ("Ferry<br>Pier 4<br>Malmberg", "Ferry|Pier 4|Malmberg"),
    ] {
        let mut expected: Vec<&str> = STORY[..2].to_vec();
        expected.extend(line.split('|'));
        expected.extend(&STORY[2..]);
        assert_eq!(lines(&with_between(between)), expected, "{between}");
    }
}

#[test]
fn lines_and_paragraphs() {
    let page = "<div>The council voted on Tuesday to rebuild the bridge over the river.<br>\n<br>The mayor said that work \
                would start in June, and added:<br>We have\n no other way.</div>";
    assert_eq!(
        read(page).unwrap().text,
        "The council voted on Tuesday to rebuild the bridge over the river.\n\nThe mayor said that work would start in \
         June, and added:\nWe have no other way."
    );
}

#[test]
fn parts_of_a_text_in_elements_of_one_kind() {
    let part = |story: &[&str]| format!("<section class=\"part s1\"><div>{}</div></section>", paragraphs(story));
    let page = format!(
        "<h1>Council rebuilds bridge</h1><main>{}<div class=ad-box><p>Boats for sale.</p></div>{}</main>",
        part(&STORY[..3]),
        part(&STORY[3..])
    );
    is_story(&page);
}

#[test]
fn the_article_among_other_texts() {
    let story = paragraphs(&STORY);
    let item = "<li><h3><a href=/x>A ferry finds a buyer</a></h3>It was built for another river, and it never ran on \
                time there, as its last captain says.</li>";
    let comment =
        "<p>I have lived here for forty years, and I have never seen a mayor who builds what she promises.</p>";
    let cookies = "<p>We use cookies to store what you read, what you buy and where you are, and we tell our 300 \
                   partners, who use cookies too.</p>";
    for around in [
        format!("<h1>Council rebuilds bridge</h1><div>{story}</div><ul>{}</ul>", item.repeat(20)),
        format!("<h1>Council rebuilds bridge</h1><div>{story}</div><div id=comments>{}</div>", comment.repeat(20)),
        format!(
            "<div class=cookie-consent>{}</div><h1>Council rebuilds bridge</h1><div>{story}</div>",
            cookies.repeat(5)
        ),
        format!("<form><h1>Council rebuilds bridge</h1><div>{story}</div></form>"),
        format!("<div class=with-sidebar><h1>Council rebuilds bridge</h1><div class=video-page>{story}</div></div>"),
        format!("<h1>Council rebuilds bridge</h1><div aria-hidden=true>{story}</div>"),
        format!("<table><tr><td>Menu<td><h1>Council rebuilds bridge</h1>{story}<td>Weather</table>"),
        format!("<h1>Council rebuilds bridge</h1><div>{}", STORY.map(|line| format!("<p>{line}")).concat()),
        format!("<h1>Council rebuilds bridge</h1><div><b>{story}"),
        format!("<h1>Council rebuilds bridge</h1></div></span><div>{story}</div></div>"),
        format!("<h1>Council rebuilds bridge</h1><div>{story}</div><article>{}</article>", cookies),
    ] {
        is_story(&around);
    }
}

#[test]
fn summaries() {
    let lead = "A tunnel would have cost ten times as much, the mayor says.";
    let page = |lead: &str| {
        let story = paragraphs(&STORY);
        format!("<header><h1>Bridge</h1><h2 class=article__subtitle>{lead}</h2></header><div>{story}</div>")
    };
    assert_eq!(lines(&page(lead))[..2], [lead, STORY[0]]);
    // One that is the start of the text stands once.
    is_story(&page(&STORY[0][..60]));
}

#[test]
fn a_page_that_holds_its_article_twice() {
    is_story(&format!("<div class=a>{0}</div><div class=a>{0}</div>", paragraphs(&STORY)));
    // A question that comes again is no copy.
    let question = "<p>What would you do first if you were the mayor of this town by the river for a day?</p>";
    let page = with_between(&question.repeat(2));
    assert_eq!(lines(&page).len(), 6);
}

#[test]
fn live_blogs() {
    let entry = |text: &str, at: &str| {
        format!("<div class=\"live-blog__entry\"><div class=meta><p>{at}</p></div><h3>Now</h3><p>{text}</p></div>")
    };
    let page = format!(
        "<h1>Bridge vote</h1><div><div class=intro-text>{}</div><div><div>{}{}</div></div></div>",
        paragraphs(&STORY[..2]),
        entry(STORY[2], "10:04"),
        entry(STORY[3], "10:20"),
    );
    assert_eq!(lines(&page), [STORY[0], STORY[1], "Now", STORY[2], "Now", STORY[3]]);
}

fn told(text: &str) -> String {
    let data = serde_json::json!({"@type": "NewsArticle", "headline": "Bridge vote", "articleBody": text});
    format!("<script type=\"application/ld+json\">{data}</script>")
}

#[test]
fn a_page_that_tells_its_text() {
    let long = [STORY.join(" "), STORY.map(|line| line.replace("the", "that old")).join(" ")].join(" ");
    let story = paragraphs(&STORY) + &paragraphs(&[long.split_at(STORY.join(" ").len() + 1).1]);
    let other =
        paragraphs(&["A longer text that is no part of it stands here, about boats and about who sails them."; 12]);
    let found =
        lines(&format!("{}<div>{other}</div><div>{story}<p>Ask us about boats, at any time.</p></div>", told(&long)));
    assert_eq!(found.len(), 5);
    assert_eq!(found[..4], STORY);
    // Scripts fill the page: its text is only in what it tells.
    assert_eq!(lines(&format!("{}<div id=app>Loading</div>", told(&long))), [long]);
}

#[test]
fn titles_told_twice() {
    let page = |heading: &str, meta: &str| {
        let head = format!("<meta property=\"og:title\" content=\"{meta}\">{}", told("Short."));
        read(&format!("{head}<h1>{heading}</h1><div>{}</div>", paragraphs(&STORY))).unwrap().title.unwrap()
    };
    // Linked data says "Bridge vote": it counts, unless heading and meta tag agree on another.
    assert_eq!(page("Bridge vote", "Malmberg decides on its bridge"), "Bridge vote");
    assert_eq!(
        page("Malmberg decides on its bridge", "Malmberg decides on its bridge"),
        "Malmberg decides on its bridge"
    );
}

#[test]
fn titles_with_labels() {
    let title = |heading: &str, meta: &str| {
        let head = format!("<meta property=\"og:title\" content=\"{meta}\"><meta property=og:site_name content=Post>");
        read(&format!("{head}<h1>{heading}</h1><div>{}</div>", paragraphs(&STORY))).unwrap().title.unwrap()
    };
    for (heading, meta, expected) in [
        ("A bridge too dear", "Opinion | A bridge too dear", "A bridge too dear"),
        ("橋が春までに再建される", "橋が春までに再建される - マルンベリ新聞", "橋が春までに再建される"),
        // The name of a site, and a headline that goes on, are no titles with a label.
        ("The Post", "Council rebuilds bridge over the river | The Post", "Council rebuilds bridge over the river"),
        ("Council rebuilds bridge", "Council rebuilds bridge - and a tunnel", "Council rebuilds bridge"),
        ("Council rebuilds bridge", "Why the council rebuilds bridge", "Why the council rebuilds bridge"),
    ] {
        assert_eq!(title(heading, meta), expected, "{meta}");
    }
}

#[test]
fn dates_under_the_heading() {
    let on = |before: &str, below: &str| {
        let story = paragraphs(&STORY);
        let article = read(&format!("{before}<h1>Bridge vote</h1>{below}<div>{story}</div>")).unwrap();
        article.published_on.map(|day| day.to_string())
    };
    let date = "<span class=\"article-publish-date x1\">November 23, 2026, 9:02 AM</span>";
    assert_eq!(on("", date).as_deref(), Some("2026-11-23"));
    assert_eq!(on("", "<time class=when>23 November 2026</time>").as_deref(), Some("2026-11-23"));
    assert_eq!(on("", "<span class=update>November 23, 2026</span>"), None);
    // Above the heading stand those of other articles.
    assert_eq!(on(date, ""), None);
    assert_eq!(on("", &format!("{}<aside>{date}</aside>", paragraphs(&STORY).repeat(4))), None);
    // A line of the text that is a date in another language is none of the article.
    let page = format!("<h1>Bridge</h1><div><p>23 de novembro de 2026 às 20:13</p>{}</div>", paragraphs(&STORY));
    is_story(&page);
}

#[test]
fn a_script_that_cannot_be_mended_tells_its_dates() {
    let script = r#"{"@type": "NewsArticle", "headline": "The "bridge", "x": [, "datePublished" : "2026-11-23", "dateModified": "2026-11-24"}"#;
    let page =
        format!("<script type=application/ld+json>{script}</script><h1>Bridge</h1><div>{}</div>", paragraphs(&STORY));
    let article = read(&page).unwrap();
    assert_eq!(article.published_on.map(|day| day.to_string()).as_deref(), Some("2026-11-23"));
    assert!(article.modified_at.is_some());
}

#[test]
fn authors_of_other_articles() {
    let byline = |name: &str| format!("<div class=byline>By {name}</div>");
    let page = format!(
        "<h1>Bridge vote</h1>{}{}<div>{}</div>{}",
        byline("Ana Ruiz"),
        byline("Bo Lind"),
        paragraphs(&STORY),
        byline("Carl Dahl")
    );
    assert_eq!(read(&page).unwrap().authors, ["Ana Ruiz", "Bo Lind"]);
}

/// Tags, half tags, attributes and words in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<div class='share related'>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<a href=x>",
        "</a>",
        "<b>",
        "</b>",
        "<i",
        "<br>",
        "<h1>",
        "</h1>",
        "<h3>",
        "<article>",
        "</article>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<title>",
        "</title>",
        "<",
        ">",
        "&lt;",
        "&amp;",
        "\"",
        "<time datetime='2026-04-07'>",
        "<meta name=author content='Ana Ruiz'>",
        "<span class=caption>",
        "</span>",
        "The council voted on the bridge again on Tuesday. ",
        "word ",
        "Straße ",
        "橋を渡る。",
        "\u{0}",
        "\n",
        "<script type=application/ld+json>{\"@type\":\"NewsArticle\",",
        "\"headline\":\"Bridge\"}</script>",
    ]);
    prop::collection::vec(pieces, 0..120).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// No page breaks the reader; each is read in the same way twice, and no word comes from nowhere.
    #[test]
    fn tag_soup(page in soup()) {
        let found = read(&page);
        prop_assert_eq!(&found, &read(&page));
        if let Some(found) = found {
            let page = page.replace('\u{0}', "");
            let runs = found.text.split(|c: char| !c.is_alphanumeric());
            let from_nowhere: Vec<&str> = runs.filter(|run| !page.contains(run)).collect();
            prop_assert!(from_nowhere.is_empty(), "{:?}", from_nowhere);
            prop_assert!(found.text.len() <= 2 * page.len());
        }
    }
}
