//! Colours in a theme, and how different they look.

use std::fmt;

/// An sRGB colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Colour(pub u8, pub u8, pub u8);

impl Colour {
    /// Parses `#rgb` or `#rrggbb`. Contrast cannot be computed for other CSS colours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#').filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let part = |from: usize, to: usize| u8::from_str_radix(&digits[from..to], 16).ok();
        match digits.len() {
            3 => Some(Colour(part(0, 1)? * 17, part(1, 2)? * 17, part(2, 3)? * 17)),
            6 => Some(Colour(part(0, 2)?, part(2, 4)?, part(4, 6)?)),
            _ => None,
        }
    }

    /// Red, green and blue as linear light, from 0 to 1 (IEC 61966-2-1).
    fn linear(self) -> [f64; 3] {
        [self.0, self.1, self.2].map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// The relative luminance (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
    #[must_use]
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

/// Writes the shortest CSS form.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Colour(red, green, blue) = *self;
        if [red, green, blue].iter().all(|part| part % 17 == 0) {
            return write!(f, "#{:x}{:x}{:x}", red / 17, green / 17, blue / 17);
        }
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
pub(super) mod seen {
    //! Simulates colour vision deficiencies.

    use super::Colour;

    /// The kinds of colour vision: Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
    pub(crate) const EYES: [(&str, [[f64; 3]; 3]); 4] = [
        ("trichromacy", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
        (
            "protanopia",
            [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
        ),
        (
            "deuteranopia",
            [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
        ),
        (
            "tritanopia",
            [
                [1.255_528, -0.076_749, -0.178_779],
                [-0.078_411, 0.930_809, 0.147_602],
                [0.004_733, 0.691_367, 0.303_900],
            ],
        ),
    ];

    fn times(matrix: &[[f64; 3]; 3], v: [f64; 3]) -> [f64; 3] {
        [0, 1, 2].map(|row: usize| matrix[row][0] * v[0] + matrix[row][1] * v[1] + matrix[row][2] * v[2])
    }

    fn oklab(linear: [f64; 3]) -> [f64; 3] {
        const LMS: [[f64; 3]; 3] = [
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ];
        const LAB: [[f64; 3]; 3] = [
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ];
        times(&LAB, times(&LMS, linear).map(f64::cbrt))
    }

    /// The distance of two colours in `OKLab`, as seen with a given colour vision.
    pub(crate) fn distance(eyes: &[[f64; 3]; 3], one: Colour, two: Colour) -> f64 {
        let seen = |colour: Colour| oklab(times(eyes, colour.linear()).map(|part| part.clamp(0.0, 1.0)));
        let (one, two) = (seen(one), seen(two));
        (0..3).map(|at| (one[at] - two[at]).powi(2)).sum::<f64>().sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_forms_are_read_and_no_other() {
        assert_eq!(Colour::parse("#fA0"), Some(Colour(255, 170, 0)));
        assert_eq!(Colour::parse("#0b0E11"), Some(Colour(11, 14, 17)));
        for text in ["", "#", "fff", "#ff", "#ffff", "#ggg", "#+ff", "red", "#ffffff00", "#é1"] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
        assert_eq!(Colour(255, 170, 0).to_string(), "#fa0");
        assert_eq!(Colour(11, 14, 17).to_string(), "#0b0e11");
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let ratio = |one: &str, two: &str| {
            let colour = |text| Colour::parse(text).expect("a colour");
            (colour(one).contrast(colour(two)) * 100.0).round() / 100.0
        };
        assert_eq!((ratio("#000", "#fff"), ratio("#fff", "#fff")), (21.0, 1.0));
        // The lightest grey that passes as text on white, and the first that fails.
        assert_eq!((ratio("#767676", "#fff"), ratio("#777", "#fff")), (4.54, 4.48));
    }
}
