//! What the parser of YAML says of a text that it cannot read, as messages.
//!
//! The English texts are the words of the parser. A fault that is not known here stays in these words.

use granit_parser::ErrorKind;

use crate::message::{Message, message};

pub(super) fn explained(kind: &ErrorKind) -> Message {
    of_collections(kind)
        .or_else(|| of_keys(kind))
        .or_else(|| of_blanks(kind))
        .or_else(|| of_quotes(kind))
        .or_else(|| of_text(kind))
        .or_else(|| of_documents(kind))
        .unwrap_or_else(|| message!("document-fault-other", "{words}", words = kind.to_string()))
}

/// The faults of lists and mappings, with and without brackets.
fn of_collections(kind: &ErrorKind) -> Option<Message> {
    Some(match kind {
        ErrorKind::UnexpectedEofFlowSequence => {
            message!("document-fault-end-in-list", "unexpected EOF while parsing a flow sequence")
        }
        ErrorKind::UnexpectedEofFlowMapping => {
            message!("document-fault-end-in-map", "unexpected EOF while parsing a flow mapping")
        }
        ErrorKind::UnexpectedEofImplicitFlowMapping => {
            message!("document-fault-end-in-pair", "unexpected EOF while parsing an implicit flow mapping")
        }
        ErrorKind::UnexpectedEofBlockSequence => {
            message!("document-fault-end-in-items", "unexpected EOF while parsing a block sequence")
        }
        ErrorKind::UnexpectedEofBlockMapping => {
            message!("document-fault-end-in-lines", "unexpected EOF while parsing a block mapping")
        }
        ErrorKind::UnexpectedEof => message!("document-fault-end", "unexpected eof"),
        ErrorKind::ExpectedFlowMappingSeparator => message!(
            "document-fault-map-separator",
            "while parsing a flow mapping, did not find expected ',' or '}}'"
        ),
        ErrorKind::ExpectedFlowSequenceSeparator => {
            message!("document-fault-list-separator", "while parsing a flow sequence, expected ',' or ']'")
        }
        ErrorKind::ExpectedBlockSequenceEntry => message!(
            "document-fault-item",
            "while parsing a block collection, did not find expected '-' indicator"
        ),
        ErrorKind::MisplacedFlowCollectionEnd => {
            message!("document-fault-closing-bracket", "misplaced bracket")
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => message!(
            "document-fault-other-bracket",
            "mismatched bracket '{open}' closed by '{close}'",
            open,
            close
        ),
        ErrorKind::UnclosedFlowCollection { open } => {
            message!("document-fault-unclosed-bracket", "unclosed bracket '{open}'", open)
        }
        ErrorKind::RecursionLimitExceeded => {
            message!("document-fault-too-deep", "recursion limit exceeded")
        }
        ErrorKind::BlockEntryInFlowCollection => {
            message!("document-fault-item-in-brackets", "\"-\" is only valid inside a block")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => message!(
            "document-fault-item-not-allowed",
            "block sequence entries are not allowed in this context"
        ),
        ErrorKind::InvalidBlockEntryWhitespace => {
            message!("document-fault-item-blank", "'-' must be followed by a valid YAML whitespace")
        }
        _ => return None,
    })
}

/// The faults of keys, colons and values.
fn of_keys(kind: &ErrorKind) -> Option<Message> {
    Some(match kind {
        ErrorKind::ExpectedNodeContent => {
            message!("document-fault-no-value", "while parsing a node, did not find expected node content")
        }
        ErrorKind::ExpectedBlockMappingKey => {
            message!("document-fault-no-key", "while parsing a block mapping, did not find expected key")
        }
        ErrorKind::SimpleKeyExpected => {
            message!("document-fault-no-colon", "simple key expected ':'")
        }
        ErrorKind::InvalidSimpleKey => {
            message!("document-fault-long-key", "simple key is no longer valid")
        }
        ErrorKind::MappingKeyNotAllowed => {
            message!("document-fault-key-not-allowed", "mapping keys are not allowed in this context")
        }
        ErrorKind::MappingValueNotAllowed => {
            message!("document-fault-value-not-allowed", "mapping values are not allowed in this context")
        }
        ErrorKind::FlowMappingValueAdjacentCollection => message!(
            "document-fault-colon-before-bracket",
            "':' may not precede any of `[{{` in flow mapping"
        ),
        ErrorKind::InvalidMappingValueWhitespace => {
            message!("document-fault-colon-blank", "':' must be followed by a valid YAML whitespace")
        }
        ErrorKind::InvalidColonPlacement => {
            message!("document-fault-colon", "illegal placement of ':' indicator")
        }
        _ => return None,
    })
}

/// The faults of indents, tabs, blanks and comments.
fn of_blanks(kind: &ErrorKind) -> Option<Message> {
    Some(match kind {
        ErrorKind::InvalidIndentation => message!("document-fault-indent", "invalid indentation"),
        ErrorKind::InvalidFlowScalarIndent => {
            message!("document-fault-indent-in-brackets", "invalid indentation in flow construct")
        }
        ErrorKind::InvalidQuotedScalarIndent => {
            message!("document-fault-indent-in-quotes", "invalid indentation in multiline quoted scalar")
        }
        ErrorKind::InvalidBlockScalarIndent => {
            message!("document-fault-indent-of-text", "wrongly indented line in block scalar")
        }
        ErrorKind::TabInIndentation => {
            message!("document-fault-tab-indent", "tab cannot be used as indentation")
        }
        ErrorKind::TabNotAllowed => message!("document-fault-tab", "tabs disallowed in this context"),
        ErrorKind::TabInBlockIndentation => {
            message!("document-fault-tab-in-block", "tabs disallowed within this context (block indentation)")
        }
        ErrorKind::TabAtBlockScalarStart => {
            message!("document-fault-tab-first", "a block scalar content cannot start with a tab")
        }
        ErrorKind::TabInPlainScalar => {
            message!("document-fault-tab-in-text", "while scanning a plain scalar, found a tab")
        }
        ErrorKind::ExpectedWhitespace => message!("document-fault-blank", "expected whitespace"),
        ErrorKind::CommentInterceptedScalar => {
            message!("document-fault-comment-in-text", "comment intercepting the multiline text")
        }
        ErrorKind::CommentNotSeparated => message!(
            "document-fault-comment-blank",
            "comments must be separated from other tokens by whitespace"
        ),
        _ => return None,
    })
}

/// The faults of text in quotes.
fn of_quotes(kind: &ErrorKind) -> Option<Message> {
    Some(match kind {
        ErrorKind::UnclosedQuotedScalar => message!("document-fault-unclosed-quote", "unclosed quote"),
        ErrorKind::DocumentIndicatorInQuotedScalar => message!(
            "document-fault-document-in-quotes",
            "while scanning a quoted scalar, found unexpected document indicator"
        ),
        ErrorKind::InvalidTrailingSingleQuotedScalar => message!(
            "document-fault-after-single-quotes",
            "invalid trailing content after single-quoted scalar"
        ),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => message!(
            "document-fault-after-double-quotes",
            "invalid trailing content after double-quoted scalar"
        ),
        ErrorKind::UnknownQuotedScalarEscape => {
            message!("document-fault-escape", "while parsing a quoted scalar, found unknown escape character")
        }
        ErrorKind::InvalidQuotedScalarHexEscape => message!(
            "document-fault-escape-number",
            "while parsing a quoted scalar, did not find expected hexadecimal number"
        ),
        ErrorKind::InvalidLowSurrogateHexEscape => message!(
            "document-fault-surrogate-number",
            "while parsing a quoted scalar, did not find expected hexadecimal number for low surrogate"
        ),
        ErrorKind::InvalidLowSurrogate => message!(
            "document-fault-surrogate-second",
            "while parsing a quoted scalar, found invalid low surrogate"
        ),
        ErrorKind::MissingLowSurrogate => message!(
            "document-fault-surrogate-missing",
            "while parsing a quoted scalar, found high surrogate without following low surrogate"
        ),
        ErrorKind::UnpairedLowSurrogate => message!(
            "document-fault-surrogate-alone",
            "while parsing a quoted scalar, found unpaired low surrogate"
        ),
        ErrorKind::InvalidUnicodeEscape => message!(
            "document-fault-escape-character",
            "while parsing a quoted scalar, found invalid Unicode character escape code"
        ),
        _ => return None,
    })
}

/// The faults of text without quotes, and of text below `|` and `>`.
fn of_text(kind: &ErrorKind) -> Option<Message> {
    Some(match kind {
        ErrorKind::ZeroBlockScalarIndent => message!(
            "document-fault-zero-indent",
            "while scanning a block scalar, found an indentation indicator equal to 0"
        ),
        ErrorKind::InvalidBlockScalarHeader => message!(
            "document-fault-after-sign",
            "while scanning a block scalar, did not find expected comment or line break"
        ),
        ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            message!("document-fault-dash-bracket", "plain scalar cannot start with '-' followed by ,[]{{}}")
        }
        ErrorKind::UnexpectedEndOfPlainScalar => {
            message!("document-fault-end-of-text", "unexpected end of plain scalar")
        }
        ErrorKind::UnexpectedCharacter { character } => {
            let character = character.escape_default().to_string();
            message!("document-fault-character", "unexpected character: `{character}'", character)
        }
        ErrorKind::BomInsideDocument => {
            message!("document-fault-bom", "a BOM must not appear inside a document")
        }
        ErrorKind::UnknownAnchor => {
            message!("document-fault-alias", "while parsing node, found unknown anchor")
        }
        ErrorKind::MissingAnchorOrAliasName => message!(
            "document-fault-anchor-name",
            "while scanning an anchor or alias, did not find expected alphabetic or numeric character"
        ),
        _ => return None,
    })
}

/// The faults of directives (`%`) and of the marks between documents.
fn of_documents(kind: &ErrorKind) -> Option<Message> {
    Some(match kind {
        ErrorKind::ExpectedDocumentStart => {
            message!("document-fault-document-start", "did not find expected <document start>")
        }
        ErrorKind::MissingDocumentEndBeforeDirective => message!(
            "document-fault-before-directive",
            "missing explicit document end marker before directive"
        ),
        ErrorKind::InvalidDocumentEnd => {
            message!("document-fault-after-document", "invalid content after document end marker")
        }
        ErrorKind::DirectiveDisallowed => {
            message!("document-fault-directive", "YAML directives are disallowed")
        }
        ErrorKind::MissingDirectiveName => message!(
            "document-fault-directive-name",
            "while scanning a directive, could not find expected directive name"
        ),
        ErrorKind::InvalidDirectiveName => message!(
            "document-fault-directive-letter",
            "while scanning a directive, found unexpected non-alphabetical character"
        ),
        ErrorKind::InvalidDirectiveTerminator => message!(
            "document-fault-directive-end",
            "while scanning a directive, did not find expected comment or line break"
        ),
        ErrorKind::MissingYamlVersion => message!(
            "document-fault-version",
            "while scanning a YAML directive, did not find expected version number"
        ),
        ErrorKind::MissingYamlVersionSeparator => message!(
            "document-fault-version-point",
            "while scanning a YAML directive, did not find expected digit or '.' character"
        ),
        ErrorKind::UnsupportedYamlMajorVersion => {
            message!("document-fault-version-unknown", "unsupported YAML major version")
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use granit_parser::Parser;

    use super::*;
    use crate::message::Language;

    #[test]
    fn english_messages_are_the_words_of_the_parser() {
        let kinds = [
            ErrorKind::UnexpectedEofFlowSequence,
            ErrorKind::UnexpectedEofFlowMapping,
            ErrorKind::UnexpectedEofImplicitFlowMapping,
            ErrorKind::UnexpectedEofBlockSequence,
            ErrorKind::UnexpectedEofBlockMapping,
            ErrorKind::UnexpectedEof,
            ErrorKind::ExpectedFlowMappingSeparator,
            ErrorKind::ExpectedFlowSequenceSeparator,
            ErrorKind::ExpectedBlockSequenceEntry,
            ErrorKind::MisplacedFlowCollectionEnd,
            ErrorKind::MismatchedFlowCollectionEnd { open: '[', close: '}' },
            ErrorKind::UnclosedFlowCollection { open: '[' },
            ErrorKind::RecursionLimitExceeded,
            ErrorKind::BlockEntryInFlowCollection,
            ErrorKind::BlockSequenceEntryNotAllowed,
            ErrorKind::InvalidBlockEntryWhitespace,
            ErrorKind::ExpectedNodeContent,
            ErrorKind::ExpectedBlockMappingKey,
            ErrorKind::SimpleKeyExpected,
            ErrorKind::InvalidSimpleKey,
            ErrorKind::MappingKeyNotAllowed,
            ErrorKind::MappingValueNotAllowed,
            ErrorKind::FlowMappingValueAdjacentCollection,
            ErrorKind::InvalidMappingValueWhitespace,
            ErrorKind::InvalidColonPlacement,
            ErrorKind::InvalidIndentation,
            ErrorKind::InvalidFlowScalarIndent,
            ErrorKind::InvalidQuotedScalarIndent,
            ErrorKind::InvalidBlockScalarIndent,
            ErrorKind::TabInIndentation,
            ErrorKind::TabNotAllowed,
            ErrorKind::TabInBlockIndentation,
            ErrorKind::TabAtBlockScalarStart,
            ErrorKind::TabInPlainScalar,
            ErrorKind::ExpectedWhitespace,
            ErrorKind::CommentInterceptedScalar,
            ErrorKind::CommentNotSeparated,
            ErrorKind::UnclosedQuotedScalar,
            ErrorKind::DocumentIndicatorInQuotedScalar,
            ErrorKind::InvalidTrailingSingleQuotedScalar,
            ErrorKind::InvalidTrailingDoubleQuotedScalar,
            ErrorKind::UnknownQuotedScalarEscape,
            ErrorKind::InvalidQuotedScalarHexEscape,
            ErrorKind::InvalidLowSurrogateHexEscape,
            ErrorKind::InvalidLowSurrogate,
            ErrorKind::MissingLowSurrogate,
            ErrorKind::UnpairedLowSurrogate,
            ErrorKind::InvalidUnicodeEscape,
            ErrorKind::ZeroBlockScalarIndent,
            ErrorKind::InvalidBlockScalarHeader,
            ErrorKind::PlainScalarStartsWithDashFlowIndicator,
            ErrorKind::UnexpectedEndOfPlainScalar,
            ErrorKind::UnexpectedCharacter { character: '\u{1}' },
            ErrorKind::BomInsideDocument,
            ErrorKind::UnknownAnchor,
            ErrorKind::MissingAnchorOrAliasName,
            ErrorKind::ExpectedDocumentStart,
            ErrorKind::MissingDocumentEndBeforeDirective,
            ErrorKind::InvalidDocumentEnd,
            ErrorKind::DirectiveDisallowed,
            ErrorKind::MissingDirectiveName,
            ErrorKind::InvalidDirectiveName,
            ErrorKind::InvalidDirectiveTerminator,
            ErrorKind::MissingYamlVersion,
            ErrorKind::MissingYamlVersionSeparator,
            ErrorKind::UnsupportedYamlMajorVersion,
        ];
        for kind in kinds {
            assert_eq!(explained(&kind).english(), kind.to_string());
        }
    }

    #[test]
    fn what_people_write_wrongly_has_a_text_of_its_own() {
        let japanese = Language::find("ja").expect("Japanese");
        for text in ["a: b: c\n", "a: [b\nc: d\n", "a: b\n  c: d\n", "a: @b\n", "a: \"\\z\"\n", "- a\nb: c\n"]
        {
            let error = Parser::new_from_str(text).find_map(Result::err).unwrap_or_else(|| panic!("{text}"));
            let told = explained(error.kind());
            assert_ne!(told.text(japanese), told.english(), "{text}");
            assert!(!told.text(japanese).contains('「'), "{text}");
        }
    }
}
