//! Quantities: a number in the base unit, or a text with a unit.

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dimension {
    /// Nothing [1].
    Plain,
    /// Speed of a processor [MHz].
    Frequency,
    /// Memory [MiB].
    Memory,
    /// Bandwidth [Kibit/s].
    Bandwidth,
    /// Power [W].
    Power,
    /// Energy [kWh].
    Energy,
    /// Time [ms].
    Time,
    /// Time, plain numbers being seconds [s].
    Seconds,
}

impl Dimension {
    /// Units with their size in the base unit, the base unit first.
    fn units(self) -> &'static [(&'static str, f64)] {
        const KI: f64 = 1024.0;
        match self {
            Self::Plain => &[],
            Self::Frequency => &[
                ("MHz", 1.0),
                ("GHz", 1e3),
                ("kHz", 1e-3),
                ("Hz", 1e-6),
                ("THz", 1e6),
            ],
            Self::Memory => &[
                ("MiB", 1.0),
                ("GiB", KI),
                ("TiB", KI * KI),
                ("KiB", 1.0 / KI),
                ("B", 1.0 / (KI * KI)),
                ("MB", 1e6 / (KI * KI)),
                ("GB", 1e9 / (KI * KI)),
                ("TB", 1e12 / (KI * KI)),
                ("KB", 1e3 / (KI * KI)),
            ],
            Self::Bandwidth => &[
                ("Kibps", 1.0),
                ("Mibps", KI),
                ("Gibps", KI * KI),
                ("bps", 1.0 / KI),
                ("Kbps", 1e3 / KI),
                ("Mbps", 1e6 / KI),
                ("Gbps", 1e9 / KI),
            ],
            Self::Power => &[
                ("W", 1.0),
                ("Watts", 1.0),
                ("kW", 1e3),
                ("KWatts", 1e3),
                ("mW", 1e-3),
                ("MW", 1e6),
            ],
            Self::Energy => &[
                ("kWh", 1.0),
                ("KWh", 1.0),
                ("Wh", 1e-3),
                ("MWh", 1e3),
                ("J", 1.0 / 3.6e6),
                ("MJ", 1.0 / 3.6),
            ],
            Self::Time => &[
                ("ms", 1.0),
                ("s", 1e3),
                ("sec", 1e3),
                ("min", 6e4),
                ("h", 3.6e6),
                ("hours", 3.6e6),
                ("d", 8.64e7),
                ("days", 8.64e7),
            ],
            Self::Seconds => &[
                ("s", 1.0),
                ("sec", 1.0),
                ("ms", 1e-3),
                ("min", 60.0),
                ("h", 3600.0),
                ("d", 86400.0),
            ],
        }
    }

    /// What to say about the unit where a number is expected.
    pub(crate) fn hint(self) -> String {
        self.units().first().map_or_else(String::new, |(unit, _)| {
            format!(" [{unit}], or a text with a unit,")
        })
    }
}

impl Dimension {
    /// Whether a text is a number without the unit that it must have; zero needs none.
    pub(super) fn lacks_unit(self, text: &str) -> bool {
        let is_bare = text.trim().parse::<f64>().is_ok_and(|number| number != 0.0);
        is_bare && !self.units().is_empty()
    }

    /// What is expected of an amount with its unit.
    pub(super) fn expected(self, least: f64, most: f64) -> String {
        let (what, example) = match self {
            Self::Plain => return format!("a number from {least} to {most}"),
            Self::Frequency => ("a speed", "2.1 GHz"),
            Self::Memory => ("an amount of memory", "64 GiB"),
            Self::Bandwidth => ("a bandwidth", "10 Gbps"),
            Self::Power => ("a power", "50 W"),
            Self::Energy => ("an energy", "5 kWh"),
            Self::Time | Self::Seconds => ("a length of time", "5 min"),
        };
        let unit = self.units()[0].0;
        format!("{what} with its unit, such as {example}, from {least} to {most} {unit}")
    }
}

/// The number of a text such as `2.1 GHz` in the base unit of its dimension.
pub(crate) fn parse_quantity(text: &str, dimension: Dimension) -> Option<f64> {
    let text = text.trim();
    let unit_from = text
        .find(|letter: char| {
            !(letter.is_ascii_digit() || matches!(letter, '.' | '-' | '+' | 'e' | 'E' | '_'))
        })
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_from);
    let number: f64 = number.trim().replace('_', "").parse().ok()?;
    let unit = unit.trim();
    if unit.is_empty() {
        return Some(number);
    }
    let units = dimension.units();
    let exact = units.iter().find(|(name, _)| *name == unit);
    let (_, size) = exact.or_else(|| {
        // Case is forgiven where it cannot mean two things.
        let mut alike = units
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(unit));
        alike.next().filter(|_| alike.next().is_none())
    })?;
    Some(number * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_with_units_are_read_in_the_base_unit() {
        assert_eq!(
            parse_quantity("2.1 GHz", Dimension::Frequency),
            Some(2100.0)
        );
        assert_eq!(parse_quantity("100000", Dimension::Memory), Some(100_000.0));
        assert_eq!(parse_quantity("2 GiB", Dimension::Memory), Some(2048.0));
        assert_eq!(parse_quantity("1.5kW", Dimension::Power), Some(1500.0));
        assert_eq!(parse_quantity("5 min", Dimension::Time), Some(300_000.0));
        assert_eq!(parse_quantity("5 parsec", Dimension::Time), None);
        assert_eq!(parse_quantity("fast", Dimension::Frequency), None);
        // Milliwatt and megawatt differ by their case only.
        assert_eq!(parse_quantity("5 Mw", Dimension::Power), None);
        assert_eq!(parse_quantity("5 ghz", Dimension::Frequency), Some(5000.0));
    }
}
