//! The parts of the page, one file each: from tables to what a template shows.

pub(crate) mod capacity;
pub(crate) mod climate;
pub(crate) mod money;
pub(crate) mod parties;
pub(crate) mod place;
pub(crate) mod plan;
pub(crate) mod promises;
pub(crate) mod services;
pub(crate) mod trust;
pub(crate) mod verdict;
