//! Reads mails with a parser that knows nothing of noroshi, for `tests/channels`: `mails FILE…` writes a line of JSON for each.

use mail_parser::{Message, MessageParser};
use serde_json::json;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for file in std::env::args_os().skip(1) {
        let bytes = std::fs::read(&file)?;
        let mail = MessageParser::default().parse(&bytes).ok_or("this is not a mail")?;
        println!("{}", told(&mail));
    }
    Ok(())
}

fn told(mail: &Message<'_>) -> serde_json::Value {
    let from = mail.from().and_then(|from| from.first());
    json!({
        "id": mail.message_id(),
        "subject": mail.subject(),
        "from": from.and_then(|from| from.name()),
        "references": mail.references().as_text_list(),
        "text": mail.body_text(0).map(|text| text.replace("\r\n", "\n")),
        "html": mail.body_html(0).map(|html| html.replace("\r\n", "\n")),
        "parts": [mail.text_body_count(), mail.html_body_count(), mail.attachment_count()],
    })
}
