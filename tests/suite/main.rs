//! Tests of what the whole program promises, on real folders: mostly with the real binary, and with
//! the library where hundreds of sites are needed. README.md says how to add a test.
//!
//! The suite needs Unix: shells, permissions, signals and symbolic links.

#![cfg(unix)]

mod addresses;
mod alerts;
mod announce;
mod approvals;
mod cases;
mod channels;
mod codes;
mod commands;
mod contain;
mod corrections;
mod crawl;
mod demo;
mod disk;
mod edit;
mod editors;
mod embargo;
mod faults;
mod feeds;
mod first_use;
mod fuzz;
mod harness;
mod history;
mod hook;
mod hosts;
mod import;
mod import_services;
mod inputs;
mod installation;
mod japanese;
mod languages;
mod limits;
mod markup;
mod names;
mod near;
mod outages;
mod pack;
mod paths;
mod phone;
mod policy;
mod privacy;
mod properties;
mod publishing;
mod record;
mod rehearsal;
mod renames;
mod report;
mod scale;
mod serve;
mod servers;
mod stdout;
mod theme;
mod threads;
mod verify;
mod watch;
mod week;
mod windows;
mod words;
mod workflows;
mod writing;
