## プレビュー（`noroshi serve`）

preview-title = noroshi プレビュー
preview-name = プレビュー
preview-previous = 前の変化
preview-next = 次の変化
preview-now = 現在に戻る
preview-unbuilt = サイトはまだビルドされていません
preview-errors = サイトの内容にエラーがあります
preview-errors-over = このままでは公開されません。下に表示しているのは、最後の正常なサイトです。エラーを直すと、この表示は消えます
preview-errors-alone = このままでは公開されません。表示できる正常なサイトはまだありません。エラーを直すと、この表示は消えます
preview-no-host = リクエストには、ホスト名を 1 つだけ指定してください
preview-other-name = このプレビューは `localhost` など、このマシンの名前でのアクセスにだけ応答します
preview-other-origin = ほかのサイトのページからは、このプレビューを読み込めません。プレビューのアドレスをブラウザーで直接開いてください
preview-too-many-pages = プレビューを開いているページが多すぎます
preview-address = このアドレスを読み取れません

cli-serve-at = { $url } でプレビューしています。終了は Ctrl-C です
cli-serve-port-used = ポート { $port } は使用中です
cli-serve-port-used-help = そのポートを使っているプログラムを終了するか、別のポートを指定してください: `--port { $other }`
cli-serve-port = ポート { $port } で待ち受けできません: { $error }
cli-serve-port-help = `--port 4000` のように、1024 以上のポートを指定してください
cli-serve-no-browser = ブラウザーを開けません。{ $url } を自分で開いてください
cli-serve-built = { $count } 個のファイルを { $time } ミリ秒でビルドしました
cli-serve-change = { $slug }: { $what }
cli-serve-comma = 、
cli-serve-changes = { $at }: { $changes }
cli-serve-as-of = { $at } 時点
cli-serve-as-of-now = 現在
cli-serve-drafts = 下書きを含みます

## デモ（`noroshi demo`）

cli-demo-no-folder = 一時フォルダーを作れません: { $error }
cli-demo-no-folder-help = デモを書き込むフォルダーを指定してください: `noroshi demo DIR`
cli-demo-taken = `{ $path }` はすでにあります
cli-demo-taken-help = 空のフォルダーを指定してください。何も書き込んでいません
cli-demo-at = デモのサイトは `{ $dir }` にあります

## 継続公開（`noroshi watch`）

cli-watch-unreadable-help = ファイルとディスクを確認してください
cli-watch-warning = 警告: { $file }: { $message }
cli-watch-published = { $now } { $time } ミリ秒で公開しました: { $what }
cli-watch-files = 書き込み { $written } 個、変更なし { $unchanged } 個、削除 { $removed } 個
cli-watch-warnings = 警告 { $warnings } 件
cli-watch-next = 次の変化 { $next }
cli-watch-semicolon = 。
cli-watch-held = {"  "}エラーのあるファイルは、最後の正常な版を使っています
cli-watch-leak = { $file }: { $message }
cli-watch-errors = { $now } 公開していません: エラー { $errors } 件。最後の正常なサイトを公開したままです
cli-watch-failed = { $now } 公開していません: { $why }
cli-watch-again = 再試行します
cli-watch-stopped = { $now } 停止しました

## 変更の予定（`noroshi next`・`noroshi wait`）

cli-next-none = この先、時刻によってサイトが変わる予定はありません
cli-next-change = { $local } { $zone }（あと { $hours } 時間 { $minutes } 分 { $seconds } 秒）
cli-next-of-entry = {"  "}{ $file }: { $what }
cli-next-of-site = {"  "}{ $what }
cli-next-day = 日付が変わります
cli-next-appears = 表示されます
cli-next-update = 更新が表示されます
cli-next-report = 事後報告または実施後の評価が表示されます
cli-next-starts = 開始時刻になります
cli-next-ends = 予定の終了時刻になります
cli-next-unconfirmed = 予定の終了時刻を過ぎても結果の更新がないため、結果は未確認になります
cli-next-phase = フェーズが切り替わります
cli-next-update-due = 約束した次の更新の時刻になります
cli-next-recovery-due = 復旧見込みの時刻になります
cli-next-settles = 「24時間以内に復旧した障害」の一覧から外れます
cli-next-expires = 掲載期限が切れます
cli-next-withdrawn = 取り下げられます
cli-wait-note = 公開の記録（`--note`）は使えません: { $reason }。現在より後の最初の変化を待ちます

## ほかのチャネル向けの文面（`noroshi pack`）

pack-check-line = { $channel }: { $problem }
pack-check-line-locale = { $channel }: { $locale }: { $problem }
pack-check-translation = 翻訳
pack-check-no-key = site.yaml に `{ $key }` がありません
pack-check-post-length = タイトルとリンクに { $least } 文字必要ですが、上限は { $limit } 文字です
pack-check-thread = スレッドの投稿が { $posts } 件あり、上限の { $most } 件を超えています
pack-check-hashtags = リンクと一緒では、ハッシュタグが収まりきりません
pack-check-title = タイトル
pack-check-state = 状態
pack-check-address = アドレス
pack-check-promise = 次の更新の予定または作業時間帯
pack-check-called-off = 中止になった作業時間帯
pack-check-lacks = 文面に{ $what }がありません: { $value }
pack-check-no-translation = エントリーが翻訳されていません
pack-check-not-translated = 翻訳されていません: { $words }
pack-check-summary = 概要
pack-check-update = { $moment } の `{ $status }`
pack-check-numbers = { $what }: `{ $has }` にある { $values } が `{ $lacks }` にありません
cli-pack-news = `{ $news }` を読み込めません: { $reason }
cli-pack-news-help = `noroshi build --events FILE` が書き出したファイルを指定してください
cli-pack-news-line = イベントではない行があります
cli-pack-leak = { $message }（{ $owner }）
cli-pack-leak-help = このエントリーの文面は書き出していません
cli-pack-no-problems = 問題は見つかりませんでした
cli-pack-locale = 言語 `{ $tag }` はこのサイトにありません
cli-pack-locale-see = 一覧は site.yaml の `locales`
cli-pack-locale-help = 指定できるのは { $known } です
cli-pack-draft = `{ $file }` は下書きです
cli-pack-draft-help = 公開するには `draft` を消してください
cli-pack-nothing = `{ $file }` には公開する内容がありません
cli-pack-hidden = `{ $file }` が公開されるのは { $time } { $zone } です
cli-pack-hidden-help = その時点の内容を見るには `--as-of "{ $time }"` を付けてください
cli-pack-published = `{ $out }` は、公開中のサイトの中か、最初のビルドの公開先です
cli-pack-published-help = 別のフォルダーを指定してください。これらのファイルには非公開の文章が含まれることがあります

## 記録（`noroshi report`）

report-period-backwards = 期間の終わりが始まりより前です: { $first } は { $last } より後です
report-period-backwards-help = `--from` に早い方の日付を書いてください
report-day = `{ $written }` を日付として読めません
report-day-help = `2026-11-20` のように書いてください
report-day-range = `{ $written }` は 1970 年から 2100 年の範囲にありません
report-day-absent = `{ $written }` という日付はありません

## 公開中のサイトとの比較（`noroshi check --against`）

cli-against-begin = { $typed } と比較しました（{ $generator } による { $at } 時点のビルド）:
cli-against-unknown = 公開中のサイトにないため比較していません: { $parts }
cli-against-comma = 、
cli-against-none = 違いはありません
cli-against-differences = 違い { $differences } 件
cli-against-state = { $name } の状態
cli-against-uptime = { $name } の稼働率
cli-against-id = ID { $name }
cli-against-item = フィードの項目 { $name }
cli-against-changed = { $what }: { $before } → { $after }
cli-against-gone = { $what }: { $before } → なし
cli-against-new = { $what }: 新規（{ $after }）
cli-against-whole-page = ページ全体
cli-against-component = コンポーネント { $id }
cli-against-incident = インシデント { $id }
cli-against-maintenance = メンテナンス { $id }
cli-against-told-item = 通知済み { $id }
cli-against-page = ページ
cli-against-open = 対応中
cli-against-listed = 掲載中
cli-against-told = 通知済み
cli-against-states = 状態
cli-against-uptimes = 稼働率
cli-against-addresses = アドレス
cli-against-ids = エントリーの ID
cli-against-items = フィードの項目
cli-against-announced = 通知済みの項目

## エントリーの指定

cli-entry-arg-unknown = `{ $typed }` に当てはまるエントリーがありません
cli-entry-arg-help = スラッグ、スラッグか題名の一部、ID、ファイル（`content/…`）のどれかを書いてください
cli-entry-arg-near = { $near } の間違いではありませんか
cli-entry-arg-several = `{ $typed }` に当てはまるエントリーが複数あります
cli-entry-arg-parts = `{ $typed }` をスラッグか題名に含むエントリーが { $count } 件あります
cli-entry-arg-see = スラッグを長く書くほど絞り込めます
cli-entry-arg-write = 次のどれかを書いてください: { $names }

## そのほかのコマンド

cli-fix-done = { $files } 個のファイルを直しました
cli-hooks-no-repository = `{ $dir }` は git リポジトリの中にないため、フックを置けません
cli-hooks-no-repository-help = 先に `git init` を実行してください。何も書き込んでいません
cli-hooks-path = サイトのパスが UTF-8 ではありません
cli-hooks-path-help = フォルダーの名前を変えてください
cli-hooks-foreign = `{ $path }` がすでにあり、noroshi が書いたものではありません
cli-hooks-foreign-help = そのファイルに次の行を加えてください: noroshi check --staged --root { $site }（何も書き込んでいません）
cli-hooks-next = 次は: いつもどおりコミットしてください。`git commit --no-verify` でフックを飛ばせます
cli-hooks-unwritten = { $path } に書き込めません: { $error }
cli-hooks-unwritten-help = フォルダーのアクセス権とディスクを確認してください
cli-man-unwritten = { $error }
cli-man-report = noroshi の不具合として報告してください
cli-schema-errors = 警告: site.yaml にエラーがあるため、スキーマにサイト独自の値を入れていません。エラーは `noroshi check` で確認してください
cli-triggers-blind = ファイルの監視を使えないため、1 秒ごとにファイルを確認します: { $error }
cli-triggers-no-thread = スレッドを開始できません: { $error }
cli-triggers-no-thread-help = このユーザーのプロセス数の上限を上げるか（`ulimit -u` を参照）、スレッドの要らない `noroshi build` を実行してください
cli-terminal-no-answer = 回答を得られませんでした: { $error }
cli-terminal-nothing-written = 何も書き込んでいません
cli-terminal-pick = { $question }（スペースで選択、Enter で次へ）
