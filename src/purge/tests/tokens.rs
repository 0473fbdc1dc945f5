//! What Cloudflare says of a token that it does not accept, and the way out of each.

use super::*;

#[test]
fn a_wrong_token_and_one_without_the_permission_have_their_own_way_out() {
    let refusal = |status: u16, code: i64, message: &str| {
        let error = json!({ "code": code, "message": message });
        reply(status, json!({ "success": false, "errors": [error] }).to_string())
    };
    for (answer, said, help) in [
        (
            refusal(400, 6003, "Invalid request headers"),
            "Invalid request headers (code 6003)",
            "copy it again",
        ),
        (refusal(403, 9109, "Invalid access token"), "Invalid access token (code 9109)", "copy it again"),
        (
            refusal(401, 10000, "Authentication error"),
            "Authentication error (code 10000)",
            "the Global API Key",
        ),
        (refusal(403, 10000, "Authentication error"), "(403)", "Cache Purge → Purge for this zone"),
        (
            refusal(404, 7003, "Could not route"),
            "Could not route (code 7003)",
            "zone ID on the overview page",
        ),
    ] {
        let server = Server::new(move |_, _| answer.clone());
        let error = purge(&cloudflare(), &list(1), &secrets(), &server).0.expect_err("a refusal");
        assert!(error.message.contains(said) && error.help.contains(help), "{error} {}", error.help);
    }
}
