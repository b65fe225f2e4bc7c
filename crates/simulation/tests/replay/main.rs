//! Replays of small topologies and workloads: by their laws over random ones, and by hand over made ones.

mod cases;
mod laws;
mod order;
mod plan;
mod saving;
mod scale;
mod support;
