//! Packing pods on accelerator nodes: the published tables, and laws that hold for every policy.

mod laws;
mod paper;
mod trace;
