//! Who can be served from where: the same for all periods.

use std::ops::Range;

use super::NOBODY;
use crate::instance::Instance;

/// Links by place and neighbours of sites: the same for all periods.
pub(crate) struct Network {
    /// Number of sites; also the number of the site "not served".
    pub(crate) sites: usize,
    starts: Vec<u32>,
    links: Vec<(u32, u32)>,
    neighbours: Vec<Vec<u32>>,
    /// Position of the arc by site from, site to; `NOBODY` for none.
    slots: Vec<u32>,
    /// Where the arcs out of each site begin.
    rows: Vec<usize>,
}

impl Network {
    pub(crate) fn new(instance: &Instance) -> Self {
        let sites = instance.sites.len();
        let mut starts = vec![0_u32; instance.places.len() + 1];
        for link in instance.sites.iter().flat_map(|site| &site.links) {
            starts[link.place as usize + 1] += 1;
        }
        for place in 0..instance.places.len() {
            starts[place + 1] += starts[place];
        }
        let mut fill = starts.clone();
        let mut links = vec![(0, 0); instance.links()];
        for (number, site) in instance.sites.iter().enumerate() {
            for link in &site.links {
                let slot = &mut fill[link.place as usize];
                links[*slot as usize] = (number as u32, link.rate);
                *slot += 1;
            }
        }
        let mut near = vec![false; sites * sites];
        for place in 0..instance.places.len() {
            let row = &links[starts[place] as usize..starts[place + 1] as usize];
            for (a, _) in row {
                for (b, _) in row {
                    near[*a as usize * sites + *b as usize] = true;
                }
            }
        }
        let mut neighbours: Vec<Vec<u32>> = (0..sites)
            .map(|a| {
                (0..sites as u32)
                    .filter(|&b| b as usize != a && near[a * sites + b as usize])
                    .chain([sites as u32])
                    .collect()
            })
            .collect();
        neighbours.push((0..sites as u32).collect());
        let nodes = sites + 1;
        let mut slots = vec![NOBODY; nodes * nodes];
        let mut rows = vec![0];
        let mut count = 0;
        for (a, list) in neighbours.iter().enumerate() {
            for &b in list {
                slots[a * nodes + b as usize] = count as u32;
                count += 1;
            }
            rows.push(count);
        }
        Self {
            sites,
            starts,
            links,
            neighbours,
            slots,
            rows,
        }
    }

    /// Sites in reach of a place, with rates.
    pub(crate) fn links_of(&self, place: u32) -> &[(u32, u32)] {
        let place = place as usize;
        &self.links[self.starts[place] as usize..self.starts[place + 1] as usize]
    }

    /// Sites that share a place with `site`, "not served" included.
    pub(crate) fn neighbours(&self, site: usize) -> &[u32] {
        &self.neighbours[site]
    }

    /// Position of the arc between two sites, if they share a place.
    pub(super) fn slot(&self, from: usize, to: usize) -> Option<usize> {
        let slot = self.slots[from * (self.sites + 1) + to];
        (slot != NOBODY).then_some(slot as usize)
    }

    /// Positions of the arcs out of a site.
    pub(super) fn row(&self, site: usize) -> Range<usize> {
        self.rows[site]..self.rows[site + 1]
    }

    /// Number of arcs.
    pub(super) fn arcs(&self) -> usize {
        self.rows[self.sites + 1]
    }
}
