//! A small chart of a quantity over time, drawn with blocks of an eighth.

use super::scale;

/// Lines of the chart.
const HEIGHT: usize = 8;
/// Columns beyond which a wider chart tells nothing more.
const WIDTH_MAX: usize = 128;
/// Blocks from none to full.
const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// What is drawn.
pub(super) struct Chart<'a> {
    /// Start of each bin [ms] and value in it; all bins are equally wide.
    pub(super) points: &'a [(i64, f64)],
    /// Width of a bin [ms].
    pub(super) bin_ms: i64,
    /// Words below the left and the right end of the axis.
    pub(super) ends: [String; 2],
    /// Columns of the terminal.
    pub(super) width: usize,
}

impl Chart<'_> {
    /// The lines, without line ends; none where there is nothing to draw.
    pub(super) fn lines(&self) -> Vec<String> {
        let largest = self
            .points
            .iter()
            .map(|(_, value)| *value)
            .fold(0.0, f64::max);
        if self.points.is_empty() || !largest.is_finite() {
            return Vec::new();
        }
        // The label of a mean is at most as long as that of the largest value, but for digits behind the point.
        let label_max = scale::short(largest).chars().count().max(6);
        let room = self
            .width
            .saturating_sub(label_max + 4)
            .clamp(10, WIDTH_MAX);
        let means = self.means(room);
        let most = means.iter().copied().fold(0.0, f64::max);
        let top = scale::short(most);
        let label = top.chars().count().max(1);
        let heights = heights(&means, most);
        let mut lines = Vec::new();
        for row in (0..HEIGHT).rev() {
            let mark = match row {
                _ if row + 1 == HEIGHT => top.as_str(),
                _ => "",
            };
            let bars: String = heights
                .iter()
                .map(|height| BLOCKS[height.saturating_sub(row * 8).min(8)])
                .collect();
            lines.push(format!("  {mark:>label$} ┤{}", bars.trim_end()));
        }
        lines.push(format!("  {:>label$} └{}", "0", "─".repeat(room)));
        let [left, right] = &self.ends;
        let used = left.chars().count() + right.chars().count();
        let gap = (room + 1).saturating_sub(used).max(2);
        lines.push(format!("  {:label$} {left}{}{right}", "", " ".repeat(gap)));
        lines
    }

    /// Mean of the bins that each column covers.
    fn means(&self, columns: usize) -> Vec<f64> {
        let bins = self.points.len();
        (0..columns)
            .map(|column| {
                // A column covers the bins from `from` to `to`, in parts of a column.
                let (from, to) = (column * bins, (column + 1) * bins);
                let mut sum = 0.0;
                for bin in from / columns..bins.min(to.div_ceil(columns)) {
                    let overlap = to.min((bin + 1) * columns) - from.max(bin * columns);
                    sum += self.points[bin].1 * overlap as f64;
                }
                sum / bins as f64
            })
            .collect()
    }

    /// Width of a bin in words.
    pub(super) fn bin(&self) -> String {
        super::clock::length(self.bin_ms as f64 / 1_000.0)
    }
}

/// Height of each column [eighths of a line]. What is there is seen.
fn heights(means: &[f64], most: f64) -> Vec<usize> {
    let full = HEIGHT * 8;
    let height = |mean: &f64| {
        let height = (mean / most * full as f64).round() as usize;
        height.clamp(usize::from(*mean > 0.0), full)
    };
    means.iter().map(height).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(points: &[(i64, f64)], width: usize) -> Vec<String> {
        Chart {
            points,
            bin_ms: 60_000,
            ends: ["start".to_owned(), "end".to_owned()],
            width,
        }
        .lines()
    }

    #[test]
    fn a_ramp_rises_from_the_axis_to_the_top() {
        let points: Vec<(i64, f64)> = (1..=16).map(|step| (step, step as f64)).collect();
        let lines = chart(&points, 26);
        assert_eq!(
            lines,
            [
                "  16 ┤              ▄█",
                "     ┤            ▄███",
                "     ┤          ▄█████",
                "     ┤        ▄███████",
                "     ┤      ▄█████████",
                "     ┤    ▄███████████",
                "     ┤  ▄█████████████",
                "     ┤▄███████████████",
                "   0 └────────────────",
                "     start         end",
            ]
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal_and_little_is_still_seen() {
        let points = [(0, 0.001), (1, 0.0), (2, 1_000_000.0)];
        for width in [30, 60, 100, 300] {
            let lines = chart(&points, width);
            assert!(lines.iter().all(|line| line.chars().count() <= width));
            assert!(lines[HEIGHT - 1].contains("┤▁"), "{lines:?}");
        }
    }

    #[test]
    fn nothing_to_draw_is_no_chart() {
        assert!(chart(&[], 80).is_empty());
        assert_eq!(chart(&[(0, 0.0)], 80).len(), HEIGHT + 2);
    }
}
