# サイトの作成、CI からの公開、issue からの投稿、検査のコマンドのメッセージ。

## 共通

cli-warning = 警告: { $message }
cli-error-stdout = 標準出力に書き込めません: { $error }
cli-error-stdout-help = 出力先を確認してください（`>` の後のファイルがあるディスクなど）
cli-console-reading = 読み込み中: { $count } 個のファイル…
cli-console-checking = 検査中: { $count } 個のファイル…
cli-console-writing = 書き込み中: { $count } 個のファイル…
cli-console-checked = 検査済み: { $count } 個のファイル…

## noroshi check・overdue

cli-check-none = 問題は見つかりませんでした
cli-overdue-errors = エラーのあるファイルは、この一覧に入っていません。エラーは `noroshi check` で確認してください
cli-overdue-none = 期限を過ぎたものはありません
cli-overdue-no-policy = 期限を過ぎたものはありません: site.yaml の `policy` に、期限もレビュー担当も承認も設定されていません

## 承認

cli-approvals-help = レビューの JSON を指定してください: `gh api --paginate repos/OWNER/REPO/pulls/N/reviews`
cli-approvals-unreadable = レビューのファイル `{ $path }` を読み込めません: { $error }
cli-approvals-large = レビューを読み込めません: { $limit } MiB を超えています
cli-approvals-misread = レビューとして読めません: { $why }
cli-approvals-how = 承認するには、次のどれかを行ってください:
cli-approvals-how-pull-request = {"  "}ホストでプルリクエストを承認する
cli-approvals-how-review = {"  "}noroshi review { $slug } --by NAME を実行し、ファイルをコミットする

## noroshi init

cli-init-theme-built-in = テーマ `{ $name }` は組み込みのテーマです
cli-init-theme-built-in-help = 別の名前を付けてください
cli-init-theme-name = `{ $name }` はテーマの名前に使えません
cli-init-theme-name-help = `{ $near }` と書いてください
cli-init-exists = `{ $path }` がすでにあります
cli-init-for-new-site = --locale、--timezone、--title、--preset は新しいサイト用です。代わりにそのファイルを書き換えてください
cli-init-move-help = 先にそのファイルを別の場所へ移してください。何も書き込んでいません
cli-init-empty-help = 空のフォルダーを選んでください。何も書き込んでいません
cli-init-next-theme = 次は: { $site } に `theme: { $name }` を書いてください
cli-init-next-setup = 次は: { $path } の先頭に書かれた、最初に 1 回だけ必要な設定をしてください
cli-init-no-examples = noroshi の例文は英語と日本語だけなので、例文は書いていません。{ $site } の名前を翻訳してから、`noroshi new` を使ってください
cli-init-next-serve = 次は: { $command } を実行し、表示されたアドレスを開いてください
cli-init-next-site = その後、{ $site } に `publisher`、`url` とコンポーネントを設定してください
cli-init-addresses = ページはフォルダーにリンクするため、表示にはサーバーが必要です。ディスクの public/index.html を直接開くには、site.yaml に `addresses: files` を書いてください
cli-init-language-twice = 言語 `{ $locale }` が 2 回指定されています
cli-init-language-twice-help = 1 回だけ指定してください
cli-init-ask-languages = 言語（主な言語を先に。例: `ja`、`ja,en`）
cli-init-ask-zone = タイムゾーン（例: `Asia/Tokyo`）
cli-init-ask-title = サイトのタイトル
cli-init-the-title = タイトル
cli-init-ask-preset = どのコンポーネントにしますか？
cli-init-host-errors = site.yaml または content/host にエラーがあるため、サーバーの設定を書けません
cli-init-host-errors-help = `noroshi check` でエラーを確認してください
cli-init-host-unfit = `url` の `{ $part }` は、サーバーの設定に書けません
cli-init-host-unfit-help = `url` のホストは DNS にあるとおりに、パスは英数字と `-`、`.`、`_`、`~` で書いてください
cli-init-form-changed = `{ $path }` は手で変更されています
cli-init-form-changed-help = 別の場所へ移してもう一度実行し、変更した内容を新しいファイルに書き写してください。フォームは書き込んでいません
cli-init-form-needless = site.yaml に質問のカテゴリーがないため、{ $path } を削除してください
cli-init-writers = その後、書き込みを許す人を content/site.yaml に書いてください: `issues: {"{"}writers: [LOGIN, LOGIN]{"}"}`

## Web エディター（`noroshi init --cms`）

cli-cms-backend = `local`、`github:OWNER/NAME`、`gitlab:GROUP/NAME` のどれかを書いてください
cli-cms-changed = `{ $path }` は手で変更されています
cli-cms-changed-help = 別の場所へ移してもう一度実行し、変更した内容を新しいファイルに書き写してください。何も書き込んでいません
cli-cms-next-local = 次は: npx decap-server@3.11.3 と noroshi serve を同時に動かし、/admin/ を開いてください
cli-cms-next-setup = 次は: config.yml の先頭と docs/editors.md に書かれた、最初に 1 回だけ必要な設定をしてください
cli-cms-next = 次は: { $command }
cli-cms-then = その後: { $command }
cli-cms-errors = site.yaml にエラーがあるため、フォームを作れません
cli-cms-errors-help = `noroshi check` でエラーを確認してください
cli-cms-other-bundle = `{ $path }` は { $package } { $version } ではありません
cli-cms-own-bundle-help = 削除して、もう一度実行してください。何も書き込んでいません
cli-cms-other-bundle-help = `{ $command }` を実行してください。何も書き込んでいません
cli-cms-unreadable = { $path } を読み込めません: { $error }

## noroshi ci

cli-ci-site = `https://status.example.com/` のような完全なアドレスを書いてください
cli-ci-unwritten = `{ $path }` に書き込めません: { $error }
cli-ci-unwritten-help = CI のホストが環境変数 `{ $name }` で指定したファイルです。書き込めるか確認してください
cli-ci-more = - ほか { $more } 件
cli-ci-work-uncreated = `{ $path }` を作れません: { $error }
cli-ci-work-help = `--work` のパスを確認してください
cli-ci-work-published = `{ $work }` は公開するサイトの中にあります
cli-ci-work-published-help = `--work` には別のフォルダーを指定してください。非公開の時刻を書き込むためです

## noroshi ci due

cli-ci-due-no = まだ何も変わっていません
cli-ci-due-no-note = 前回の公開の記録がありません
cli-ci-due-future = 前回の公開の時刻が未来になっています
cli-ci-due-clock = 時刻が来て、サイトが変わりました
cli-ci-due-unknown = 前回の実行で、次にサイトが変わる時刻が分かりませんでした
cli-ci-note-commit = 公開済みのコミットと違います
cli-ci-note-program = 公開したのは別の版の noroshi です
cli-ci-note-no-manifest = 公開済みのマニフェストを読み込めません
cli-ci-note-site = 公開中のサイトは、前回ビルドしたものではありません

## noroshi ci publish

cli-ci-manifest-unreadable = 新しいマニフェストを読み込めません: { $error }
cli-ci-publish-no-news = 警告: { $reason }。そのため、新着はないものとして扱います
cli-ci-publish-title = ### ステータスサイト
cli-ci-publish-held = **エラーのあるファイルがあります。** サイトにはそのファイルの最後の正常な版が表示されます。ログを確認してください。
cli-ci-publish-first = 初めての公開です（ファイル { $files } 個）。
cli-ci-publish-nothing = 変わったページはありません。
cli-ci-publish-new = - 新規: { $page }
cli-ci-publish-changed = - 変更: { $page }
cli-ci-publish-removed = - 削除: { $page }

## noroshi ci confirm

cli-ci-publication-help = `noroshi ci publish` が書いたもの（出力 `publication` またはファイル）を渡してください
cli-ci-publication-unset = `--publication` も `NOROSHI_PUBLICATION` も指定されていません
cli-ci-publication-unreadable = `{ $path }` を読み込めません: { $error }
cli-ci-publication-misread = `noroshi ci publish` の出力として読めません: { $why }
cli-ci-confirm-old = まだ古いサイトです
cli-ci-confirm-no-manifest = manifest.json がありません
cli-ci-confirm-not-online = { $time } 秒待ちましたが、新しいサイトが公開されていません: { $answer }
cli-ci-confirm-not-online-help = ホストの稼働状況を確認してください。公開中のサイトは古いままです
cli-ci-confirm-summary-not-online = **まだ公開されていません。** { $message }。
cli-ci-confirm-online = { $time } 秒後に新しいサイトが公開されました
cli-ci-confirm-summary-online = ホストが成功と答えてから { $time } 秒後に、新しいサイトが公開されました。
cli-ci-confirm-held = ファイルにエラーがあるため、サイトには最後の正常な版が表示されています
cli-ci-confirm-held-help = この実行の `noroshi ci publish` のエラーを確認してください
cli-ci-hub = ハブに知らせられません: { $why }
cli-ci-hub-help = site.yaml の `feeds.hub` を確認してください
cli-ci-hub-notified = ハブに { $feeds } 件のフィードの更新を知らせました

## noroshi ci approvals

cli-ci-approvals-no-rules = 承認待ちはありません: site.yaml の `policy` に `approve` がありません
cli-ci-approvals-none = 承認待ちはありません
cli-ci-approvals-title = ### 承認
cli-ci-approvals-line = { $file }: { $what }
cli-ci-approvals-nothing = 承認待ちはありません。
cli-ci-approvals-unknown = { $message }。{ $help }
cli-ci-approvals-squash = スカッシュやリベースをすると、これらの承認は失われます。残すには、コミットメッセージの末尾に次の行を書いてください。

## noroshi ci issue

issues-event-other = issue やコメントを作成または編集したイベントではありません
issues-event-pull-request = プルリクエストのイベントです
issues-event-program = プログラムが書いたものです
cli-ci-issue-no-event = issue のイベントではありません: `{ $key }` がありません
cli-ci-issue-event-help = `GITHUB_EVENT_PATH` のファイルを渡してください
cli-ci-issue-event-unreadable = { $path } を読み込めません: { $error }
cli-ci-issue-event-unreadable-help = ワークフローのイベントのファイルを指定してください
cli-ci-issue-event-misread = イベントを JSON として読めません: { $line } 行目の { $column } 文字目
cli-ci-issue-errors = site.yaml にエラーがあるため、誰も書き込めません
cli-ci-issue-errors-help = `noroshi check` でエラーを確認してください
cli-ci-issue-not-listed = この人は site.yaml の `issues` に載っていません
cli-ci-issue-known = この文章はすでに書き込んであります
cli-ci-issue-refused = 何も書き込んでいません。理由は answer.md にあります
cli-ci-issue-ignored = { $why }。何も書き込んでいません
cli-ci-issue-unremoved = { $path } を削除できません: { $error }
cli-ci-issue-no-form = この issue はフォームで作られていません
cli-ci-issue-own-answer = これは noroshi の返答です
cli-ci-issue-no-entry = この issue から作られたエントリーはありません
cli-ci-issue-talk = このコメントは社内のやりとりです
cli-ci-issue-arguments = タイトルまたは 1 行の項目が長すぎるか、使えない文字を含んでいます
cli-ci-issue-not-run = noroshi をもう一度起動できません: { $error }
cli-ci-issue-not-run-help = このマシンのメモリと上限を確認してください
cli-ci-issue-not-written = エントリーを書き込めません
cli-ci-issue-fact = コメントでは `{ $key }` を変えられません
cli-ci-issue-fact-help = `{ $key }` はファイルで変えてください
cli-ci-issue-unread = この issue のエントリー `{ $file }` を読めません
cli-ci-issue-unread-help = `noroshi check` が示した点を直してください
cli-ci-issue-two-entries = `{ $one }` と `{ $other }` の両方が、この issue のエントリーになっています
cli-ci-issue-two-entries-help = コピーした方のファイルの `internal` から `issues` を消してください
cli-ci-issue-unnoted = `{ $name }` に issue の記録を書き込めません
cli-ci-issue-unnoted-help = `noroshi check` を実行してください

## issue への返答

cli-ci-answer-written = **書き込みました。**`{ $name }`
cli-ci-answer-corrected = **書き直しました。**`{ $name }`
cli-ci-answer-corrected-tell = 前の文章がすでに公開されていたら、何が変わったかを「訂正」で始まるコメントで伝えてください。
cli-ci-answer-refused = **何も公開していません。** 次の点を直してください。
cli-ci-answer-refused-comment = コメントを編集するか、新しいコメントを書いてください。もう一度読み取ります。
cli-ci-answer-refused-issue = この issue のタイトルか本文を編集してください。もう一度読み取ります。
cli-ci-answer-stays = **公開中の文章は変えていません。** この issue から書き込んだ後に、`{ $name }` がほかでも変わっています。
cli-ci-answer-stays-tell = 何が変わったかを、「訂正」または「続報」で始まるコメントで伝えてください。公開した文章そのものを直すなら、ファイルを編集してください。
cli-ci-answer-no-entry = **何も公開していません。** この issue のエントリーがまだありません。先に、この issue のタイトルか本文を直してください。
cli-ci-answer-updates = 続報は、この issue にコメントで書いてください。1 行目は「原因特定」「復旧 10:47」のように、状況と時刻です。社内のやりとりは `>` か `//` で始めれば公開されません。
cli-ci-answer-stale-forms = フォームが site.yaml より古くなっています。`noroshi init --issue-forms` で作り直してください。
cli-ci-answer-at-once = 数分後に公開されます。
cli-ci-answer-review = プルリクエストがマージされると公開されます。
cli-ci-answer-blocked = **まだ公開されません。** site.yaml かテーマにエラーがあります。`noroshi check` で見つけて直してください。
cli-ci-answer-no-updates = **何も公開していません。** この種類のエントリーには続報を書けません。
cli-ci-answer-no-status = **何も公開していません。** 公開する続報なら、1 行目を次のどれかで始めてください。時刻も書けます（例: `復旧 10:47`）。
cli-ci-answer-talk = 社内のやりとりは、`>` か `//` で始めてください。
