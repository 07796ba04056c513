//! Errors come out as the package's own exceptions, which stand in Python: a message, the place and a hint.

use pyo3::{prelude::*, types::PyDict};

/// One of `Error`, `InputError`, `OutputError`, `UsageError` of `broadsheet`.
pub fn raise(class: &str, message: &str, place: Option<&str>, hint: Option<&str>) -> PyErr {
    Python::attach(|py| {
        let made = || {
            let class = py.import("broadsheet._errors")?.getattr(class)?;
            let named = PyDict::new(py);
            named.set_item("place", place)?;
            named.set_item("hint", hint)?;
            class.call((message,), Some(&named))
        };
        made().map_or_else(|error| error, |exception| PyErr::from_value(exception.into_any()))
    })
}

/// What the caller gave cannot be right.
pub fn usage(message: impl std::fmt::Display) -> PyErr {
    raise("UsageError", &message.to_string(), None, None)
}

/// The output, or what is laid out for it, cannot be made.
pub fn output(error: &broadsheet_pipeline::export::ExportError) -> PyErr {
    let text = error.to_string();
    let (message, hint) = text.split_once("\nhint: ").map_or((text.as_str(), None), |(m, h)| (m, Some(h)));
    raise("OutputError", message, message.split('`').nth(1), hint)
}
