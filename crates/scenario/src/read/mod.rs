//! Tables and settings, read into the model: one file per table.

pub(crate) mod budgets;
pub(crate) mod climates;
pub(crate) mod currencies;
pub(crate) mod demand;
pub(crate) mod equipment;
pub(crate) mod frame;
pub(crate) mod futures;
pub(crate) mod grid_limits;
pub(crate) mod grids;
pub(crate) mod links;
pub(crate) mod origins;
pub(crate) mod parties;
pub(crate) mod places;
pub(crate) mod profiles;
pub(crate) mod section;
pub(crate) mod services;
pub(crate) mod settings;
pub(crate) mod sites;
pub(crate) mod supply;
pub(crate) mod weather;
