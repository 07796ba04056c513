//! Mails and mailboxes in, articles out.

mod support;

use proptest::prelude::*;
use support::*;

const LETTER: &str = "Received: from a by b\r\nMessage-ID: <77@example.com>\r\nDate: Mon, 23 Nov 2026 22:30:00 +0900\r\n\
    From: =?UTF-8?Q?The_Malmberg_P=C3=B6st?= <news@example.com>\r\nTo: reader@example.org\r\nSubject: =?utf-8?B?QnLDvGNrZSBpcyByZWJ1aWx0?=\r\n\
    List-Id: \"Morning Briefing\" <briefing.example.com>\r\nArchived-At: <https://example.com/briefing/77?utm_source=mail>\r\n\
    MIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    The council of Orl=E9ans voted to rebuild the bridge that the flood had=\r\n carried away.\r\n\r\nIt will cost =804 million.\r\n";

#[test]
fn a_letter() {
    for name in ["a.eml", "letter"] {
        let read = one(name, LETTER);
        assert_eq!(read.title.as_deref(), Some("Brücke is rebuilt"));
        assert!(
            read.text.contains("The council of Orléans voted to rebuild the bridge that the flood had carried away."),
            "{}",
            read.text
        );
        assert_eq!(
            (read.publisher.as_deref(), read.authors.join(", ").as_str()),
            (Some("Morning Briefing"), "The Malmberg Pöst")
        );
        assert_eq!(
            (read.source_id.as_deref(), read.url.as_deref()),
            (Some("77@example.com"), Some("https://example.com/briefing/77"))
        );
        assert_eq!(
            (read.published_at.unwrap().to_string().as_str(), on(&read).as_str()),
            ("2026-11-23T13:30:00Z", "2026-11-23")
        );
    }
}

fn parts(plain: &str, html: &str) -> String {
    format!(
        "From: Ana Ruiz <ana@example.com>\nSubject: Talks\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"b\"\n\n\
         --b\nContent-Type: text/plain; charset=utf-8\n\n{plain}\n--b\nContent-Type: text/html; charset=utf-8\n\n{html}\n--b--\n"
    )
}

#[test]
fn text_or_page() {
    let html = "<html><body><style>p {}</style><p>Envoys met in Vienna on Monday &amp; they talked.</p><p>They left late.</p></body></html>";
    let read = one("a.eml", parts("Read this in your browser", html));
    assert_eq!(read.text, "Talks\n\nRead this in your browser"); // a third of the words: the text as it is
    let read = one("a.eml", parts("Open it", html));
    assert_eq!(read.text, "Talks\n\nEnvoys met in Vienna on Monday & they talked.\n\nThey left late.");
    let only = format!("From: a@b.c\nSubject: Talks\nMIME-Version: 1.0\nContent-Type: text/html\n\n{html}");
    assert!(one("a.eml", only).text.ends_with("talked.\n\nThey left late."));
}

#[test]
fn lines_broken_at_a_width_are_joined() {
    let plain = "The council of Malmberg voted on Tuesday to rebuild the bridge that the\nspring flood had carried away, and the mayor said that the work would\nstart in June.\n\n- One point\n- Another point\n\nShort lines\nstay.";
    let read = one("a.eml", parts(plain, ""));
    assert!(read.text.contains("bridge that the spring flood had carried away, and the mayor said that the work would start in June.\n\n- One point\n- Another point"), "{}", read.text);
    assert!(read.text.ends_with("Short lines\nstay."));
}

#[test]
fn a_mailbox() {
    let second = LETTER.replace("77", "78").replace("It will", ">From now on it will");
    let mailbox = format!(
        "From news@example.com Mon Nov 23 22:30:00 2026\n{LETTER}\nFrom news@example.com Tue Nov 24 2026\n{second}"
    );
    for name in ["a.mbox", "mailbox", "a.mbox.gz"] {
        let bytes = if name.ends_with("gz") { gzip(mailbox.as_bytes()) } else { mailbox.clone().into_bytes() };
        let read = good(name, bytes);
        assert_eq!(
            read.iter().map(|read| read.source_id.clone().unwrap()).collect::<Vec<_>>(),
            ["77@example.com", "78@example.com"]
        );
        assert_eq!([read[0].source_offset, read[1].source_offset], [0, 1]);
        assert!(read[1].text.contains("\n\nFrom now on it will"), "{}", read[1].text);
    }
}

#[test]
fn not_a_letter() {
    assert_eq!(bad("a.eml", "\u{1}"), (0, vec![(0, "bad_mail")]));
    assert_eq!(bad("a.eml", "Subject: Only this\n\n"), (0, vec![(0, "no_text")]));
    assert_eq!(bad("a.mbox", ""), (0, vec![(0, "empty")]));
    let large = format!("From a\nSubject: Large\n\n{}\n\nFrom b\nSubject: Small\n\nEnvoys met.\n", "x".repeat(9000));
    let options = broadsheet_ingest::Options { max_record_bytes: 5000, ..Default::default() };
    let (articles, rejects) = outcome_with("a.mbox", large, &options);
    assert_eq!((articles.len(), rejects[0].code, rejects[0].source_offset), (1, "too_large", 0));
    let nested =
        (0..5000).map(|n| format!("Content-Type: multipart/mixed; boundary=\"{n}\"\n\n--{n}\n")).collect::<String>();
    let (articles, rejects) = outcome("a.eml", format!("From: a@b.c\n{nested}\nText at the bottom."));
    assert_eq!(articles.len() + rejects.len(), 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_cut_loses_no_letter_before_it(at in any::<prop::sample::Index>()) {
        let letters = format!("From a\n{LETTER}\nFrom b\n{LETTER}\nFrom c\n{LETTER}");
        let at = at.index(letters.len());
        let complete = letters.match_indices("\nFrom ").filter(|(end, _)| *end < at).count();
        let (articles, rejects) = outcome("a.mbox", &letters.as_bytes()[..at]);
        prop_assert!(articles.len() >= complete.min(2), "{} of {}", articles.len(), complete);
        prop_assert!(rejects.len() <= 1);
    }

    #[test]
    fn changed_bytes_do_no_harm(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = parts("Open it", "<p>Envoys met.</p>").into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let (articles, rejects) = outcome("a.eml", bytes);
        prop_assert_eq!(articles.len() + rejects.len(), 1);
    }
}
