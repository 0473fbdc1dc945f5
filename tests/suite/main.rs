//! What the whole program promises, tried on real folders: mostly through the real binary, and through
//! the library where hundreds of sites are needed. README.md says how to add a test.

mod channels;
mod codes;
mod contain;
mod corrections;
mod crawl;
mod demo;
mod editors;
mod embargo;
mod faults;
mod feeds;
mod fuzz;
mod harness;
mod history;
mod hook;
mod import;
mod inputs;
mod markup;
mod names;
mod pack;
mod paths;
mod policy;
mod privacy;
mod properties;
mod publishing;
mod record;
mod rehearsal;
mod report;
mod scale;
mod serve;
mod theme;
mod threads;
mod watch;
mod week;
mod workflows;
mod writing;
