//! Fleet expansion over periods, at a scale that no mixed-integer program reaches: where to build, when, how large,
//! and who serves whom, with a proven bound and a certificate that plain loops can check.

mod certificate;
mod check;
mod generate;
mod instance;
mod kernel;
mod reach;
mod search;
mod solve;
mod text;
mod transport;

pub use certificate::{CUTS_MAX, Certificate, Cut, Flow, Multipliers, Node, Plan};
pub use check::{Checked, Refused, check, recompute};
pub use generate::{Located, Recipe, generate, scatter};
pub use instance::{
    CELLS_MAX, Finding, Instance, LEVELS_MAX, Level, Link, MONEY_MAX, PERIODS_MAX, PLACES_MAX,
    POWER_KW_MAX, Place, Position, SITES_MAX, Site,
};
pub use reach::{KM_MAX, PAIRS_MAX, Reach};
pub use solve::{Limits, Observer, Phase, Progress, Silent, SolveError, solve};
pub use text::{
    ReadError, Source, read_certificate, read_instance, read_towns, write_certificate,
    write_instance,
};
