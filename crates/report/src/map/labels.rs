//! Names on a map that do not cover each other or the marks.

/// A box on the paper [px]: left, top, right, bottom.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Area(f64, f64, f64, f64);

impl Area {
    fn overlaps(&self, other: &Self) -> bool {
        self.0 < other.2 && other.0 < self.2 && self.1 < other.3 && other.1 < self.3
    }
}

/// A name that wants a place beside its mark.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    /// Middle of the mark [px].
    pub(crate) at: (f64, f64),
    /// Radius of the mark [px].
    pub(crate) radius: f64,
    /// The name.
    pub(crate) text: String,
    /// A shorter form, taken where the name has no room; a name with one may cover marks rather than be left out.
    pub(crate) short: Option<String>,
    /// Size of the letters [px].
    pub(crate) size: f64,
    /// Class of the style sheet.
    pub(crate) class: &'static str,
}

/// A name in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Placed {
    /// Where its line begins, is centred, or ends [px].
    pub(crate) x: f64,
    /// Its base line [px].
    pub(crate) y: f64,
    /// `start`, `middle` or `end`.
    pub(crate) anchor: &'static str,
    /// The name.
    pub(crate) text: String,
    /// Class of the style sheet.
    pub(crate) class: &'static str,
}

/// Places names in the order of their importance; a name without room is left out.
pub(crate) fn place(
    wishes: &[Wish],
    marks: &[((f64, f64), f64)],
    width: f64,
    height: f64,
) -> Vec<Placed> {
    let marks: Vec<Area> = marks
        .iter()
        .map(|(at, radius)| mark(*at, *radius))
        .collect();
    let mut names: Vec<Area> = Vec::new();
    let mut placed = Vec::new();
    for wish in wishes {
        let own = mark(wish.at, wish.radius);
        let on_paper = |area: &Area| {
            area.0 >= 3.0 && area.1 >= 3.0 && area.2 <= width - 3.0 && area.3 <= height - 3.0
        };
        let find = |text: &str, may_cover: bool| {
            candidates(wish, text).into_iter().find(|(area, ..)| {
                let covers = marks
                    .iter()
                    .any(|other| *other != own && other.overlaps(area));
                on_paper(area)
                    && (may_cover || !covers)
                    && !names.iter().any(|other| other.overlaps(area))
            })
        };
        let short = wish.short.as_deref();
        let fit = [
            Some((wish.text.as_str(), false)),
            short.map(|text| (text, false)),
            short.map(|text| (text, true)),
        ]
        .into_iter()
        .flatten()
        .find_map(|(text, may_cover)| find(text, may_cover).map(|fit| (text, fit)));
        if let Some((text, (area, x, y, anchor))) = fit {
            names.push(area);
            placed.push(Placed {
                x,
                y,
                anchor,
                text: text.to_owned(),
                class: wish.class,
            });
        }
    }
    placed
}

fn mark((x, y): (f64, f64), radius: f64) -> Area {
    Area(x - radius, y - radius, x + radius, y + radius)
}

/// Right, left, above, below, then the corners.
fn candidates(wish: &Wish, text: &str) -> Vec<(Area, f64, f64, &'static str)> {
    let (x, y) = wish.at;
    let width = width(text) * wish.size;
    let (gap, half) = (wish.radius + 4.0, wish.size * 0.36);
    let (up, down) = (y - gap - 1.0, y + gap + wish.size * 0.72);
    let slant = wish.radius * 0.7 + 2.0;
    let lines = [
        (x + gap, y + half, "start"),
        (x - gap, y + half, "end"),
        (x, up, "middle"),
        (x, down, "middle"),
        (x + slant, y - slant, "start"),
        (x + slant, y + slant + wish.size * 0.72, "start"),
        (x - slant, y - slant, "end"),
        (x - slant, y + slant + wish.size * 0.72, "end"),
    ];
    lines
        .into_iter()
        .map(|(x, base, anchor)| {
            let left = match anchor {
                "start" => x,
                "end" => x - width,
                _ => x - width / 2.0,
            };
            let area = Area(
                left - 1.0,
                base - wish.size * 0.85,
                left + width + 1.0,
                base + wish.size * 0.25,
            );
            (area, x, base, anchor)
        })
        .collect()
}

/// Width of a text in sizes of its letters: a guess that errs to the wide side, as bold letters of wide system fonts.
fn width(text: &str) -> f64 {
    const BOLD: f64 = 1.18;
    let letters: f64 = text
        .chars()
        .map(|letter| match letter {
            'i' | 'l' | 'j' | 't' | 'f' | '.' | ',' | '\'' | '|' | ' ' | '\u{a0}' => 0.34,
            'A'..='Z' | 'm' | 'w' | 'М' | 'Ш' | 'Щ' | 'Ж' | 'Ю' => 0.76,
            letter if letter.is_ascii() => 0.58,
            letter if (letter as u32) < 0x1100 => 0.66,
            _ => 1.05,
        })
        .sum();
    letters * BOLD
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(x: f64, y: f64, text: &str) -> Wish {
        Wish {
            at: (x, y),
            radius: 4.0,
            text: text.into(),
            short: None,
            size: 12.0,
            class: "",
        }
    }

    #[test]
    fn names_of_neighbours_go_to_different_sides() {
        let wishes = [wish(100.0, 50.0, "Irkutsk"), wish(112.0, 50.0, "Angarsk")];
        let marks: Vec<_> = wishes.iter().map(|wish| (wish.at, wish.radius)).collect();
        let placed = place(&wishes, &marks, 300.0, 100.0);
        assert_eq!(placed.len(), 2);
        assert_eq!((placed[0].anchor, placed[1].anchor), ("end", "start"));
    }

    #[test]
    fn a_name_with_a_short_form_covers_marks_rather_than_vanish() {
        let mut crowded = wish(50.0, 50.0, "Irkutsk North · 8 MW");
        crowded.short = Some("Irkutsk".into());
        let marks: Vec<_> = (0..100)
            .map(|index| {
                (
                    (f64::from(index % 10) * 11.0, f64::from(index / 10) * 11.0),
                    4.0,
                )
            })
            .collect();
        let placed = place(&[crowded], &marks, 100.0, 100.0);
        assert_eq!(placed[0].text, "Irkutsk");
    }

    #[test]
    fn a_name_without_room_is_left_out() {
        let wishes = vec![wish(20.0, 10.0, "Petropavlovsk-Kamchatsky"); 12];
        assert!(place(&wishes, &[], 60.0, 20.0).is_empty());
    }
}
