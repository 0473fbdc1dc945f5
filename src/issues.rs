//! Writing without git: the issue forms of a site, and what an event of the repository's host says.
//!
//! Knows no disk, no host and no clock. `noroshi ci issue` does what is found here with the functions of
//! `noroshi new` and `noroshi update`.

pub mod comment;
pub mod event;
pub mod form;
