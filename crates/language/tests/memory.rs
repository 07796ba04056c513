//! What a read takes besides its readings is bounded, whatever the text. A test program of its own, since the system tells
//! the peak of a whole process.
#![cfg(target_os = "linux")]

use broadsheet_language::{Model, Token};

/// The most memory that the process has had, in bytes.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").expect("the system tells");
    let line = status.lines().find(|l| l.starts_with("VmHWM")).expect("the peak is there");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<usize>().ok()).expect("in kB") * 1024
}

#[test]
fn memory_is_bounded() {
    let model = Model::load().expect("the embedded model loads");
    let loaded = peak();
    assert!(loaded < 60 << 20, "{} MB after loading", loaded >> 20);
    // A line without a space, a word type that never comes again, one endless sentence, marks only, an article of half a million characters.
    let mut seed = 1u64;
    let mut new_word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let letter = |at: u64| char::from(b'a' + (seed >> (at * 5 + 13) & 15) as u8);
        (0..7).map(letter).chain([' ']).collect::<String>()
    };
    let texts = [
        "x".repeat(1_000_000),
        "a.b/c-d,".repeat(10_000),
        "!".repeat(150_000),
        (0..40_000).map(|_| new_word()).collect(),
        "the men who said that the bridge was closed and ".repeat(3_000),
        "The mayor said on Monday that the bridge would stay closed. ".repeat(8_000),
    ];
    let inputs: usize = texts.iter().map(String::len).sum();
    let mut largest = 0;
    for text in &texts {
        let reading = model.read(&[text]).remove(0);
        // A text's own copy, and room for twice its tokens, as a vector takes it when it grows.
        largest = largest.max(reading.text.len() + 2 * reading.tokens.len() * size_of::<Token>());
        let used = peak() - inputs;
        assert!(
            used < loaded + largest + (200 << 20),
            "{} MB, with {} MB of tokens, at {text:.40?}",
            used >> 20,
            largest >> 20
        );
        assert!(used < 300 << 20, "{} MB at {text:.40?}", used >> 20);
    }
}
