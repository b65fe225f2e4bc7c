//! Values that hold where the scenario says nothing, each with where it comes from.

/// A value that holds where the scenario says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DefaultValue {
    /// Table and column, or settings key, such as `equipment.core_rating`.
    pub path: &'static str,
    /// The value as it could be written; `CUR` stands for the currency of the totals.
    pub value: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

const fn value(path: &'static str, value: &'static str, source: &'static str) -> DefaultValue {
    DefaultValue {
        path,
        value,
        source,
    }
}

const NONE: &str = "nothing is assumed where nothing is written";
const PRACTICE: &str =
    "assumption of the tool: usual practice, to be replaced by the planner's own figure";

/// Every default.
pub const DEFAULTS: &[DefaultValue] = &[
    value("description", "", NONE),
    value(
        "seed",
        "1",
        "arbitrary; any seed serves, and the same seed repeats the run",
    ),
    value(
        "horizon.service_from",
        "the first year",
        "demand is served from the start unless it is said otherwise",
    ),
    value("promises.unserved", "0.1 %", PRACTICE),
    value("promises.batch_wait", "12 h", PRACTICE),
    value(
        "planning.gap",
        "0.5 %",
        "assumption of the tool: below the uncertainty of the prices",
    ),
    value(
        "planning.node_limit",
        "2000",
        "assumption of the tool: keeps a plan within minutes",
    ),
    value(
        "planning.certificate_cases",
        "1",
        "assumption of the tool: the relaxation alone, which costs nothing more",
    ),
    value(
        "planning.lead_confidence",
        "50 %",
        "the lead time as it is written, within which half of the orders come",
    ),
    value(
        "planning.rounds",
        "3",
        "assumption of the tool: rounds of plan, prove, repair",
    ),
    value("planning.headroom", "10 %", PRACTICE),
    value("planning.unit_reserve", "5 %", PRACTICE),
    value("simulation.step", "1 h", "weather and grid data are hourly"),
    value(
        "simulation.hourly_years",
        "the last year",
        "the year in which the plan is full",
    ),
    value("simulation.overcommit", "1.25", PRACTICE),
    value(
        "simulation.noise",
        "8 %",
        "assumption of the tool: spread of a task's demand around its profile",
    ),
    value("prices.discount_rate", "9 %", PRACTICE),
    value("prices.escalation", "4 %", PRACTICE),
    value("prices.maintenance", "3 %", PRACTICE),
    value("prices.carbon", "0 CUR/t", NONE),
    value(
        "hall_plant.ups",
        "120 %",
        "assumption of the tool: one module in six redundant",
    ),
    value(
        "hall_plant.transformer",
        "115 %",
        "assumption of the tool: losses and margin over the hall's power",
    ),
    value(
        "hall_plant.generator",
        "115 %",
        "assumption of the tool: losses and margin over the hall's power",
    ),
    value(
        "hall_plant.cooling",
        "125 %",
        "assumption of the tool: one unit in five redundant",
    ),
    value("currencies.drift", "0 %", NONE),
    value("grids.carbon_drift", "0 %", NONE),
    value("grids.demand_charge", "0 CUR/kW-month", NONE),
    value("grids.price_growth", "0 %", NONE),
    value("sites.halls_existing", "0", NONE),
    value("sites.risk_group", "", NONE),
    value("services.replica_distance", "0 km", NONE),
    value("services.replicas_apart", "no", NONE),
    value("services.cipher", "", NONE),
    value("services.encryption_overhead", "0 %", NONE),
    value(
        "equipment.core_rating",
        "1",
        "a core counts as one reference core until it is rated",
    ),
    value(
        "equipment.lead_time_late",
        "the lead time",
        "orders come when they are due unless it is said otherwise",
    ),
    value(
        "equipment.orderable_from",
        "the first year",
        "a catalogue entry can be ordered unless it is said otherwise",
    ),
    value(
        "equipment.orderable_to",
        "the last year",
        "a catalogue entry can be ordered unless it is said otherwise",
    ),
    value("origins.duty", "0 %", NONE),
    value("origins.freight", "0 %", NONE),
    value(
        "links.round_trip",
        "2 x length x 4.897 µs/km",
        "light in silica fibre, group index 1.468 at 1550 nm (ITU-T G.652)",
    ),
    value(
        "links.measured",
        "no",
        "a round trip counts as an estimate until it is said to be measured",
    ),
    value("links.risk_group", "", NONE),
    value("futures.demand", "100 %", "as in the scenario"),
    value("futures.supply", "100 %", "as in the scenario"),
    value("futures.energy_price", "100 %", "as in the scenario"),
    value("futures.grid_power", "100 %", "as in the scenario"),
    value("futures.carbon", "100 %", "as in the scenario"),
];

/// The default of a column of a table, or of a key of a section.
pub(crate) fn of(section: &str, key: &str) -> Option<&'static DefaultValue> {
    DEFAULTS
        .iter()
        .find(|default| match default.path.split_once('.') {
            Some((first, rest)) => first == section && rest == key,
            None => section.is_empty() && default.path == key,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_there_once_and_has_a_source() {
        for (index, default) in DEFAULTS.iter().enumerate() {
            assert!(!default.source.is_empty(), "{}", default.path);
            assert!(
                DEFAULTS[..index]
                    .iter()
                    .all(|other| other.path != default.path),
                "{}",
                default.path
            );
        }
    }
}
