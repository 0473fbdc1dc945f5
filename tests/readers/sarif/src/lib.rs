//! Nothing: the crate is here for the schema that comes with one of its dependencies.
