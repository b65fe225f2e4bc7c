//! The cheapest moves from one site to another: a few of them, so that the next is at hand when one is used up.

/// Moves kept.
const KEPT: usize = 4;

/// The cheapest moves between two sites, cheapest first.
#[derive(Clone, Copy, Default)]
pub(super) struct Arc {
    cost: [i64; KEPT],
    place: [u32; KEPT],
    len: u8,
    /// Whether dearer moves exist that are not kept.
    more: bool,
}

impl Arc {
    /// The cheapest move: cost and place.
    pub(super) fn first(&self) -> Option<(i64, u32)> {
        (self.len > 0).then(|| (self.cost[0], self.place[0]))
    }

    /// Learns of a move.
    pub(super) fn insert(&mut self, cost: i64, place: u32) {
        let mut len = usize::from(self.len);
        let last = len.checked_sub(1);
        let beyond = last.is_some_and(|last| (cost, place) > (self.cost[last], self.place[last]));
        if (self.more || len == KEPT) && (beyond || len == 0) {
            self.more = true;
            return;
        }
        if len == KEPT {
            self.more = true;
            len -= 1;
        }
        let mut at = len;
        while at > 0 && (cost, place) < (self.cost[at - 1], self.place[at - 1]) {
            self.cost[at] = self.cost[at - 1];
            self.place[at] = self.place[at - 1];
            at -= 1;
        }
        self.cost[at] = cost;
        self.place[at] = place;
        self.len = len as u8 + 1;
    }

    /// Forgets a move; false when others exist but none is at hand any more.
    pub(super) fn remove(&mut self, place: u32) -> bool {
        let len = usize::from(self.len);
        if let Some(at) = self.place[..len].iter().position(|known| *known == place) {
            self.cost.copy_within(at + 1..len, at);
            self.place.copy_within(at + 1..len, at);
            self.len -= 1;
        }
        self.len > 0 || !self.more
    }
}
