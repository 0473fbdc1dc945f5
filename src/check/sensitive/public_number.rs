//! Telephone numbers that are public by nature: toll-free numbers, and those at which one rate holds for a whole
//! country. Companies print them; nobody has one at home.
//!
//! The prefixes are those of the national numbering plans, and `+800` is that of ITU-T E.169.1.

/// Prefixes after a country code. A number of North America has ten digits after it.
const ABROAD: [(&str, &[&str]); 17] = [
    ("1", &["800", "833", "844", "855", "866", "877", "888"]),
    ("31", &["800"]),
    ("32", &["800"]),
    // 0 800 to 0 809.
    ("33", &["80"]),
    ("34", &["800", "900"]),
    ("39", &["800", "803"]),
    ("41", &["800"]),
    ("43", &["800"]),
    ("44", &["800", "808"]),
    ("49", &["800"]),
    ("55", &["800"]),
    ("61", &["1300", "1800"]),
    ("65", &["800", "1800"]),
    ("81", &["120", "570", "800"]),
    ("82", &["80"]),
    ("86", &["400", "800"]),
    ("886", &["800", "809"]),
];

/// The digits of an international toll-free number after `+`: 800 and eight more.
const UNIVERSAL: usize = 11;

/// Whether a telephone number is public by nature. A number with an extension leads to one desk, so it is not.
pub(super) fn is_public(number: &str) -> bool {
    if number.chars().any(char::is_alphabetic) {
        return false;
    }
    let groups: Vec<&str> = number.split(|c: char| !c.is_ascii_digit()).filter(|g| !g.is_empty()).collect();
    let digits = groups.concat();
    if number.starts_with('+') {
        return is_public_abroad(&digits);
    }
    let sizes: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let is_british = digits.starts_with("0808") && sizes == [4, 3, 4] && !number.contains(['-', '.']);
    is_british
        || is_public_here(&digits, &sizes)
        || (sizes.len() > 2 && dialled_abroad(&digits).is_some_and(is_public_abroad))
}

/// The number after the digits with which a call abroad begins: `00` in most countries, `010` in Japan, `011` in
/// North America.
fn dialled_abroad(digits: &str) -> Option<&str> {
    ["00", "010", "011"].iter().find_map(|prefix| digits.strip_prefix(prefix))
}

/// Whether the digits after `+` are public. Some write the `0` that is dialled within the country: `+81(0)120`.
fn is_public_abroad(digits: &str) -> bool {
    let has_prefix = |rest: &str, prefixes: &[&str]| prefixes.iter().any(|prefix| rest.starts_with(prefix));
    let in_country = ABROAD.iter().any(|(country, prefixes)| {
        digits.strip_prefix(country).is_some_and(|rest| {
            let has_length = *country != "1" || rest.len() == 10;
            has_length && has_prefix(rest.strip_prefix('0').unwrap_or(rest), prefixes)
        })
    });
    in_country || (digits.starts_with("800") && digits.len() == UNIVERSAL)
}

/// Whether a number is public as it is dialled within a country. The digits alone cannot tell which country that
/// is, so a form that could be a mobile number of Japan (`080-1234-5678`) is not public.
fn is_public_here(digits: &str, sizes: &[usize]) -> bool {
    let first = sizes.first().copied().unwrap_or_default();
    let begins = |prefixes: &[&str]| prefixes.iter().any(|prefix| digits.starts_with(prefix));
    let national = digits.strip_prefix('1').filter(|_| digits.len() == 11).unwrap_or(digits);
    // Carriers of Japan: 0077-xx-xxxx, 0088-xx-xxxx. Before the `0` of an area, the carrier is only chosen.
    let carrier = |prefix: &str| {
        first == prefix.len() && digits.strip_prefix(prefix).is_some_and(|rest| !rest.starts_with('0'))
    };
    match digits.len() {
        _ if ["0077", "0088", "00531"].into_iter().any(carrier) => true,
        // No mobile number of Japan begins with 0800, and no area code with 0120 or 0570.
        9..=11 if begins(&["0120", "0570", "0800"]) => first == 4 || sizes.len() == 1,
        10 if begins(&["0809", "0805"]) => first == 4,
        10 if begins(&["080"]) => matches!(sizes, [3, 3, 4]),
        10 if begins(&["1300", "1800"]) => first == 4,
        10 if begins(&["400"]) => true,
        10 | 11 => ABROAD[0].1.iter().any(|prefix| national.len() == 10 && national.starts_with(prefix)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_public;

    #[test]
    fn numbers_for_everybody_are_public() {
        for number in [
            "0120-123-456",
            "0120 12 3456",
            "0120123456",
            "0800-123-4567",
            "08001234567",
            "0570-012-345",
            "0077-72-1234",
            "0088-22-1234",
            "00531-12-3456",
            "+81 120 123 456",
            "+81-570-012-345",
            "+81(0)120-123-456",
            "0081-120-123-456",
            "010-81-120-123-456",
            "1-800-555-0199",
            "(888) 555-0199",
            "8005550199",
            "+1 833 555 0199",
            "+18445550199",
            "+44 800 123 4567",
            "+44 (0)808 157 0192",
            "0800 123 4567",
            "0808 157 0192",
            "+49 800 1234567",
            "0800 1234567",
            "+33 805 12 34 56",
            "0805 12 34 56",
            "080-123-4567",
            "400-123-4567",
            "1800 123 456",
            "+800 1234 5678",
        ] {
            assert!(is_public(number), "{number}");
        }
    }

    #[test]
    fn numbers_of_people_and_of_one_desk_are_not() {
        for number in [
            "03-1234-5678",
            "080-0123-4567",
            "080-1234-5678",
            "08081234567",
            "0808-123-4567",
            "090-1234-5678",
            "+81 80 1234 5678",
            "+81 3 1234 5678",
            "+1 555 123 4567",
            "555-123-4567",
            "+44 20 7946 0958",
            "020 7946 0958",
            "+49 151 23456789",
            "0077-03-1234-5678",
            "0088-090-1234-5678",
            "0044 20 7946 0958",
            "+66 80 123 4567",
            "0120-123-456 内線 1234",
            "1-800-555-0199 ext. 89",
        ] {
            assert!(!is_public(number), "{number}");
        }
    }
}
