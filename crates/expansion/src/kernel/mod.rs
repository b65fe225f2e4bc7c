//! The Lagrangian kernel: value of the relaxation at given prices, in memory proportional to the links.

mod ascent;
mod cuts;
mod fixing;
mod model;
mod prices;
mod relax;

pub(crate) use ascent::{Ascent, Settings};
pub(crate) use cuts::{CapacityCut, missed};
pub(crate) use fixing::{Fixed, fix};
pub(crate) use model::{Model, SiteModel, Windows};
pub(crate) use prices::Prices;
pub(crate) use relax::{Offers, cheapest_path};
