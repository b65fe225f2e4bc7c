//! `--settings` end to end: what each section does to a replay, and what is said of a wrong file.

mod apart;
mod document;
mod failures;
mod findings;
mod money;
mod placement;
mod priority;
mod saving;
mod support;
mod waiting;
