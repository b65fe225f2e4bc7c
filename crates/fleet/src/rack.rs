//! Racks, one row each, and how they fill the halls of a site.
//!
//! # What it computes
//! Which rack stands in which hall. Racks hold one lot of one kind of server. The hungriest servers go first,
//! then the oldest; each rack goes into the first hall with room for all of it. Where no hall has, its servers
//! are shared among the halls that have room for some.
//!
//! # Assumptions
//! Only power limits a hall. The servers together need no more power than the halls carry: that is checked before.
//! What is then left over for lack of a fitting gap is less than one server per hall; it goes to the hall with
//! most room and overdraws that by less than one server.

/// Columns of the racks, in the order site, hall.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Racks {
    /// Row of [`crate::Halls`].
    pub hall: Vec<u32>,
    /// Index into [`crate::Fleet::models`].
    pub model: Vec<u32>,
    /// Servers in the rack.
    pub servers: Vec<u32>,
}

impl Racks {
    /// Number of racks.
    pub fn len(&self) -> usize {
        self.hall.len()
    }

    /// True where there is no rack.
    pub fn is_empty(&self) -> bool {
        self.hall.is_empty()
    }
}

/// Servers of one kind to be placed, in racks of a lot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Batch {
    pub(crate) model: u32,
    pub(crate) lot: u32,
    pub(crate) servers: u64,
    pub(crate) server_w: f64,
}

/// One rack in a hall, counted from the site's first hall.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlacedRack {
    pub(crate) hall: u32,
    pub(crate) model: u32,
    pub(crate) servers: u32,
}

/// Racks of the batches in their halls, by hall and then by order of placement.
pub(crate) fn fill_halls(batches: &[Batch], halls: u32, hall_it_w: f64) -> Vec<PlacedRack> {
    // Half a watt absorbs the rounding of sums; no server is that small.
    let mut room_w = vec![hall_it_w + 0.5; halls as usize];
    let mut racks = Vec::new();
    for batch in batches {
        let lot = u64::from(batch.lot.max(1));
        let mut left = batch.servers;
        // The first hall that may still have room: room only shrinks, and racks of a batch are alike.
        let mut first = 0;
        while left > 0 {
            let servers = left.min(lot) as u32;
            let rack_w = f64::from(servers) * batch.server_w;
            left -= u64::from(servers);
            while first < room_w.len() && room_w[first] < rack_w {
                first += 1;
            }
            if first < room_w.len() {
                room_w[first] -= rack_w;
                racks.push(PlacedRack {
                    hall: first as u32,
                    model: batch.model,
                    servers,
                });
            } else {
                share_among_halls(batch, servers, &mut room_w, &mut racks);
            }
        }
    }
    racks.sort_by_key(|rack| rack.hall);
    racks
}

fn share_among_halls(batch: &Batch, servers: u32, room_w: &mut [f64], racks: &mut Vec<PlacedRack>) {
    let mut left = servers;
    let mut place = |hall: usize, servers: u32, room_w: &mut [f64]| {
        room_w[hall] -= f64::from(servers) * batch.server_w;
        racks.push(PlacedRack {
            hall: hall as u32,
            model: batch.model,
            servers,
        });
    };
    for hall in 0..room_w.len() {
        let fitting = (room_w[hall].max(0.0) / batch.server_w) as u32;
        let taken = fitting.min(left);
        if taken > 0 {
            place(hall, taken, room_w);
            left -= taken;
        }
    }
    while left > 0 {
        let mut roomiest = 0;
        for hall in 1..room_w.len() {
            if room_w[hall] > room_w[roomiest] {
                roomiest = hall;
            }
        }
        place(roomiest, 1, room_w);
        left -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn batch(model: u32, lot: u32, servers: u64, server_w: f64) -> Batch {
        Batch {
            model,
            lot,
            servers,
            server_w,
        }
    }

    #[test]
    fn racks_fill_one_hall_after_the_other() {
        let racks = fill_halls(&[batch(0, 10, 35, 100.0)], 2, 2000.0);
        let found: Vec<(u32, u32)> = racks.iter().map(|rack| (rack.hall, rack.servers)).collect();
        assert_eq!(found, [(0, 10), (0, 10), (1, 10), (1, 5)]);
    }

    #[test]
    fn a_rack_without_a_whole_gap_is_shared_among_halls() {
        let racks = fill_halls(&[batch(0, 10, 30, 100.0)], 2, 1500.0);
        let found: Vec<(u32, u32)> = racks.iter().map(|rack| (rack.hall, rack.servers)).collect();
        assert_eq!(found, [(0, 10), (0, 5), (1, 10), (1, 5)]);
    }

    proptest! {
        #[test]
        fn every_server_is_placed_and_no_hall_overdraws_by_a_whole_server(
            sizes in prop::collection::vec((1u32..40, 1u64..300, 100.0..8000.0f64), 1..6),
            halls in 1u32..7,
            spare in 1.0..1.5f64,
        ) {
            let mut batches: Vec<Batch> = sizes
                .iter()
                .enumerate()
                .map(|(model, (lot, servers, server_w))| batch(model as u32, *lot, *servers, *server_w))
                .collect();
            batches.sort_by(|a, b| b.server_w.total_cmp(&a.server_w));
            let total_w: f64 = batches.iter().map(|b| b.servers as f64 * b.server_w).sum();
            let hall_it_w = total_w / f64::from(halls) * spare;
            let racks = fill_halls(&batches, halls, hall_it_w);
            let mut drawn_w = vec![0.0; halls as usize];
            let mut placed = vec![0u64; batches.len()];
            let mut largest_w: f64 = 0.0;
            for rack in &racks {
                let entry = batches.iter().find(|b| b.model == rack.model).unwrap();
                drawn_w[rack.hall as usize] += f64::from(rack.servers) * entry.server_w;
                placed[rack.model as usize] += u64::from(rack.servers);
                largest_w = largest_w.max(entry.server_w);
                prop_assert!(rack.servers >= 1 && rack.servers <= entry.lot);
            }
            for entry in &batches {
                prop_assert_eq!(placed[entry.model as usize], entry.servers);
            }
            for drawn in drawn_w {
                prop_assert!(drawn < hall_it_w + largest_w + 1.0);
            }
        }
    }
}
