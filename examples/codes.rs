//! Writes the list of codes for `docs/codes.md`: `cargo run --example codes > docs/codes.md`.

fn main() {
    print!("{}", noroshi::internals::diagnostic::codes::document());
}
