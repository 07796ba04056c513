//! The table `tokens`.

use super::Row;
use crate::{column::*, document::Page};
use broadsheet_language::{Iob, Reading, Token};

pub(crate) struct TokenRow<'d> {
    article_id: &'d str,
    index: u32,
    token: &'d Token,
    text: &'d str,
}

pub(crate) fn rows<'d>(page: &Page<'d>) -> Vec<TokenRow<'d>> {
    let article_id: &'d str = &page.article.article_id;
    let row = |reading: &'d Reading| {
        reading.tokens.iter().enumerate().map(move |(index, token)| TokenRow {
            article_id,
            index: index as u32,
            token,
            text: reading.word(index),
        })
    };
    page.reading.into_iter().flat_map(row).collect()
}

impl Row for TokenRow<'_> {
    const DESCRIPTION: &'static str = "One row per token: what the language model saw, in its own conventions (OntoNotes \
        tags, ClearNLP dependencies, OntoNotes entity types). Written only when asked for.";

    fn columns() -> Vec<Column<Self>> {
        vec![
            text("article_id", "Article", |r| r.article_id),
            number("sentence", "Sentence of the article, from 0", |r| r.token.sentence),
            number("index", "Position of the token in the article, from 0", |r| r.index),
            number("start", "Start, in code points of the article's text", |r| r.token.start),
            number("end", "End, in code points", |r| r.token.end),
            text("text", "The token itself", |r| r.text),
            text("lemma", "Lemma", |r| &r.token.lemma),
            text("tag", "Fine part of speech, OntoNotes", |r| r.token.tag),
            text("pos", "Coarse part of speech, Universal Dependencies", |r| r.token.pos),
            number("head", "Index of the head token; the root's is its own", |r| r.token.head),
            text("dep", "Dependency label, ClearNLP", |r| r.token.dep),
            maybe_text("entity_type", "OntoNotes entity type; missing outside of entities", |r| {
                Some(r.token.entity_type)
            }),
            text("entity_iob", "B at the first token of an entity, I inside one, O outside", |r| {
                iob(r.token.entity_iob)
            }),
        ]
    }
}

fn iob(iob: Iob) -> &'static str {
    match iob {
        Iob::B => "B",
        Iob::I => "I",
        Iob::O => "O",
    }
}
