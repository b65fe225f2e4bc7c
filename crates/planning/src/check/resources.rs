//! Water and carbon, from the operation as planned.

use super::Inspection;
use crate::operation::operation_of;

pub(super) fn check_resources(inspection: &mut Inspection<'_>) {
    let scenario = inspection.facts.scenario;
    let operation = operation_of(&inspection.facts, inspection.plan);
    for year in 0..inspection.facts.years {
        let year_name = inspection.year_name(year);
        let mut carbon_tonnes = 0.0;
        for (site, entry) in scenario.sites.iter().enumerate() {
            let drawn = operation.site_year(site, year);
            carbon_tonnes += drawn.carbon_tonnes;
            if let Some(limit_m3) = entry.water_limit_m3 {
                inspection.at_most(drawn.water_m3, limit_m3, || {
                    format!("water [m³] at {} in {year_name}", entry.name)
                });
            }
        }
        if let Some(limit) = scenario.promises.carbon_tonnes_per_year {
            inspection.at_most(carbon_tonnes, limit, || {
                format!("carbon [t] in {year_name}")
            });
        }
    }
}
