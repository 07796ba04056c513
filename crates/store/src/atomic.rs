//! A file of `_broadsheet` is replaced in one step: readers see the old one or the new one, also after a power failure.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::Path,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::StoreError;

/// Writes JSON in place of what was there. The folder has to exist.
pub fn write(path: &Path, value: &impl Serialize) -> Result<(), StoreError> {
    let failed = |e: std::io::Error| StoreError::io("write", path, &e);
    let mut json = serde_json::to_vec_pretty(value).map_err(|e| failed(e.into()))?;
    json.push(b'\n');
    let scratch = path.with_extension("tmp");
    let mut file = File::create(&scratch).map_err(failed)?;
    let written = file.write_all(&json).and_then(|()| file.sync_all()).and_then(|()| fs::rename(&scratch, path));
    written.map_err(failed)?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Reads what [`write`] wrote; none where there is no such file.
pub fn read<T: DeserializeOwned>(path: &Path) -> Result<Option<T>, StoreError> {
    match fs::read(path) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| {
            StoreError::new(format!("cannot read `{}`", path.display()), e.to_string())
                .hint("the file is damaged: restore it from a backup, or move the store away and run again")
        }),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::io("read", path, &error)),
    }
}

/// Makes the names in a folder durable.
pub fn sync_folder(path: &Path) -> Result<(), StoreError> {
    #[cfg(unix)]
    File::open(path).and_then(|folder| folder.sync_all()).map_err(|e| StoreError::io("write", path, &e))?;
    Ok(())
}
