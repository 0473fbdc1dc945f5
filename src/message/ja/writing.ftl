# エントリーを書くコマンドのメッセージ。

## エントリーのファイル

cli-editor-no-locale = 言語 `{ $named }` はこのサイトにありません
cli-editor-locale-see = すべての言語は site.yaml の `locales` にあります
cli-editor-locale-help = 次のどれかを書いてください: { $some }
cli-editor-unread = `{ $name }` を読めません
cli-editor-unread-help = `noroshi check` を実行して、理由を確認してください
cli-editor-refused = 何も書き込んでいません。書き込むと、`{ $name }` が上のエラーになります
cli-editor-panicked = 警告: { $panicked }。`noroshi check` を実行して、原因のファイルを確認してください
cli-editor-written-warnings = 書き込みました。次の指摘があります:
cli-editor-nothing-written = { $help }。何も書き込んでいません
cli-editor-disk-help = フォルダーの権限とディスクを確認してください
cli-editor-disk-read = { $path } を読み込めません: { $error }
cli-editor-disk-write = { $path } に書き込めません: { $error }
cli-editor-not-a-file = `{ $name }` は通常のファイルではありません
cli-editor-not-a-file-help = ファイルそのものをここに置いてください。noroshi はシンボリックリンクをたどりません
cli-editor-changed = コマンドの実行中に `{ $path }` が変更されました
cli-editor-changed-help = ファイルを確認してから、もう一度実行してください。何も書き込んでいません
cli-editor-stdin = 標準入力を読み込めません: { $error }
cli-editor-stdin-not-utf8 = 標準入力の文章が UTF-8 ではありません
cli-editor-stdin-not-utf8-help = UTF-8 で保存してください

## オプションの値

cli-editor-of-option = { $option }: { $what }
cli-editor-missing = { $all } が指定されていません
cli-editor-missing-several = { $all } が指定されていません
cli-editor-missing-help = スクリプトでは必須の値をすべて指定してください。端末で実行すれば noroshi が尋ねます
cli-editor-one-line = { $option } の値が空か、複数の行になっています
cli-editor-one-line-help = 1 行で書いてください
cli-editor-no-value = `{ $typed }` に値がありません
cli-editor-no-value-help = { $option } key=value の形で書いてください
cli-editor-not-a-time = { $option }: `{ $typed }` を時刻として読めません
cli-editor-not-a-time-help = `2026-11-20 10:15`、`10:15`、`30m` のように書いてください
cli-editor-clock-or-length = { $option }: `{ $typed }` は時刻 { $clock } とも { $minutes } 分後とも読めます
cli-editor-clock-or-length-help = `{ $clock }` または `{ $minutes }m` と書いてください
cli-editor-passed-today = 警告: 今日の { $typed } はもう過ぎているため、{ $option } を { $time } として書き込みます
cli-editor-next-day = 今日の { $typed } はもう過ぎています（{ $option }）。翌日の時刻ですか？
cli-editor-next-day-yes = はい（{ $time }）
cli-editor-next-day-no = いいえ、中止する
cli-editor-passed = { $option }: 今日の { $typed } はもう過ぎています
cli-editor-passed-help = 時刻に日付を付けて書いてください。何も書き込んでいません
cli-typed-part = `{ $word }` は{ $kind }の状態でもセクションでもありません
cli-typed-part-help = この種類のエントリーに更新はありません。ファイルを編集してください
cli-typed-an-incident = インシデント
cli-typed-a-maintenance = メンテナンス
cli-typed-a-notice = お知らせ
cli-typed-a-question = 質問（FAQ）
cli-typed-a-page = ページ
cli-typed-noun-status = 状態
cli-typed-noun-kind = メンテナンスの種類
cli-typed-noun-level = お知らせのレベル
cli-typed-noun-category = カテゴリー
cli-typed-unknown = `{ $word }` という{ $what }はありません
cli-typed-see = すべての語は site.yaml と docs/format.md にあります
cli-typed-write = 次のどれかを書いてください: { $words }
cli-typed-severity = `{ $word }` という重大度はありません
cli-typed-component = コンポーネント `{ $typed }` が見つかりません
cli-typed-component-status = `{ $word }` というコンポーネントの状態はありません
cli-typed-component-only = `{ $id }={ $status }` に状態が付いていますが、ここに書けるのはコンポーネントだけです
cli-typed-component-only-help = `{ $id }` と書いてください
cli-typed-key = `{ $word }` はキーにできません
cli-typed-key-help = 文字、数字、`_`、`-`、`.` だけを使ってください
cli-typed-zone = `{ $word }` というタイムゾーンはありません
cli-typed-zone-help = `Asia/Tokyo` や `UTC` のように IANA の名前を書いてください
cli-typed-no-language = noroshi は言語 `{ $word }` に対応していません

## 新しいエントリー（`noroshi new`）

cli-new-a-faq = 質問（FAQ）
cli-new-unsuited = { $option } は{ $what }には使えません
cli-new-unsuited-help = `noroshi new --help` で各オプションの用途を確認してください
cli-new-noun-template = テンプレート
cli-new-noun-mode = フェーズの状況
cli-new-template-unread = { $path } を読み込めません: { $error }
cli-new-template-fault = `{ $file }`: { $fault }
cli-new-slug = `{ $given }` はアドレスに使えません
cli-new-slug-help = `{ $near }` と書いてください
cli-new-slug-taken = アドレス `{ $slug }` は `{ $name }` が使っています
cli-new-slug-taken-help = `--slug` で別のアドレスを選んでください。何も書き込んでいません
cli-new-exists = `{ $name }` はすでにあります
cli-new-exists-help = そのファイルを編集するか、`--slug` で別のアドレスを選んでください
cli-new-translation-fact = { $option } は翻訳では使えません。日時や状態などの事実は原文に書きます
cli-new-translation-fact-help = 原文のファイルに書いてください
cli-new-translation-headings = 本文を書くまで、本文のない見出しは最初の言語で表示されます
cli-new-phase = `{ $typed }` をフェーズとして読めません
cli-new-phase-help = コンポーネント、状況、時刻を書いてください: `--phase "api=halted 02:00-04:00"`
cli-new-phase-backwards = フェーズ `{ $phase }` の終わりが始まりより前です
cli-new-phase-backwards-help = 両方の時刻を確認してください
cli-new-window = `{ $typed }` を作業時間帯として読めません
cli-new-window-help = 日付と両方の時刻を書いてください: `--window "2026-12-05 10:00-12:00"`（終わりが未定なら `unknown`）
cli-new-notice-times = お知らせの --at と --publish-at は同じ意味です
cli-new-notice-times-help = どちらか 1 つを指定してください。お知らせはその時刻に表示されます
cli-new-affects-twice = --affects に `{ $component }` が 2 回あります
cli-new-affects-twice-help = 1 回だけ書いてください
cli-new-affects-status = { $what }ではコンポーネントの状態を指定できません
cli-new-affects-status-help = 状態を付けずに、コンポーネントだけを書いてください
cli-new-affects-some = --affects に、状態の付いたコンポーネントと付いていないものがあります
cli-new-affects-some-help = --severity を加えるか、すべてのコンポーネントに状態を付けてください

## 更新（`noroshi update`）

cli-update-translation-fact = { $option } は翻訳では使えません。日時や状態などの事実は原文に書きます
cli-update-translation-fact-help = 原文のファイルに書いてください
cli-update-only-updates = { $option } を使えるのは更新だけです
cli-update-section-fact-help = このオプションを外してください。セクションに書けるのは文章と時刻だけです
cli-update-section-text-help = 次の更新のときに指定してください。セクションに書けるのは文章と時刻だけです
cli-update-ended = コンポーネントを書かない --ended には、状態 `resolved` または `correction` が必要です
cli-update-ended-help = 1 つのコンポーネントなら `--ended api=03:47` のように書いてください
cli-update-started = --started には状態 `correction` が必要です
cli-update-started-help = 読者がまだ開始時刻を見ていなければ、ファイルの `started` を変更してください
cli-update-unsuited = { $option } はこの種類のエントリーには使えません
cli-update-unsuited-help = `noroshi update --help` で各オプションの用途を確認してください
cli-update-section-empty = セクション `{ $section }` の文章がありません
cli-update-section-empty-help = `-m TEXT` を加えてください。`-m -` なら標準入力から読み込みます
cli-update-section-undated = セクション `{ $section }` に時刻は付けられません
cli-update-section-undated-help = `--at` を外してください
cli-update-statuses = この更新後の状態: { $statuses }
cli-update-uncorrected = 警告: 読者はすでに { $texts } の古い文章を見ています。何が変わったかを `correction` で伝えるまで、`check` は { $code } を報告します
cli-update-uncorrected-help = 対処: `noroshi update { $slug } correction -m TEXT` を実行してください。変更するコマンドに状態 `correction` も付ければ、1 回で済みます
cli-update-set = `{ $component }` に値がありません
cli-update-set-help = --set component=status の形で書いてください
cli-update-absent = `{ $name }` がありません
cli-update-absent-help = `noroshi new { $kind } TITLE --locale { $locale } --slug { $slug }` で作ってください
cli-update-original-section = 原文にセクション `{ $section }` がありません
cli-update-original-undated = 原文に、時刻の付いたセクション `{ $section }` がありません
cli-update-original-section-help = 先に原文に加えてください
cli-update-original-update = 原文に、対応する更新がありません
cli-update-original-update-help = STATUS と `--at` を外すと、最新の更新を訳せます
cli-update-text-empty = { $option } の文章が空です
cli-update-text-empty-help = 新しい文章を書いてください
cli-update-two-locales = { $option } と `--locale` の両方で言語を指定しています
cli-update-two-locales-help = 言語を付けずに、文章だけを書いてください
cli-update-stale = `{ $locale }` の `{ $name }` は古い文章のままです: { $way }
cli-update-stale-here = `{ $option } "{ $field }{ $locale }=TEXT"` を付けて書き換えてください
cli-update-stands-there = `{ $locale }` の文章は `{ $name }` にあります
cli-update-stands-there-help = `noroshi update { $slug } --locale { $locale } { $option } "{ $field }{ $text }"` で書いてください。何も書き込んでいません
cli-update-which-occurrence = どの回についての更新ですか？
cli-update-occurrence = { $start }、{ $state }
cli-update-occurrence-moved = { $day } の回（変更後は { $start }）、{ $state }
cli-update-occurrences = `{ $status }` は、この定期メンテナンスの { $number } 回分に当てはまります: { $days }
cli-update-occurrence-command = `noroshi update { $slug } { $status } --occurrence { $day }`（{ $occurrence }）
cli-update-or-command = または{" "}
cli-update-occurrences-help = { $commands }を実行してください。何も書き込んでいません
cli-update-about-window = { $start } からの作業時間帯についての更新です
cli-update-about-occurrence = { $day }（{ $weekday }）の回についての更新です
cli-update-monday = 月
cli-update-tuesday = 火
cli-update-wednesday = 水
cli-update-thursday = 木
cli-update-friday = 金
cli-update-saturday = 土
cli-update-sunday = 日
cli-update-about-report = この更新は第 { $number } 報です
cli-update-end = --end { $typed } は、開始後の最初の時刻 { $first } とも、この更新の後の最初の時刻 { $next } とも読めます
cli-update-end-help = `--end "{ $first }"` または `--end "{ $next }"` と書いてください。何も書き込んでいません

## テキストエディター（`noroshi edit`）

cli-edit-unchanged = `{ $name }` は変わっていません
cli-edit-again = もう一度開きますか？
cli-edit-again-yes = はい
cli-edit-again-no = いいえ、このままにする
cli-edit-absent = `{ $name }` がありません
cli-edit-absent-help = `noroshi new { $kind } TITLE --locale { $locale } --slug { $slug }` で作ってください
cli-edit-quotation = ${ $variable } を読めません: `{ $value }`
cli-edit-quotation-help = `{ $variable }='"my editor" --wait'` のように引用符を閉じてください
cli-edit-path = パス { $path } が UTF-8 ではありません
cli-edit-path-help = 自分のエディターでファイルを開いて編集し、`noroshi check` を実行してください
cli-edit-not-started = エディター `{ $name }` を起動できません: { $error }
cli-edit-editor-not-found = ${ $variable } に書かれたエディター `{ $name }` が見つかりません
cli-edit-no-editor = エディターがありません。$VISUAL も $EDITOR も設定されておらず、`{ $name }` もインストールされていません
cli-edit-no-editor-help = `export EDITOR=nano` のように、インストール済みのエディターを指定してください
cli-edit-failed = エディター `{ $name }` が失敗しました（終了コード { $code }）
cli-edit-stopped = エディター `{ $name }` が強制終了しました
cli-edit-failed-help = エントリーは確認していません。変更した場合は `noroshi check` を実行してください

## レビュー（`noroshi review`）

cli-review-still-waits = まだ承認待ちです: { $what }
cli-review-twice = `{ $name }` はすでにレビュー担当ですが、レビューしたのは以前の文章です
cli-review-twice-help = 今の文章を承認するには、次を実行してください: { $command }
cli-review-no-policy = 承認待ちはありません。site.yaml の `policy` に `approve` がありません
cli-review-nothing-waits = 承認待ちはありません

## アラートからの下書き（`noroshi draft`）

cli-draft-other-webhook = この Webhook はアラートの開始でも終了でもありません。何も書き込んでいません
cli-draft-ended-unknown = このアラートは終了しており、該当するエントリーもありません。何も書き込んでいません
cli-draft-unread = { $path } を読み込めません: { $error }
cli-draft-unread-help = Webhook 1 件の本文のファイルを指定してください。標準入力なら `-` です
cli-draft-large = 本文が { $most } MiB を超えています
cli-draft-large-help = 送信元で、1 件の Webhook に入れるアラートを減らしてください
cli-draft-not-json = 本文を JSON として読めません: { $line } 行目、{ $column } 列目
cli-draft-not-json-help = 受け取った Webhook の本文をそのまま渡してください
cli-draft-misread = { $sender } の Webhook ではありません: { $reason }
cli-draft-misread-help = docs/alerts.md で、プログラムごとに送る内容を確認してください
cli-draft-template-fault = `{ $template }`: { $fault }
cli-draft-addresses = アドレス `{ $base }` は、番号を付けたものを含めてすでに { $times } 個使われています
cli-draft-addresses-help = 古い下書きの名前を変えるか、削除してください
cli-draft-created = 新しい下書きです。まだ何も公開していません
cli-draft-unmatched = site.yaml の `alerts` にこのアラートに合うルールがないため、下書きにコンポーネントがありません。`affects` と `severity` を自分で書いてください
cli-draft-created-next = 次は: タイトル、`severity`、`affects` を確認し、`noroshi update { $slug } investigating -m TEXT` を実行してください。公開するには `draft: true` を消します
cli-draft-noted-ended = `internal` に記録しました: アラートは { $at } に終了しました。公開されている内容は変わっていません
cli-draft-noted-firing = `internal` に記録しました: アラートは { $at } から発生しています。公開されている内容は変わっていません
cli-draft-ended-next = 次は: 利用者に影響がなければ下書きを削除し、あれば公開してください
cli-draft-ended-public-next = 次は: 利用者が再び使えるようになったら、`noroshi update { $slug } resolved --ended TIME -m TEXT` を実行してください
cli-draft-firing-next = 次は: `affects` が今も正しいか確認してください
cli-draft-unchanged = このエントリーにはすでにこのアラートがあります。何も書き込んでいません

## 対話での質問

cli-prompt-what = 何を書きますか？
cli-prompt-incident = incident（インシデント）: 障害や不具合が起きた
cli-prompt-maintenance = maintenance（メンテナンス）: 計画して止める
cli-prompt-notice = notice（お知らせ）
cli-prompt-question = faq（質問）: 質問とその回答
cli-prompt-page = page（ページ）
cli-prompt-word = { $word }（{ $own }）
cli-prompt-severity = 重大度はどれですか？
cli-prompt-severity-choice = { $word }: { $meaning }
cli-prompt-minor = 一部が制限されているが、資産などに危険はない
cli-prompt-moderate = 機能が止まっている、または多くの利用者から問い合わせが来る
cli-prompt-critical = すべてが止まっている、または資産に危険が及ぶおそれがある
cli-prompt-kind = どの種類ですか？
cli-prompt-level = どのレベルですか？
cli-prompt-info = info（お知らせ）
cli-prompt-warning = warning（注意）
cli-prompt-clarification = clarification（事実の説明）: うわさに答える
cli-prompt-category = どのカテゴリーですか？
cli-prompt-title = タイトル（利用者の言葉で）
cli-prompt-affects = 何に影響がありますか？
cli-prompt-answer = 回答
cli-prompt-first-text = 利用者への最初の文章
cli-prompt-since = いつからですか？
cli-prompt-scope = 影響を受けるのは誰ですか（1 行で）？
cli-prompt-begin = いつ始まりますか？
cli-prompt-end = いつ終わりますか（未定なら `unknown`）？
cli-prompt-work-scope = その間、利用者が使えないものは何ですか（1 行で）？
cli-prompt-wanted-scope = `scope`: 影響を受けるのは誰ですか（1 行で）？
cli-prompt-recovery = 復旧見込み（時刻または文章）
cli-prompt-reviewed-by = レビュー担当
cli-prompt-internal = { $key }（非公開）
cli-prompt-section = { $word }: 利用者への文章
cli-prompt-users-ask = 利用者は何を尋ねますか？
cli-prompt-users-answer = その回答
cli-prompt-any-entry = どのエントリーですか？ スラッグ、スラッグか題名の一部、またはファイル
cli-prompt-entry = どのエントリーですか？
cli-prompt-newest-entry = どのエントリーですか？（新しい順に { $newest } 件。ほかの { $more } 件なら ENTRY を指定）
cli-prompt-status = 今の状態は？
cli-prompt-no-updates = `{ $name }` に更新はありません
cli-prompt-no-updates-help = ファイルを編集してください
cli-prompt-text = 利用者への文章
cli-prompt-next-update = 次の更新はいつですか？（時刻、または `30m` のような長さ）
