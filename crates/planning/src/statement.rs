//! The whole program of a scenario: decisions, constraints, costs.

use crate::columns::{Draft, Layout};
use crate::constraints;
use crate::error::PlanningError;
use crate::facts::Facts;
use crate::objective;

/// Lays out the whole program.
pub(crate) fn draft<'a, 'b>(
    facts: &'b Facts<'a>,
    layout: Layout,
) -> Result<Draft<'a, 'b>, PlanningError> {
    let mut draft = Draft::new(facts, layout);
    constraints::define_all(&mut draft);
    objective::define_all(&mut draft)?;
    constraints::define_money(&mut draft)?;
    Ok(draft)
}
