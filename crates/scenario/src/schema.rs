//! JSON Schema of `scenario.yaml`, for editors.
//!
//! The types here only describe: reading goes through `read`, whose findings say more than a schema can. A test
//! holds the keys of the two against each other.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

/// JSON Schema of `scenario.yaml`.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Settings).to_value();
    if let Some(object) = schema.as_object_mut() {
        object.insert("title".to_owned(), Value::from("Angara scenario"));
    }
    schema
}

/// Text such as `40 MW`, `9 %` or `1.2 bn EUR`; the pattern asks for a number and a unit only.
struct Quantity;

impl JsonSchema for Quantity {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Quantity".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^\\s*[0-9._eE+-]+\\s*\\S+.*$" })
    }
}

/// One scenario: the settings; everything long stands in the tables.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct Settings {
    /// Version of the format.
    #[schemars(range(min = 1, max = 1))]
    format: u32,
    /// Short name, shown as the title of the report.
    name: String,
    /// What the scenario is about.
    description: Option<String>,
    /// Years planned for.
    horizon: HorizonKeys,
    /// ISO 4217 code of the currency of every total.
    #[schemars(regex(pattern = "^[A-Z]{3}$"))]
    currency: String,
    /// Seed of every random stream; the same seed repeats the run.
    seed: Option<u64>,
    /// Files of the tables, relative to the folder.
    tables: Option<TableKeys>,
    /// What the plan must keep; each is checked on the simulated years.
    promises: Option<PromiseKeys>,
    /// Settings of the planner.
    planning: Option<PlanningKeys>,
    /// Settings of the simulator.
    simulation: Option<SimulationKeys>,
    /// Discounting and prices that hold everywhere.
    prices: Option<PriceKeys>,
    /// Plant of a hall as rated power over the hall's IT power.
    hall_plant: Option<HallPlantKeys>,
}

/// Years planned for.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct HorizonKeys {
    /// First calendar year.
    first_year: i32,
    /// Number of years.
    #[schemars(range(min = 1, max = 60))]
    years: u32,
    /// First calendar year in which demand is served; before it only building goes on. Default: the first year.
    service_from: Option<i32>,
}

/// Files of the tables, relative to the folder; a table that is left out has the file of its own name.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct TableKeys {
    /// Rates between currencies.
    currencies: Option<String>,
    /// Electricity grids: price, demand charge, carbon.
    grids: Option<String>,
    /// Monthly normals, twelve rows a climate.
    climates: Option<String>,
    /// Climates whose hourly weather comes from an EPW file.
    weather: Option<String>,
    /// Towns where demand arises.
    places: Option<String>,
    /// Candidate and existing sites.
    sites: Option<String>,
    /// Firm grid power of each site by year.
    grid_limits: Option<String>,
    /// Shapes of demand over day, week and year.
    profiles: Option<String>,
    /// Services: what users take and what they are promised.
    services: Option<String>,
    /// Users beyond those that follow from population.
    demand: Option<String>,
    /// Servers and plant that can be ordered.
    equipment: Option<String>,
    /// Routes by which equipment comes.
    origins: Option<String>,
    /// Units that an origin can supply per year.
    supply: Option<String>,
    /// Network routes between places and sites.
    links: Option<String>,
    /// Partners and their shares.
    parties: Option<String>,
    /// Capital that a party can spend in a year.
    budgets: Option<String>,
    /// Possible courses of events.
    futures: Option<String>,
}

/// What the plan must keep.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct PromiseKeys {
    /// Most demand lost or still queued at the year's end, such as `0.1 %`.
    unserved: Option<Quantity>,
    /// Most net present cost of the programme, such as `400 bn RUB`. Not limited where left out.
    net_present_cost: Option<Quantity>,
    /// Most carbon in a year, such as `100000 t`. Not limited where left out.
    carbon: Option<Quantity>,
    /// Longest mean wait of a batch job, such as `12 h`.
    batch_wait: Option<Quantity>,
}

/// Settings of the planner.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct PlanningKeys {
    /// Relative gap at which a plan counts as proven, such as `0.5 %`.
    gap: Option<Quantity>,
    /// Branch-and-bound nodes after which the best plan so far is taken.
    node_limit: Option<u64>,
    /// Cases of the proof of the plan's bound; more prove a higher bound and take longer.
    certificate_cases: Option<u64>,
    /// Share of orders that come in time with the lead time that is planned with, such as `80 %`.
    lead_confidence: Option<Quantity>,
    /// Rounds of plan, prove, repair.
    rounds: Option<u32>,
    /// Capacity held above the peak demand, such as `10 %`.
    headroom: Option<Quantity>,
    /// Racks kept spare per hall for the loss of a unit, such as `5 %`.
    unit_reserve: Option<Quantity>,
}

/// Settings of the simulator.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct SimulationKeys {
    /// Length of a step, 5 min to 60 min.
    step: Option<Quantity>,
    /// Calendar years whose hourly tables are kept. Default: the last year.
    hourly_years: Option<Vec<i32>>,
    /// Reserved cores over physical cores for interactive services.
    #[schemars(range(min = 1.0, max = 20.0))]
    overcommit: Option<f64>,
    /// Standard deviation of a task's demand around its profile, such as `8 %`.
    noise: Option<Quantity>,
}

/// Discounting and prices that hold everywhere.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct PriceKeys {
    /// Discount rate per year, nominal, such as `9 %`.
    discount_rate: Option<Quantity>,
    /// Growth of wages and other operating prices per year, such as `4 %`.
    escalation: Option<Quantity>,
    /// Yearly maintenance as a share of capital spent, such as `3 %`.
    maintenance: Option<Quantity>,
    /// Price of carbon, such as `60 EUR/t`.
    carbon: Option<Quantity>,
}

/// Plant of a hall as rated power over the hall's IT power.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[allow(dead_code, reason = "describes the file; is never built")]
struct HallPlantKeys {
    /// Uninterruptible supplies, such as `120 %`.
    ups: Option<Quantity>,
    /// Transformers, such as `115 %`.
    transformer: Option<Quantity>,
    /// Generators, such as `115 %`.
    generator: Option<Quantity>,
    /// Heat rejection, such as `125 %`.
    cooling: Option<Quantity>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{frame, settings};

    #[test]
    fn the_schema_has_the_keys_that_are_read() {
        let schema = schema();
        let keys = |object: &Value| -> Vec<String> {
            object["properties"]
                .as_object()
                .expect("properties")
                .keys()
                .cloned()
                .collect()
        };
        let sorted = |keys: &[&str]| {
            let mut keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
            keys.sort();
            keys
        };
        let block = |name: &str| keys(&schema["$defs"][name]);
        assert_eq!(keys(&schema), sorted(frame::KEYS));
        assert_eq!(block("HorizonKeys"), sorted(frame::HORIZON_KEYS));
        assert_eq!(block("TableKeys"), sorted(frame::TABLE_KEYS));
        assert_eq!(block("PromiseKeys"), sorted(settings::PROMISE_KEYS));
        assert_eq!(block("PlanningKeys"), sorted(settings::PLANNING_KEYS));
        assert_eq!(block("SimulationKeys"), sorted(settings::SIMULATION_KEYS));
        assert_eq!(block("PriceKeys"), sorted(settings::PRICE_KEYS));
        assert_eq!(block("HallPlantKeys"), sorted(settings::HALL_PLANT_KEYS));
    }

    #[test]
    fn every_key_is_described_and_no_other_is_allowed() {
        let schema = schema();
        let blocks = schema["$defs"].as_object().expect("definitions");
        for object in blocks.values().chain([&schema]) {
            assert_eq!(object["additionalProperties"], Value::Bool(false));
            for (key, value) in object["properties"].as_object().expect("properties") {
                assert!(
                    value.get("description").is_some(),
                    "{key} has no description"
                );
            }
        }
    }
}
