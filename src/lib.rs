//! noroshi
#![forbid(unsafe_code)]
pub mod diagnostic;
pub mod document;
pub mod locale;
pub mod markdown;
pub mod model;
pub mod publish;
pub mod source;
pub mod text;
pub mod timeline;
pub mod uptime;
pub mod vocabulary;
