//! One article, read to be looked at.

use crate::{errors, reader, table::Table};
use broadsheet_pipeline::{
    Clock, Outcome,
    export::{self, html, record_batch, table_schema},
    ingest::{Format, Mapping, RawArticle, Wanted},
};
use pyo3::prelude::*;

/// An article and what was found in it.
#[pyclass(module = "broadsheet", frozen)]
pub struct Article(Outcome);

/// Reads one record, the bytes of a JSON object.
#[pyfunction]
#[pyo3(signature = (record, map=None))]
pub fn read(py: Python<'_>, record: &[u8], map: Option<String>) -> PyResult<Article> {
    let map: Option<Mapping> = map.map(|text| text.parse()).transpose().map_err(errors::usage)?;
    let raw = RawArticle { source_path: "-".into(), source_offset: 0, format: Format::Json, bytes: record.to_vec() };
    let mut reader = reader::load().map_err(|e| reader::damaged(&e))?;
    reader.keep_readings = true;
    reader.wanted = Wanted { map: map.unwrap_or_default(), ..Wanted::default() };
    match py.detach(|| reader.read_batch(&[Ok(raw)], &Clock::default()).pop()) {
        Some(Ok(document)) => Ok(Article(Ok(document))),
        Some(Err(reject)) => {
            Err(errors::raise("InputError", &format!("{}: {}", reject.code, reject.message), None, None))
        }
        None => Err(errors::raise("InputError", "no article", None, None)),
    }
}

#[pymethods]
impl Article {
    /// Title, blank line, body: what every offset counts in.
    #[getter]
    fn text(&self) -> &str {
        self.0.as_ref().map_or("", |document| document.article.text.as_str())
    }

    #[getter]
    fn title(&self) -> Option<&str> {
        self.0.as_ref().ok().and_then(|document| document.article.title.as_deref())
    }

    #[getter]
    fn article_id(&self) -> &str {
        self.0.as_ref().map_or("", |document| document.article.article_id.as_str())
    }

    /// The rows of one table.
    fn table(&self, name: &str) -> PyResult<Table> {
        let table: export::Table = name.parse().map_err(|e: export::ExportError| errors::usage(e))?;
        let rows = record_batch(table, std::slice::from_ref(&self.0)).map_err(|e| errors::output(&e))?;
        Ok(Table::new(table_schema(table), vec![rows]))
    }

    /// The text with everything marked, as a fragment or as a page of its own.
    fn html(&self, whole: bool) -> String {
        let of = |document| if whole { html::page(document) } else { html::fragment(document) };
        self.0.as_ref().map(of).unwrap_or_default()
    }
}
