## ヘルプ

help-format-human = 人が読む文章を標準エラー出力に出します
help-format-json = 標準出力に、1 行に 1 つの JSON オブジェクトを出します
help-format-github = 標準出力に GitHub Actions のワークフローコマンドを出します。プルリクエストの該当行に注釈が付きます
help-format-sarif = 標準出力に SARIF 2.1.0 の文書を 1 つ出します。コードスキャンやエディター向けです
help-entry = エントリー。スラッグ、スラッグか題名の一部、ID、またはファイル
help-base-url = サイトのアドレス。site.yaml の `url` の代わりに使います
help-as-of = 現在の代わりに使う時刻
help-out = 公開先のフォルダー［既定値: サイトのフォルダーの `public`］
help-next-promise = 次の更新を約束する時刻、または今からの時間。例: `11:30`、`30m`、`30分後`
help-recovery = 復旧見込み。時刻、今からの時間、または文章
help-items = `status` に出る ID、チャネル名、または更新の UUID（その更新の全チャネル・全言語が対象）

help = Markdown のエントリーから公開ステータスサイトを作ります。インシデント、メンテナンス、お知らせ、質問が静的なページとフィードになります
help-examples =
    例:
      noroshi demo                        完成したサイトを見る
      noroshi init status                 フォルダー `status` に自分のサイトを作る
      noroshi serve                       書きながらプレビューする
      noroshi new incident "注文の障害"   インシデントを起票する
      noroshi update 注文 復旧            復旧を書く
      noroshi build                       public/ に公開する
help--root = サイトのフォルダー（`content/` がある場所）
help--lang = メッセージの言語。環境変数 `NOROSHI_LANG`、環境のロケール、サイトの言語より優先します
help--help = ヘルプを表示します
help--version = バージョンを表示します
help-help = コマンドのヘルプを表示します

help-announce = 更新を 1 件につき 1 回だけ、人とプログラムに知らせます
help-announce-more = 新しく公開された内容を、site.yaml の `announce` にあるすべてのチャネルへ送ります。何をどこへ送ったかは台帳に残るので、実行が途中で止まっても、同じ更新が同じチャネルに 2 回届くことはありません。最初の実行では、今ある更新をすべて通知済みの扱いにし、何も送りません。認証情報は環境変数から読みます。届かなかったチャネルがあると、終了コードは 3 です。
help-announce-examples =
    例:
      noroshi announce                 新しく公開された内容を、site.yaml の全チャネルへ送る
      noroshi announce --dry-run
      noroshi announce status          送ったもの、待っているもの、失敗したものを表示する
      noroshi announce test ops        チャネル `ops` にテストを送る
help-announce--channels = チャネルの名前［既定値: すべて］
help-announce--dry_run = 送る内容を表示するだけで、送りません
help-announce--since = この時刻以降の更新を、通知済みの扱いでも送ります
help-announce--all = 件数を制限せずに送ります
help-announce--no_wait = 公開中のサイトに更新が出るのを待たずに送ります
help-announce--if_any = site.yaml にチャネルがなければ何もしません
help-announce--hold_broken = エラーのあるファイルは、最後の正常な版を使います
help-announce--as_of = { help-as-of }
help-announce--base_url = { help-base-url }
help-announce--format = 結果の出力形式
help-announce--format--human = { help-format-human }
help-announce--format--json = { help-format-json }
help-announce-status = 送ったもの、待っているもの、失敗したものを表示します
help-announce-status--channel = チャネルの名前［既定値: すべて］
help-announce-status--all = 最新のものだけでなく、送ったものをすべて表示します
help-announce-status--format = 出力形式
help-announce-status--format--human = { help-format-human }
help-announce-status--format--json = { help-format-json }
help-announce-approve = 承認待ちのものを送ります。`status` に出る ID か、チャネル名（そのチャネルの承認待ちすべて）を指定します
help-announce-approve--items = { help-items }
help-announce-skip = 指定したものを、今後送らないようにします
help-announce-skip--items = { help-items }
help-announce-retry = 失敗したもの、届いたか不明なものを送り直します。チャネル名を指定すると、そのチャネルのすべてが対象です
help-announce-retry--items = { help-items }
help-announce-test = テストだと明記したメッセージを送ります
help-announce-test--channel = チャネル
help-announce-hold = すべての送信を止めます。再開するには `hold --off` を実行します
help-announce-hold--off = 送信を再開します
help-announce-begin = 失われた台帳の代わりに新しい台帳を作ります。今ある更新はすべて通知済みの扱いになります

help-init = 小さな例から新しいサイトを作ります
help-init-more = site.yaml、種類ごとに 1 つのエントリー、新しいエントリーのひな型を、`--locale` の言語で書きます。言語、タイムゾーン、タイトル、プリセットのどれも指定しなければ、端末で尋ねます。`--ci` は公開用のワークフロー、`--timer` は時刻どおりに公開する仕組み、`--host` は配信サーバーの設定、`--theme` は編集用のテーマ、`--cms` は git を使わない人のための Web エディター、`--issue-forms` は git を使わない人が issue から公開するためのフォーム、`--hooks` はステージしたファイルを検査する git フックを加えます。既存のサイトでは、これらのオプションはそれぞれ自分のファイルだけを書きます。既存のファイルは上書きしません（`--cms`、`--issue-forms`、`--hooks` だけは、以前に自分が書いたファイルを書き直します）。
help-init-examples =
    例:
      noroshi init status
      noroshi init --ci github         既存のサイトにワークフローを加える
      noroshi init --timer systemd     秒単位で正確に公開するサービスを加える
      noroshi init --host nginx        Web サーバーの設定を加える
help-init--dir = 新しいサイトのフォルダー［既定値: サイトのフォルダー］
help-init--locale = 新しいサイトの言語。例: `ja`。複数あるときは主な言語を先にして、カンマで区切ります。例文があるのは日本語と英語だけで、ほかの言語では例文がなく、コンポーネント名は英語になります［既定値: en］
help-init--timezone = 新しいサイトのタイムゾーン。例: `Asia/Tokyo`［既定値: Etc/UTC］
help-init--title = 新しいサイトのタイトル（1 行）
help-init--preset = 新しいサイトのコンポーネントと例文［既定値: plain］
help-init--preset--plain = ショップ: Web サイト、API、注文
help-init--preset--exchange = 暗号資産交換業: 資産と機能の表、アプリ、API
help-init--preset--saas = SaaS: Web アプリ、API、Webhook、バックグラウンドジョブ
help-init--ci = このホストの CI ワークフローを書きます。サイトのフォルダーは、リポジトリの最上位でなければなりません
help-init--ci--github = .github/workflows/status.yml: GitHub Actions から GitHub Pages へ
help-init--ci--gitlab = .gitlab-ci.yml: GitLab CI から GitLab Pages へ
help-init--ci--forgejo = .forgejo/workflows/status.yml: Forgejo または Gitea。ブランチ `pages` へ
help-init--ci--none = ワークフローなし
help-init--timer = ホストの定期実行が遅れても、時刻どおりに公開する仕組みを書きます
help-init--timer--systemd = noroshi.service: `noroshi watch` を動かす systemd サービス
help-init--timer--cloudflare = cloudflare/: GitHub のワークフローを起動する Worker
help-init--host = 配信サーバーの設定を書きます: コンテンツタイプ、キャッシュ、404、セキュリティヘッダー、旧アドレス
help-init--host--nginx = nginx/status.conf: 自社サーバーの nginx
help-init--host--apache = apache/status.conf: 自社サーバーの Apache
help-init--host--caddy = Caddyfile: 自社サーバーの Caddy
help-init--host--s3 = s3/: CDN の背後の S3 バケットと、アップロード用スクリプト
help-init--host--cloudflare = wrangler.toml: Cloudflare（Worker の静的アセット）
help-init--host--netlify = netlify.toml: Netlify
help-init--theme = この名前のテーマを `themes/` に作ります。色、フォント、大きさをすべて書き出します
help-init--hooks = git フック `pre-commit` を書きます。コミットのたびに、ステージしたファイルを検査します
help-init--cms = git を使わない人のための Web エディターを、site.yaml から `content/static/admin/` に作ります。試すだけなら `local`、本番では `github:OWNER/NAME` または `gitlab:GROUP/NAME` を指定します。site.yaml を変えたら、もう一度実行してください
help-init--issue_forms = git を使わない人がスマートフォンから公開するためのフォームを、site.yaml から `.github/ISSUE_TEMPLATE/` に作り、それを読み取るワークフローも書きます。site.yaml を変えたら、もう一度実行してください

help-demo = 完成したサイトで noroshi を試します
help-demo-more = 架空の取引所のステータスサイトを、障害のあった日の状態で表示します。各ページの下のバーで時刻を前後に動かせます。DIR を指定すると、先にサイトをそこに書くので、編集がプレビューに反映されます。指定しなければ、プレビューを止めるまで一時フォルダーに置かれます。
help-demo--dir = サイトを書くフォルダー。まだサイトのない場所を指定してください
help-demo--port = 127.0.0.1 のポート。0 なら空いているポートを使います
help-demo--as_of = この時刻のサイトを表示します。そこから前後の変化へ移動できます
help-demo--drafts = 下書きも表示します
help-demo--open = ブラウザーでプレビューを開きます

help-build = サイトをビルドして公開します
help-build-more = エラーがあれば何も書きません。変わったファイルだけを書き換え、以前のビルドが書いたファイルだけを削除します。
help-build-examples =
    例:
      noroshi build
      noroshi build --hold-broken      壊れたファイルがあっても公開する
      noroshi build --as-of "2026-11-20 12:00" --out /tmp/then
help-build--out = { help-out }
help-build--as_of = 現在の代わりに、この時刻のサイトをビルドします。例: `2026-11-20 12:00`（UTC との時差は付けても付けなくてもかまいません）
help-build--base_url = { help-base-url }
help-build--events = このビルドで初めて公開するイベントを FILE に書きます。1 行に JSON オブジェクト 1 つです。`-` なら標準出力に出します
help-build--previous = DIR にマニフェストがないときに使う、前回のビルドのマニフェスト（ファイルまたは URL）
help-build--force = ほかのファイルがあるフォルダーにも公開します。それらのファイルには触れません
help-build--hold_broken = エラーのあるファイルがあっても公開します。そのファイルは最後の正常な版（エラーのない最新のコミット）を使い、コマンドはエラーで終了します
help-build--format = 診断の出力形式
help-build--format--human = { help-format-human }
help-build--format--json = { help-format-json }
help-build--format--github = { help-format-github }
help-build--format--sarif = { help-format-sarif }

help-check = `build` と同じ検査に加えて、ポリシーに照らした検査をします。公開はしません
help-check-more = site.yaml の `policy` のルールで、対応中・告知中・予定のエントリーを検査します。ルールごとのレベルは site.yaml で決まり、コマンドが失敗するのはエラーがあるときだけです。
help-check-examples =
    例:
      noroshi check
      noroshi check --fix              直し方が 1 つしかないものを直す
      noroshi check --format github --git
help-check--entries = 指定したエントリーだけを検査します。スラッグ、スラッグか題名の一部、ID、またはファイルで指定します
help-check--as_of = { help-as-of }
help-check--all = 終わったエントリーもポリシーに照らして検査します
help-check--git = `reviewed_by` の全員が、そのエントリーを変えたコミットの作者であるか、`Reviewed-by` 行に書かれていることを、git で確かめます
help-check--reviews = `policy.approve` に、プルリクエストの承認も数えます。GitHub、Forgejo、Gitea、GitLab の API が返すレビューの JSON を指定します。`-` なら標準入力から読みます
help-check--staged = git のインデックスにあるファイルを検査します。エントリーは 1 件ずつ、site.yaml とファイル名だけに照らして調べます。エントリー同士にまたがること（ID、旧アドレス、アドレス、リンク先の見出し）は調べません（CI が調べます）。site.yaml かテーマがステージされていれば、サイト全体を検査します
help-check--format = 診断の出力形式
help-check--format--human = { help-format-human }
help-check--format--json = { help-format-json }
help-check--format--github = { help-format-github }
help-check--format--sarif = { help-format-sarif }
help-check--fix = 正しい直し方が 1 つしかない問題を先に直し、変更を表示します
help-check--timezone_was = `--fix` と一緒に使います。変更前のサイトのタイムゾーンを指定すると、UTC との時差を書いていない時刻が変わってしまうエントリーに、`timezone: ZONE` の行を加えます
help-check--against = 公開中のサイトとの違い（状態、稼働率、ID、フィードの項目）だけを、そのサイトがビルドされた時刻の時点で一覧にします。公開先のフォルダー、またはマニフェスト（ファイルか URL）を指定します。マニフェストだけでは ID しか比べられません
help-check--deny = 次のものがあるときも失敗にします
help-check--deny--warnings = すべての警告

help-deploy = 公開したサイトを、site.yaml のデプロイ先へ送ります
help-deploy-more = 先にサイトをビルドし、前回のデプロイから変わったファイルを、site.yaml の `deploy` にあるすべてのデプロイ先へ並行して送ります。デプロイの途中でも、書きかけのファイルや切れたリンクが読者に見えることはありません。認証情報は環境変数から読みます。届かなかったデプロイ先があると、終了コードは 3 です。
help-deploy-examples =
    例:
      noroshi deploy                   ビルドし、変わったファイルを site.yaml の全デプロイ先へ送る
      noroshi deploy main --dry-run
      noroshi deploy --built --verify  デプロイ先にあるファイルを public/ と照合する
help-deploy--targets = デプロイ先の名前［既定値: すべて］
help-deploy--dry_run = 送るファイルと削除するファイルを表示するだけで、何も変えません
help-deploy--verify = デプロイ先に実際にあるファイルを照合し、失われたファイルや変えられたファイルを送り直します
help-deploy--built = ビルドせず、以前のビルドが公開したサイトを送ります
help-deploy--if_any = site.yaml にデプロイ先がなければ何もしません
help-deploy--force = デプロイ済みのサイトの方が新しくても、このビルドで置き換えます。noroshi のものでないファイルも上書きします
help-deploy--out = 公開したサイトのフォルダー［既定値: サイトのフォルダーの `public`］
help-deploy--as_of = { help-as-of }
help-deploy--base_url = { help-base-url }
help-deploy--hold_broken = エラーのあるファイルがあっても公開します。そのファイルは最後の正常な版を使い、コマンドはエラーで終了します
help-deploy--format = 結果の出力形式
help-deploy--format--human = { help-format-human }
help-deploy--format--json = { help-format-json }

help-draft = アラートから下書きを作ります
help-draft-more = Webhook の本文（JSON）を 1 つ読みます。新しいアラートなら、`draft: true` のインシデントを書きます。影響するコンポーネントは site.yaml の `alerts` で決まります。既知のアラートなら、その後の経過をエントリーの `internal` に書き加えます。何も公開せず、公開用の文章も変えません。公開するには、人が文章を書き、`draft: true` を消します。
help-draft-examples =
    例:
      noroshi draft --from alertmanager alert.json
      noroshi draft --from pagerduty --format json -
help-draft--from = アラートの送信元
help-draft--file = Webhook の本文のファイル。`-` なら標準入力から読みます
help-draft--as_of = { help-as-of }
help-draft--format = 出力形式
help-draft--format--human = 標準出力にエントリーのパス、標準エラー出力に次にすることを出します
help-draft--format--json = JSON オブジェクト 1 つ

help-edit = エントリーをテキストエディターで開きます
help-edit-more = 最初のエラーの位置、エラーがなければ最後の更新の文章の位置で開きます。エディターが終わるのを待ち、そのエントリーの `check` の結果を表示します。エラーがあれば、端末ではもう一度開くか尋ねます。エディターは `$VISUAL`、なければ `$EDITOR`（`code --wait` のように引数も書けます）、どちらもなければ `vi`（Windows では `notepad`）です。
help-edit-examples =
    例:
      noroshi edit 注文
      noroshi edit 注文 --locale en
      EDITOR="code --wait" noroshi edit 注文
help-edit--entry = { help-entry }
help-edit--locale = エントリーのこの言語の翻訳を開きます
help-edit--as_of = { help-as-of }

help-import = ほかのプログラムのステータスサイトを取り込みます
help-import-more = 元データは変えません。新しいサイトとして、site.yaml、エントリーごとに 1 つのファイル、判断に迷った点を 1 行ずつ記した import-report.md を書きます。
help-import-examples =
    例:
      noroshi import cstate ../old-site --into new-site
      noroshi import statuspage https://status.example.com --into new-site
help-import--from = 元データを作ったプログラム
help-import--from--cstate = cState（Hugo のテーマ）
help-import--from--statuspage = Atlassian Statuspage（API の JSON）
help-import--source = cState なら、設定と `content/issues/` があるフォルダー。Statuspage なら、JSON のフォルダーかファイル、またはページの `https` アドレス
help-import--into = 新しいサイトのフォルダー［既定値: サイトのフォルダー］
help-import--timezone = 新しいサイトのタイムゾーン。タイムゾーンのない時刻もこれで読みます。例: `Europe/Berlin`
help-import--locale = 新しいサイトの言語［既定値: 元データの言語（noroshi が対応していれば）］
help-import--force = 既存のファイルを上書きします
help-import--format = 報告の出力形式。このほかに `import-report.md` も書きます
help-import--format--human = { help-format-human }
help-import--format--json = { help-format-json }

help-new = ひな型からエントリーを作ります
help-new-more = `content/templates/` のひな型、なければ組み込みのひな型に値を入れ、新しいファイルのパスを表示します。ひな型の問いかけはコメントとしてファイルに残り、公開されることはありません。端末では、足りない値を尋ねます。
help-new-examples =
    例:
      noroshi new                      すべてを尋ねながら作る
      noroshi new incident "注文の障害" --severity critical --affects 注文=停止
      noroshi new maintenance "データベース" --at "12月1日 2:00" --end 4:00 --recurrence 毎週火曜
help-new--what = エントリーの種類
help-new--what--incident = 障害が起きたとき
help-new--what--maintenance = 計画して止めるとき
help-new--what--notice = 利用者に知らせたいことがあるとき
help-new--what--faq = 質問と回答
help-new--what--page = 独自のページ
help-new--title = タイトル（1 行）
help-new--severity = インシデントの重大度: minor（軽微）、moderate（中程度）、critical（重大）
help-new--kind = メンテナンスの種類、お知らせのレベル、または質問のカテゴリー
help-new--affects = 影響するコンポーネントやグループの ID か名前。例: `api, web`、`売買・出金`。`売買=停止` のように状態も書けます
help-new--at = インシデントやメンテナンスの開始時刻、またはお知らせを掲載する時刻。日付がなければ今日とみなします［既定値: 現在］
help-new--detected = インシデントを検知した時刻。日付がなければ、直近のその時刻とみなします
help-new--end = メンテナンスの終了時刻（未定なら `unknown`）、またはお知らせの掲載終了時刻。日付がなければ、`--at` の後で最初のその時刻とみなします
help-new--window = `--at` と `--end` の代わりに、メンテナンスの作業時間帯を書きます。例: `2026-12-05 10:00-12:00`、決まっていなければ `未定`。複数あれば繰り返し指定します。時間帯ごとにコンポーネントが違うときは `api=2026-12-05 10:00-12:00` のように書きます
help-new--phase = メンテナンスの作業時間帯の中のフェーズ。例: `api=halted 02:00-04:00`。繰り返し指定できます
help-new--recurrence = 定期メンテナンスにします。例: `FREQ=WEEKLY;BYDAY=TU`、`毎週火曜`
help-new--publish_at = エントリーを公開する時刻。日付がなければ、次のその時刻とみなします
help-new--slug = スラッグ（アドレスの一部）［既定値: 日付とタイトルから。site.yaml の `slugs` に従います］
help-new--template = ひな型の名前［既定値: 重大度または種類のひな型］
help-new--locale = `--slug` のエントリーのそばに、この言語の翻訳を作ります
help-new--scope = 影響範囲（誰に、何に）を 1 行で
help-new--next = { help-next-promise }
help-new--recovery = { help-recovery }
help-new--field = サイト独自の項目。繰り返し指定できます
help-new--status = 最初の更新の状態［既定値: investigating または scheduled］
help-new--internal = 非公開の項目。公開されることはありません。繰り返し指定できます
help-new--reviewed_by = レビューした人の名前。繰り返し指定できます
help-new--message = 最初の更新の文章、またはエントリー全体の文章。`-` なら標準入力から読みます
help-new--as_of = { help-as-of }

help-next = 次にサイトが変わる時刻と、変わる内容を表示します
help-next-more = 予定の開始、未来の日時の更新、約束した時刻、日付の変わり目が対象です。その時刻までは、同じ内容をビルドしても何も書き換わりません。まだ公開されない未来のエントリーも対象です。公開中の manifest.json の `next_change` には含まれないので、ビルドの予約にはこのコマンドを使ってください。終了コードは、時刻を表示すれば 0、内容にエラーがあれば 1 です。
help-next--as_of = 現在の代わりに、この時刻より後を探します
help-next--format = 出力形式
help-next--format--human = 時刻を 1 行、変わる内容を 1 行ずつ
help-next--format--json = JSON オブジェクト 1 つ
help-next--format--epoch = 1970 年からの秒数だけ。`sleep` やタイマー向けです

help-overdue = ポリシーの期限を過ぎたものを一覧にします: 更新、事後報告、実施後の評価、レビュー、承認
help-overdue-more = 期限を過ぎたものがあれば終了コードは 1 なので、定期実行のジョブからチームに知らせられます。site.yaml の `policy` で決めたルールだけを調べ、レベルが `off` のルールは調べません。
help-overdue--as_of = { help-as-of }
help-overdue--format = 出力形式
help-overdue--format--human = { help-format-human }
help-overdue--format--json = { help-format-json }
help-overdue--format--github = { help-format-github }
help-overdue--format--sarif = { help-format-sarif }

help-pack = 同じ事実を、ほかのチャネルへそのまま送れる文面にします
help-pack-more = メール、投稿またはスレッド、バナー、プレスリリース、サポート用の定型文、社内向けの連絡、当局への報告を書きます。社内向けの連絡にはすべての非公開項目が、当局への報告には `internal.reports` が入ります。ほかのチャネルに非公開の内容は入りません。
help-pack-examples =
    例:
      noroshi pack 注文                すべての文面を表示する
      noroshi pack 注文 --channel mail --locale ja
      noroshi pack 注文 --out texts
help-pack--entry = インシデント、メンテナンス、またはお知らせ。スラッグ、スラッグか題名の一部、ID、またはファイル。定期メンテナンスの 1 回なら日付を付けます。例: `weekly/2026-11-24`
help-pack--news = `build --events` のファイルにあるすべてのエントリーの文面を、`--out` の下にエントリーごとのフォルダーを作って書きます
help-pack--channel = このチャネルだけを書きます［既定値: すべて］
help-pack--public = 非公開の項目が入る文面（社内向けの連絡と当局への報告）を省きます
help-pack--locale = 言語［既定値: サイトの最初の言語］
help-pack--as_of = 現在の代わりに、この時刻の事実を書きます
help-pack--base_url = { help-base-url }
help-pack--out = チャネルごとに 1 つのファイルを、このフォルダーに書きます
help-pack--check = チャネルや言語の間の食い違いと、上限を超えたものだけを報告します

help-review = エントリーをレビューした人を記録するか、承認待ちのものを一覧にします
help-review-more = `--by` を指定すると、`reviewed_by` に名前を加えます。エントリーの作者（`internal.author`）と、すでに載っている名前は受け付けません。ファイルのほかの部分は 1 バイトも変えません。`--by` がなければ、site.yaml の `policy.approve` による承認を待つ文章と、承認の方法を表示します。
help-review--entry = エントリー。スラッグ、スラッグか題名の一部、ID、またはファイル［既定値: すべてのエントリー］
help-review--by = レビューした人の名前。繰り返し指定できます
help-review--reviews = プルリクエストの承認も数えます。レビューの JSON（ホストの API の出力）を指定します。`-` なら標準入力から読みます

help-schema = エディターや Webhook の受信側のための JSON Schema を表示します
help-schema-more = エントリーの種類ごとのフロントマター、翻訳、または site.yaml の構造を記述します（draft 2020-12）。サイトの中で実行すると、そのサイトのコンポーネント、種類、項目、カテゴリー、言語を候補にしますが、ほかの値も受け入れます。`--out` はすべてのスキーマをフォルダーに書きます。`init` と `new` が作るファイルは、サイトのフォルダーの `schemas` を参照します。site.yaml を変えたら、もう一度実行してください。`webhook` は `announce` の Webhook が受け取るものを記述し、`--out` には含まれません。
help-schema--kind = ファイルの種類
help-schema--out = 種類ごとのスキーマを、このフォルダーに書きます。例: `incident.json`

help-report = 期間の記録を書きます（コンプライアンス向け）: 事象、告知、遅れ
help-report-more = 期間に重なるすべてのインシデントとメンテナンスを、時刻、長さ、訂正、守れなかった約束、ポリシーより遅れた更新とともに一覧にし、続けて合計とコンポーネントごとの稼働率を書きます。非公開の内容は含みません。
help-report--from = 最初の日（サイトのタイムゾーン）
help-report--to = 最後の日（その日を含む）
help-report--format = 出力形式
help-report--format--md = 人が読む Markdown
help-report--format--csv = 表計算ソフト向けの表（合計なし）
help-report--format--json = プログラム向けの JSON オブジェクト 1 つ
help-report--locale = 言語［既定値: サイトの最初の言語］
help-report--as_of = 現在の代わりに、この時刻までにわかっていたことを報告します

help-serve = このマシンでサイトをプレビューします
help-serve-more =
    メモリ上でビルドし、ファイルは書きません。内容が変わるたび、また予定の時刻が来るたびにビルドし直し、ブラウザーも自動で再読み込みします。内容にエラーがあれば、最後の正常なサイトに重ねて表示します。

    応答するのは、このマシンからのリクエストだけです。ほかのサイトのページからリンクはできますが、スクリプト、画像、フレーム、データは何も読み込めません。
help-serve--port = 127.0.0.1 のポート。0 なら空いているポートを使います
help-serve--as_of = この時刻のサイトを表示します。そこから前後の変化へ移動できます
help-serve--drafts = 下書きも表示します
help-serve--open = ブラウザーでプレビューを開きます

help-update = エントリーに更新を加えます
help-update-more = 更新、またはセクションの文章（FAQ、事後報告、実施後の評価など）を加えます。`--title`、`--scope`、`--field`、`--workaround`、`--actions`、`--compensation` を指定すると、ファイルの該当箇所も置き換えます。ファイルのほかの部分は変えず、`check` でエラーになる内容は書き込みません。
help-update-examples =
    例:
      noroshi update                   すべてを尋ねながら書く
      noroshi update 注文 原因特定 -m "処理待ちの行列が満杯です。" --next 30m
      noroshi update 注文 復旧 --ended 11:32 -m "注文が復旧しました。"
help-update--entry = { help-entry }
help-update--status = 状態（例: `identified`、`復旧`）、またはセクション: `faq`、`actions`、`workaround`、`compensation`、`postmortem`、`evaluation`
help-update--status_option = STATUS と同じです
help-update--message = 更新の文章（Markdown）。`-` なら標準入力から読みます
help-update--at = 更新の時刻。日付がなければ今日とみなします［既定値: 現在］
help-update--set = コンポーネントの新しい状態。繰り返し指定でき、`api=停止、web=停止` のようにまとめても書けます
help-update--next = { help-next-promise }
help-update--recovery = { help-recovery }
help-update--severity = インシデントの新しい重大度
help-update--title = 新しいタイトル。`LOCALE=TEXT` でほかの言語のタイトルを変えます。繰り返し指定できます
help-update--scope = 新しい影響範囲（誰に、何に）を 1 行で。`LOCALE=TEXT` は `--title` と同じです
help-update--field = サイト独自の項目の新しい値。繰り返し指定できます
help-update--workaround = 「回避策」の新しい文章。前の文章と置き換えます
help-update--actions = 「お客様へのお願い」の新しい文章。前の文章と置き換えます
help-update--compensation = 「補償について」の新しい文章。前の文章と置き換えます
help-update--started = `correction` と一緒に使います。インシデントの影響が本当に始まった時刻です
help-update--ended = `resolved`、またはその後の `correction` と一緒に使います。影響が終わった時刻です。`COMPONENT=TIME` と書くと、そのコンポーネントだけ先に復旧した時刻になります（状態は問いません）。繰り返し指定できます
help-update--start = メンテナンスの新しい開始時刻
help-update--end = メンテナンスの新しい終了時刻、または `unknown`（未定）。日付がなければ、開始の後で最初のその時刻とみなします
help-update--occurrence = 更新の対象。定期メンテナンスなら回の日付、作業時間帯が複数あるメンテナンスなら、その作業時間帯の最初に予定した開始（日付または日時）。対象の候補が 2 つあるとき、スクリプトでは必須です
help-update--locale = この言語の翻訳に書きます。対象は、原文の最新の更新、または STATUS と `--at` で指定した更新です
help-update--as_of = { help-as-of }

help-verify = 公開中のサイトに欠けや誤りがないか確かめます
help-verify-more = サイトのマニフェストを読み、読者と同じようにファイルを取得します。内容、ヘッダー、アドレス、古さ、存在しないページの応答、証明書を調べ、複数のアドレスを互いに比べます。手元にサイトのファイルは要りません。異常を 1 件 1 行で出し、終了コードは 1 です（サイトに届かないときも同じ）。「注意」はホストの制約によるもので、終了コードを変えません。
help-verify-examples =
    例:
      noroshi verify https://status.example.com/
      noroshi verify https://status.example.com/ https://mirror.example.net/ --sample 50
      noroshi verify https://status.example.com/ --format openmetrics
help-verify--sites = 公開中のサイトのアドレス
help-verify--sample = トップページ、フィード、主な API と、それ以外はこの数のファイルだけを取得します。どれを選ぶかは 1 時間ごとに変わります［既定値: すべてのファイル］
help-verify--grace = 更新の遅れたサイト、キャッシュされたファイル、ほかのアドレスの遅れを、どこまで許すか
help-verify--tls_days = ブラウザーが証明書を受け入れる期間が、あと何日以上必要か
help-verify--timeout = この時間を過ぎたら、残りのファイルは取得しません
help-verify--as_of = 現在の代わりに使う時刻（1970 年からの秒数）
help-verify--format = 出力形式
help-verify--format--human = 見つかったことを 1 行ずつ、サイトごとの結果も 1 行ずつ、標準エラー出力に出します
help-verify--format--json = { help-format-json }
help-verify--format--openmetrics = Prometheus などのメトリクスを標準出力に出します（`OpenMetrics` 1.0）

help-watch = 内容や時刻によってサイトが変わるたびに公開します。止めるまで続けます
help-watch-more = 公開のたびに 1 行を出します。内容にエラーがあるか、フォルダーに書けないときは、エラーを出して最後の正常なサイトを残し、続けます。SIGINT と SIGTERM で正常に終わります。
help-watch--out = { help-out }
help-watch--base_url = { help-base-url }
help-watch--force = ほかのファイルがあるフォルダーにも公開します。それらのファイルには触れません
help-watch--deploy = 公開のたびに、`noroshi deploy` と同じように site.yaml のデプロイ先へ送ります
help-watch--announce = 公開中のサイトに更新が出たら、`noroshi announce` と同じように知らせます

help-wait = 時刻によってサイトが変わるまで待ちます
help-wait-more = 1 語を表示し、終了コードは 0 です。`now` はサイトが変わったとき、`later` は `--at-most` が先に過ぎたとき、`none` は待つものがないとき。内容を読むのは最初の 1 回だけで、壊れたファイルは最後の正常な版を使います。内容の変更も追うには `noroshi watch` を使ってください。
help-wait-examples =
    例:
      noroshi wait && noroshi build
      noroshi wait --at-most 5h --within 1d
help-wait--at_most = この時間より長くは待ちません
help-wait--within = 次の変化がこれより先なら待ちません
help-wait--ignore_days = 日付が変わるだけ（稼働率の棒が動くだけ）なら待ちません
help-wait--after = 現在の代わりに、この時刻（前回の公開時刻など）より後の変化を待ちます
help-wait--note = `noroshi ci publish` が書いた公開の記録（`note.json`）。公開中のサイトがその公開のものなら、それより後の変化を待ちます
help-wait--site = `--note` と一緒に使う、公開中のサイトのアドレス

help-ci = CI のワークフローから公開します
help-ci-more = `due` は定期実行でビルドが必要かを答え、`publish` はワークフローに必要なファイルと一緒にビルドし、`confirm` は新しいサイトが公開されるまで待ち、`approvals` は何が誰の承認を待っているかを一覧にします。`issue` はリポジトリの issue の内容をエントリーや更新として書きます。`noroshi init --ci` が書くワークフローはこれらを使います。
help-ci-examples =
    例:
      noroshi ci due --site https://status.example.com/ --note work/note.json
      noroshi ci publish --site https://status.example.com/ --work work
      noroshi ci confirm --site https://status.example.com/ --publication work/publication.json
      noroshi ci issue --event event.json --work work
help-ci-approvals = 承認待ちのものを一覧にし、実行の概要に加えます
help-ci-approvals-more = site.yaml の `policy.approve`、リポジトリの履歴、プルリクエストのレビューを読みます。何が誰の承認を待っているかを表示し、GitHub、Forgejo、Gitea では実行の概要にも加えます。スカッシュしたプルリクエストの承認を残すための行も添えます。終了コードは 0 です。失敗にするかどうかは `noroshi check --reviews` が決めます。
help-ci-approvals--reviews = レビューの JSON（ホストの API の出力）。`-` なら標準入力から読みます
help-ci-approvals--is_asked = `policy.approve` にルールがあれば `asked=true`、なければ `asked=false` とだけ表示します
help-ci-approvals--as_of = { help-as-of }
help-ci-due = 定期実行でビルドが必要かを答えます
help-ci-due-more = `build=true` か `build=false` を表示し、GitHub のステップの出力にも同じ値を入れます。理由は標準エラー出力に出しますが、時刻は出しません。手元にサイトのファイルは要りません。判断できないときは `true` です。何も変わらないビルドは何も書かないからです。
help-ci-due--site = 公開中のサイトのアドレス
help-ci-due--note = `noroshi ci publish` が書いた、前回の公開の記録（`note.json`）
help-ci-due--commit = サイトの最新のコミット［既定値: この実行を始めたコミット］
help-ci-due--as_of = 現在の代わりに使う時刻（1970 年からの秒数）
help-ci-publish = ワークフローに必要なファイルと一緒に、ホスト向けにサイトをビルドします
help-ci-publish-more = 壊れたファイルは最後の正常な版を使って `public/` に公開し、作業フォルダーに次のものを残します: `noroshi ci due` と `noroshi wait` のための `note.json`、`noroshi ci confirm` のための `publication.json`、`events.jsonl`、更新のあったエントリーごとに `noroshi pack` の公開用の文面（`texts`）。GitHub、Forgejo、Gitea では、エラーは注釈になり、変わったページは概要に並び、`publication` がステップの出力になります。サイトを公開できるなら、壊れたファイルを差し止めたときも終了コードは 0 です。その場合は、公開の後に `confirm` が失敗します。
help-ci-publish--site = ホストがサイトを配信するアドレス
help-ci-publish--out = { help-out }
help-ci-publish--work = サイト以外のすべてを置くフォルダー。公開してはいけません
help-ci-publish--as_of = { help-as-of }
help-ci-publish--strict = エラーのあるファイルがあれば何も公開せず、終了コードを 1 にします
help-ci-confirm = 新しいサイトが公開されるまで待ち、ハブに知らせます
help-ci-confirm-more = ホストが成功と答えてから読者に新しいファイルが届くまで数分かかることがあるので、公開中のマニフェストが新しくなるまで読み直し、かかった時間を表示します。その後、新しい更新があり、`announce` のチャネルがハブに知らせないなら、site.yaml のハブ（`WebSub`）に知らせます。終了コードは、`publish` が壊れたファイルを差し止めたなら 1、時間内に公開されないかハブが拒否したら 3 です。
help-ci-confirm--site = 公開中のサイトのアドレス
help-ci-confirm--publication = `noroshi ci publish` の `publication.json`［既定値: `NOROSHI_PUBLICATION` の値］
help-ci-confirm--at_most = この時間が過ぎたら諦めます
help-ci-issue = issue からエントリーまたは更新を書きます
help-ci-issue-more = ワークフローのイベントを読みます。`noroshi init --issue-forms` のフォームで作った issue はエントリーに、そのコメントは更新になります。書いた人が site.yaml の `issues` に載っている場合だけです。作業フォルダーに、本人に返す `answer.md` と、ファイルを変えたときはコミットメッセージの `commit.txt` を書きます。文章を受け付けなかったときの終了コードは 1 で、ファイルは変えません。
help-ci-issue--event = イベントの JSON のファイル［既定値: `GITHUB_EVENT_PATH` のファイル］
help-ci-issue--work = 返答とコミットメッセージを書くフォルダー
help-ci-issue--review = 公開の前にレビューがあることを、返答に書きます

help-completions = シェルの補完スクリプトを表示します
help-completions-more = bash では `noroshi completions bash > ~/.local/share/bash-completion/completions/noroshi` を実行します。zsh では `$fpath` のフォルダーに `_noroshi` という名前で、fish では `~/.config/fish/completions/noroshi.fish` に出力を保存します。PowerShell では出力を `$PROFILE` の末尾に加えます。
help-completions--shell = シェル

help-man = マニュアルページを表示するか、すべて書き出します
help-man-more = `noroshi(1)` を表示します。DIR を指定すると、そのページと `noroshi-build(1)` などコマンドごとのページを書き、以前の版のページを上書きします。
help-man--dir = すべてのページを書くフォルダー。例: `~/.local/share/man/man1`
