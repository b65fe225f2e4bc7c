//! Plan, prove, repair.

use angara_fleet::{Fleet, Plan};
use angara_network::Routes;
use angara_planning::{
    Effort, PlanningError, PlanningInput, Repair, SiteFactors, Solution, check, demand_kw, solve,
};
use angara_reliability::deliverable;
use angara_scenario::Scenario;

use crate::climate::{ClimateYear, climate_years};
use crate::error::StudyError;
use crate::futures::futures;
use crate::money::accounts;
use crate::plant::site_factors;
use crate::progress::Progress;
use crate::promise::promises_kept;
use crate::proof::{YearProof, prove_year};
use crate::repair::repairs;
use crate::study::Study;
use crate::verdict::verdict;

/// Plans the scenario and proves the plan.
///
/// # Errors
/// No plan keeps the promises ([`PlanningError::Infeasible`] names which conflict), or a conservation law failed.
pub fn run(scenario: &Scenario, progress: &dyn Progress) -> Result<Study, StudyError> {
    progress.stage("Weather and plant", None);
    let climates = climate_years(scenario)?;
    let factors = site_factors(scenario, &climates)?;
    let synthetic = climates.iter().filter(|climate| climate.synthetic).count();
    progress.finish(&format!(
        "{} climates, {synthetic} of them synthetic years from normals",
        climates.len()
    ));
    let ground = Ground {
        scenario,
        routes: Routes::new(scenario),
        climates,
        factors,
        progress,
    };
    let mut lessons: Vec<Repair> = Vec::new();
    let mut study = ground.round(1, &lessons)?;
    for round in 2..=scenario.planning.rounds {
        let found = repairs(scenario, &study);
        if found.is_empty() {
            break;
        }
        lessons.extend(found);
        match ground.round(round, &lessons) {
            Ok(next) => study = next,
            // The plan before stands, and the verdict says what it breaks.
            Err(StudyError::Planning(PlanningError::Infeasible(conflict))) => {
                study.unrepairable = Some(*conflict);
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(study)
}

/// What every round works with.
struct Ground<'a> {
    scenario: &'a Scenario,
    routes: Routes,
    climates: Vec<ClimateYear>,
    factors: Vec<SiteFactors>,
    progress: &'a dyn Progress,
}

impl Ground<'_> {
    /// One plan with its proof.
    fn round(&self, round: u32, lessons: &[Repair]) -> Result<Study, StudyError> {
        let scenario = self.scenario;
        let input = PlanningInput {
            scenario,
            routes: &self.routes,
            sites: &self.factors,
            repairs: lessons,
            effort: Effort::of(scenario),
        };
        let solution = self.plan(&input, round)?;
        let proofs = self.prove(&solution.plan)?;
        self.progress.stage("Money, losses and futures", None);
        let accounts = accounts(scenario, &solution.plan, &solution.operation, &proofs)?;
        let peak_pue: Vec<f64> = self.factors.iter().map(|site| site.peak_pue).collect();
        let demand: Vec<f64> = (0..scenario.horizon.years)
            .map(|year| demand_kw(&input, year))
            .collect();
        let deliverable = deliverable(scenario, &solution.plan, &peak_pue, &demand)?;
        let futures = futures(&input, &solution.plan)?;
        let kept = promises_kept(scenario, &self.routes, &solution.plan, &proofs, &accounts)?;
        let verdict = verdict(scenario, &kept, &futures);
        let broken = kept.iter().filter(|kept| !kept.holds()).count();
        self.progress.finish(&format!(
            "{} promises checked, {broken} broken; {} futures",
            kept.len(),
            futures.len()
        ));
        Ok(Study {
            routes: self.routes.clone(),
            climates: self.climates.clone(),
            factors: self.factors.clone(),
            solution,
            lessons: lessons.to_vec(),
            rounds: round,
            unrepairable: None,
            proofs,
            kept,
            accounts,
            deliverable,
            futures,
            verdict,
        })
    }

    fn plan(&self, input: &PlanningInput<'_>, round: u32) -> Result<Solution, StudyError> {
        let name = if round == 1 {
            "Plan".to_owned()
        } else {
            format!("Plan, round {round}")
        };
        self.progress.stage(&name, None);
        let solution = solve(input)?;
        let violations = check(input, &solution.plan);
        if !violations.is_empty() {
            let texts = violations
                .into_iter()
                .map(|violation| violation.text)
                .collect();
            return Err(StudyError::PlanBroken(texts));
        }
        self.progress.finish(&format!(
            "{} decisions, {} constraints; gap {:.2} %{}",
            solution.size.columns,
            solution.size.rows,
            solution.gap * 100.0,
            if solution.proven {
                ""
            } else {
                ", stopped at the node limit"
            },
        ));
        Ok(solution)
    }

    /// Every year of the plan through every host.
    fn prove(&self, plan: &Plan) -> Result<Vec<YearProof>, StudyError> {
        let fleets = (0..self.scenario.horizon.years)
            .map(|year| Fleet::build(self.scenario, plan, year))
            .collect::<Result<Vec<_>, _>>()?;
        let hosts: usize = fleets.iter().map(|fleet| fleet.hosts.len()).sum();
        self.progress
            .stage("Simulation of every host", Some(hosts as u64));
        let mut proofs = Vec::with_capacity(fleets.len());
        let mut played = 0;
        for fleet in fleets {
            let proof = prove_year(
                self.scenario,
                plan,
                fleet,
                &self.climates,
                played,
                self.progress,
            )?;
            played += proof.hosts;
            self.progress.advance(played);
            proofs.push(proof);
        }
        let samples: u64 = proofs.iter().map(|proof| proof.samples).sum();
        self.progress.finish(&format!(
            "{} years, {played} host-years, {:.0} million demands",
            proofs.len(),
            samples as f64 / 1e6
        ));
        Ok(proofs)
    }
}
