//! What the templates of an exchange ask and say instead of the built-in ones, which know no trade.

/// Built-in words, and those of an exchange.
pub(super) const WORDS: &[(&str, &str)] = &[
    ("全面停止、またはデータの消失や金銭的な損害のおそれ。", "全面停止、または資産に損害のおそれ。"),
    ("・お客様のデータは無事か。確認できたのか", "・お客様の資産は無事か。確認できたのか"),
    ("：データ、処理中だったもの、返金。", "：資産、未約定の注文、出金、損失。"),
    ("### データは無事ですか", "### 資産は安全ですか"),
    ("中程度：一部の機能に制限、", "中程度：取引機能の一部に制限、"),
    ("どの画面、どの機能、どの API か。", "どの銘柄、画面、API か。"),
    ("表示されている内容は正しいか。", "残高の表示は正しいか。"),
    ("・処理中だったものはどうなるか。", "・処理中の注文や入出金はどうなるか。"),
    ("主な機能とデータには影響なし。", "取引や資産の安全には影響なし。"),
    ("データや金銭に関わる → critical", "資産に関わる → critical"),
    ("（画面、API、通知）", "（売買、入出金、API）"),
    ("・利用の少ない時間帯か。", "・取引の少ない時間帯か。"),
    (
        "- 編集中の内容は、開始までに保存してください\n- お急ぎの手続きは、開始までに済ませてください\n",
        "- 開始までに未約定の注文を取り消してください\n- 入出金は余裕をもって行ってください\n",
    ),
    ("### 処理中だったものはどうなりますか", "### 未約定の注文はどうなりますか"),
    ("何が起きたか。データは無事か。", "何が起きたか。資産は無事か。"),
    ("everything is down, or data or money may be at risk.", "everything is down, or assets may be at risk."),
    ("- Is the data of users safe? Do we know", "- Are the assets of users safe? Do we know"),
    (
        "`## FAQ`: their data, work in progress, what they pay.",
        "`## FAQ`: funds, open orders, withdrawals, losses.",
    ),
    ("### Is my data safe?", "### Are my funds safe?"),
    ("the main functions and data are not affected.", "trading and assets are not affected."),
    ("`critical` if data or money is at risk.", "`critical` if money is at risk."),
    ("On which screen, in which function, in which API?", "Which coins, screens, APIs?"),
    ("- What still works? Is what users see correct?", "- What still works? Are balances right?"),
    ("- What happens to what users have begun?", "- What happens to orders and transfers in progress?"),
    (
        "What can users not use: screens, API, notifications?",
        "What can users not use: trading, deposits and withdrawals, API?",
    ),
    ("the hour with the fewest users?", "the hour with the least trading?"),
    (
        "- Save your work before it begins\n- Finish urgent tasks before it begins\n",
        "- Cancel open orders before it begins\n- Leave time for deposits and withdrawals\n",
    ),
    ("### What happens to what I have begun?", "### What becomes of my open orders?"),
    ("What has happened? Is data safe?", "What has happened? Are assets safe?"),
];

/// A template with the words of an exchange.
pub(super) fn template(text: &str) -> String {
    WORDS.iter().fold(text.to_owned(), |text, (built_in, trading)| text.replace(built_in, trading))
}
