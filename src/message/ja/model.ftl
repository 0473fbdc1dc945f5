## 1 ファイルの指摘の上限

diagnostic-too-many-faults = このファイルには、エラーと警告がほかに { $more } 件あります
diagnostic-too-many-faults-help = 表示されたものを直してから、もう一度 `noroshi` を実行してください

## コンポーネント

model-component-add = site.yaml の `components` に加えてください
model-component-see = 一覧は site.yaml の `components`
model-component-unknown = `{ $word }` というコンポーネント、グループ、行、列は site.yaml にありません
model-component-write = `{ $words }` と書いてください
model-component-retired = `retired` が `since` より前の日付です
model-component-retired-help = 両方の日付を確認してください
model-component-too-many = ここまでで、site.yaml のコンポーネントが { $count } 個になりました。1 つのサイトに定義できるのは { $most } 個までです
model-component-too-many-help = 読者が区別するコンポーネントだけを書き、その内訳は書かないでください
model-component-cell-taken = 行と列を組み合わせた ID `{ $cell }` は、すでに使われています
model-component-cell-taken-help = 行か列のどちらかに、別の ID を付けてください
model-component-used-twice = ID `{ $id }` が 2 回使われています
model-component-used-twice-help = 別の ID にしてください。コンポーネント、グループ、行、列の ID は、互いに重ならないようにします
model-component-id = `{ $id }` は ID にできません。使えるのは英小文字と数字を `.` か `-` でつないだものです
model-component-id-help = `api` や `api.rest` のように書いてください
model-component-api-id = API の ID `{ $id }` が 2 回使われています
model-component-api-id-help = 別の ID にしてください
model-component-alias-help = ほかのどの ID とも旧 ID（`aliases`）とも違うものを書いてください
model-component-nested-group = グループの中のグループは表示できません
model-component-nested-group-help = 中のコンポーネントを、どちらか一方のグループにまとめてください

## 繰り返しルール（日本語の表記）

model-rule-words-clock-help = 取り除いてください。時刻は作業時間帯（`window`）で決まります
model-rule-words-until-help = 取り除いてください。始まりは作業時間帯（`window`）で決まり、終わりは `until: 2027-03-31` のように書きます
model-rule-words-count-help = 取り除いて、`FREQ=WEEKLY;BYDAY=TU;COUNT=10` のように書いてください
model-rule-words-except-help = 取り除いて、メンテナンスをしない日を `except: [2026-12-29]` のように書いてください
model-rule-words-second-week-help = 2 週に 1 回なら `隔週` か `2週間ごと` と書いてください。「おき」は 2 週ごととも 3 週ごととも読めます
model-rule-words-one-help = `毎週月・木曜`、`毎月第2日曜`、`毎月15日`、`毎月末日` のようなルールを 1 つ書いてください
model-rule-words-rest = `{ $before }` に続く `{ $text }` を読めません
model-rule-words-two-meanings = `{ $written }` は 2 通りに読めます
model-rule-words-two-meanings-help = 「おき」はどちらの意味にもなります。`FREQ={ $word };INTERVAL={ $two }` か `FREQ={ $word };INTERVAL={ $three }` と書いてください
model-rule-words-zero = `{ $written }` は間隔が 0 です
model-rule-words-zero-help = 1 以上を書いてください
model-rule-words-sunday = この日曜がどの週に入るのかが決まりません
model-rule-words-sunday-help = 週の始まりが月曜なら `{ $line }MO`、日曜なら `{ $line }SU` と書いてください
model-rule-words-month = `{ $written }` は月として読めません
model-rule-words-month-help = `毎年1月4日` のように書いてください
model-rule-words-no-month = 何月なのかが書かれていません
model-rule-words-no-month-help = `毎年1月4日` や `毎年1月第2日曜` のように、月と日を書いてください
model-rule-words-both-days = 日にちと曜日の両方が書かれています
model-rule-words-both-days-help = 日にちで決まるものと曜日で決まるものを、別々のメンテナンスに分けてください
model-rule-words-which-day = 月のどの日なのかが書かれていません
model-rule-words-which-day-help = `毎月15日`、`毎月末日`、`毎月第2日曜` のように書いてください
model-rule-words-which-weekday-help = 2 回目なら `第2{ $name }曜`、最後なら `最終{ $name }曜`、毎週なら `FREQ=WEEKLY;BYDAY={ $code }` と書いてください
model-rule-words-ordinal-help = 月の 2 回目の日曜なら `第2日曜` のように書いてください
model-rule-words-fifth-help = 1 から 4 までの数を書いてください。どの曜日も 1 か月に 4 回か 5 回です
model-rule-words-last-week-help = 最後の回なら `毎月最終{ $name }曜`、5 回ある月だけなら `FREQ=MONTHLY;BYDAY=5{ $code }` と書いてください
model-rule-words-unreadable = `{ $written }` を読めません
model-rule-words-in-no-month = `{ $written }` のある月はありません
model-rule-words-in-some-months = `{ $written }` のない月があります
model-rule-words-date-help = 日にちなら `毎月2日`、曜日なら `毎月第2日曜` と書いてください
model-rule-words-31-days-help = 1 から 31 までの日を書いてください
model-rule-words-in-some-years = ルールの月には、`{ $written }` のない月か年があります
model-rule-words-in-some-years-help = 月の最後の日なら `末日`、その日がある年だけなら `FREQ=YEARLY;BYMONTH={ $month };BYMONTHDAY={ $day }` と書いてください
model-rule-words-in-some-months-help = 月の最後の日なら `毎月末日`、その日がある月だけなら `FREQ=MONTHLY;BYMONTHDAY={ $day }` と書いてください

## 繰り返しルール（RFC 5545）

model-rule-no-form = 繰り返しルールは `FREQ=` で始めます
model-rule-corrected = `rule: "{ $line }"` と書いてください
model-rule-examples = `FREQ=WEEKLY;BYDAY=TU`、`FREQ=MONTHLY;BYDAY=2SU`、`毎週火曜`、`毎月第2日曜` のようなルールを書いてください
model-rule-part-twice = ルールに `{ $name }` が 2 回あります
model-rule-part-twice-help = どちらか 1 つだけ残してください
model-rule-two-ends = ルールに終わりが 2 つあります
model-rule-two-ends-help = `COUNT` と `UNTIL` のどちらか 1 つだけ残してください
model-rule-no-part = `{ $part }` をルールの要素として読めません。要素は `NAME=VALUE` の形で書きます
model-rule-part-no-value = `{ $word }` に値がありません
model-rule-part-of-day = `{ $word }` は使えません。定期メンテナンスは 1 日に 1 回までです
model-rule-part-of-day-help = `{ $word }` を取り除いてください。時刻は作業時間帯（`window`）で決まります
model-rule-exdate-help = 取り除いて、除く日を `except: [2026-12-29]` のように書いてください
model-rule-dtstart-help = 取り除いてください。作業時間帯（`window`）が 1 回目になります
model-rule-unknown-part = ルールに `{ $word }` という要素はありません
model-rule-unknown-part-help = ルールの要素 { $names } のどれかを書いてください
model-rule-no-freq = `FREQ` がないため、繰り返す間隔が分かりません
model-rule-too-often = `{ $word }` は頻度が高すぎます。定期メンテナンスは 1 日に 1 回までです
model-rule-too-often-help = `FREQ=DAILY` のメンテナンスを 1 つ書くか、作業時間帯（`window`）を丸 1 日にしてください
model-rule-frequency = `FREQ` に `{ $word }` は書けません
model-rule-frequency-help = `DAILY`、`WEEKLY`、`MONTHLY`、`YEARLY` のどれかを書いてください
model-rule-empty-item = `{ $name }` のリストに空の項目があります
model-rule-takes-either-end = `{ $name }` に書けるのは 1 から { $most } まで、末尾から数えるなら -1 から -{ $most } までです
model-rule-takes = `{ $name }` に書けるのは { $first } から { $last } までです
model-rule-no-number = `{ $name }` の `{ $text }` は数ではありません
model-rule-out-of-range = `{ $name }` の `{ $text }` は範囲外です
model-rule-until = `{ $text }` を 1970 年から 2100 年までの日付または時刻として読めません
model-rule-until-help = `UNTIL=20261231`、`UNTIL=20261231T235959`、UTC なら `UNTIL=20261231T150000Z` のように書いてください
model-rule-counted-day = `{ $name }` は月の何回目かを表しますが、ルールは `FREQ={ $freq }` です
model-rule-counted-day-help = `FREQ=MONTHLY;BYDAY={ $nth }{ $day }`、毎週なら `FREQ=WEEKLY;BYDAY={ $day }` と書いてください
model-rule-in-no-month = `{ $name }` のある月はありません
model-rule-in-no-year = `{ $name }` のある年はありません
model-rule-in-no-year-help = 1 から 53 まで、年末から数えるなら -1 から -52 までの数を書いてください
model-rule-within-a-month-help = 1 から 5 まで、月末から数えるなら -1 から -4 までの数を書いてください
model-rule-no-weekday = `{ $name }` の `{ $text }` は曜日ではありません
model-rule-no-weekday-help = `MO`、`TU`、`WE`、`TH`、`FR`、`SA`、`SU`、または `月` から `日` までを書いてください。`2SU` は 2 回目の日曜です
model-rule-does-not-fit = `{ $part }` がルールのほかの部分と合いません
model-rule-by-month-day-help = `BYMONTHDAY` は `FREQ=WEEKLY` と一緒に使えません。`FREQ=MONTHLY` と書いてください
model-rule-yearly-help = `{ $name }` を使うなら、`FREQ=YEARLY` と書いてください
model-rule-week-day-help = `BYWEEKNO` があるときは、曜日に数を付けられません。`BYDAY=TU` のように書いてください
model-rule-set-pos-week-help = `BYSETPOS` は `BYWEEKNO` と一緒に使えません。`BYDAY=MO` のように曜日を書いてください
model-rule-set-pos-help = `BYSETPOS` には、日を決めるほかの要素が必要です。`BYDAY=MO,TU,WE,TH,FR` などを加えてください

## 定期メンテナンス

model-recurrence-text = `recurrence` は文字列ではなく、`key: value` の形で書きます
model-recurrence-text-help = `recurrence: {"{"}rule: "{ $rule }"{"}"}` と書いてください
model-recurrence-end-before-start = 定期メンテナンスの終わりが始まりより前です
model-recurrence-check-both = 両方の時刻を確認してください
model-recurrence-except = 定期メンテナンスに { $day } の回はありません
model-recurrence-except-help = 定期メンテナンスのある日を書くか、この日付を取り除いてください
model-recurrence-endless = 定期メンテナンスには、終わりのある作業時間帯（`window`）が必要です
model-recurrence-endless-help = `window` の `end` に時刻を書いてください
model-recurrence-unexpanded = ルール `{ $shown }` から日付を求められません: 「{ $why }」
model-recurrence-other-rule = 実在する日になるルールを書いてください。毎月の最後の日なら `FREQ=MONTHLY;BYMONTHDAY=-1` です
model-recurrence-not-first = 最初の作業時間帯（{ $start }）の日が、ルール `{ $shown }` に合いません
model-recurrence-not-first-help = ルールに合う日に作業時間帯を始めてください。次は { $day }（{ $weekday }）です
model-recurrence-no-day = 作業時間帯から { $year } 年の終わりまでに、ルール `{ $shown }` に合う日がありません
model-recurrence-over = ルール `{ $shown }` は、作業時間帯が始まる前に終わります
model-weekday-monday = 月
model-weekday-tuesday = 火
model-weekday-wednesday = 水
model-weekday-thursday = 木
model-weekday-friday = 金
model-weekday-saturday = 土
model-weekday-sunday = 日
model-series-no-occurrence = 定期メンテナンスに { $day } の回はありません
model-series-nearest-days = 近いのは { $a } と { $b } の回です
model-series-nearest-day = 近いのは { $one } の回です
model-series-any-day = 定期メンテナンスのある日を書いてください
model-series-early = この定期メンテナンスは { $year } 年より前に始まるため、それ以来のすべての回にページができてしまいます
model-series-early-help = 読者にまだ必要な作業時間帯のうち、最初のものから始めてください
model-series-long = この更新が属する回より前の回が多すぎます（上限 { $most } 回）
model-series-long-help = この定期メンテナンスを `until` で終わらせ、新しいものを別のファイルで始めてください
model-series-none-after = この更新より後に始まる回がありません
model-series-none-before = この更新までに始まった回がありません
model-series-write-occurrence = 見出しのすぐ下に、`occurrence: 2026-12-08` のように回を書いてください
model-series-unclear = この更新は { $next } の回のものとして扱いますが、いま作業中なのは { $running } の回です
model-series-unclear-help = 見出しのすぐ下に、`occurrence: { $day }` のように該当する回を書いてください
model-series-over = この更新は { $day } の回のものですが、その回はすでに終わっています
model-series-end-before-start = この変更をすると、メンテナンスの終わりが始まりより前になります
model-series-end-before-start-help = `start` と `end` の両方を書いてください。日付のない時刻は、次に来るその時刻を指します

## 投稿・メール・チャネル

model-hashtag = `{ $written }` はハッシュタグにできません
model-hashtag-help = 文字、数字、`_` だけの 1 語を書いてください。数字だけにはできません
model-mail-address = `{ $written }` はメールアドレスではありません
model-mail-address-help = `status@example.com` または `Example Status <status@example.com>` のように書いてください。アドレスは ASCII 文字だけです
model-announce-name = `{ $name }` はチャネルの名前にできません
model-announce-name-help = 文字と数字を `-` でつないで書いてください。`noroshi announce` のコマンドの名前は使えません
model-announce-too-many = チャネルが { $most } 個を超えています
model-announce-too-many-help = 不要になったチャネルを取り除いてください
model-announce-ledger = 台帳を置く場所は 1 つだけです
model-announce-ledger-help = `{"{"}file: announced/ledger.json{"}"}`、`{"{"}git: origin{"}"}`（リモートの名前）、`{"{"}target: main{"}"}`（`deploy` のデプロイ先）のどれかを書いてください
model-announce-ledger-target = `{ $target }` は `deploy` のオブジェクトストレージではありません
model-announce-ledger-target-help = `s3`、`gcs`、`azure` のどれかを使う `deploy` のデプロイ先の名前を書くか、`ledger: {"{"}git: origin{"}"}` として台帳を git に置いてください
model-announce-no-hub = このチャネルにはハブのアドレスが必要です
model-announce-no-hub-help = `feeds: {"{"}hub: "https://…"{"}"}` を設定するか、このチャネルを取り除いてください
model-announce-no-component = `{ $word }` というコンポーネントはありません
model-announce-address = noroshi は `{ $url }` には送信しません: { $error }
model-announce-address-help = `https://hooks.example.com/path` のように書いてください。トークンとパスワードは環境変数から読み込みます
model-announce-from = メールアドレスではありません
model-announce-one-click = ワンクリックでの配信停止には、`unsubscribe` に `https` のアドレスが必要です（RFC 8058）
model-announce-one-click-help = クリックを受け付けるアドレスを加えるか、`one_click` を取り除いてください
model-announce-server = メールサーバーとして読めません
model-announce-server-help = `smtps://smtp.example.com`（TLS、ポート 465）か `smtp://smtp.example.com:587`（STARTTLS）のように書いてください。ユーザー名とパスワードは書かず、環境変数で渡します
model-announce-list = `{ $written }` はメーリングリストのアドレスではありません
model-announce-list-help = `status@lists.example.com` のように、ASCII 文字で書いてください
model-announce-way = メーリングリストの登録や解除に使えるアドレスではありません
model-announce-way-help = `https://` または `mailto:` で始まるアドレスを書いてください

## 質問

model-question-no-answer = この質問に回答がありません
model-question-no-answer-help = フロントマターの下に回答を書いてください

## デプロイ先

model-deploy-name = `{ $name }` はデプロイ先の名前にできません
model-deploy-name-help = 文字と数字を `-` でつないで書いてください
model-deploy-too-many = デプロイ先が { $most } 個を超えています
model-deploy-too-many-help = デプロイ先を減らすか、2 つ目の site.yaml からデプロイしてください
model-deploy-nowhere = デプロイ先 `{ $name }` に送り先がありません
model-deploy-several = デプロイ先 `{ $name }` に送り先が { $written } 個あります
model-deploy-destination-help = `s3`、`gcs`、`azure`、`folder`、`ssh` のどれか 1 つを書いてください
model-deploy-foreign-key = このキーは { $owner } でだけ使えます
model-deploy-foreign-key-help = 取り除くか、送り先を変えてください
model-deploy-brotli = バケットには、`br` で圧縮したテキストを置けません。誰にでも同じ内容が送られ、それを読めないフィードリーダーがあるためです
model-deploy-brotli-help = `compress: gzip` と書いてください。`br` にするなら、CDN に圧縮させてください
model-deploy-container = `{ $written }` にアカウントとコンテナーの名前がありません
model-deploy-container-help = `account/container` の形で、たとえば `examplestatus/$web` のように書いてください
model-deploy-bucket = `{ $written }` はバケットの名前ではありません
model-deploy-bucket-help = `bucket` または `bucket/path` の形で書いてください。認証情報は環境変数から読み込みます
model-deploy-address = noroshi が送信できるアドレスではありません
model-deploy-address-help = `https://s3.example.com` のように、ユーザー名とパスワードを入れずに書いてください。認証情報は環境変数から読み込みます
model-deploy-folder = `{ $path }` はフォルダーではありません
model-deploy-folder-help = `/srv/www/status` のようにパスを書いてください
model-deploy-ssh = 別のマシンのフォルダーとして読めません
model-deploy-ssh-help = `user@host.example.com:/srv/www/status` のように、パスワードを入れずに書いてください。`ssh` は手元の鍵を使います
model-deploy-cdn = 1 つのデプロイ先に書ける CDN は 1 つです
model-deploy-cdn-help = `cloudflare`、`fastly`、`cloudfront`、`webhook` のどれか 1 つを書いてください
model-deploy-cdn-id = `{ $id }` は ID ではありません
model-deploy-cdn-id-help = 提供元の画面に表示される ID を書いてください

## ホスティング先の設定（`content/host/`）

model-host-second-star = `{ $quoted }` に `*` が 2 つあります。Cloudflare では 1 つまでです
model-host-second-star-help = アドレスごとにルールを書いてください
model-host-placeholder = `{ $quoted }` の `:` は、ホスティング先によって解釈が違います
model-host-placeholder-help = `/news/:year/` のように、`:name` だけで 1 区切りにしてください
model-host-splat = `{ $quoted }` に `:splat` があります。これは `*` に当たる部分の名前です
model-host-splat-help = 別の名前にしてください
model-host-no-address = ヘッダー `{ $name }` の対象のアドレスがありません
model-host-header-form = 対象のアドレスの下に、`Name: value` の形で書いてください
model-host-no-header = ルール `{ $pattern }` にヘッダーがありません
model-host-no-header-help = 下に `Name: value` の行を書くか、ルールを取り除いてください
model-host-not-an-address = `{ $quoted }` はアドレスではありません
model-host-path-alone = `/downloads/*` のように、パスだけを書いてください
model-host-named = `{ $quoted }` にホスト名があります。読めるのは Cloudflare だけです
model-host-removed = `{ $quoted }` はヘッダーを取り除く指定です。読めるのは Cloudflare だけです
model-host-removed-help = この行を取り除いてください。noroshi が設定するヘッダーは外せません
model-host-neither = `{ $quoted }` はアドレスでもヘッダーでもありません
model-host-header-name = `{ $name }` はヘッダーの名前ではありません
model-host-no-value = ヘッダー `{ $name }` に値がありません
model-host-not-ascii = `{ $name }` の値に、ヘッダーでは使えない文字があります
model-host-not-ascii-help = ASCII 文字だけを使ってください
model-host-too-long = この行は { $bytes } バイトあります。Cloudflare が読むのは { $most } バイトまでです
model-host-too-long-help = 短くしてください
model-host-second-rule = `{ $from }` のルールは上にもあります
model-host-second-rule-help = どちらか一方を取り除いてください。ホスティング先は最初のルールを使います
model-host-no-status = `{ $quoted }` にステータスがありません。Cloudflare は 302、Netlify は 301 を返します
model-host-no-status-help = `{ $from } { $to } 301` と書いてください。恒久的な移動でなければ `302` です
model-host-not-a-redirect = `{ $quoted }` は、どのホスティング先でも使えるリダイレクトではありません
model-host-not-a-redirect-help = `/old/ /new/ 301` のように、旧アドレス、新アドレス、ステータスを書いてください
model-host-from = `{ $from }` はこのサイトのアドレスではありません
model-host-from-help = `/` で始め、`?` と `#` は使わないでください
model-host-star = `{ $from }` の `*` が末尾にありません
model-host-star-help = `/old/*` のように、最後の区切りに書いてください
model-host-to = `{ $to }` はリダイレクト先にできるアドレスではありません
model-host-to-help = `/` または `https://` で始めてください
model-host-name = `:{ $name }` が旧アドレスにありません
model-host-name-help = 旧アドレスにも書いてください。`:splat` は `*` に当たる部分です
model-host-status = `{ $status }` は、どのホスティング先でも使えるステータスではありません
model-host-status-help = 恒久的な移動なら `301`、そうでなければ `302` と書いてください

## 値の種類

model-unknown-word = `{ $word }` は{ $what }ではありません
model-noun-address-form = アドレスの形式
model-noun-auto = キー `auto` の値
model-noun-category = このサイトのカテゴリー
model-noun-channel-kind = チャネルの種類
model-noun-choice = 選択肢
model-noun-component-status = コンポーネントの状態
model-noun-compression = 圧縮形式
model-noun-entry-kind = エントリーの種類
model-noun-field-value = この項目の値
model-noun-host = 対応しているホスティング先
model-noun-language = このサイトの言語
model-noun-level = レベル
model-noun-maintenance-kind = メンテナンスの種類
model-noun-mode = 動作モード
model-noun-phase-mode = フェーズの状況
model-noun-rule = ポリシーのルール
model-noun-severity = 重大度
model-noun-shape = データの形式
model-noun-slug-script = スラッグの文字種
model-noun-status = 状態
model-unknown-subject = `{ $word }` は重大度でも、メンテナンスの種類でも、エントリーの種類でもありません
model-noun-visibility = 公開範囲
model-wrong-type = `{ $key }` には{ $what }を書いてください（今は{ $kind }です）
model-wrong-type-item = ここには{ $what }を書いてください（今は{ $kind }です）
model-wrong-type-quote = 文字列なら、引用符で囲んで `{ $line }` と書いてください
model-wrong-type-help = { $what }を書くか、取り除いてください
model-type-text = 文字列
model-type-bool = 真偽値（`true` か `false`）
model-type-integer = 整数
model-type-list = リスト
model-type-map = マッピング（`key: value` の形）

## キーと値

model-key-missing = `{ $key }` がありません
model-example-title = 1 行のタイトル
model-example-reason = 取り下げる理由
model-key-missing-help = `{ $key }: { $example }` のように加えてください
model-key-no-value = `{ $key }` に値がありません
model-key-unknown = `{ $key }` というキーはありません
model-key-unknown-help = 次のどれかを書いてください: { $keys }
model-key-see = 一覧は docs/format.md
model-text-empty = 文字列が空です
model-text-empty-help = 文字列を書くか、キーを取り除いてください
model-text-too-long = 文字列が { $bytes } バイトあります。noroshi が読み込むのは { $most } バイトまでです
model-text-too-long-help = 短くしてください。長い文章はエントリーの本文に書いてください
model-text-unknown-locale = `{ $key }` はこのサイトの言語ではありません
model-text-unknown-locale-help = { $locales } のどれかを書いてください。コロンを含む文章なら、引用符で囲んでください
model-text-missing-locale = `{ $locale }` の文章がありません
model-text-missing-locale-help = 書き加えてください。それまでは、最初の言語の文章を表示します
model-text-first-locale-help = `{ $locale }: …` を加えてください。ほかの言語に文章がないときは、これを表示します
model-text-unclosed-comment = このコメントが閉じていません
model-text-unclosed-comment-help = `-->` で閉じてください
model-out-of-range = この値は範囲外です
model-out-of-range-help = { $first } から { $last } までの値を書いてください
model-api-id = `{ $id }` は API の ID にできません
model-api-id-help = 英数字、`-`、`_` を 64 字まで使ってください。キーを取り除くと、ID は自動で決まります
model-zone = `{ $name }` はタイムゾーンではありません
model-zone-help = `Asia/Tokyo` や `Europe/Dublin` のように、IANA の名前を書いてください
model-duration = `{ $written }` を時間の長さとして読めません
model-duration-help = `30m`、`4h`、`7d`、`1h 30m` のように書いてください
model-duration-long = `{ $written }` は { $days } 日を超えています
model-duration-long-help = `90d` のように、もっと短くしてください
model-list-too-long = リストの項目が { $items } 個あります。noroshi が読み込むのは { $most } 個までです
model-list-too-long-help = 不要になった項目を取り除いてください

## 時刻と日付

model-time-form = `2026-11-20 10:15` のように書いてください
model-time-invalid = `{ $text }` を時刻として読めません
model-time-no-date = `{ $text }` に日付がありません
model-time-no-date-help = `YYYY-MM-DD { $way }` のように、日付も書いてください
model-time-no-clock = `{ $text }` に時刻がありません
model-time-no-clock-help = `{ $way } HH:MM` のように、時刻も書いてください
model-time-impossible = `{ $text }` という日時は存在しません
model-time-impossible-help = 月は 12 まで、時は 23 までです。その日があるかをカレンダーで確認してください
model-time-out-of-range = `{ $text }` は 1970 年から 2100 年までの範囲外です
model-time-skipped = `{ $text }` はこのタイムゾーンには存在しません。夏時間などで時計を進めるときに飛ばされる時刻です
model-time-skipped-help = `2026-11-20 10:15 +09:00` のように、時差を書き加えてください
model-time-twice = `{ $text }` はこのタイムゾーンでは 2 回あります。夏時間などで進めた時計を戻すためです
model-time-twice-help = 該当する方の時差を加えて、`{ $text } { $first }` か `{ $text } { $second }` と書いてください
model-day-invalid = `{ $text }` を日付として読めません
model-day-invalid-help = `2026-12-29` のように書いてください

## エントリー

model-alias = `{ $written }` はこのサイトのアドレスではありません
model-alias-fault = `{ $written }` はこのサイトのアドレスにできません: { $fault }
model-alias-help = `/old/path/` のように、サイトの先頭から書いてください
model-field-unknown = site.yaml に、この種類のエントリーの項目 `{ $name }` はありません
model-field-add = site.yaml の `fields` に加えてください
model-field-help = { $some } のどれかを書くか、site.yaml の `fields` に加えてください
model-section-undated = このセクションには時刻がないため、フィードに載りません
model-section-undated-help = 見出しの末尾に、`2026-11-25 18:00` のように時刻を書いてください
model-faq-no-question = このセクションに `###` の質問がないか、最初の質問より上に文章があります
model-faq-no-question-help = `### 質問の文` の形の見出しで始め、その下に回答を書いてください
model-report-unreadable = `{ $written }` から、第何報かを読み取れません
model-report-unreadable-help = `2` や `第2報`、最後なら `最終報` と書いてください
model-report-two = 第何報かが、この行（`{ $line }`）と見出し（`{ $heading }`）で違います
model-report-two-help = どちらか 1 つだけ残してください
model-report-same = これより前の更新が、すでに第 { $number } 報です
model-report-order = これは第 { $number } 報ですが、これより前の更新がすでに第 { $last } 報です
model-report-order-help = 番号を { $next } にしてください。順番が違うなら、更新の時刻を直してください

## 翻訳

model-translation-add = 原文に加えてください
model-translation-front-help = 翻訳に残すのは `title`、`scope`、`fields` と本文だけです。ほかのキーは原文に書いてください
model-translation-section = 原文にこのセクションがないため、この文章は表示されません
model-translation-key = 原文に `{ $key }` がないため、この文章は表示されません
model-translation-field = 原文に項目 `{ $name }` がないため、この文章は表示されません
model-translation-questions = この翻訳の質問は { $theirs } 個、原文は { $ours } 個です
model-translation-questions-help = 質問の数を原文と揃えてください。それまでは原文を表示します
model-translation-time = この時刻は存在しないか、2 回あります
model-translation-time-help = 時刻を原文の見出しと同じように書いてください
model-translation-update = 原文に、この状態と時刻の更新がありません
model-translation-update-help = 状態と時刻を原文に合わせてください。それまでは原文を表示します
model-translation-number = 第何報かが、翻訳（`{ $own }`）と原文（`{ $original }`）で違います
model-translation-number-help = 番号を取り除くか、原文と同じにしてください
model-translation-facts = noroshi は翻訳の項目行を読み込みません
model-translation-facts-help = 項目行は原文に書いてください

## インシデント

model-incident-check-both = 両方の時刻を確認してください
model-incident-early-recovery = `expected_recovery` が `started` より前です
model-incident-no-start = `started` が不明なうえ、気づいた時刻も書かれていません
model-incident-no-start-help = `detected`、`publish_at`、更新のどれかを加えてください
model-incident-late-start = `started` がすべての更新より後です
model-incident-late-start-help = `started` の日、年、タイムゾーンと、更新の時刻を確認してください
model-incident-resolved-early = この更新では、`started` より前に解決したことになります
model-incident-update-early = この更新はインシデントの `started` より前です
model-incident-ended-early = `ended` がインシデントの `started` より前です
model-incident-ended-late = `ended` がその更新より後です
model-incident-ended-late-help = `ended` は、その時刻以降の更新に書いてください
model-incident-ended-open = `ended` を書けるのは、`resolved` の更新と、その後の訂正（`correction`）だけです
model-incident-ended-open-help = そこに移してください
model-incident-corrected-open = この訂正に `ended` がありますが、それより前に `resolved` の更新がありません
model-incident-corrected-open-help = `ended` は `resolved` の更新に書いてください
model-incident-corrected-start-late = この訂正の `started` が、インシデントの終わりより後です
model-incident-corrected-start-future = この訂正の `started` が、訂正の時刻より後です
model-incident-check-both-date = 両方の時刻を確認し、日付も書いてください
model-incident-backfilled = 後から記録したインシデント（`backfilled`）に `publish_at` がありません
model-incident-backfilled-help = 記録した時刻を `publish_at` に書いてください。フィードには、その時刻で 1 件だけ載ります
model-incident-part-untouched = `ended` の `{ $id }` は、このインシデントの影響を受けていません
model-incident-part-untouched-help = `affects` に加えるか、ここから取り除いてください
model-incident-part-early = `{ $id }` の `ended` がインシデントの `started` より前です
model-incident-part-late = `{ $id }` の `ended` がその更新より後です

## メンテナンス

model-window-end-before-start = 作業時間帯（`window`）の終わりが始まりより前です
model-window-end-before-start-help = 両方の時刻を確認してください。終わりが分からないときは `unknown` と書いてください
model-maintenance-windows-and-series = 定期メンテナンスで繰り返せる作業時間帯は 1 つですが、`window` に { $windows } 個あります
model-maintenance-windows-and-series-help = `recurrence` を取り除くか、作業時間帯を 1 つにして、残りを別のファイルの定期メンテナンスにしてください
model-window = `{ $words }` を作業時間帯として読めません
model-window-help = `{"{"}start: 2026-12-01 02:00, end: 2026-12-01 05:00{"}"}` または `2026-12-01 02:00 to 05:00` の形で書いてください
model-windows-empty = 作業時間帯のリストが空です
model-windows-empty-help = `window: {"{"}start: 2026-12-01 02:00, end: 2026-12-01 05:00{"}"}` のように書いてください
model-windows-same-start = { $start } に始まる作業時間帯が 2 つあります
model-windows-same-start-help = どちらか一方を取り除くか、始まりを直してください
model-windows-order = この作業時間帯の始まり（{ $start }）が、上のものより前です
model-windows-order-help = 作業時間帯を始まりの順に書いてください: { $starts }
model-windows-unknown-end = { $start } からの作業時間帯より前に、終わりが不明なものがあります
model-windows-unknown-end-help = 終わりを不明にできるのは最後の作業時間帯だけです。時刻を書いてください
model-windows-overlap = この作業時間帯の始まり（{ $start }）が、上のものの終わり（{ $end }）より前です
model-windows-overlap-help = どちらかの時刻を変えるか、2 つを 1 つの作業時間帯にまとめてください
model-windows-none-named = { $when } に始まる予定だった作業時間帯は、このメンテナンスにありません
model-windows-none-named-help = 作業時間帯の当初の始まりを書いてください: { $starts }
model-windows-several-named = { $when } に始まる予定だった作業時間帯が { $windows } 個あります
model-windows-several-named-help = 時刻も書いてください: { $starts }
model-windows-which = このメンテナンスには作業時間帯が複数あり、この時刻がどの作業時間帯のものか決まりません
model-windows-which-help = 見出しのすぐ下に、該当する作業時間帯を書いてください: { $possible }
model-windows-clash = この変更をすると、{ $other } に始まる作業時間帯と重なります
model-windows-clash-help = 別の時刻にするか、先にもう一方の作業時間帯を動かしてください
model-windows-undecided = この作業時間帯に始まりがありません。リストに書けるのは、始まりが決まったものだけです
model-windows-undecided-help = 始まりが決まってから加えてください。どれも決まっていなければ `window: 未定` と書いてください
model-window-end-alone = この作業時間帯には終わりがありますが、始まりがありません
model-window-end-alone-help = 始まりも書いてください（日付だけでもかまいません）。決まっていなければ `end: 未定` と書き、分かっている日時は本文に書いてください
model-maintenance-undecided-series = 定期メンテナンスで繰り返す作業時間帯の始まりが決まっていません
model-maintenance-undecided-series-help = 最初の回の作業時間帯を書くか、決まるまで `recurrence` を取り除いてください
model-maintenance-start-open = 始まりを未定に戻せるのは、延期（`postponed`）の更新だけです
model-maintenance-start-open-help = 読者に知らせた始まりを取り消すなら、見出しに「延期」と書いてください。そうでなければ、この行を取り除いてください
model-maintenance-begins-undecided = 作業は始まっていますが、このメンテナンスの始まりがどこにも書かれていません
model-maintenance-ends-undecided = このメンテナンスには終わりがありますが、始まりがありません
model-maintenance-begins-undecided-help = 見出しの下に、`start: { $at }` のように始まりを書いてください
model-maintenance-no-series = このメンテナンスは定期メンテナンスではありません
model-maintenance-no-series-help = `occurrence` を取り除いてください
model-phase-end-before-start = フェーズの終わりが始まりより前です
model-phase-end-before-start-help = 両方の時刻を確認してください
model-phase-outside = フェーズが作業時間帯（`window`）に収まっていません
model-phase-outside-help = フェーズか作業時間帯の時刻を変えてください
model-phase-unreadable = `{ $part }` をフェーズとして読めません
model-phase-unreadable-help = `phases: api=halted 02:00-04:00; assets=cancel_only 04:00-05:30` のように、コンポーネント、状況、時刻を書いてください
model-phase-mode-help = { $words } のどれかを書いてください
model-phase-unknown = この予定の変更をすると、フェーズの時刻が決まらなくなります
model-phase-unknown-help = 見出しの下に、`phases: api=halted 02:00-04:00` のような行を加えてください

## お知らせ

model-notice-expired = `expires_at` が `publish_at` より後になっていません
model-notice-expired-help = 両方の時刻を確認してください

## site.yaml

model-site-link = `{ $url }` へのリンクは使えません
model-site-link-help = アドレスを `https://`、`http://`、`mailto:`、`tel:`、`/` のどれかで始めてください
model-site-hub = `{ $url }` はハブのアドレスにできません
model-site-hub-help = `https://hub.example.com/` のように書いてください
model-site-id = `{ $id }` は ID にできません
model-site-id-help = `{ $sound }` と書いてください
model-site-id-form-help = 文字と数字を `-` でつないで書いてください
model-site-id-built-in = `{ $id }` は組み込みの ID です
model-site-id-twice = ID `{ $id }` が 2 回使われています
model-site-id-other-help = 別の ID にしてください
model-site-locale = `{ $locale }` は言語のタグではありません
model-site-locale-help = `en`、`ja`、`pt-BR` のように書いてください
model-site-locale-twice = `{ $locale }` が 2 回あります
model-site-locale-twice-help = どちらか 1 つだけ残してください
model-site-locale-unknown = `{ $locale }` の文言がありません
model-site-locale-unknown-help = { $known } のどれかを書くか、テーマに `messages/{ $locale }.ftl` を置いて言語を加えてください
model-site-no-locale = `locales` に言語がありません
model-site-no-locale-help = `locales: [en]` のように書いてください。最初の言語が `/` で公開されます
model-site-unreadable = site.yaml を読めません
model-site-unreadable-help = 少なくとも `title`、`url`、`timezone`、`locales` を書いてください
model-site-url = `{ $written }` は完全なアドレスではありません
model-site-url-help = `https://status.example.com/` のように書いてください
model-site-theme = `{ $name }` というテーマはありません
model-site-removed = `{ $written }` をエントリーの ID またはアドレスとして読めません
model-site-removed-help = 種類と ID（例: `incident/2026-11-20-yen`）か、アドレス（例: `/incidents/2026-11-20-yen/`）を書いてください
model-site-field-twice = 項目 `{ $id }` が 2 回あります
model-policy-see = 一覧は docs/policy.md
model-policy-key-help = 次のどれかを書いてください: { $words }
model-policy-clock = `{ $written }` を時刻として読めません
model-policy-clock-help = `"06:00"` のように書いてください
model-policy-demand = ポリシーの必須項目に `{ $written }` は指定できません
model-policy-demand-help = { $some } のどれか、または `internal.` とキーを書いてください。すべては docs/policy.md にあります
model-approve-empty-group = グループ `{ $name }` に人がいません
model-approve-empty-group-help = `{ $name }: ["Hanako Sato <hanako@example.com> @hanako"]` のように書いてください
model-approve-team = `{ $team }` はチームです。ホスティングサービスのレビューに名前が残るのは個人だけです
model-approve-team-help = `approvers` のグループとして、`comms: ["@hanako", "@jiro"]` のようにメンバーを書いてください
model-approve-person = `{ $written }` を人の名前として読めません
model-approve-person-help = 名前、メールアドレス、ログイン名（`"@hanako"`）のどれかを書いてください
model-approve-nobody = `who` に人がいません
model-approve-nobody-help = `who: [comms, "@hanako"]` のように書いてください
model-approve-too-few = { $have } 人に対して、{ $asked } 件の承認を求めています
model-approve-too-few-help = `who` に人を増やすか、求める承認を減らしてください
model-approve-no-group = `{ $written }` は `approvers` のグループではありません
model-approve-no-group-help = `{ $near }` の間違いではありませんか
model-approve-severity = `severity` はインシデントの条件ですが、`kinds` に `incident` がありません
model-approve-severity-help = `kinds` に `incident` を加えるか、`severity` を取り除いてください
model-login = `{ $written }` はアカウント名ではありません
model-login-near-help = `{ $near }` と書いてください
model-login-help = その人のプロフィールのアドレスにある名前を、`sato-exchange` のように `@` なしで書いてください
