//! What is asked: every topology under every weather.

use std::sync::Arc;

use angara_facility::{CoolingTopology, PlantSettings};
use rayon::prelude::*;

use super::case::{self, Case};
use super::detail::Hours;
use super::weather::{self, Weather};
use super::{Arguments, Topologies};
use crate::output::Output;

/// A case with its hours and their weather.
pub(super) struct Found {
    pub(super) case: Case,
    pub(super) hours: Hours,
    pub(super) weather: Arc<Weather>,
}

/// Every case, in the order of the weathers and then of the topologies; or why there is none, line by line.
pub(super) fn cases(arguments: &Arguments, output: Output) -> Result<Vec<Found>, Vec<String>> {
    let topologies = topologies(arguments);
    if topologies.is_empty() && arguments.scenario.is_none() {
        return Err(vec![
            "no topology: give --topology NAME, or --compare for all (angara plant --help lists them)"
                .to_owned(),
        ]);
    }
    let build = &arguments.build;
    let mut settings = PlantSettings::default()
        .with_liquid_share(build.liquid_share)
        .map_err(|error| vec![format!("--liquid-share: {error}")])?;
    settings.ups = build.ups;
    settings.water_class = build.water_class;
    settings.economiser = build.economiser;
    settings.tower = build.tower;
    let weathers = weather::all(arguments, output)?;
    let weathers: Vec<Arc<Weather>> = weathers.into_iter().map(Arc::new).collect();
    let pairs: Vec<(Arc<Weather>, CoolingTopology)> = weathers
        .iter()
        .flat_map(|weather| {
            // A site of a scenario has its own where none is named.
            let own = weather.topology.filter(|_| topologies.is_empty());
            topologies
                .iter()
                .copied()
                .chain(own)
                .map(|topology| (Arc::clone(weather), topology))
        })
        .collect();
    let found: Result<Vec<Found>, String> = pairs
        .into_par_iter()
        .map(|(weather, topology)| case::run(weather, topology, &settings, arguments))
        .collect();
    found.map_err(|reason| vec![reason])
}

/// The topologies that are named, each once; all for a comparison that names none.
fn topologies(arguments: &Arguments) -> Vec<CoolingTopology> {
    let mut once = Vec::new();
    for named in &arguments.topology {
        let meant: &[CoolingTopology] = match named {
            Topologies::All => &CoolingTopology::ALL,
            Topologies::One(topology) => std::slice::from_ref(topology),
        };
        for topology in meant {
            if !once.contains(topology) {
                once.push(*topology);
            }
        }
    }
    if once.is_empty() && arguments.compare {
        once.extend(CoolingTopology::ALL);
    }
    once
}
