//! What it computes: a plan from which no single site's path can be improved, and then exchanges: one site gives up
//! its path, its neighbours answer, and the exchange stays if the whole became cheaper.
//!
//! Assumptions: sites farther than the nearest few do not gain from what one site gives up.
//!
//! Valid range: any fleet; the value never rises.
//!
//! References: Jacobsen, "Heuristics for the capacitated plant location model", EJOR 12 (1983), for exchanges.

use super::fleet::Fleet;

/// Neighbours that may answer an exchange.
const ANSWERS: usize = 4;

/// Nearest places of a closed site by which it finds whom it could replace.
const NEAR: usize = 20;
/// Sites that a closed site could replace.
const TAKEOVERS: usize = 3;

/// A site tried in vain is tried again when it hopes for this much more.
const VAIN: f64 = 1.05;

impl Fleet<'_> {
    /// Improves single sites, the most promising first, until none can be improved or `stop` says so.
    pub(crate) fn descend(&mut self, stop: &mut dyn FnMut(&Self) -> bool) {
        // What a site hoped for when it was tried in vain; not tried again for the same.
        let mut vain = vec![0.0; self.instance.sites.len()];
        let sites: Vec<usize> = (0..vain.len()).collect();
        loop {
            let mut order: Vec<(f64, usize)> = self
                .potentials(&sites)
                .into_iter()
                .enumerate()
                .filter(|(site, saving)| *saving > 0.5 && *saving > vain[*site] * VAIN)
                .map(|(site, saving)| (saving, site))
                .collect();
            order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut improved = false;
            for (saving, site) in order {
                let helped = self.improve(site);
                vain[site] = if helped { 0.0 } else { saving };
                improved |= helped;
                if stop(self) {
                    return;
                }
            }
            if !improved {
                return;
            }
        }
    }

    /// One exchange around `site`: it takes `path`, its neighbours answer. Kept only if cheaper; says whether it was.
    pub(crate) fn exchange(&mut self, site: usize, path: &[u8]) -> bool {
        let before = self.clone();
        self.force(site, path);
        let near: Vec<usize> = self
            .network
            .neighbours(site)
            .iter()
            .map(|&b| b as usize)
            .filter(|&b| b < self.network.sites)
            .collect();
        let mut answers: Vec<(f64, usize)> = self
            .potentials(&near)
            .into_iter()
            .zip(near)
            .filter(|(saving, _)| *saving > 0.5)
            .collect();
        answers.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        // What the answers hope for is the most they can give back, and they share it.
        let hope = answers.first().map_or(0.0, |answer| answer.0);
        let loss = (self.value() - before.value()) as f64;
        if loss > hope {
            *self = before;
            return false;
        }
        for (_, answer) in answers.into_iter().take(ANSWERS) {
            self.improve(answer);
        }
        self.improve(site);
        if self.value() < before.value() {
            return true;
        }
        *self = before;
        false
    }

    /// Paths of a closed site that would do what the open sites do that serve the places nearest to it.
    fn takeovers(&self, number: usize) -> Vec<Vec<u8>> {
        let site = &self.instance.sites[number];
        let Some(last) = self.periods.last() else {
            return Vec::new();
        };
        let near: Vec<u32> = site
            .links
            .iter()
            .take(NEAR)
            .map(|link| link.place)
            .collect();
        let mut serving: Vec<(usize, usize)> = last.shares[..self.network.sites]
            .iter()
            .enumerate()
            .map(|(other, shares)| {
                let here = shares.iter().filter(|share| near.contains(&share.place));
                (here.count(), other)
            })
            .filter(|&(count, _)| count > 0)
            .collect();
        serving.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let least = |capacity: i64| {
            let level = (0..site.levels.len()).find(|&level| site.capacity_kw(level) >= capacity);
            level.unwrap_or(site.levels.len()) as u8
        };
        serving
            .into_iter()
            .take(TAKEOVERS)
            .map(|(_, other)| {
                let levels = self.path(other).iter();
                levels
                    .map(|&level| least(self.instance.sites[other].capacity_kw(level.into())))
                    .collect()
            })
            .collect()
    }

    /// Other paths worth forcing on a site: never open, one level lower, one higher, a period later, one earlier; and for a
    /// closed one, those of sites that it could replace.
    pub(crate) fn alternatives(&self, number: usize) -> Vec<Vec<u8>> {
        let site = &self.instance.sites[number];
        let path = self.path(number);
        let top = site.levels.len() as u8;
        let shifted = |later: bool| -> Vec<u8> {
            (0..path.len())
                .map(|t| match (later, t) {
                    (true, 0) => site.initial as u8,
                    (true, _) => path[t - 1],
                    (false, _) => path[(t + 1).min(path.len() - 1)],
                })
                .collect()
        };
        let mut others = vec![
            vec![site.initial as u8; path.len()],
            path.iter().map(|level| level.saturating_sub(1)).collect(),
            path.iter().map(|level| (level + 1).min(top)).collect(),
            shifted(true),
            shifted(false),
        ];
        if path.iter().all(|&level| level == 0) {
            others.extend(self.takeovers(number));
        }
        others.dedup();
        others
            .retain(|other| other != path && self.model.sites[number].path_cost(other).is_finite());
        others
    }
}
