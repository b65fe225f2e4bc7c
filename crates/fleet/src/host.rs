//! Hosts, one row each.

/// Columns of the hosts, in the order site, hall, rack.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hosts {
    /// Index into [`crate::Fleet::models`].
    pub model: Vec<u32>,
    /// Row of the scenario's sites.
    pub site: Vec<u32>,
    /// Row of [`crate::Halls`].
    pub hall: Vec<u32>,
    /// Row of [`crate::Racks`].
    pub rack: Vec<u32>,
}

impl Hosts {
    /// Number of hosts.
    pub fn len(&self) -> usize {
        self.model.len()
    }

    /// True where there is no host.
    pub fn is_empty(&self) -> bool {
        self.model.is_empty()
    }

    pub(crate) fn push(&mut self, model: u32, site: u32, hall: u32, rack: u32) {
        self.model.push(model);
        self.site.push(site);
        self.hall.push(hall);
        self.rack.push(rack);
    }
}
