# テーマ（`themes/`）についての診断。

## テーマの選び方とフォルダー

theme-cycle = テーマ `{ $parent }` が、直接または別のテーマを通して自分自身を `extends` しています
theme-cycle-help = どれか 1 つのテーマに `extends: default` と書いてください。どのテーマも、`extends` をたどると最後は `default` になる必要があります
theme-unknown-parent = テーマ `{ $parent }` はありません
theme-unknown-near = `{ $near }` の間違いではありませんか。使えるのは { $all } です
theme-unknown-help = 使えるのは { $all } です。新しいテーマを加えるには `themes/` にフォルダーを作ってください
theme-unknown-file = `{ $file }` はテーマに置いても使われません
theme-unknown-file-templates = テーマからテンプレートは変更できません。`slots/` と `assets/` を使ってください
theme-unknown-file-messages = 文言は `messages/en.ftl` のようなファイルに書いてください
theme-unknown-file-help = テーマに置けるのは `theme.yaml` と、フォルダー `assets/`、`slots/`、`messages/` です
theme-missing-asset = テーマの `assets/` にファイル `{ $name }` がありません
theme-missing-asset-help = ファイルをテーマの `assets/` に置き、`assets/` の中でのパスを書いてください
theme-loads-foreign = `{ $address }` を別のサイトから読み込んでいます
theme-leave-out = 取り除いてください
theme-load-script-help = スクリプトを `assets/` に置き、`<script src>` で読み込んでください

## theme.yaml

theme-unknown-key = キー `{ $key }` はありません
theme-unknown-token = トークン `{ $name }` はありません
theme-unknown-scheme = 配色 `{ $name }` はありません
theme-use-one-of = 次のどれかを使ってください: { $words }
theme-docs-has-all = 一覧は docs/branding.md
theme-not-one-value = ここには値を 1 つ書いてください（今は{ $kind }です）
theme-not-one-value-help = 1 行に値を 1 つだけ書いてください
theme-bad-scheme = `{ $written }` は配色の指定ではありません
theme-bad-scheme-help = `light dark`、`light`、`dark` のどれかを書いてください
theme-tokens-not-mapping = `tokens` には名前と値の組を書いてください（今は{ $kind }です）
theme-tokens-not-mapping-help = `tokens:` の下に `name: value` を 1 行に 1 つずつ書いてください
theme-bad-colour = `{ $written }` を色として読めません
theme-bad-colour-help = `"#rgb"` または `"#rrggbb"` と、引用符で囲んで書いてください。noroshi がコントラスト比を計算できるのはこの形の色だけです
theme-bad-length = `{ $written }` を長さとして読めません
theme-bad-length-help = `44rem` のように、数に `rem`、`em`、`px`、`ch`、`vw`、`%` のどれかを付けて書くか、`0` と書いてください
theme-bad-font = `{ $written }` をフォントの一覧として読めません
theme-bad-font-help = フォント名をカンマで区切り、引用符はすべて閉じてください。`;`、`{"{"}`、`{"}"}`、`<`、`>`、`\` は使えません
theme-low-contrast = 配色 `{ $scheme }` で、背景 `{ $ground }`（{ $ground_colour }）に対する `{ $shown }`（{ $shown_colour }）のコントラスト比が { $ratio } しかありません
theme-low-contrast-help = どちらかの色を、明るくするか暗くしてください。文字を読むには { $least } 以上のコントラスト比が必要です

## スタイルシート

theme-css-no-block = このルールにはブロックがありません
theme-css-no-block-help = ブロックを `{"{"}` と `{"}"}` で囲んで書くか、ルールを削除してください
theme-css-endless-comment = このコメントは閉じられていません
theme-css-endless-comment-help = `*/` で閉じてください
theme-css-open-url = この `url(` が閉じられていないか、アドレスに引用符が必要です
theme-css-open-url-help = `url("name")` と書いてください
theme-css-backslash = この `\` の後に、エスケープする文字がありません
theme-css-backslash-help = `\` という文字そのものは `\5c ` と書いてください
theme-css-no-opening = この `{ $written }` に対応する開きかっこがありません
theme-css-no-opening-help = これより前のかっこの対応を確認してください
theme-css-import = テーマのスタイルシートでは、`@import` で別のスタイルシートを読み込めません
theme-css-import-help = そのファイルを `assets/` に置いてください。noroshi が自動で取り込みます
theme-css-endless-string = この文字列は行の中で閉じられていません
theme-css-endless-string-help = 始まりと同じ引用符で閉じてください
theme-css-expression = 古いブラウザーは `expression()` をスクリプトとして実行します
theme-css-loads-what = `{ $name }()` がどのファイルを読み込むのか判断できません
theme-css-loads-what-help = `url("name")` のようにファイル名を書いてください
theme-css-too-deep = かっこの入れ子がここで { $most } 段を超えます
theme-css-too-deep-help = かっこの入れ子を減らしてください
theme-css-never-closed = この `{ $bracket }` は閉じられていません
theme-css-never-closed-help = `{ $closed_by }` で閉じてください
theme-css-data = ブラウザーはこれを読み込みません。CSP（コンテンツセキュリティポリシー）が許可するのはサイトのファイルだけです
theme-css-data-help = ファイルとして `assets/` に置き、`url(name)` と書いてください
theme-css-foreign-help = ファイルを `assets/` に置いてください。ページが読み込めるのは自分のサイトのファイルだけです

## スロットの HTML

theme-tag-no-tag = この `<` はタグの始まりではありません
theme-tag-no-tag-help = `<` という文字そのものは `&lt;` と書いてください
theme-tag-never-closed = `<{ $name }>` が閉じられていません
theme-tag-never-closed-help = `</{ $name }>` で閉じてください
theme-tag-endless-comment = このコメントは閉じられていません
theme-tag-endless-comment-help = `-->` で閉じてください
theme-tag-order = `</{ $name }>` の前に `</{ $open }>` が必要です
theme-tag-order-help = 要素は、開いたのと逆の順に閉じてください
theme-tag-no-opening = `</{ $name }>` に対応する開始タグがありません
theme-tag-no-opening-help = これを取り除くか、開始タグを加えてください
theme-tag-incomplete = タグ `<{ $name }` が途中で終わっています
theme-tag-incomplete-help = `>` で終え、タグの中の引用符をすべて閉じてください
theme-tag-attributes = `<{ $name }>` の属性が { $most } 個を超えています
theme-tag-attributes-help = 属性を減らしてください
theme-tag-in-paragraph = `<p>` の中に `<{ $name }>` は置けません。ブラウザーはその前で段落を閉じます
theme-tag-in-paragraph-help = 先に `</p>` で段落を閉じるか、`<p>` を `<div>` に変えてください
theme-tag-too-deep = 要素の入れ子がここで { $most } 段を超えます
theme-tag-too-deep-help = 要素の入れ子を減らしてください
theme-tag-slash = HTML では、`/` を付けても `<{ $name }>` は閉じません
theme-tag-slash-help = `<{ $name }></{ $name }>` と書いてください
theme-tag-script-comment = スクリプトの中に `<!--` があると、スクリプトの終わりを判別できません
theme-tag-script-comment-help = `<!--` を取り除いてください

## スロット

theme-unknown-slot = スロット `{ $file }` はありません
theme-unknown-slot-near = `{ $near }.html` の間違いではありませんか
theme-unknown-slot-help = 使えるのは { $known } です
theme-unknown-locale = noroshi は言語 `{ $locale }` に対応していないため、このスロットはどのページにも表示されません
theme-unknown-locale-near = `{ $slot }.{ $near }.html` の間違いではありませんか
theme-unknown-locale-help = 使えるのは { $known } です
theme-forbidden-frame = 代わりにそのページへのリンクを置いてください
theme-forbidden-object = `<img>` を使うか、ファイルへのリンクを置いてください
theme-forbidden-audio = CSP（コンテンツセキュリティポリシー）が音声をブロックします。ファイルへのリンクを置いてください
theme-forbidden-video = CSP（コンテンツセキュリティポリシー）が動画をブロックします。ファイルへのリンクを置いてください
theme-forbidden-base = サイトの最上位のアドレスは `{"{"}root{"}"}` と書いてください
theme-forbidden-page = スロットはページの一部です。取り除いてください
theme-forbidden-head = スロットはページの一部です。`slots/head.html` を使ってください
theme-forbidden-main = どのページにもすでにあります。`<div>` か `<section>` を使ってください
theme-forbidden-title = どのページにもすでにあります。取り除いてください
theme-forbidden-h1 = どのページにもすでにあります。見出しは `<h2>` から始めてください
theme-forbidden-form = CSP（コンテンツセキュリティポリシー）がフォームをブロックします。フォームのあるページへのリンクを置いてください
theme-forbidden-textarea = CSP（コンテンツセキュリティポリシー）がフォームをブロックします。取り除いてください
theme-forbidden-pre = `<pre>` を使ってください
theme-slot-odd = ブラウザーは、ここを書かれたとおりに解釈しないか、別の場所に移します
theme-slot-odd-help = 引用符、前後の要素、重複した属性を確認してください
theme-slot-inline-script = CSP（コンテンツセキュリティポリシー）がインラインスクリプトをブロックします
theme-slot-inline-script-help = ファイルとして `assets/` に置き、`<script src="{"{"}asset:name.js{"}"}" defer></script>` と書いてください
theme-slot-text-in-head = `<head>` に文章は置けません
theme-slot-text-in-head-help = 文章は `slots/top.html` か `slots/footer.html` に書いてください
theme-slot-element = スロットに `<{ $name }>` は置けません
theme-slot-svg = スロットの SVG に `<{ $name }>` は置けません
theme-slot-element-help = 別の要素を使ってください。使える要素は docs/branding.md にあります
theme-slot-style = CSP（コンテンツセキュリティポリシー）がインラインスタイルをブロックします
theme-slot-style-help = ルールを `assets/` のスタイルシートに移してください
theme-slot-in-head = `<head>` に `<{ $name }>` は置けません
theme-slot-in-head-help = `<meta>`、`<link>`、`<script src>`、`<noscript>` のどれかを使ってください
theme-slot-manifest = CSP（コンテンツセキュリティポリシー）がウェブアプリマニフェストをブロックします
theme-slot-outside = `{ $name }=` が SVG の外を参照しています
theme-slot-outside-help = SVG の中の部品を `url(#id)` の形で指定してください
theme-slot-script-address = CSP（コンテンツセキュリティポリシー）がアドレスに書かれたスクリプトをブロックします
theme-slot-scheme = リンクにスキーム `{ $scheme }:` は使えません
theme-slot-scheme-help = アドレスを `https://`、`http://`、`mailto:`、`tel:`、`/`、`{"{"}root{"}"}` のどれかで始めてください
theme-slot-other-host = ページによっては、別のホストへのリンクになります
theme-slot-other-host-help = `{"{"}root{"}"}` は `/` で終わるので、すぐ後の `/` を取り除いてください
theme-slot-data = CSP（コンテンツセキュリティポリシー）が許可するのはサイトのファイルだけです
theme-slot-data-help = ファイルとして `assets/` に置き、`{"{"}asset:name{"}"}` と書いてください
theme-slot-foreign-help = ファイルを `assets/` に置き、`{"{"}asset:name{"}"}` と書いてください。ページが読み込めるのは自分のサイトのファイルだけです
theme-slot-relative = `{ $first }` は相対パスなので、ページごとに別のファイルを指します
theme-slot-relative-asset = `{"{"}asset:{ $first }{"}"}` と書いてください
theme-slot-relative-help = テーマのファイルなら `{"{"}asset:name{"}"}`、`content/static/` のファイルなら `{"{"}root{"}"}{ $first }` と書いてください
theme-placeholder = `{"{"}{ $word }{"}"}` というプレースホルダーはありません
theme-placeholder-asset = `{"{"}asset:name{"}"}` の間違いではありませんか。`{"{"}` という文字そのものは `&#123;` と書いてください
theme-placeholder-near = `{"{"}{ $near }{"}"}` の間違いではありませんか。`{"{"}` という文字そのものは `&#123;` と書いてください
theme-placeholder-help = `{"{"}root{"}"}`、`{"{"}lang{"}"}`、`{"{"}asset:name{"}"}` のどれかを使ってください。`{"{"}` という文字そのものは `&#123;` と書いてください
theme-attribute-blocked = CSP（コンテンツセキュリティポリシー）が `{ $name }=` をブロックします
theme-attribute-style-help = クラスを付け、ルールを `assets/` のスタイルシートに書いてください
theme-attribute-http-equiv = スロットに `http-equiv` は置けません。各ページが CSP（コンテンツセキュリティポリシー）の指定に使っています
theme-attribute-http-equiv-help = そのヘッダーは、サイトを公開しているサーバーから送ってください
theme-attribute = スロットの `<{ $element }>` に `{ $name }=` は付けられません
theme-attribute-help = 取り除いてください。自分のスクリプトで使うなら `data-{ $name }` としてください

## 文言（`messages/`）

theme-bad-locale = `{ $locale }` は言語タグではありません
theme-bad-locale-help = `en.ftl`、`ja.ftl`、`pt-BR.ftl` のように、ファイル名を言語タグにしてください
theme-message-too-deep = かっこの入れ子が { $most } 段を超えています
theme-message-too-deep-help = 場合ごとに別の文言にしてください。`{"{"}` という文字そのものは `{"{"}"{"{"}"{"}"}` と書いてください
theme-missing-messages = `{ $locale }` の文言が、{ $all } 件のうち { $count } 件足りません: { $names }
theme-missing-messages-help = このファイルに加えてください。加えるまで、ページには英語で表示されます
theme-unknown-message = 文言 `{ $key }` はありません
theme-unknown-message-help = noroshi の `themes/default/messages/en.ftl` にある文言を使ってください
theme-unknown-reference-help = 参照せずに、文章をそのまま書いてください
theme-unknown-word-help = `word-status-resolved` や `word-fact-ended` のような名前を使ってください
theme-message-twice = 文言 `{ $key }` がこのファイルに 2 回あります
theme-message-twice-help = どちらか 1 つにしてください
theme-message-attributes = `{ $key }` に属性がありますが、noroshi は属性を使いません
theme-message-attributes-help = `{ $key } = 文言` のように 1 行で書いてください
theme-message-too-large = `{ $key }` が、参照先を含めて { $bytes } バイトまたは置き換え { $placeables } か所の上限を超えています
theme-message-too-large-help = 短くするか、ほかの文言への参照を減らしてください
theme-no-variables = `{ $key }` に変数はありません。取り除いてください
theme-unknown-variable = `{ $key }` に変数 `${ $variable }` はありません
theme-unknown-variable-help = 使えるのは { $names } です
theme-missing-variable = `{ $key }` に変数 `${ $variable }` がありません。組み込みの文言では使われています
theme-missing-variable-help = わざと省いたのでなければ `{"{"} ${ $variable } {"}"}` を加えてください
theme-unknown-term = このファイルに用語 `-{ $term }` はありません
theme-unknown-term-help = `-{ $term } = 文言` を加えてください
theme-message-function = 文言から関数 `{ $function }` は呼べません
theme-message-function-help = `{"{"} $n {"}"}` のように変数だけを書いてください
theme-word-not-plain = エントリーを書く人が使う語は、変数や参照を入れずに文字だけで書いてください
theme-word-not-plain-help = カンマで区切って 1 行に書いてください
theme-bad-message = Fluent の文言として読めません: 「{ $why }」
theme-bad-message-help = 1 行に 1 つ `key = 文言` の形で書き、続きの行は空白で始めてください。`{"{"}` という文字そのものは `{"{"}"{"{"}"{"}"}` と書いてください
