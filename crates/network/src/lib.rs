//! Routes and latency between places and sites.
//!
//! Everything here is pure: a scenario goes in, distances, routes and round trips come out.

mod latency;
mod routes;

pub use latency::{
    EQUIPMENT_MS_PER_HOP, FIBRE_REFRACTIVE_INDEX, SPEED_OF_LIGHT_M_PER_S, geodesic_distance_m,
    lowest_round_trip_ms,
};
pub use routes::Routes;
