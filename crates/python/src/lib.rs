//! The Python package: the pipeline with Python's iterators in front and Arrow tables behind. What users see is in
//! `python/broadsheet`; the functions here are what it calls.
//!
//! 1. `records` turns the rows of other libraries' tables into records.
//! 2. `extract` reads records on all cores, off the interpreter's lock, and gives tables (`table`).
//! 3. `export` is the command's; `article` reads one article to be looked at.

mod article;
mod command;
mod errors;
mod export;
mod extract;
mod reader;
mod records;
mod sketches;
mod table;

use pyo3::prelude::*;

#[pymodule]
fn _broadsheet(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<table::Table>()?;
    module.add_class::<article::Article>()?;
    module.add_class::<records::Records>()?;
    module.add_function(wrap_pyfunction!(extract::extract, module)?)?;
    module.add_function(wrap_pyfunction!(export::export, module)?)?;
    module.add_function(wrap_pyfunction!(command::command, module)?)?;
    module.add_function(wrap_pyfunction!(article::read, module)?)?;
    module.add_function(wrap_pyfunction!(sketches::originals, module)?)?;
    module.add_function(wrap_pyfunction!(table::schema, module)?)?;
    module.add_function(wrap_pyfunction!(table::table_names, module)?)
}
