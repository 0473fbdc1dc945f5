## エントリーのファイル

document-write = `{ $text }` と書いてください
document-keep-one = どちらか 1 つだけ残してください
document-unknown-locale = サイトの言語に `{ $suffix }` はありません
document-unknown-locale-help = ファイル名の言語を { $known } にするか、site.yaml の `locales` にこの言語を加えてください
document-bad-slug = `{ $slug }` はアドレスにできません。使えるのは文字、数字、`-`、`_` で、200 バイトまでです
document-bad-slug-help = `2026-11-20-slow-orders.md` のように、起きたことをファイル名にしてください
document-bad-slug-rename = ファイル名を `{ $name }` に変更してください
document-conflict = マージの衝突が解決されていません（この行は衝突の印です）
document-conflict-help = どちらの文章にするかを決め、印の行をすべて削除してください

## フロントマター

document-front-matter-near = 1 行目が `---` だけの行になっていません
document-front-matter-missing = ファイルがフロントマターで始まっていません
document-front-matter-help = `---` の行、`title: …` などのキー、`---` の行の順に書いてください
document-front-matter-too-large = フロントマターが { $most } バイトを超えています
document-front-matter-too-large-help = `---` の行で終え、エントリーの本文はその下に書いてください
document-front-matter-unclosed = 1 行目で始まったフロントマターが終わっていません
document-front-matter-almost-ends = この行で終えるなら、`{ $line }` ではなく `---` と書いてください
document-front-matter-end = `---` だけの行で終えてください

## YAML の値の種類

document-kind-nothing = 空
document-kind-bool = 真偽値
document-kind-number = 数値
document-kind-text = 文字列
document-kind-list = リスト
document-kind-map = マッピング

## YAML の書き間違い

document-yaml-not-a-mapping = `key: value` の形の行が必要ですが、{ $kind }になっています
document-yaml-not-a-mapping-help = 1 行に 1 つ `key: value` の形で書いてください
document-yaml-syntax = YAML として読めません: { $why }
document-yaml-syntax-help = 1 行に 1 つ `key: value` の形で書いてください。`: ` や `#`、かっこを含む文字列は引用符で囲んでください
document-yaml-quote = 値を引用符で囲み、`{ $fixed }` と書いてください
document-yaml-property = ここではアンカー（`&`）、エイリアス（`*`）、タグ（`!`）を使えません
document-yaml-second = ここから 2 つ目の文書が始まっています
document-yaml-key-text = キーが文字列ではありません
document-yaml-no-key = キーがありません
document-key-twice = キー `{ $key }` が 2 回あります
document-yaml-unclosed-quote = この引用符は閉じられていません
document-yaml-unclosed-bracket = このかっこは閉じられていません
document-yaml-unclosed-help = 閉じてください。`{ $sign }` という文字そのものなら、文字列全体を引用符で囲んでください
document-yaml-separator = 目に見えない行区切り文字（{ $code }）があります
document-yaml-separator-help = 削除するか、ここで改行してください
document-yaml-tab = YAML の字下げにタブは使えません
document-yaml-too-deep = かっこの入れ子が { $most } 段を超えています
document-yaml-too-deep-help = かっこを減らしてください。これほど深い入れ子が必要なキーはありません
document-yaml-comment = YAML は `{ $word }` から後をコメントとして読み捨てます
document-yaml-comment-help = 文字列なら、引用符で囲んで { $quoted } と書いてください。コメントなら、`#` の後に空白を入れてください
document-yaml-anchor = YAML は `{ $word }` をアンカーとして読みますが、ここでは使えません
document-yaml-alias = YAML は `{ $word }` をエイリアスとして読みますが、ここでは使えません
document-yaml-tag = YAML は `{ $word }` をタグとして読みますが、ここでは使えません
document-yaml-refused-help = 文字列なら、引用符で囲んで { $quoted } と書いてください
document-yaml-wide-colon = `{ $key }` の後のコロンが全角です
document-yaml-no-space = `{ $key }:` の後に半角の空白がありません
document-yaml-blank-after = `{ $key }:` の後に{ $blank }があります
document-yaml-quotes = `{ $written }` の引用符を、YAML は文字として読みます
document-yaml-quotes-shown = `{ $written }` の引用符を、YAML は文字として読みます。このままでは読者にも見えます
document-yaml-colon = このコロンは全角です
document-yaml-no-brackets = 複数の値は `[ ]` で囲む必要があります
document-yaml-no-brackets-commas = 複数の値は、`[ ]` で囲んで半角のカンマで区切る必要があります
document-yaml-comma = YAML は `{ $c }` をカンマではなく文字として読みます
document-yaml-bracket = YAML は `{ $c }` をかっこではなく文字として読みます

## 目に見えない文字

document-blank-full-width = 全角の空白
document-blank-non-breaking = 改行されない空白（{ $code }）
document-blank-unknown = YAML では使えない空白（{ $code }）
document-blank-soft-hyphen = 目に見えないハイフン（{ $code }）
document-blank-invisible = 目に見えない文字（{ $code }）
document-blank-before-line = この行の先頭に{ $blank }があります
document-blank-in-key = キー `{ $name }` に{ $blank }があります
document-blank-in-value = この値に{ $blank }があります

## YAML として読めない理由

document-fault-other = 「{ $words }」
document-fault-end-in-list = `[` で始まるリストが閉じられていません
document-fault-end-in-map = `{"{"}` で始まるマッピングが閉じられていません
document-fault-end-in-pair = かっこの中の `key: value` が途中で終わっています
document-fault-end-in-items = `-` で始まる項目の並びが途中で終わっています
document-fault-end-in-lines = `key: value` の並びが途中で終わっています
document-fault-end = 途中で終わっています
document-fault-map-separator = `{"{"}` の中に `,` か `{"}"}` が足りません
document-fault-list-separator = `[` の中に `,` か `]` が足りません
document-fault-item = `-` で始まる項目の並びに、別のものがあります
document-fault-closing-bracket = この閉じかっこに対応する開きかっこがありません
document-fault-other-bracket = `{ $open }` が `{ $close }` で閉じられています
document-fault-unclosed-bracket = `{ $open }` が閉じられていません
document-fault-too-deep = 入れ子が深すぎます
document-fault-item-in-brackets = かっこの中に `-` で始まる項目は書けません
document-fault-item-not-allowed = ここに `-` で始まる項目は書けません
document-fault-item-blank = `-` の後に空白がありません
document-fault-no-value = 値があるはずの場所に、値として読めない文字があります
document-fault-no-key = キーがあるはずの場所に、キーとして読めないものがあります
document-fault-no-colon = キーの後に `:` がありません
document-fault-long-key = キーが長すぎるか、1 行に収まっていません
document-fault-key-not-allowed = ここにキーは書けません
document-fault-value-not-allowed = ここに `: ` は書けません
document-fault-colon-before-bracket = かっこの中では、`[` や `{"{"}` の前に `:` を置けません
document-fault-colon-blank = `:` の後に空白がありません
document-fault-colon = `:` の位置が正しくありません
document-fault-indent = 字下げが正しくありません
document-fault-indent-in-brackets = かっこの中の字下げが正しくありません
document-fault-indent-in-quotes = 引用符の中の、2 行目以降の字下げが正しくありません
document-fault-indent-of-text = `|` や `>` の下の文章の字下げがそろっていません
document-fault-tab-indent = 字下げにタブは使えません
document-fault-tab = ここにタブは使えません
document-fault-tab-in-block = この字下げにタブは使えません
document-fault-tab-first = `|` や `>` の下の文章はタブで始められません
document-fault-tab-in-text = 引用符のない文字列にタブがあります
document-fault-blank = 空白が足りません
document-fault-comment-in-text = 2 行以上の文字列の途中にコメントがあります
document-fault-comment-blank = コメントの `#` の前に空白がありません
document-fault-unclosed-quote = 引用符が閉じられていません
document-fault-document-in-quotes = 引用符の中に `---` か `...` で始まる行があります
document-fault-after-single-quotes = 閉じる `'` の後に余分な文字があります
document-fault-after-double-quotes = 閉じる `"` の後に余分な文字があります
document-fault-escape = `\` の後に書けない文字があります
document-fault-escape-number = `\` の後の 16 進数が正しくありません
document-fault-surrogate-number = サロゲートペアの後半の 16 進数が正しくありません
document-fault-surrogate-second = サロゲートペアの後半が正しくありません
document-fault-surrogate-missing = サロゲートペアの後半がありません
document-fault-surrogate-alone = サロゲートペアの前半がありません
document-fault-escape-character = `\` の後の番号の文字は存在しません
document-fault-zero-indent = `|` や `>` の後の字下げの数に 0 は使えません
document-fault-after-sign = `|` や `>` の後に余分な文字があります
document-fault-dash-bracket = 引用符のない文字列の先頭で、`-` の直後にかっこや `,` は書けません
document-fault-end-of-text = 引用符のない文字列が途中で終わっています
document-fault-character = ここに `{ $character }` は書けません
document-fault-bom = 途中に BOM（U+FEFF）があります
document-fault-alias = `*` が指すアンカーがありません
document-fault-anchor-name = `&` や `*` の後に名前がありません
document-fault-document-start = `---` の行があるはずの場所に、別のものがあります
document-fault-before-directive = `%` で始まる行の前に `...` の行がありません
document-fault-after-document = `...` の後に余分な文字があります
document-fault-directive = `%` で始まる指定は使えません
document-fault-directive-name = `%` の後に名前がありません
document-fault-directive-letter = `%` の後の名前に、英字ではない文字があります
document-fault-directive-end = `%` で始まる行の終わりに余分な文字があります
document-fault-version = `%YAML` の後にバージョン番号がありません
document-fault-version-point = `%YAML` のバージョン番号が正しくありません
document-fault-version-unknown = このバージョンの YAML は読めません

## 本文の構成

document-an-incident = インシデント
document-a-maintenance = メンテナンス
document-a-notice = お知らせ
document-unclosed-comment = このコメントは閉じられていません
document-unclosed-comment-help = 同じ段落の中で `-->` で閉じてください。文字そのものなら `\<!--` と書いてください
document-too-many-updates = このエントリーの更新が { $most } 件を超えています
document-too-many-updates-help = 続きは新しいエントリーに書き、ここからリンクしてください
document-wrong-section = `{ $title }` は{ $entry }のセクションではありません
document-wrong-section-help = { $entry }のセクションは、{ $titles } のどれかにしてください
document-section-time = 見出し `{ $title }` に時刻は付けられません
document-section-twice = セクション `{ $title }` が 2 回あります
document-section-twice-help = 文章を 1 つのセクションにまとめてください
document-unknown-section = `{ $words }` は更新でも{ $entry }のセクションでもありません
document-unknown-section-help = 更新なら `## 状態 時刻`、セクションなら { $titles }、文章の中の見出しなら `###` と書いてください
document-misspelt-section = `{ $words }` はセクション `{ $title }` の書き間違いのようです
document-did-you-mean = `{ $line }` の間違いではありませんか
document-postmortem = 事後報告
document-evaluation = 実施後の評価
document-report-heading = { $help }。{ $report }の中の見出しなら `###` と書いてください
document-report-heading-question = { $help }。{ $report }の中の見出しなら `###` と書いてください
document-heading-signs = この記号では見出しにならず、読者に記号がそのまま見えます
document-too-many-questions = このエントリーの質問が { $most } 件を超えています
document-too-many-questions-help = このエントリーに関係しない質問は `content/faq/` に移してください
document-no-answer = 質問の文または回答がありません
document-no-answer-help = 回答を `###` の行の下に書いてください

## 更新の見出し

document-wrong-status = `{ $word }` は{ $entry }の状態ではありません
document-status-help = { $entry }の状態は、{ $words } のどれかにしてください
document-unknown-status = `{ $before }` は状態ではありません
document-missing-time = `{ $word }` の後に時刻がありません
document-missing-time-help = `## { $word } 2026-11-20 10:20` のように、日付と時刻を書いてください
document-missing-day = `{ $word }` の後に日付がありません
document-unreadable-time = `{ $time }` を時刻として読めません
document-time-fault-help = { $way } と書いてください
document-way-known-day = 日付も入れて、{ $day } なら `{ $heading }`
document-way-day = 日付も入れて `{ $heading }`
document-way-year = 年も入れて `{ $form }`
document-near-heading = この行は更新のように見えますが、更新の見出しになっていません
document-near-heading-why = この行は更新のように見えますが、更新の見出しになっていません。{ $why }
document-near-heading-help = { $way } と単独の行に書いてください
document-near-heading-apart = { $way } と書いて前に空行を入れ、その上のコードブロックや HTML を閉じてください
document-near-heading-ways = { $ways } と単独の行に書いてください
document-near-heading-or = {" "}または{" "}

## 項目行

document-fact-comment = 項目行にあるコメントは、そのまま公開されます
document-fact-comment-help = 項目行の下の文章に移してください
document-fact-empty = `{ $key }` に値がありません
document-fact-empty-help = 値を書くか、この行を削除してください
document-fact-twice = この見出しの下に `{ $key }` が 2 回あります
document-fact-not-allowed = この見出しの下に `{ $key }` は書けません
document-fact-not-allowed-help = { $keys } のどれかを書いてください。文章なら、この行の前に空行を入れてください
document-fact-started-help = `correction` の下に書くか、フロントマターの `started` を変更してください。文章なら、この行の前に空行を入れてください
document-fact-unknown = `{ $key }` というキーはありません
document-fact-unknown-help = `{ $near }: { $value }` の間違いではありませんか。文章なら、この行の前に空行を入れてください
document-fact-in-words = この行は項目行ではなく文章として公開されます
document-fact-in-words-help = 見出しのすぐ下、文章より上に、空行を入れずに移してください

## 時刻

document-time-write = { $all } と書いてください
document-time-year = `{ $text }` に年がありません
document-time-year-form = `{ $form }` のように、年も書いてください
document-time-year-help = 年も入れて { $all } と書いてください
document-time-weekday = `{ $text }` の曜日が日付と合いません
document-time-weekday-help = カレンダーを確認してください。日付が正しければ { $all } と書いてください
document-time-order = `{ $text }` は 2 通りの日付に読めます
document-time-zone = `{ $name }` というタイムゾーンは複数あります
document-time-zone-help = 時差を付けて、{ $meant } と書いてください
document-time-offset = { $region }なら `{ $way }`
document-time-offset-comma = 、
document-time-noon = `{ $text }` は正午にも深夜 0 時にも読めます
document-time-about = `{ $text }` はおおよその時刻です。ここには正確な時刻が必要です
document-time-about-help = { $time } と書いてください。noroshi はこの時刻に動作します
document-time-half = `{ $text }` には時刻がありません。ここには時刻が必要です
document-time-half-help = `{ $day } HH:MM` のように時刻を書いてください
document-region-america = アメリカ
document-region-arabia = アラビア
document-region-atlantic = 大西洋岸
document-region-australia = オーストラリア
document-region-bangladesh = バングラデシュ
document-region-britain = イギリス
document-region-china = 中国
document-region-cuba = キューバ
document-region-gulf = ペルシャ湾岸
document-region-india = インド
document-region-ireland = アイルランド
document-region-israel = イスラエル
document-region-malaysia = マレーシア
document-region-philippines = フィリピン
document-region-samoa = サモア
document-region-singapore = シンガポール
document-region-south-georgia = サウスジョージア

## 公開されない文章

document-lost-definition = `{ $line }` は本文のどこからも使われないリンクの定義なので、公開されません
document-lost-definition-help = 文章なら `\{ $line }` と書いてください。リンクなら本文で使うか、この行を削除してください
document-lost-title = `{ $line }` にあるリンクのタイトルは公開されません
document-lost-title-help = リンクの文字に含めるか、リンクの横に書いてください
document-lost-cell = `{ $line }` は公開されません。表の 1 行目のセルが、この行より少なくなっています
document-lost-cell-help = 表の 1 行目と `---` の行のセルを同じ数にしてください。`|` という文字そのものなら `\|` と書いてください
document-lost-fence = この行でコードブロックが始まるため、`{ $line }` の文章は公開されません
document-lost-fence-help = 文章はコードブロックの外の、単独の行に書いてください
document-lost-words = `{ $line }` は公開されません。Markdown の記号として読まれます
document-lost-words-help = 文字そのものなら、最初の文字の前に `\` を書いてください
document-unused-note = この脚注は本文のどこからも参照されていないので、公開されません
document-unused-note-help = 本文の該当する場所に `[^…]` を書いてください。文字そのものなら `\[^` と書き、不要なら削除してください。同じ名前の脚注は 1 つだけにしてください
document-indented = 行頭の空白のため、この段落はコードとして表示されます
document-indented-help = 行頭の空白を取り、`{ $line }` と書いてください。コードを見せるなら、バッククォート 3 つの行で上下を囲んでください

## チャットの書き方

document-chat-mention = `{ $written }` はチャットで人を呼ぶ書き方です。読者にはこのまま見えます
document-chat-call = `{ $written }` はチャットで全員を呼ぶ書き方です。読者にはこのまま見えます
document-chat-channel = `{ $written }` はチャットのチャンネルです。読者は開けません
document-chat-link = `{ $written }` はチャットのリンクの書き方です。Markdown では別の意味になります
document-chat-time = `{ $written }` はチャットの時刻の書き方です。読者にはこのまま見えます
document-chat-emoji = `{ $written }` はチャットの絵文字です。読者には名前が見えます
document-chat-entity = `{ $written }` は 1 つの文字を符号で書いたものです。読者にはこのまま見えます
document-chat-team = チームの名前
document-chat-where = 読者が詳しい情報を見られる場所
document-chat-the-time = 時刻
document-chat-in-words = 絵文字の意味を表す言葉
document-chat-delete = 削除してください
document-chat-write-or-delete = { $what }を書くか、削除してください
document-chat-write = { $what }を書くか、`{ $line }` と書いてください

## リンク・画像・アンカー

document-not-a-link = `{ $written }` はリンクになっていません
document-link-not-allowed = `{ $address }` へのリンクは使えません
document-link-not-allowed-help = リンク先には `https://…`、`http://…`、`mailto:…`、`tel:…`、`/path`、`#id`、エントリーのファイルのどれかを書いてください
document-foreign-image = 画像 `{ $address }` はこのサイトのファイルではありません
document-foreign-image-help = 画像を `content/static/` に置き、`/picture.png` のように `/` から始まるアドレスを書いてください
document-too-much-html = この文章は、装飾、脚注、アドレスを含めると { $most } バイトを超える HTML になります
document-too-much-html-help = 長い脚注やアドレスは 1 回ずつにし、文章を複数のエントリーに分けてください
document-bad-anchor = `{ $mark }` は見出しのアンカーにできません
document-bad-anchor-help = `{"{"}#state-01{"}"}` のように、文字、数字、`-`、`_` で書いてください。`{"{"}` という文字そのものなら `\{"{"}` と書いてください
document-bad-anchor-write = `{"{"}#{ $suggestion }{"}"}` と書いてください。`{"{"}` という文字そのものなら `\{"{"}` と書いてください
document-reserved-anchor = アンカー `#{ $written }` は noroshi がページの部品に使います
document-reserved-anchor-help = `{"{"}#own-{ $written }{"}"}` のように、別の名前にしてください
document-anchor-twice = このエントリーの別の見出しに、アンカー `#{ $written }` があります
document-anchor-twice-help = 別の名前にしてください。アンカーを付けない見出しでは、見出しの文字がアンカーになります（`### Root cause` なら `#root-cause`）
