//! The plant of every site and what it adds to the power of the servers.

use angara_facility::{CoolingTopology, DesignConditions, Plant, annual::constant_load, peak_pue};
use angara_planning::SiteFactors;
use angara_scenario::{Cooling, Scenario};
use rayon::prelude::*;

use crate::climate::ClimateYear;
use crate::error::StudyError;

/// Mean power of servers over the rated power of their halls, with which a site's yearly PUE is planned [1].
///
/// Servers fill about nine tenths of a hall and draw about six tenths of their nameplate; the proof measures the
/// real share and the table of planned against simulated energy shows what this costs in accuracy.
const PLANNED_LOAD_SHARE: f64 = 0.55;

/// Topology of the plant that a site's cooling stands for.
pub(crate) fn topology(cooling: Cooling) -> CoolingTopology {
    match cooling {
        Cooling::AirEconomiser => CoolingTopology::AirEconomiser,
        Cooling::DryCoolerTrim => CoolingTopology::DryCoolerTrim,
        Cooling::CoolingTower => CoolingTopology::CoolingTower,
    }
}

/// Plant for the halls of a site that hold servers.
pub(crate) fn plant(
    scenario: &Scenario,
    climates: &[ClimateYear],
    site: usize,
    rated_it_w: f64,
) -> Result<Plant, StudyError> {
    let entry = &scenario.sites[site];
    let design = DesignConditions::from_hours(&climates[entry.climate].hours)
        .ok_or(angara_facility::AnnualError::NoWeather)?;
    Ok(Plant::new(topology(entry.cooling), rated_it_w, &design))
}

/// PUE and water of every site as the planner uses them: one hall, at its usual and at its rated load.
pub(crate) fn site_factors(
    scenario: &Scenario,
    climates: &[ClimateYear],
) -> Result<Vec<SiteFactors>, StudyError> {
    (0..scenario.sites.len())
        .into_par_iter()
        .map(|site| {
            let entry = &scenario.sites[site];
            let hours = &climates[entry.climate].hours;
            let plant = plant(scenario, climates, site, entry.hall_it_w)?;
            let usual = constant_load(&plant, hours, PLANNED_LOAD_SHARE)?;
            let it_kwh = usual.energy.it_kwh;
            Ok(SiteFactors {
                mean_pue: usual.mean_pue.unwrap_or(1.0),
                peak_pue: peak_pue(&plant, hours)?.unwrap_or(1.0),
                water_m3_per_it_kwh: if it_kwh > 0.0 {
                    usual.water_m3 / it_kwh
                } else {
                    0.0
                },
            })
        })
        .collect()
}
