//! The planner as a whole: known optima, laws, conflicts, futures, size.

mod builder;
mod certificates;
mod conflicts;
mod copies_staff_orders;
mod examples;
mod futures;
mod laws;
mod reasons;
mod size;
mod worked_case;
