//! Schedules of batch logs: against published schedules and figures, against a slow scheduler, and by their laws.

mod extremes;
mod figures;
mod laws;
mod logs;
mod slow;
mod starts;
