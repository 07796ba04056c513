//! A withdrawn article is taken out of all tables and remembered, so that no later run brings it back.

use std::collections::BTreeMap;

use broadsheet_export::Table;
use broadsheet_ingest::article_id_of_url;
use deltalake::kernel::Action;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    StoreError, batch, data_file,
    redo::{Operation, Pending},
    rewrite::{Gone, text},
    sources::Seen,
    store::Store,
    tables::{StoreTable, UNKNOWN},
};

/// What `withdrawn.json` holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Withdrawn {
    articles: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    /// As the user named it.
    named: String,
    at: String,
    /// The file that it came from, where it was in the store: to be read again when the withdrawal is undone.
    source_path: Option<String>,
}

impl Withdrawn {
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.articles.keys().map(String::as_str)
    }
}

/// What a withdrawal came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Withdrawal {
    /// The article.
    pub article_id: String,
    /// Whether it was in the store, or, undone, whether it was withdrawn.
    pub was_there: bool,
    /// The file that it came from, where that is known.
    pub source_path: Option<String>,
}

/// The identifier in what the user named: 16 hex digits, or a URL.
fn identify(named: &str) -> Result<String, StoreError> {
    let is_id = named.len() == 16 && named.bytes().all(|byte| byte.is_ascii_hexdigit());
    let id = if is_id { Some(named.to_ascii_lowercase()) } else { article_id_of_url(named) };
    id.ok_or_else(|| {
        StoreError::new(format!("cannot withdraw `{named}`"), "it is neither a URL nor an identifier")
            .hint("name the URL of the article, or its `article_id`: 16 hex digits")
    })
}

impl Store {
    /// Takes articles, named by URL or identifier, out of all tables in one batch; tells of each in turn.
    ///
    /// # Errors
    /// Where a name is neither, or a table cannot be changed.
    pub fn withdraw(&mut self, named: &[String]) -> Result<Vec<Withdrawal>, StoreError> {
        let mut ids: BTreeMap<String, &str> = BTreeMap::new();
        for name in named {
            ids.insert(identify(name)?, name);
        }
        // 1. Where are they?
        let (mut gone, mut found) = (Gone::new(), BTreeMap::new());
        self.each_row(StoreTable::Rows(Table::Articles), &["article_id", "source_path"], |month, rows| {
            for row in 0..rows.num_rows() {
                let id = text(rows, "article_id", row);
                if ids.contains_key(&id) {
                    gone.entry(month.unwrap_or(UNKNOWN).to_owned()).or_default().insert(id.clone());
                    found.insert(id, text(rows, "source_path", row));
                }
            }
            Ok(())
        })?;
        // 2. Take them out of every table, and remember them.
        let batch = self.batch() + 1;
        let (mut tables, mut numbers) = (BTreeMap::new(), 0);
        for table in StoreTable::ALL {
            let actions = self.take_out_articles(table, &gone, batch, &mut numbers)?;
            if !actions.is_empty() {
                tables.insert(table.name().to_owned(), actions);
            }
        }
        let mut withdrawn = self.withdrawn.clone();
        let at = Timestamp::now().to_string();
        for (id, named) in &ids {
            let entry = withdrawn.articles.entry(id.clone()).or_default();
            let source_path = found.get(id).cloned().or(entry.source_path.take());
            *entry = Entry { named: (*named).to_owned(), at: at.clone(), source_path };
        }
        self.commit_withdrawn(batch, tables, withdrawn)?;
        let told = |name: &String| {
            let id = identify(name)?;
            let source_path = found.get(&id).cloned();
            Ok(Withdrawal { article_id: id, was_there: source_path.is_some(), source_path })
        };
        named.iter().map(told).collect()
    }

    /// Lets withdrawn articles come back: the next run reads the files again that they came from.
    ///
    /// # Errors
    /// As [`Store::withdraw`].
    pub fn readmit(&mut self, named: &[String]) -> Result<Vec<Withdrawal>, StoreError> {
        let mut withdrawn = self.withdrawn.clone();
        let (mut told, mut again) = (Vec::new(), BTreeMap::new());
        for name in named {
            let id = identify(name)?;
            let entry = withdrawn.articles.remove(&id);
            let source_path = entry.as_ref().and_then(|entry| entry.source_path.clone());
            if let Some(path) = &source_path {
                // A member of an archive comes back with the archive, whose name is one of these.
                again.extend(path.match_indices('!').map(|(at, _)| (path[..at].to_owned(), Seen::default())));
                again.insert(path.clone(), Seen::default());
            }
            told.push(Withdrawal { article_id: id, was_there: entry.is_some(), source_path });
        }
        let batch = self.batch() + 1;
        let mut tables = BTreeMap::new();
        if !again.is_empty() {
            let rows = batch::sources(again, batch)?;
            let name = data_file::name(None, batch, 0);
            let add = data_file::write(self.root(), StoreTable::Sources, None, &name, &[rows])?;
            tables.insert(StoreTable::Sources.name().to_owned(), vec![Action::Add(add)]);
        }
        self.commit_withdrawn(batch, tables, withdrawn)?;
        Ok(told)
    }

    fn commit_withdrawn(
        &mut self,
        batch: i64,
        tables: BTreeMap<String, Vec<Action>>,
        withdrawn: Withdrawn,
    ) -> Result<(), StoreError> {
        let (operation, withdrawn) = (Operation::Withdraw, Some(withdrawn));
        self.commit(&Pending { batch, operation, tables, withdrawn, publish: None })
    }
}
