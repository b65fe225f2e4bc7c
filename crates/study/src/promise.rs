//! The simulated years held against the promises.

use angara_finance::{CostKind, PartyAccount, in_own_currency, rates};
use angara_fleet::Plan;
use angara_network::Routes;
use angara_scenario::{LoadKind, Residency, Scenario};
use angara_simulation::ServiceOutcome;

use crate::error::StudyError;
use crate::money::Accounts;
use crate::proof::YearProof;

/// Rounding that breaks no promise [1].
const ROUNDING: f64 = 1e-9;

/// What was promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PromiseKind {
    /// Demand of a service is served.
    Unserved,
    /// Jobs of a service do not wait long.
    BatchWait,
    /// A service answers within its latency limit.
    Latency,
    /// Data stay in their residency zone.
    Residency,
    /// A site draws no more than its firm grid power.
    Grid,
    /// A site draws no more water than it may.
    Water,
    /// The plant of a site carries all heat.
    Cooling,
    /// A party spends no more capital than its budget.
    Budget,
    /// The programme emits no more carbon than promised.
    Carbon,
    /// The programme costs no more than promised.
    NetPresentCost,
}

impl PromiseKind {
    /// Name in tables and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unserved => "unserved",
            Self::BatchWait => "batch-wait",
            Self::Latency => "latency",
            Self::Residency => "residency",
            Self::Grid => "grid",
            Self::Water => "water",
            Self::Cooling => "cooling",
            Self::Budget => "budget",
            Self::Carbon => "carbon",
            Self::NetPresentCost => "net-present-cost",
        }
    }

    /// What broke, for a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unserved => "unserved demand",
            Self::BatchWait => "mean wait of jobs",
            Self::Latency => "round trip",
            Self::Residency => "demand served outside its residency zone",
            Self::Grid => "grid power",
            Self::Water => "water",
            Self::Cooling => "heat that the plant could not carry",
            Self::Budget => "capital spent",
            Self::Carbon => "carbon",
            Self::NetPresentCost => "net present cost",
        }
    }
}

/// One promise in one year: its limit and what the simulation found.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    /// What was promised.
    pub kind: PromiseKind,
    /// Identifier of the service, site or party; empty for the programme.
    pub subject: String,
    /// Its name.
    pub subject_name: String,
    /// Row of the service, site or party in its table; 0 for the programme.
    pub index: usize,
    /// Year of the horizon; `None` for what holds over all years.
    pub year: Option<u32>,
    /// Most that was promised, in `unit`.
    pub limit: f64,
    /// What was found, in `unit`.
    pub value: f64,
    /// Unit of limit and value.
    pub unit: String,
}

impl Kept {
    /// True where the promise holds.
    pub fn holds(&self) -> bool {
        self.value <= self.limit + ROUNDING * self.limit.abs().max(1.0)
    }

    /// What is left up to the limit; negative where the promise breaks.
    pub fn margin(&self) -> f64 {
        self.limit - self.value
    }

    /// Excess over the limit, relative to it; for ranking what breaks.
    pub(crate) fn severity(&self) -> f64 {
        -self.margin() / self.limit.abs().max(1e-9)
    }
}

/// Every promise in every year in which it means something, by kind, subject and year.
pub(crate) fn promises_kept(
    scenario: &Scenario,
    routes: &Routes,
    plan: &Plan,
    proofs: &[YearProof],
    accounts: &Accounts,
) -> Result<Vec<Kept>, StudyError> {
    let mut kept = Vec::new();
    for proof in proofs {
        services(scenario, routes, plan, proof, &mut kept);
        sites(scenario, proof, &mut kept);
        if let Some(limit) = scenario.promises.carbon_tonnes_per_year {
            let value = proof
                .sites
                .iter()
                .map(|site| site.sum(|month| month.carbon_tonnes))
                .sum();
            kept.push(programme(
                PromiseKind::Carbon,
                Some(proof.year),
                limit,
                value,
                "t",
            ));
        }
    }
    for account in &accounts.parties {
        budgets(scenario, account, &mut kept)?;
    }
    if let Some(limit) = scenario.promises.net_present_cost {
        // A limit in another currency holds at the rate of the first year.
        let rate = scenario.rate(limit.currency, 0).unwrap_or(1.0);
        kept.push(programme(
            PromiseKind::NetPresentCost,
            None,
            limit.major() * rate,
            accounts.ledger.net_present_cost(),
            scenario.currency.code(),
        ));
    }
    kept.sort_by_key(|kept| (kept.kind, kept.index, kept.year));
    Ok(kept)
}

fn programme(kind: PromiseKind, year: Option<u32>, limit: f64, value: f64, unit: &str) -> Kept {
    Kept {
        kind,
        subject: String::new(),
        subject_name: "the programme".to_owned(),
        index: 0,
        year,
        limit,
        value,
        unit: unit.to_owned(),
    }
}

/// Share of the submitted work that was lost or still waits for room; running jobs are not late.
pub(crate) fn unserved_share(outcome: &ServiceOutcome) -> f64 {
    if outcome.submitted == 0 {
        return 0.0;
    }
    (outcome.lost + outcome.waiting) as f64 / outcome.submitted as f64
}

fn services(
    scenario: &Scenario,
    routes: &Routes,
    plan: &Plan,
    proof: &YearProof,
    kept: &mut Vec<Kept>,
) {
    for (index, service) in scenario.services.iter().enumerate() {
        let outcome = &proof.services[index];
        let mut add = |kind, limit, value, unit: &str| {
            kept.push(Kept {
                kind,
                subject: service.id.clone(),
                subject_name: service.name.clone(),
                index,
                year: Some(proof.year),
                limit,
                value,
                unit: unit.to_owned(),
            });
        };
        if outcome.tasks > 0 {
            add(
                PromiseKind::Unserved,
                scenario.promises.unserved_share * 100.0,
                unserved_share(outcome) * 100.0,
                "%",
            );
        }
        if service.kind == LoadKind::Batch && outcome.waits.jobs > 0 {
            add(
                PromiseKind::BatchWait,
                scenario.promises.batch_wait_hours,
                outcome.waits.mean_h,
                "h",
            );
        }
        let mine = || {
            plan.assignments
                .iter()
                .filter(move |row| row.year == proof.year && row.service == index)
        };
        let longest_ms = mine()
            .filter_map(|row| routes.round_trip_ms(row.place, row.site))
            .fold(None, |longest: Option<f64>, value| {
                Some(longest.map_or(value, |longest| longest.max(value)))
            });
        if let Some(longest_ms) = longest_ms {
            add(
                PromiseKind::Latency,
                service.latency_limit.milliseconds() as f64,
                longest_ms,
                "ms",
            );
        }
        if service.residency == Residency::SameZone && longest_ms.is_some() {
            let outside: f64 = mine()
                .filter(|row| {
                    scenario.places[row.place].residency_zone
                        != scenario.sites[row.site].residency_zone
                })
                .map(|row| row.share)
                .sum();
            add(PromiseKind::Residency, 0.0, outside, "shares of places");
        }
    }
}

fn sites(scenario: &Scenario, proof: &YearProof, kept: &mut Vec<Kept>) {
    for (index, site) in scenario.sites.iter().enumerate() {
        let year = &proof.sites[index];
        if year.servers == 0 {
            continue;
        }
        let mut add = |kind, limit, value, unit: &str| {
            kept.push(Kept {
                kind,
                subject: site.id.clone(),
                subject_name: site.name.clone(),
                index,
                year: Some(proof.year),
                limit,
                value,
                unit: unit.to_owned(),
            });
        };
        add(
            PromiseKind::Grid,
            scenario.grid_limit_w(index, proof.year) / 1e3,
            year.peak_facility_kw(),
            "kW",
        );
        if let Some(limit) = site.water_limit_m3 {
            add(
                PromiseKind::Water,
                limit,
                year.sum(|month| month.water_m3),
                "m³",
            );
        }
        // Heat that stays in a hall for a whole hour at a thousandth of its power is within a degree of the sensors.
        let unmet_kwh = year.sum(|month| month.unmet_cooling_kwh);
        let it_kwh = year.sum(|month| month.it_kwh);
        add(PromiseKind::Cooling, it_kwh * 1e-3, unmet_kwh, "kWh");
    }
}

fn budgets(
    scenario: &Scenario,
    account: &PartyAccount,
    kept: &mut Vec<Kept>,
) -> Result<(), StudyError> {
    let party = &scenario.parties[account.party];
    for year in 0..scenario.horizon.years {
        let Some(limit) = rates::budget(scenario, account.party, year)? else {
            continue;
        };
        let spent = account.ledger.in_year_of_kind(year, CostKind::Capital);
        let own = in_own_currency(scenario, account.party, year, spent)?;
        // Compared in the party's own currency, in which the budget was given or into which it converts.
        let limit_own = limit / own.rate;
        kept.push(Kept {
            kind: PromiseKind::Budget,
            subject: party.id.clone(),
            subject_name: party.name.clone(),
            index: account.party,
            year: Some(year),
            limit: limit_own,
            value: own.amount.major(),
            unit: own.amount.currency.to_string(),
        });
    }
    Ok(())
}
