//! A layout is a format whose rows are not those of our tables: a data set that the field already reads. It takes the
//! articles in order and writes files of its own.

use crate::{
    ExportError, FileFormat,
    codes::Codes,
    document::Page,
    format::{GDELT_FILES, POLECAT_FILE},
    gdelt::Gdelt,
    polecat::Polecat,
    stage::Stage,
};

/// The files of one layout, being written.
pub(crate) trait Layout: Send {
    /// Lays out articles.
    fn append(&mut self, pages: &[Page<'_>]) -> Result<(), ExportError>;

    /// Completes the files; the rows in each, by the file's name.
    fn finish(self: Box<Self>) -> Result<Vec<(&'static str, u64)>, ExportError>;
}

/// Starts the files of a format; nothing where its rows are those of our tables.
pub(crate) fn create(format: FileFormat, stage: &Stage) -> Result<Option<Box<dyn Layout>>, ExportError> {
    let codes = || Codes::load().map_err(|e| ExportError::new("cannot use the lists of codes", e.to_string(), None));
    Ok(match format {
        FileFormat::Gdelt => {
            let files = GDELT_FILES.map(|name| stage.file(name));
            Some(Box::new(Gdelt::create(files, stage.scratch("gdelt.first")?, codes()?)?))
        }
        FileFormat::Polecat => Some(Box::new(Polecat::create(stage.file(POLECAT_FILE), codes()?)?)),
        _ => None,
    })
}
