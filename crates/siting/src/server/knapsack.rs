//! The 0-1 knapsack with whole weights, by dynamic programming over the capacity.

/// Room for one knapsack after the other.
#[derive(Debug, Default)]
pub(crate) struct Knapsack {
    best: Vec<f64>,
    taken: Vec<bool>,
}

impl Knapsack {
    /// Greatest gain of items (gain, weight, label) within `capacity`; `chosen` receives the labels taken. Items
    /// without gain are left; items without weight are taken by the caller.
    pub(crate) fn solve(
        &mut self,
        items: &[(f64, i64, u32)],
        capacity: i64,
        chosen: &mut Vec<u32>,
    ) -> f64 {
        if capacity <= 0 || items.is_empty() {
            return 0.0;
        }
        let weight: i64 = items.iter().map(|item| item.1).sum();
        if weight <= capacity {
            chosen.extend(items.iter().map(|item| item.2));
            return items.iter().map(|item| item.0).sum();
        }
        let size = capacity as usize + 1;
        self.best.clear();
        self.best.resize(size, 0.0);
        self.taken.clear();
        self.taken.resize(size * items.len(), false);
        for (index, &(gain, weight, _)) in items.iter().enumerate() {
            let weight = weight as usize;
            let taken = &mut self.taken[index * size..(index + 1) * size];
            for room in (weight..size).rev() {
                let with = self.best[room - weight] + gain;
                if with > self.best[room] {
                    self.best[room] = with;
                    taken[room] = true;
                }
            }
        }
        let mut room = size - 1;
        for (index, item) in items.iter().enumerate().rev() {
            if self.taken[index * size + room] {
                chosen.push(item.2);
                room -= item.1 as usize;
            }
        }
        self.best[size - 1]
    }
}
