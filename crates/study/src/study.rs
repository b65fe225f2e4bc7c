//! All that a study found.

use angara_network::Routes;
use angara_planning::{Conflict, Repair, SiteFactors, Solution};
use angara_reliability::Deliverable;

use crate::climate::ClimateYear;
use crate::futures::FutureOutcome;
use crate::money::Accounts;
use crate::promise::Kept;
use crate::proof::YearProof;
use crate::verdict::Verdict;

/// A plan with its proof.
#[derive(Debug, Clone)]
pub struct Study {
    /// Routes between places and sites.
    pub routes: Routes,
    /// Weather by climate.
    pub climates: Vec<ClimateYear>,
    /// PUE and water with which was planned, by site.
    pub factors: Vec<SiteFactors>,
    /// The plan, its bound and gap.
    pub solution: Solution,
    /// What the proofs of earlier rounds have taught; the plan keeps it.
    pub lessons: Vec<Repair>,
    /// Rounds of plan and proof that led to it.
    pub rounds: u32,
    /// Why the last repair could not be planned, where it could not.
    pub unrepairable: Option<Conflict>,
    /// Every simulated year.
    pub proofs: Vec<YearProof>,
    /// Every promise in every year.
    pub kept: Vec<Kept>,
    /// Every amount.
    pub accounts: Accounts,
    /// What the fleet delivers, whole and after a loss, by year.
    pub deliverable: Vec<Deliverable>,
    /// The plan in every future.
    pub futures: Vec<FutureOutcome>,
    /// Whether the plan holds.
    pub verdict: Verdict,
}
