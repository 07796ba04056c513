//! The Python package over pipeline.
