//! A table is rows in Arrow's memory, handed to other libraries without a copy (the Arrow PyCapsule interface).

use crate::errors;
use arrow_array::{
    RecordBatch, RecordBatchIterator, RecordBatchReader,
    ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream},
};
use arrow_schema::{SchemaRef, ffi::FFI_ArrowSchema};
use broadsheet_pipeline::export::{self, table_schema};
use pyo3::{
    prelude::*,
    types::{PyCapsule, PyDict},
};

/// Rows of one table.
#[pyclass(module = "broadsheet", frozen)]
pub struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    pub fn new(schema: SchemaRef, batches: Vec<RecordBatch>) -> Table {
        Table { schema, batches }
    }
}

#[pymethods]
impl Table {
    /// The schema, for any library that takes Arrow's.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(errors::usage)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// The rows, for any library that takes Arrow's; another schema than ours is not offered.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The interface lets a producer give its own schema where it cannot give the one that is asked for.
        drop(requested_schema);
        let batches = self.batches.clone().into_iter().map(Ok);
        let reader: Box<dyn RecordBatchReader + Send> =
            Box::new(RecordBatchIterator::new(batches, self.schema.clone()));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
    }

    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[getter]
    fn columns(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.num_rows()
    }
}

/// The rows that another library's object holds.
pub fn stream_of(object: &Bound<'_, PyAny>) -> PyResult<ArrowArrayStreamReader> {
    let capsule = object.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>()?;
    let pointer = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name holds such a stream; taking it leaves an empty one, as the interface asks for.
    let stream = unsafe { std::ptr::replace(pointer.as_ptr(), FFI_ArrowArrayStream::empty()) };
    ArrowArrayStreamReader::try_new(stream).map_err(errors::usage)
}

/// The tables by name.
#[pyfunction]
pub fn table_names() -> Vec<&'static str> {
    export::Table::ALL.iter().map(|table| table.name()).collect()
}

/// The empty table of a name, and what its columns mean: `(table, description, [(name, type, nullable, description)])`.
#[pyfunction]
pub fn schema<'py>(py: Python<'py>, name: &str) -> PyResult<(Table, String, Vec<Bound<'py, PyDict>>)> {
    let table: export::Table = name.parse().map_err(|e: export::ExportError| errors::output(&e))?;
    let (spec, schema) = (table.spec(), table_schema(table));
    let column = |(column, field): (&export::ColumnSpec, &std::sync::Arc<arrow_schema::Field>)| {
        let told = PyDict::new(py);
        told.set_item("name", column.name)?;
        told.set_item("type", field.data_type().to_string())?;
        told.set_item("nullable", column.nullable)?;
        told.set_item("description", column.description)?;
        Ok(told)
    };
    let columns = spec.columns.iter().zip(schema.fields()).map(column).collect::<PyResult<_>>()?;
    Ok((Table::new(schema.clone(), Vec::new()), spec.description.to_owned(), columns))
}
