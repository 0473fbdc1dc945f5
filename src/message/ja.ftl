# noroshi を使う人に見せる日本語のメッセージ。読者向けの文言は themes/default/messages/ja.ftl にある。

## 共通

message-comma = 、
message-or = { $first } または { $last }
message-and = { $first } と { $last }
message-and-more = { $listed } ほか { $more } 件
message-did-you-mean = `{ $near }` の間違いではありませんか
message-did-you-mean-one = { $words } の間違いではありませんか
message-write = 次のどれかを書いてください: { $words }
message-some-see = { $some }（{ $see }）
message-near-and-all = `{ $near }` の間違いではありませんか。書けるのは { $words } です
message-os-not-found = ファイルまたはフォルダーがありません（OS エラー { $number }）
message-os-permission-denied = アクセス権がありません（OS エラー { $number }）
message-os-already-exists = すでに存在します（OS エラー { $number }）
message-os-not-a-directory = フォルダーではありません（OS エラー { $number }）
message-os-is-a-directory = フォルダーです（OS エラー { $number }）
message-os-directory-not-empty = フォルダーが空ではありません（OS エラー { $number }）
message-os-read-only = 読み取り専用のファイルシステムです（OS エラー { $number }）
message-os-storage-full = ディスクに空きがありません（OS エラー { $number }）
message-os-quota-exceeded = ディスクの割り当て容量を超えました（OS エラー { $number }）
message-os-file-too-large = ファイルが大きすぎます（OS エラー { $number }）
message-os-invalid-filename = ファイル名が正しくないか、長すぎます（OS エラー { $number }）
message-os-resource-busy = 使用中です（OS エラー { $number }）
message-os-connection-refused = 接続を拒否されました（OS エラー { $number }）
message-os-connection-reset = 接続が切断されました（OS エラー { $number }）
message-os-connection-aborted = 接続が中断されました（OS エラー { $number }）
message-os-host-unreachable = ホストに到達できません（OS エラー { $number }）
message-os-network-unreachable = ネットワークに到達できません（OS エラー { $number }）
message-os-timed-out = 時間内に応答がありませんでした（OS エラー { $number }）
message-os-address-in-use = アドレスまたはポートはすでに使われています（OS エラー { $number }）
message-os-address-not-available = このマシンでは使えないアドレスです（OS エラー { $number }）
message-os-broken-pipe = 出力先が閉じられました（OS エラー { $number }）
message-os-out-of-memory = メモリが足りません（OS エラー { $number }）

## 診断

diagnostic-error = エラー
diagnostic-warning = 警告
diagnostic-help = 対処
diagnostic-help-line = 対処: { $help }

## コマンド共通

cli-errors = エラー { $e } 件
cli-warnings = 警告 { $w } 件
cli-errors-warnings = エラー { $e } 件、警告 { $w } 件
cli-error = エラー: { $message }
cli-help = 対処: { $help }
cli-typed-duration = `30m`、`5h 30m`、`1d` のように書いてください
cli-typed-language = { $known } を指定してください
cli-usage = 使い方
cli-commands = コマンド
cli-arguments = 引数
cli-options = オプション
cli-options-placeholder = {"[オプション]"}
cli-command-placeholder = <コマンド>
cli-values = 選べる値:
cli-values-line = ［選べる値: { $names }］
cli-default = ［既定値: { $value }］
cli-more-help = 詳しくは `--help` を付けて実行してください
cli-unknown-argument = `{ $argument }` という引数はありません
cli-unknown-command = `{ $command }` というコマンドはありません
cli-missing-value = `{ $argument }` に値がありません
cli-unknown-value = `{ $argument }` に `{ $value }` は指定できません
cli-bad-value = `{ $argument }` の値 `{ $value }` を読み取れません
cli-missing-argument = 次の引数が足りません: { $argument }
cli-conflict = `{ $argument }` と `{ $other }` は同時に使えません
cli-too-many-values = `{ $argument }` に値 `{ $value }` は指定できません
cli-number-of-values = `{ $argument }` の値の数が正しくありません
cli-no-equals = `{ $argument }` は値の前に `=` が必要です
cli-missing-command = コマンドを指定してください
cli-not-utf8 = UTF-8 ではない引数があります
cli-write-one-of = 次のどれかを指定してください: { $values }

## 通知（`noroshi announce`）: 台帳

announce-ledger-gone = 以前あった台帳 { $ledger } がなくなっています
announce-ledger-gone-help = 控えから復元するか、`noroshi announce begin` で新しく始めてください。新しく始めると、今ある更新はすべて通知済みの扱いになります
announce-ledger-busy = 台帳 { $ledger } がほかの実行に書き換えられ続けています
announce-ledger-busy-help = もう一度実行してください
announce-ledger-removed = 実行中に、台帳 { $ledger } が削除されました
announce-ledger-removed-help = 控えから復元し、もう一度実行してください
announce-ledger-unreadable = 台帳 { $shown } を読めません: { $why }
announce-ledger-unreadable-help = 控えから復元してください。`noroshi announce begin` で新しく始めると、今ある更新はすべて通知済みの扱いになります
announce-ledger-later = より新しい版の noroshi が書いたものです
announce-ledger-later-help = その版の noroshi をインストールしてください
announce-ledger-unusable = 台帳 { $ledger } を使えません: { $error }
announce-ledger-file-help = ディスクの空きと、このユーザーの書き込み権限を確認してください
announce-git-no-id = git が ID を出力しませんでした
announce-git-silent = git が失敗しましたが、何も出力していません
announce-git-help = リモートと、この実行環境の権限を確認してください。ref の読み込みとプッシュの権限が必要です（GitHub では `contents: write`）
announce-git-ledger = `{ $remote }` の `{ $ledger }`
announce-store-overwrites = { $store } は拒否すべき上書きを受け付けるため、同時に動く 2 つの実行の衝突を防げません
announce-store-overwrites-help = 台帳を git に置くか（`ledger: {"{"}git: origin{"}"}`）、`If-None-Match` に対応したストレージに置いてください

## 状態と理由

announce-state-due = 送信待ち
announce-state-waiting = 承認待ち
announce-state-sending = 送信中
announce-state-sent = 送信済み
announce-state-failed = 失敗
announce-state-unknown = 不明
announce-state-skipped = 送信しない
announce-withdrawn = エントリーが取り下げられました
announce-superseded = 同じエントリーのより新しい更新を送信しました
announce-gone = もうサイトにありません
announce-decided = 担当者の判断です
announce-run-ended = { $by } の実行が送信中に終わりました
announce-refused = { $reason }。{ $help }

## 認証情報

announce-credential-character = `{ $name }` に、空白など、認証情報には使われない文字があります
announce-credentials-character = `{ $name }` に、認証情報には使われない文字があります
announce-credential-help = 認証情報をコピーし直してください
announce-credential-missing = 環境変数 `{ $name }` が設定されていません
announce-credential-missing-help = { $help }。それを環境変数に設定するか、`{ $name }_FILE` でファイルを指定してください

## 配信先とのやり取り

announce-of-platform = { $name }: { $message }
announce-the-server = サーバー
announce-answers = { $name } の応答が { $status } です
announce-said = { $reason }: { $said }
announce-redirect = { $reason }: 別のアドレスにリダイレクトしていますが、noroshi はリダイレクトをたどりません
announce-redirect-help = リダイレクト先のアドレスを指定してください
announce-secret-address = チャネルの `URL`: { $reason }
announce-secret-address-help = { $name } のアドレスをコピーし直してください（`https://` で始まります）
announce-no-request = このアドレスと認証情報ではリクエストを組み立てられません
announce-no-request-help = コピーし直してください。空白や改行が入っているかもしれません
announce-see-server = サーバーからのメッセージを確認してください

## Slack・Discord・Teams・LINE

announce-slack-url = Slack か Mattermost で Incoming Webhook を作り、そのアドレスをコピーしてください
announce-slack-help = Slack で Incoming Webhook を作り直し（Apps → Incoming Webhooks）、そのアドレスをチャネルの `URL` に設定してください
announce-discord-url = Discord のチャンネルの設定（連携サービス → ウェブフック）でウェブフックを作り、そのアドレスをコピーしてください
announce-discord-help = Discord のチャンネルの設定（連携サービス → ウェブフック）でウェブフックを確認し、アドレスをコピーし直してください。フォーラムのウェブフックには、アドレスの後にスレッドの ID を付けた `?thread_id=` が必要です
announce-teams-url = Teams でワークフローを作り（Workflows の「Send webhook alerts to a channel」）、そのアドレスをコピーしてください
announce-teams-help = Teams でワークフローを開き（Workflows の「Send webhook alerts to a channel」）、有効になっていることと、誰でも起動できることを確認して、アドレスをコピーし直してください
announce-line-token = LINE Developers コンソールでチャネルアクセストークンを発行してください
announce-line-help = LINE Developers コンソール（Messaging API）でチャネルアクセストークンを発行し、チャネルの `TOKEN` に設定してください
announce-line-quota = LINE Official Account Manager でメッセージ数の上限を上げてから（設定 → 利用と請求）、`noroshi announce retry` を実行してください

## X・Mastodon・Bluesky

announce-x-keys = X Developer Console のアプリ（Keys and tokens）からコピーしてください
announce-x-help = X Developer Console でアプリを確認してください。必要なのは「Read and write」の権限、クレジット、権限の付与後に作ったキーとトークンです。このマシンの時計も合わせてください
announce-x-reply = { $reason }。次に試すときは、以前の投稿への返信にしません
announce-x-no-id = X の応答が { $status } ですが、投稿の ID がありません
announce-x-random = X へのリクエストに必要な乱数をシステムから得られません
announce-mastodon-token = アカウントの「ユーザー設定」→「開発」でスコープ `write:statuses` のアプリを作り、アクセストークンをコピーしてください
announce-mastodon-401 = サーバーがアクセストークンを認識しません。アプリのアクセストークンをコピーし直してください
announce-mastodon-403 = アプリにスコープ `write:statuses` を付け、アクセストークンを新しいものに替えてください
announce-mastodon-404 = そこに Mastodon の API がありません。site.yaml の `server` を確認してください
announce-bluesky-password = アカウントの「設定」→「プライバシーとセキュリティ」→「アプリパスワード」でアプリパスワードを作ってください
announce-bluesky-code = メールで届くコードの要らないアプリパスワードを使ってください
announce-bluesky-401 = site.yaml の `handle` と、アプリパスワードを確認してください
announce-bluesky-404 = そこに AT Protocol のサーバーがありません。site.yaml の `server` を確認してください
announce-bluesky-no-session = Bluesky は成功と応答しましたが、セッションが始まりませんでした
announce-bluesky-server = site.yaml の `server` を確認してください
announce-bluesky-ended = Bluesky のセッションが終了しました
announce-bluesky-account = アカウントと、site.yaml の `server` を確認してください

## Webhook・WebSub

announce-the-webhook = Webhook
announce-webhook-secret = `{ $variable }` には、受信側と同じ値を使ってください
announce-webhook-gone = 受信側が受け取りをやめています。site.yaml でこのチャネルを `mode: off` にしてください
announce-webhook-help = site.yaml の Webhook の `url` を確認してください
announce-the-hub = フィードのハブ
announce-no-hub = site.yaml にフィードのハブがありません
announce-no-hub-help = site.yaml にハブのアドレスを書いてください: `feeds: {"{"}hub: https://pubsubhubbub.appspot.com/{"}"}`
announce-hub-help = site.yaml の `feeds.hub` を確認してください

## メール

announce-mail-unsubscribe = `unsubscribe` のアドレスが { $most } バイトを超えています
announce-mail-unsubscribe-help = ヘッダーに収まりません。もっと短いアドレスにしてください
announce-mail-address = `{ $address }` はメールサーバーが受け付けるアドレスではありません
announce-mail-address-help = site.yaml で直してください
announce-mail-connection = 接続
announce-mail-itself = メール本体
announce-mail-auth-help = このチャネルのユーザー名とパスワードを確認してください
announce-mail-data-help = メールを拒否する理由を、メールサーバーの管理者に確認してください
announce-mail-connection-help = `server` を確認し、接続を拒否する理由をサーバーの管理者に確認してください
announce-mail-envelope-help = `from` と `lists` を確認してください。このユーザーが `from` の名義で送信できるかも確認してください
announce-mail-server = `server` がメールサーバーのアドレスではありません
announce-mail-server-help = `smtps://smtp.example.com` または `smtp://smtp.example.com:587` のように書いてください
announce-mail-unknown-name = メールサーバー { $server } の名前が見つかりません
announce-mail-no-starttls = メールサーバー { $server } が STARTTLS に対応していません
announce-mail-no-starttls-help = TLS 用のポートがあれば `smtps://` と書いてください。noroshi が TLS なしで送るのは、このマシンのサーバーにだけです
announce-mail-no-auth = メールサーバー { $server } がユーザー名とパスワードを受け付けません
announce-mail-no-auth-help = 送信（submission）用のポートを使うか、このチャネルの認証情報を外してください
announce-mail-data = メールサーバー { $server } が DATA に 354 ではなく { $code } を返しました
announce-mail-slow = メールサーバー { $server } の応答が遅すぎます
announce-mail-unknown = メールサーバー { $server } にメールを送りましたが、受け付けたという応答がありません
announce-mail-answers = 応答は { $code } です
announce-mail-refused = メールサーバー { $server } が { $code } を返しました（段階: { $step }）
announce-mail-tls = メールサーバー { $server } との TLS 接続に失敗しました
announce-mail-tls-help = サーバー名には、ブラウザーが信頼する認証局の証明書にある名前を書いてください。`smtps://` はポート 465 用、`smtp://` はポート 587 用です
announce-mail-unreached = メールサーバー { $server } に接続できないか、接続が切れました（段階: { $step }）
announce-mail-credentials = ユーザー名とパスワードをメールサーバーの管理者から受け取ってください

## コマンド

cli-announce-later = しばらくしてからもう一度実行してください
cli-announce-perhaps = { $reason }。すでに届いている可能性があります
cli-announce-perhaps-help = 届いたかどうか、チャネルを見て確認してください
cli-announce-channel = チャネル `{ $channel }`: { $reason }
cli-announce-no-ledger = 台帳 { $ledger } がまだありません
cli-announce-no-ledger-help = 先に `noroshi announce` を実行してください
cli-announce-no-channel = site.yaml にチャネルがありません
cli-announce-no-channel-help = `announce: {"{"}channels: {"{"}ops: {"{"}to: slack{"}"}{"}"}{"}"}` のように加えてください。種類の一覧は docs/announce.md にあります
cli-announce-channels-see = 一覧は site.yaml の `announce`
cli-announce-unknown-channel = チャネル `{ $name }` はありません
cli-announce-too-many = チャネル `{ $channel }` に { $count } 件の更新を一度に送ることになるため、何も送信していません
cli-announce-too-many-help = `noroshi announce --dry-run` で内容を確認してください。{ $most } 件を超えて送るには `--all` を付けてください
cli-announce-private = 非公開の文字列を含むため、送信していません。どの文字列かは `noroshi build` で確認できます
cli-announce-held = 送信を止めました。`noroshi announce hold --off` を実行するまで、何も送信しません
cli-announce-held-before = 送信はすでに止まっています。引き続き何も送信しません
cli-announce-released = 送信を再開しました。送信待ちのものは次の実行で送信します
cli-announce-not-held = 送信は止まっていません
cli-announce-begun = 台帳 { $ledger } を新しく作りました。{ $channels } 個のチャネルの更新 { $updates } 件を通知済みの扱いにし、何も送信していません
cli-announce-test = { $channel }: テスト（{ $locale }）を送信しました
cli-announce-test-at = { $channel }: テスト（{ $locale }）を送信しました: { $id }
cli-announce-test-off = 注意: `mode: off` なので、ほかには何も `{ $channel }` に送信しません
cli-announce-ledger-git = 台帳を git に置けません: { $why }
cli-announce-ledger-target = 台帳の置き場所に指定されたデプロイ先 `{ $name }` が、site.yaml の `deploy` にありません
cli-announce-ledger-target-help = `deploy` にあるデプロイ先を指定するか、台帳を git に置いてください: `ledger: {"{"}git: origin{"}"}`
cli-announce-ledger-no-store = デプロイ先 `{ $name }` はオブジェクトストレージではないため、台帳を置けません
cli-announce-ledger-no-store-help = `ledger: {"{"}file: …{"}"}` または `ledger: {"{"}git: origin{"}"}` と書いてください
cli-announce-public-missing = { $file } がありません
cli-announce-public-foreign = { $file } は noroshi のマニフェストではありません
cli-announce-public-part = マニフェストの一部 `{ $path }` を読み込めません: { $error }
cli-announce-public-broken-part = マニフェストの一部 `{ $path }` が壊れています
cli-announce-state = { $name }: { $words }
cli-announce-state-unknown = { $name }: { $reason }。チャネルを見て、届いていれば `noroshi announce skip`、届いていなければ `noroshi announce retry` を実行してください
cli-announce-line = { $channel }: { $entry } { $status } [{ $locale }] { $id }: { $state }
cli-announce-would-begin = { $channel }: 新しいチャネルです。今ある更新はすべて通知済みの扱いになります
cli-announce-would-send = { $channel }: 送信する内容 [{ $locale }] { $id }: { $headline }
cli-announce-would-wait = { $channel }: 公開中のサイトにまだない更新が { $updates } 件あります
cli-announce-new-channel = { $channel }: 新しいチャネルです。今ある更新をすべて通知済みの扱いにし、何も送信していません
cli-announce-on-hold = すべての送信を止めているため、何も送信しません。再開するには `noroshi announce hold --off` を実行してください
cli-announce-not-public = 更新 { $updates } 件は、公開中のサイトにまだないため、後の実行で送信します。公開を待たずに送るには `--no-wait` を付けてください
cli-announce-not-public-because = 更新 { $updates } 件は、公開中のサイトにまだないため、後の実行で送信します（{ $reason }）。公開を待たずに送るには `--no-wait` を付けてください
cli-announce-elsewhere = メッセージ { $messages } 件を、ほかの実行が送信中です。その実行が強制終了されたのなら、{ $minutes } 分後にもう一度実行してください
cli-announce-nothing = 送信するものはありません
cli-announce-secret-file = `{ $name }` が指す `{ $path }` を読み込めません: { $error }
cli-announce-secret-file-help = パスと、ファイルのアクセス権を確認してください
cli-announce-status-channel = 台帳にチャネル `{ $name }` はありません
cli-announce-status-see = 一覧は、チャネルなしの `noroshi announce status`
cli-announce-status-held = すべての送信を止めています（{ $at } に { $by } が止めました）
cli-announce-status-line = { $name }: { $id } { $at } { $entry } { $status } [{ $locale }]: { $state }
cli-announce-status-nothing = { $name }: { $begun } 以降、何も送信していません
cli-announce-status-item = `{ $item }` に当てはまり、この操作ができる通知はありません
cli-announce-status-item-help = `noroshi announce status` で確認してください
cli-announce-status-changed = { $name }: { $id } { $status } [{ $locale }]: { $state }
cli-announce-status-next = 次の `noroshi announce` で送信します
cli-announce-no-thread = エラー: 通知用のスレッドを開始できません

# サイト全体の検査、ポリシー、リポジトリの履歴についてのメッセージ。

## アドレス

check-unpublishable = アドレス `/{ $path }` は公開できません: { $why }
check-unpublishable-help = このアドレスのもとになるファイル名、旧アドレス（`aliases`）、ID のどれかを変えてください
check-address-taken = アドレス `/{ $address }` は { $other } も使っています
check-address-taken-help = どちらかの名前を変えてください。1 つのアドレスに置けるファイルは 1 つです
check-address-of-occurrence = アドレス `/{ $address }` は、定期メンテナンスのその日の回が使います
check-address-of-occurrence-help = このファイルを別のアドレスにしてください。1 つのアドレスに置けるファイルは 1 つです
check-address-folder = { $owner } のファイル `/{ $name }` が、`/{ $file }` に必要なフォルダーと同じ名前です
check-address-folder-help = どちらかの名前を変えてください
check-address-of-theme = アドレス `/{ $address }` は、テーマのファイルを置くフォルダーの中にあります。ブラウザーはそのフォルダーのファイルを 1 年間保存します
check-address-of-theme-help = `assets/theme/` の外に移してください
check-address-unportable = アドレス `/{ $file }` の `{ $name }` は、Windows では保存できない名前です
check-address-unportable-help = 別の名前を付けてください
check-address-case = アドレス `/{ $address }` と { $other } の `/{ $twin }` は、違いが大文字と小文字だけです
check-address-case-help = どちらかの名前を変えてください。多くのディスクとホスティング先では、一方がもう一方を上書きします
check-same-slug = スラッグ `{ $slug }` は { $other } も使っています
check-same-slug-help = どちらかのファイルの名前を変えてください
check-same-id = ID `{ $id }` は { $other } も使っています
check-same-id-help = どちらかに別の `id` を付けてください。フィードとカレンダーは、`id` でエントリーを見分けます

## リンク

check-link-outside = `{ $path }` はサイトの外を指しています
check-link-no-file = `{ $file }` というファイルはありません
check-link-no-entry = `{ $file }` というエントリーはありません
check-link-path-help = パスを確認してください。`../` は、このファイルのあるフォルダーの 1 つ上のフォルダーです
check-logo-help = `content/static/` の下に置き、そこからのパスを書いてください
check-link-draft = `{ $file }` は下書きです。ページにはリンクなしで表示されます
check-link-draft-help = 下書きを公開するか、リンクを取り除いてください
check-link-no-place = `{ $file }` に `#{ $id }` という見出し、セクション、更新はありません
check-link-no-place-here = このエントリーに `#{ $id }` という見出し、セクション、更新はありません
check-link-no-place-help = 見出しへのリンクなら、`### Root cause` を `#root-cause` とするように、見出しの文字を書いてください。更新へのリンクなら、ページでその更新に付いている印からアドレスをコピーしてください
check-link-no-page = このサイトの `{ $written }` には、ページもファイルもありません
check-link-no-page-help = 別のサイトへのリンクなら、`https://` から始まるアドレス全体を書いてください

## フィード

check-feeds-too-large = フィードの文章が合計 { $size } MiB になり、上限の { $most } MiB を超えます。最も多くを占めるのはこのエントリーで、{ $feeds } 個のフィードに載ります
check-feeds-too-large-help = 文章を短くするか、`affects` のコンポーネントを減らすか、site.yaml の `feeds: {"{"}items: …{"}"}` の値を小さくしてください
check-no-time = このエントリーには公開時刻がないため、フィードにも履歴にも表示されません
check-no-time-help = `publish_at: 2026-11-20 12:00` を加えてください
check-no-time-maintenance-help = `publish_at: …` か、`## scheduled 2026-11-20 12:00` のような更新を加えてください

## エントリーの内容

check-update-in-future = この更新の日時は未来です。読者に表示されるのは { $time } からです
check-update-in-future-help = 今すぐ公開するなら、現在の時刻に直してください。後で公開するなら、このままでかまいません
check-update-order = { $time } の更新が { $before } の更新より後に書かれていますが、noroshi は更新を時刻順に並べます
check-update-order-help = 日付と時刻を確認してください。正しければ、この更新を時刻順の位置に移してください
check-update-year = この更新は、直前の更新または開始の { $days } 日後になっています
check-drafted-title = タイトルがアラートのままです
check-drafted-title-help = `title: 注文が遅れています` のように、利用者が気づく症状を書いてください
check-drafted-empty = アラートから作られたこのエントリーには、まだ文章がありません
check-drafted-empty-help = `noroshi update { $slug } investigating -m TEXT` を実行するか、概要を書いてください
check-severity-lowered = この更新は重大度を `{ $severity }` に下げていますが、{ $worse } も良くなったのかを書いた更新がありません
check-severity-lowered-help = 良くなったのなら、見出しの下に `affects: { $id }={ $status }` という行を加えてください
check-still-checking = エントリーは終了していますが、この回答にはまだ「{ $sentence }」とあります
check-still-checking-help = わかったことを書いてください。わからないまま終わったのなら、過去形でそう書いてください

## 禁止語と非公開の情報

check-forbidden-word = `{ $word }` は使用禁止の語です（site.yaml の `forbid` にあります）
check-forbidden-word-help = 別の語に言い換えてください
check-forbidden-word-allow-help = 別の語に言い換えてください。このエントリーで許可するなら、`allow: [{ $word }]` を加えてください
check-forbidden-name-help = ファイルに別の名前を付けてください
check-looks-private = `{ $shown }` は非公開の情報（{ $looks }）のようですが、このままでは公開されます
check-looks-private-help = 取り除くか、`internal` の下に移してください。公開してよいものなら、site.yaml の `allow` に加えてください
check-looks-key = 鍵やトークン
check-looks-mail = メールアドレス
check-looks-card = カード番号
check-looks-phone = 電話番号
check-looks-national-id = マイナンバー
check-looks-host = 内部ネットワークのアドレス

## ホスティング先

check-host-of-ci = この CI のホスティング先 { $host }
check-host-of-ci-help = { $help }。別のホスティング先で公開するなら、その名前を site.yaml の `host` に書いてください
check-host-header-of-noroshi = noroshi のルールも `/{ $address }` に `{ $name }` を設定します。ホスティング先は値をつなげるか、一方を捨てます
check-host-header-of-noroshi-help = このヘッダーをここから取り除くか、noroshi が同じヘッダーを設定しないアドレスを書いてください（docs/hosting.md）
check-host-header-twice = 上のルールも `/{ $address }` に `{ $name }` を設定します。ホスティング先は値をつなげるか、一方を捨てます
check-host-header-twice-help = 同じアドレスの同じヘッダーは、1 つのルールだけで設定してください
check-host-hidden-alias = `{ $from }` からのリダイレクトが、旧アドレス `/{ $hidden }` を隠します
check-host-hidden-file = `{ $from }` からのリダイレクトが、サイトの `/{ $hidden }` を隠します
check-host-hidden-help = このリダイレクトを取り除くか、リダイレクト元の範囲を狭めてください。Cloudflare はリダイレクトし、Netlify はファイルを返します
check-host-rules-in-size = { $most } 件（合計 { $size } KiB）
check-host-rules-number = { $most } 件
check-host-left-out = サイトには旧アドレス（`aliases`）が { $all } 件ありますが、`_redirects` に書けるのは { $bound }までです。{ $left_out } 件は載りません
check-host-left-out-help = 対処は不要です。どの旧アドレスでも、小さなページがリダイレクトします。一覧を短くするなら、どこからもリンクされていない旧アドレスを取り除いてください
check-host-too-many-rules = `{ $file }`: { $what }が { $count } 件あります。{ $name } が受け付けるのは { $most } 件までです
check-hosts-too-many-rules = `{ $file }`: { $what }が { $count } 件あります。ホスティング先が受け付けるのは { $most } 件までです
check-host-too-many-rules-help = 独自のルールを減らすか、まとめてください。`*` を使えば、1 つのルールが多くのアドレスに当てはまります
check-host-rules = ルール
check-host-own-rules = 独自のルール
check-host-dynamic-rules = `*` や `:name` を使うルール
check-host-unread = { $name } は `{ $file }` を読まないため、独自のルールは効きません
check-host-unread-help = このファイルを取り除くか、これを読むホスティング先を選んでください（docs/hosting.md）
check-host-no-folders = { $name } はフォルダーのアドレスに応答しないため、トップページしか表示されません
check-host-no-folders-help = site.yaml に `addresses: files` と書いてください
check-host-files = サイトのファイルが { $counted } 個ありますが、{ $name } が受け付けるのは { $most } 個までです
check-host-files-and-folders = サイトのファイルとフォルダーが合わせて { $counted } 個ありますが、{ $name } が受け付けるのは { $most } 個までです
check-host-files-in-folder = フォルダー `/{ $folder }` にファイルが { $count } 個ありますが、{ $name } が 1 つのフォルダーに受け付けるのは { $most } 個までです
check-host-files-help = 言語、コンポーネント、旧アドレスを減らすか、古いエントリーを別のサイトに移すか、もっと多く受け付けるホスティング先を選んでください（docs/hosting.md）
check-host-file-bytes = `/{ $path }` は { $size } バイトですが、{ $name } が受け付けるファイルは { $most } バイトまでです
check-host-bytes = サイトは合計 { $bytes } バイトですが、{ $name } が受け付けるのは { $most } バイトまでです
check-host-bytes-help = `content/static/` から大きなファイルを取り除くか、別の場所から配信してください

## 公開済みのサイトとの違い

check-an-incident = インシデント
check-a-maintenance = メンテナンス
check-a-notice = お知らせ
check-a-question = 質問
check-a-page = ページ
check-renamed = 公開後になくなった `{ $key }` とほぼ同じ文章です。このままでは、フィードが別の ID で最初からすべて配信し直します
check-renamed-kind = 公開後になくなった `{ $key }` とほぼ同じ文章です。このままでは、フィードが{ $kind }として最初からすべて配信し直します
check-renamed-kind-help = `content/{ $folder }/` に戻してください。別のエントリーなら、site.yaml の `removed` に `{ $key }` を加えてください
check-renamed-id-help = `id: { $id }` という行を加えてください。別のエントリーなら、site.yaml の `removed` に `{ $key }` を加えてください
check-renamed-id-and-aliases-help = `id: { $id }` と `{ $aliases }` の 2 行を加えてください。別のエントリーなら、site.yaml の `removed` に `{ $key }` を加えてください
check-address-lost = `{ $key }` は `/{ $page }` で公開されましたが、今そのアドレスにはページもリダイレクトもありません
check-address-lost-help = `{ $aliases }` という行を加えてください
check-addresses-changed = サイトは `addresses: { $was }` で公開されています。このままでは、公開済みのページのアドレスが使えなくなります
check-addresses-changed-help = site.yaml に `addresses: [{ $now }, { $was }]` と書いてください。旧アドレスは新しいアドレスにリダイレクトします
check-timezone-changed = サイトはタイムゾーン `{ $was }` で公開されています。`{ $zone }` にすると、{ $entries } 件のエントリーで時差のない時刻が別の時刻になり、フィードが古い更新をもう一度配信します
check-timezone-changed-help = `noroshi check --fix --timezone-was { $was }` を実行して、それらのエントリーに `timezone: { $was }` を書き込むか、ここを `timezone: { $was }` に戻してください
check-open-is-draft = 前回の公開時に終了していなかった `{ $key }` が、下書きになっています
check-open-is-hidden = 前回の公開時に終了していなかった `{ $key }` が、まだ表示されない状態に戻っています
check-open-is-hidden-help = 公開して、どう終わったかを書くか、`withdrawn` を設定してください。読者に知らせずに取り除くなら、site.yaml の `removed` に `{ $key }` を加えてください
check-open-is-gone = 前回の公開時に終了していなかった `{ $key }` がなくなっています
check-open-is-gone-help = `content/{ $folder }/{ $name }.md` を元に戻して、どう終わったかを書くか、`withdrawn` を設定してください。読者に知らせずに取り除くなら、site.yaml の `removed` に `{ $key }` を加えてください

## ポリシー: 期限

check-span-seconds = { $seconds } 秒
check-span-minutes = { $minutes } 分
check-span-hours = { $hours } 時間
check-span-hours-minutes = { $hours } 時間 { $minutes } 分
check-span-days = { $days } 日
check-span-days-hours = { $days } 日 { $hours } 時間
check-update-overdue-help = `noroshi update { $slug } update -m …` を実行し、わかっていることと次の更新の時刻を書いてください
check-promise-overdue = このエントリーの次回更新の予定（{ $time }）を { $late }過ぎています
check-promise-overdue-help = `noroshi update { $slug } update -m …` を実行してください
check-update-silent = 更新が { $silent }途絶えています。ポリシーでは、重大度 `{ $severity }` のインシデントは { $every }ごとに更新します
check-first-update-late = 最初の更新が `{ $word }` の { $took }後でした。ポリシーでは、重大度 `{ $severity }` のインシデントは { $within }以内に更新します
check-first-update-late-help = 期限にはもう間に合いません。経緯の説明に、遅れた理由を書いてください
check-first-update-missing = `{ $word }` から { $took }たっても更新がありません。ポリシーでは、重大度 `{ $severity }` のインシデントは { $within }以内に更新します
check-first-update-missing-help = `noroshi update { $slug } investigating -m …` を実行してください
check-forgotten = このインシデントは終了していませんが、更新が { $silent }途絶えています
check-forgotten-help = 終わっているなら、`noroshi update { $slug } resolved --ended … -m …` を実行してください
check-postmortem-overdue = ポリシーでは、重大度 `{ $severity }` のインシデントの事後報告を { $within }以内に公開します。期限を { $late }過ぎています
check-postmortem-overdue-help = `noroshi update { $slug } postmortem -m …` を実行し、原因と再発防止策を書いてください
check-evaluation-overdue = ポリシーでは、このメンテナンスの実施後の評価を { $within }以内に公開します。期限を { $late }過ぎています
check-evaluation-overdue-help = `noroshi update { $slug } evaluation -m …` を実行し、予定どおりだったかと今後の予定を書いてください
check-report-overdue = `{ $to }` への報告 `{ $kind }` は、期限の { $time } を { $late }過ぎています（{ $why }）
check-report-overdue-help = `noroshi pack { $slug } --channel regulator` で文面を作れます。提出したら、`internal.reports` に `{ $to_kind }` を加えてください
check-span-months = { $months } か月
check-report-after-awareness = 障害を認識してから { $within }
check-report-after-classification = 重大度が `{ $severity }` になってから { $within }
check-report-after-report = 報告 `{ $report }` から { $within }
check-never-closed-end = 予定の終了から { $since }
check-never-closed-start = 開始または最後の更新から { $since }
check-never-closed = { $over }たっても、このメンテナンスを終了する更新がありません
check-never-closed-occurrence = { $over }たっても、このメンテナンスの { $day } の回を終了する更新がありません
check-never-closed-two = { $over }たっても、このメンテナンスの { $day } の回を終了する更新がありません。その前の回も終了していません
check-never-closed-more = { $over }たっても、このメンテナンスの { $day } の回を終了する更新がありません。それより前の { $more } 回も終了していません
check-never-closed-help = `noroshi update { $slug } completed{ $which } -m …` を実行するか、`end` を後の時刻にしてください

## ポリシー: 計画

check-short-notice = 告知が開始の { $ahead }前です。ポリシーでは { $before }前までに告知します
check-short-notice-late = 告知がメンテナンスの開始より後です。ポリシーでは { $before }前までに告知します
check-short-notice-help = 作業時間帯を後の時刻に移してください。待てない場合は `kind: emergency` と書いてください
check-moved-earlier = この更新は開始を早めていますが、開始まで { $ahead }しかありません。ポリシーでは { $before }前までに告知します
check-moved-earlier-help = 開始をもっと後にしてください。読者は、最初に告知された時刻を前提に予定を立てています
check-set-late = この更新で開始が決まりましたが、開始まで { $ahead }しかありません。ポリシーでは { $before }前までに告知します
check-outside-quiet-hours = 作業時間帯（{ $start } から { $end } まで）が、作業してよい時間（{ $from } から { $to } まで）に収まっていません
check-outside-quiet-hours-start = 作業時間帯（{ $start } から）が、作業してよい時間（{ $from } から { $to } まで）に入っていません
check-outside-quiet-hours-help = 作業してよい時間に移すか、移せない理由を文章に書いてください
check-overlap = このメンテナンスと { $file } は、{ $time } から同時に { $component } に影響します
check-overlap-help = どちらかの時間を移すか、1 つのエントリーにまとめてください。読者には同じコンポーネントが二重に見えます

## ポリシー: 人と必須の項目

check-too-few-reviewers = `reviewed_by` の名前は { $have } 人分ですが、ポリシーでは { $wanted } 人必要です。執筆者は数えません
check-too-few-reviewers-help = 別の人が読んだ後に `noroshi review { $slug } --by NAME` を実行してください
check-missing-incident = `{ $what }` がありません。ポリシーでは、インシデントに必要です
check-missing-severity = `{ $what }` がありません。ポリシーでは、重大度 `{ $severity }` のインシデントに必要です
check-missing-maintenance = `{ $what }` がありません。ポリシーでは、メンテナンスに必要です
check-missing-key-help = フロントマターに `{ $key }: …` を加えてください
check-missing-internal-help = noroshi が公開しない `internal` の下に `{ $key }: …` を加えてください。`no` は回答として数えません
check-missing-field-help = `fields` の下に `{ $id }: …` を加えてください
check-missing-section-help = { $heading } というセクションを加えてください

## ポリシー: 翻訳

check-comma = 、
check-translation-none = このエントリーには `{ $locale }` の翻訳がありません
check-translation-none-help = `noroshi new { $kind } … --locale { $locale } --slug { $slug }` で `{ $file }` を作ってください
check-translation-text = この文章には `{ $locale }` の翻訳がありません
check-translation-texts = { $many } 個の文章に `{ $locale }` の翻訳がありません。これはその最後のものです
check-translation-help = `{ $file }` に加えてください。それまで、ページには原文が表示されます
check-translation-key = `{ $key }` に `{ $locale }` の翻訳がありません
check-translation-languages-help = `{ $line }` のように、言語ごとに書いてください
check-translation-part = `{ $key }` に `{ $locale }` の翻訳がないか、一部しかありません
check-translation-parts = { $keys } に `{ $locale }` の翻訳がないか、一部しかありません

## リポジトリの履歴

history-no-git = このサイトの履歴を読めません: `git` がインストールされていません
history-no-git-help = git をインストールするか、git のあるマシンで実行してください
history-no-repository = このサイトの履歴を読めません: git のリポジトリの中にありません
history-no-repository-help = クローンの中で実行するか、先に `git init` を実行してください
history-no-tree = このサイトの履歴を読めません: リポジトリに作業ツリーがありません
history-no-tree-help = ファイルのあるクローンで実行してください
history-shallow = このクローンには、このサイトの履歴が一部しかありません（shallow clone）
history-shallow-help = `git fetch --unshallow` を実行してください。CI では、すべてを取得してください（`fetch-depth: 0`、`GIT_DEPTH: 0`）
history-partial = このサイトの履歴には、取得していないファイルがあります（partial clone）
history-partial-help = `git fetch --refetch --no-filter` を実行するか、`--filter` なしでクローンしてください
history-bound = 新しい方から { $commits } 件のコミットだけを読みました
history-bound-help = それより前の文章とは照合しません。終わっているエントリーには、終了の更新を書いてください
history-commit-missing = 承認の対象のコミット { $commit } が、このクローンにありません
history-commit-missing-help = プルリクエストのコミットを取得してください（`fetch-depth: 0`）。強制プッシュの後なら、レビューをやり直してもらってください
history-failed = このサイトの履歴を git から読めません: `{ $why }`
history-failed-help = このフォルダーで `git log` を実行してみてください
history-failed-silently = git は何も出力していません
history-git-not-run = { $error }
history-git-output = git の出力が { $most } MiB を超えています
history-hooks-path = フックのパスが UTF-8 ではありません
history-commit-of = { $commit }（{ $time }）
cli-staged-not-in-clone = { $name } がこのクローンにありません

## 以前の版での公開

history-held = 現在のファイルにエラーがあるため、コミット { $commit }の版を公開します
history-held-help = このファイルについて表示されたエラーを直してください
history-left-out = コミットした版のどれにもエラーがあるため、このファイルはサイトに含めません
history-held-in-vain = ファイルを以前の版に置き換えてもすべてのエラーはなくならないため、何も公開しません
history-not-of-entry = エントリーを以前の版に置き換えてもこのエラーはなくならないため、何も公開しません
history-theme-not-held = テーマにエラーがあります。テーマは以前の版に置き換えられないため、何も公開しません
history-theme-not-held-help = テーマを直すか、テーマへの直前の変更を取り消してください
history-errors-remain = エラーのあるエントリーをすべて除いてもエラーが残るため、何も公開しません
history-no-sound-site = コミットした site.yaml のどの版にもエラーがあるため、何も公開しません
history-fix-error = エラーを直してください
history-fix-errors = エラーを直してください
history-fix-shown-errors = 表示されたエラーを直してください
history-lost-address = 公開済みのエントリー `{ $file }` をコミット { $commit }が削除したため、`/{ $page }` がなくなっています
history-lost-address-help = 代わりのエントリーに `aliases: [/{ $page }]` を書いてください。代わりがなければ、site.yaml の `removed` に `{ $key }` を加えてください

## 訂正のない変更

history-edited-in = `{ $tag }` の{ $what }
history-edited-by = コミット { $commit }
history-edited-uncommitted = コミットされていない編集
history-edited-words = { $what }: 公開した文章が変わっていますが、`correction` がありません。変更したのは{ $who }です
history-edited-facts = { $what }: 公開した値が変わっていますが、`correction` がありません。変更したのは{ $who }です
history-edited-gone = { $what }: 公開した内容がなくなっていますが、`correction` がありません。変更したのは{ $who }です
history-silent-edit-help = 時刻を付けた `## correction` を加えて、何が誤りで何が正しいのかを書いてください。または、公開した文章に戻してください
history-the-title = タイトル
history-the-summary = 概要
history-the-update = 更新 `{ $status } { $time }`
history-the-section = セクション `{ $section }`
history-an-answer = FAQ の回答

## レビュー担当の確認

history-a-reviewer = `reviewed_by` の名前
history-reviewer-nowhere = このエントリーのコミットの作者にも `Reviewed-by:` の行にも、{ $name } がありません
history-reviewer-nowhere-help = 本人にその行をコミットしてもらうか、このエントリーを変更するコミットのメッセージの末尾に `Reviewed-by: Name <mail>` と書いてください
history-reviewer-author = { $name } はこのエントリーの執筆者です。自分のエントリーはレビューできません
history-reviewer-author-help = 別の人にレビューしてもらい、その人の名前を書いてください

## 承認

history-comma = 、
history-semicolon = 。
history-unapproved = { $what }: { $who } の承認が { $approvals } 件必要ですが、まだ { $have } 件です
history-unapproved-changed = 承認の後に変更されています
history-unapproved-refused = レビュー担当が変更を求めています
history-unapproved-due = { $missing }（期限 { $time }）
history-unapproved-in = { $tags } の{ $what }
history-unapproved-entry = 更新より上の文章
history-unapproved-update = 更新 `{ $status } { $time }`
history-unapproved-section = セクション `{ $section }`
history-unapproved-withdrawal = 取り下げの理由
history-unapproved-help = { $who } に、プルリクエストの承認か、`Approved-by: NAME` を付けたコミットを依頼してください。方法は `noroshi review { $slug }` で表示されます
history-unapproved-other-help = { $who }（この文章の執筆者を除く）に、プルリクエストの承認か、`Approved-by: NAME` を付けたコミットを依頼してください。方法は `noroshi review { $slug }` で表示されます
history-reviews-json = JSON ではありません: { $error }
history-reviews-empty = 空です
history-reviews-value = レビューではない値があります
history-reviews-answer = ホストの応答は `{ $answer }` です
history-reviews-object = レビューでもプルリクエストでもないオブジェクトがあります

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
cli-next-report-late = {"  "}{ $file }: `{ $to }` への報告 `{ $kind }` は、期限の { $time } { $zone } を { $late }過ぎています（{ $why }）
cli-next-report-due = {"  "}{ $file }: `{ $to }` への報告 `{ $kind }` の期限は { $time } { $zone } で、あと { $wait }です（{ $why }）
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
document-fact-outages-help = `resolved` または `correction` の下か、フロントマターに書いてください。文章なら、この行の前に空行を入れてください
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

# コマンドによるエントリーのファイルの編集についてのメッセージ。

## ファイル

edit-unread = `{ $name }` を読めません
edit-unread-help = `noroshi check` を実行して、理由を確認してください
edit-front-unread = `{ $name }` のフロントマターを読めません
edit-front-unread-help = `noroshi check` を実行して理由を確認し、直してください
edit-key-form = `{ $key }` は、今の書き方のままでは変更できません
edit-key-form-help = `{ $key }: …` を 1 行に書いてから、もう一度実行してください
edit-no-first-text = このエントリーには `{ $first }` の `{ $key }` がありません。ほかの言語で書くには、これが必要です
edit-no-first-text-help = `{ $first }` の `{ $key }` も指定してください
edit-template = テンプレート `{ $name }` がフロントマターで始まっていません
edit-template-help = `---` の行、値のないキー、`---` の行で始めてください

## アラートと Issue の記録

edit-record-form = `{ $name }` の `{ $internal }` にある `{ $list }` には、今の書き方のままでは書き足せません
edit-record-form-help = `internal` を、字下げした `key: value` の行で書いてから、もう一度実行してください
edit-record-full = `{ $name }` の `{ $list }` には、これ以上記録を加えられません
edit-record-full-help = `{ $internal }` の下の `{ $list }` から古い記録を取り除いてください

## レビュー担当

edit-reviewers-form = 今の書き方のままでは、`{ $key }` に名前を加えられません
edit-reviewers-form-help = `reviewed_by: [A, B]` を 1 行に書いてから、もう一度実行してください
edit-reviewer-name = 名前が空か、制御文字が入っています
edit-reviewer-name-help = 1 人の名前を書いてください
edit-reviewer-author = `{ $name }` はこのエントリーの執筆者です
edit-reviewer-author-help = 別の人を指定してください。自分のエントリーはレビューできません
edit-reviewer-twice = `{ $name }` はすでにレビュー担当です
edit-reviewer-twice-help = この名前を外してください。同じ人は 1 回だけ数えます

## 更新とセクション

edit-update-exists = 更新 `{ $status } { $time }` はすでにあります
edit-update-exists-help = `--at` で別の時刻を指定するか、ファイルを編集してください。noroshi は更新を 1 つにまとめません
edit-section-exists = このエントリーにはすでにセクション `{ $section }` があります
edit-section-exists-help = ファイルを編集し、何が変わったかを `correction` に書いてください
edit-section-time = セクション `{ $section }` には別の時刻が付いています
edit-section-time-help = `--at` でその時刻を指定するか、ファイルを編集してください
edit-addition-misread = これを加えると、noroshi がファイルを正しく読めなくなります
edit-addition-misread-help = ファイルとこの文章を確認してください。閉じていないコードブロックなどが、後に続くものを隠しています
edit-section-misread = この文章にすると、noroshi がファイルを正しく読めなくなります
edit-section-misread-help = ファイルとこの文章を確認してから、ファイルに直接書いてください
edit-section-comment = セクション `{ $section }` の文章の途中にコメントがあります
edit-section-comment-help = ファイルで文章を直してください。`noroshi edit` で開けます

## 文章

edit-comment-open = この文章のコメントが閉じていません
edit-comment-open-help = `-->` で閉じてください。コメントではなく文章なら、`\<!--` と書いてください
edit-heading = `{ $line }` は、新しい更新またはセクションの始まりになります
edit-heading-help = 文章の中の見出しは、`### …` のように 3 つの記号で書いてください。ほかの更新は、1 つずつ別のコマンドで加えてください
edit-block-open = この文章のコードブロックか HTML が閉じていないため、後に続くものが隠れます
edit-block-open-help = コードブロックは始まりと同じ記号で閉じてください。HTML は使わないでください
edit-remove-form = 今の書き方のままでは `{ $key }` を取り除けません
edit-remove-form-help = ファイルから手で取り除いてください

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
help-draft-more = Webhook の本文（JSON）を 1 つ読みます。新しいアラートなら、`draft: true` のインシデントを書きます。影響するコンポーネントは site.yaml の `alerts` で決まります。既知のアラートなら、その後の経過をエントリーの `internal` に書き加えます。何も公開せず、公開用の文章も変えません。公開するには、人が文章を書き、`draft: true` を取り除きます（`noroshi update --publish`）。
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
      noroshi import feed https://status.example.com/history.rss --into new-site
    { "" }
    トークンは環境変数で渡します: INSTATUS_TOKEN、BETTERSTACK_TOKEN、CACHET_TOKEN、GITHUB_TOKEN
help-import--from = 元データを作ったプログラム
help-import--from--betterstack = Better Stack（API の JSON か、ページの `index.json`）
help-import--from--cachet = Cachet 2 と 3（API の JSON）
help-import--from--cstate = cState（Hugo のテーマ）
help-import--from--feed = RSS か Atom のフィード（ほかに方法がないとき）
help-import--from--instatus = Instatus（API の JSON）
help-import--from--openstatus = openstatus（ページの `feed/json` か、API の JSON）
help-import--from--statuspage = Atlassian Statuspage（API の JSON）
help-import--from--upptime = Upptime（GitHub のリポジトリーの Issue）
help-import--source = フォルダー、ファイル、またはページの `https` アドレス。cState なら、設定と `content/issues/` があるフォルダー。Upptime なら、リポジトリーのアドレスでもかまいません
help-import--keep = 取得した応答を保存するフォルダー。次回の実行では、その続きから取得します
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
help-new--outage = `--at` の代わりに、インシデントの影響があった時間帯（例: `2026-11-20 18:07-18:08`）か時刻を書きます。複数あれば繰り返し指定します。日付がなければ、最初のものは直近のその時刻、続くものは 1 つ前の後で最初のその時刻とみなします
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
help-next-more = 予定の開始、未来の日時の更新、約束した時刻、日付の変わり目が対象です。その時刻までは、同じ内容をビルドしても何も書き換わりません。まだ公開されない未来のエントリーも対象です。公開中の manifest.json の `next_change` には含まれないので、ビルドの予約にはこのコマンドを使ってください。終了コードは、時刻を表示すれば 0、内容にエラーがあれば 1 です。その下に、site.yaml の `policy.reports` で決めた当局への報告と期限を並べます。報告の期限でページが変わることはありません。
help-next--as_of = 現在の代わりに、この時刻より後を探します
help-next--format = 出力形式
help-next--format--human = 時刻を 1 行、変わる内容を 1 行ずつ
help-next--format--json = JSON オブジェクト 1 つ
help-next--format--epoch = 1970 年からの秒数だけ。`sleep` やタイマー向けです

help-overdue = ポリシーの期限を過ぎたものを一覧にします: 更新、事後報告、実施後の評価、当局への報告、レビュー、承認
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
help-update--outage = `resolved` または `correction` と一緒に使います。影響があった時間帯（例: `18:07-18:08`）か時刻です。すべての時間帯を、繰り返し指定して書きます。日付がなければ、更新からさかのぼった直近のその時刻とみなします
help-update--start = メンテナンスの新しい開始時刻
help-update--end = メンテナンスの新しい終了時刻、または `unknown`（未定）。日付がなければ、開始の後で最初のその時刻とみなします
help-update--occurrence = 更新の対象。定期メンテナンスなら回の日付、作業時間帯が複数あるメンテナンスなら、その作業時間帯の最初に予定した開始（日付または日時）。対象の候補が 2 つあるとき、スクリプトでは必須です
help-update--publish = この更新と一緒に下書きを公開します（ファイルから `draft: true` を取り除きます）
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

## noroshi import

cli-import-about = 元データのエントリーは { $entries } 件、書き出したのは { $made } 件、確認が必要な判断は { $rows } 件です。
cli-import-done = { $about }レポート: { $path }
cli-import-next = 次は: { $command }
cli-import-inside = `{ $folder }` は元データのフォルダーの中にあります
cli-import-inside-help = `--into` で別のフォルダーを指定してください。何も書き込んでいません
cli-import-taken = `{ $path }` はすでにあります
cli-import-taken-help = `--into` で別のフォルダーを指定するか、`--force` で上書きしてください。何も書き込んでいません
cli-import-unread = { $path } を読み込めません: { $error }
cli-import-unwritten-help = フォルダーのアクセス権とディスクを確認し、`--force` を付けてもう一度実行してください。元データは変更していません

## レポート

import-report = 取り込みレポート
import-report-empty = 確認が必要な判断はありません。
import-report-columns = | 行 | 元データ | noroshi の対応 | 種類 |
import-row = { $found } → { $made }

## 共通の対応

import-left-out = 取り込みませんでした
import-imported-as = `{ $word }` として取り込みました
import-called = 名前を `{ $name }` にしました
import-as-comment = フロントマターのコメントとして残しました
import-end-unknown = 終了を `unknown` にしました
import-not-allowed = noroshi の形式では使えない文章です（{ $code }）
import-as-code-block = 元の文章をそのままコードブロックに入れました。通常の文章に書き直してください

## アドレスと ID

import-empty = 元データにエントリーがありません
import-empty-made = サイトの設定だけを取り込みました
import-address-taken = アドレス `{ $wanted }` は別のエントリーが使っています
import-id-twice = ID `{ $id }` のエントリーが 2 つあります
import-alias-invalid = 旧アドレス `{ $alias }` からはリダイレクトできません
import-alias-invalid-made = 取り込みませんでした。ホスト側でリダイレクトを設定してください
import-alias-taken = 旧アドレス `{ $alias }` は別のエントリーの旧アドレスでもあります
import-alias-taken-made = 別のエントリーの旧アドレスとしてだけ残しました
import-private = `{ $word }` は非公開の情報に見えます
import-private-made = すでに公開されていたため、site.yaml の `allow` に入れました。今後公開しない場合は、`allow` と本文の両方から削除してください

## 時刻

import-time-made = { $time } として取り込みました（{ $why }）
import-time-other-text = 時刻の後に余分な文字があります
import-time-extra-digit = 数字が 1 桁多くなっています
import-time-twelve-hours = 12 時間制で書かれています
import-time-short-zone = タイムゾーンが略称でしか書かれていません
import-time-day-only = 元のデータには日付しかありません
import-time-twice = 夏時間の終わりで 2 回ある時刻のため、1 回目にしました
import-time-skipped = 夏時間の始まりで飛ばされる、存在しない時刻です

## 本文

import-more-changes = 同じような変更がほかに { $more } 件あります
import-more-changes-made = 同じように対応しました
import-unused-definition = どのリンクからも使われていないリンク定義があります
import-unused-definition-made = どのページにも表示されていなかったため、取り込みませんでした
import-dead-reference = `{ $name }` のリンク先 `{ $value }` がありません
import-dead-reference-made = リンクを外して文字だけを残しました
import-shortcode = ショートコード `{ $name }` には対応していません
import-shortcode-made = 文字のまま残しました
import-like-update = `{ $line }` は更新の見出しに見えます
import-as-text = 文章として残しました
import-as-words = 文字だけを残しました
import-as-link = 画像へのリンクに置き換えました
import-foreign-picture = 画像 `{ $address }` は新しいサイトにありません
import-missing-picture = 画像 `{ $address }` が元データにありません
import-unlinked = 新しいサイトから `{ $address }` へはリンクできません
import-unlinked-made = 文字を残し、その後にアドレスを書きました
import-unseen = 本文に `<{ $name }>` があります
import-unseen-made = ブラウザーに表示されないため、取り込みませんでした
import-open-comment = コメントを閉じる `-->` がありません
import-frame-made = 取り込みませんでした。前後の文章はそのままです
import-unknown-tag = `{ $tag }` は noroshi の知らないタグです
import-many-tags = HTML タグが { $tags } 個あり、多すぎて変換できません
import-many-tags-made = 文字だけを残しました

## Statuspage

import-statuspage-none = { $source } に Statuspage のデータがありません
import-statuspage-none-help = `components`、`incidents`、`scheduled_maintenances` のどれかが入った JSON のファイルかフォルダーを指定してください。Statuspage の API が返す JSON をそのまま使えます
import-answers-no-file = { $folder } に { $program } のファイルがありません
import-answers-no-file-help = API の応答があるフォルダーを指定してください: { $files }
import-answers-many-files = { $folder } のファイルが { $most } 個を超えています
import-answers-many-files-help = API の応答だけを入れたフォルダーを指定してください
import-answers-none = { $source } に { $program } のデータがありません
import-answers-unknown = { $program } のデータとして認識できないオブジェクトです
import-answers-unreadable = { $path } を読み込めません: { $error }
import-answers-unreadable-help = JSON のフォルダーかファイル、または `https://` で始まるアドレスを指定してください
import-answers-nothing-there = { $base } に { $program } のファイルがありません
import-answers-nothing-there-help = ステータスページ自体のアドレスを `https://status.example.com` のように指定してください
import-answers-not-json = { $name }:{ $line }:{ $column }: JSON として読めません: { $what }
import-answers-not-json-help = API の応答を、変更せずにもう一度保存してください
import-answers-not-utf8 = UTF-8 ではないバイトがあります
import-answers-too-large = { $name } の値が { $most } 個を超えています
import-answers-too-large-help = `incidents.json` と `incidents-2.json` のように分けて保存してください
import-statuspage-no-components = 元データにコンポーネントの一覧がありません
import-statuspage-no-components-made = エントリーにあるコンポーネントを廃止済みとして作りました。`components.json` を加えて取り込み直すか、`retired` を削除してください
import-statuspage-unknown = インシデントでも、コンポーネントでも、ページでもありません
import-statuspage-no-history = 過去のインシデントが入ったファイルがありません。概要（summary）には対応中のものしかありません
import-statuspage-no-history-made = 対応中のエントリーだけを取り込みました。`incidents.json` と `scheduled-maintenances.json` を加えて取り込み直してください
import-statuspage-missing = このアドレスには `{ $name }` がありません
import-statuspage-missing-made = その内容を除いて取り込みました
import-statuspage-no-object = このファイルにはオブジェクトでない値があります
import-statuspage-limit = この一覧はちょうど { $most } 件です。おそらく、これより古いものが欠けています
import-statuspage-limit-public = 公開 API はこれ以上返しません。すべて取り込むには、API キーを使って v1 API から書き出してください
import-statuspage-limit-v1 = v1 API の 1 ページはここまでです。次のページも `incidents-2.json` として保存してください
import-record-no-time = `{ $key }` の `{ $written }` は、1970 年から 2100 年までの時刻として読めません
import-record-doubtful-time = `{ $key }` が `{ $written }` です
import-record-no-id = エントリーに `id` がありません
import-record-no-id-made = 旧アドレスなしで、新しい ID を付けて取り込みました
import-record-no-title = エントリーに `{ $key }` がありません
import-record-other-status = エントリーの状態は `{ $state }` ですが、更新には `{ $over }` があります
import-record-other-status-made = 更新の状態を優先しました
import-record-no-final-update = エントリーの状態は `{ $state }` ですが、その状態にした更新がありません
import-record-added-update = `{ $key }` の時刻（{ $time }）に更新を加えました
import-record-draft = 下書きにしました。更新を時刻とともに書き加え、`draft` を削除してください
import-record-late-start = `{ $key }`（{ $time }）が最初の更新より後です
import-record-late-start-made = 最初の更新の時刻を開始時刻にしました: { $time }
import-record-late-created = `{ $key }`（{ $time }）が `{ $other }`（{ $created }）より後です
import-record-late-created-made = `{ $key }` を使いました
import-record-no-start = `{ $key }` がありません
import-record-no-start-made = `{ $other }` と最初の更新のうち、早い方を使いました: { $time }
import-record-untimed = エントリーに開始時刻がありません
import-record-untimed-made = 取り込んだ時刻を入れて下書きにしました。実際の時刻を書き、`draft` を削除してください
import-record-late-end = `{ $key }`（{ $time }）が `resolved` の更新より後です
import-record-late-end-made = 更新の時刻を使いました
import-record-early-end = `{ $key }`（{ $time }）が、開始時刻または前の `resolved` の更新より前です
import-record-early-end-made = 取り込みませんでした。最後の `resolved` の更新の時刻を使いました
import-record-window = 終了（{ $end }）が開始（{ $start }）と同じか、それより前です
import-record-no-end = `{ $key }` がありません
import-record-auto = 旧サイトでは自動で完了するメンテナンスです
import-record-auto-made = 更新 `## completed TIME` が必要です。時刻が来たら自動で完了させるには `auto: both` と書いてください
import-record-passed = 作業時間帯を過ぎていますが、完了の更新がありません
import-record-passed-made = 「結果は未確認」と表示します。終わっていれば `## completed TIME` を書き加えてください
import-record-no-window = `{ $key }` がありません
import-record-no-window-made = 作業を始めた時刻を、作業時間帯の開始にしました: { $time }
import-page-no-name = ページの名前がありません
import-page-no-name-made = 名前を `Status` にしました。site.yaml で変更してください
import-page-no-address = ページのアドレスがありません
import-page-no-address-made = `{ $address }` にしました。site.yaml の `url` を変更してください
import-page-unknown-zone = タイムゾーン `{ $written }` は IANA の一覧にありません
import-page-no-zone = ページのタイムゾーンがありません
import-page-zone-made = UTC にしました。site.yaml の `timezone` を、日付と時刻に使うタイムゾーンに変更してください
import-page-empty-group = グループ `{ $group }` にコンポーネントがありません
import-page-component = コンポーネント `{ $component }` に名前がないか、元データで重複しています
import-statuspage-start-date = `start_date` の `{ $written }` は、1970 年から 2100 年までの日付として読めません
import-statuspage-start-date-made = 取り込みませんでした。稼働率は最初のエントリーの時刻から計算します
import-statuspage-update-no-object = オブジェクトでない更新があります
import-record-update-untimed = 時刻のない更新があります
import-record-update-untimed-made = 本文をフロントマターのコメントとして残しました
import-record-planned-postmortem = メンテナンスに事後報告（postmortem）があります
import-record-planned-postmortem-made = 更新として取り込みました。時刻がなければ、フロントマターのコメントとして残しました
import-statuspage-two-postmortems = 事後報告（postmortem）が 2 つ以上あります
import-statuspage-two-postmortems-made = 1 つにつなげました
import-statuspage-private-postmortem = 事後報告（postmortem）が公開されていません
import-statuspage-private-postmortem-made = 公開されていなかったため、取り込みませんでした
import-record-no-status = 状態のない更新があります
import-record-unknown-status = `{ $word }` は、この種類のエントリーの状態ではありません
import-record-component-status = `{ $word }` はコンポーネントの状態ではありません
import-record-nameless = ID も名前もないコンポーネントがあります
import-record-gone = コンポーネント `{ $name }` は、今のページにはありません
import-record-gone-made = `{ $id }` として残し、廃止済みにしました
import-record-other-id = コンポーネント `{ $name }` の ID が今のページと異なります（`{ $code }`）
import-record-other-id-made = 同じ名前の `{ $id }` として取り込みました
import-record-affects = エントリーに `{ $id }` がありますが、その状態を書いた更新がありません
import-record-no-severity = { $program } には重大度がありません
import-record-as-minor = すべてのインシデントを `minor` として取り込みました。実際にはより深刻だったものは、重大度を変更してください
import-record-clock = 旧サイトでは、終了時刻になるとメンテナンスが自動で終わります
import-record-clock-made = `## completed`（{ $time }）を加えました
import-record-unlisted = ID `{ $code }` のコンポーネントは今のページになく、名前もわかりません
import-session-unread = { $path } を読み込めません: { $error }
import-session-unread-help = このファイルを削除してください。次の実行で取得し直します
import-session-unkept-help = `--keep` で別のフォルダーを指定してください
import-session-redirect = { $address } は { $target } にリダイレクトされます
import-session-redirect-help = リダイレクト先が正しければ、それを SOURCE に指定してください
import-session-limit-wait = { $address } の応答は { $status } です。リクエストが多すぎます。サーバーは { $wait } 秒待つよう求めています
import-session-limit = { $address } の応答は { $status } です。リクエストが多すぎます
import-session-status = { $address } の応答は { $status } です
import-session-token-help = このページを読めるトークンを環境変数 `{ $variable }` に設定してください
import-session-kept-help = 時間をおいて同じコマンドを実行してください。保存済みの応答の続きから取得します
import-session-keep-help = `--keep DIR` を付けて実行し直してください。中断しても、次回はその続きから再開します
import-session-endless = { $base }/{ $path } のページ数が { $most } を超えています
import-session-endless-help = 応答を自分で保存し、そのフォルダーを指定してください
import-session-no-page = このアカウントには { $host } のページがありません
import-session-no-page-help = 利用者に見えているページのアドレスを指定してください
import-instatus-no-token = `INSTATUS_TOKEN` が設定されていません。Instatus の履歴は、トークンなしでは API から取得できません
import-instatus-no-token-help = アカウントの API キーを `INSTATUS_TOKEN` に設定するか、フィードを取り込んでください: `noroshi import feed { $source }/history.rss`
import-cachet-first-status = このインシデントの最初の本文の状態は、Cachet に残っていません
import-cachet-hidden = 公開されていなかったエントリーです
import-cachet-hidden-made = 下書きにしました
import-upptime-address = { $source } はリポジトリーのアドレスではありません
import-upptime-address-help = `https://github.com/OWNER/REPOSITORY` の形で指定してください
import-upptime-stranger = チームのメンバーではない人のコメントです
import-upptime-severity = この Issue には、停止なのか性能低下なのかが書かれていません
import-upptime-unknown-site = サイト `{ $slug }` はありません
import-record-ahead = 更新の日時（{ $time }）が未来です
import-record-ahead-made = 利用者に見えるよう、取り込んだ時刻（{ $time }）の更新にしました
import-record-after-end = エントリーの状態は `{ $state }` ですが、終了後の更新の状態が違います
import-page-hidden = コンポーネント `{ $name }` は公開されていません
import-session-loop-help = ブラウザーで開き、行き着いたアドレスを指定してください
import-session-protected-help = 保護されたページです。応答を自分で保存し、そのフォルダーを指定してください
import-openstatus-other-page = ほかのページのものです
import-openstatus-other-components = ほかのページのコンポーネントしかない報告です
import-openstatus-other-components-made = 下書きにしました
import-openstatus-no-updates = この報告には更新がありません
import-openstatus-no-updates-made = 状態だけを取り込みました。更新があるなら、この報告の `GetStatusReport` の応答を保存してください
import-upptime-cancelled = 作業が始まる前に Issue が閉じられています
import-feed-not-utf8 = { $source } は UTF-8 ではありません
import-feed-not-utf8-help = 保存して UTF-8 に変換し（`iconv -t UTF-8`）、そのファイルを指定してください
import-feed-cut = 途中で切れています
import-feed-missing = { $source } には何もありません
import-feed-unreadable = { $path } を読み込めません: { $error }
import-feed-invalid = { $source } はフィードではありません: { $why }
import-feed-not = ルート要素が `rss` でも `feed` でもありません
import-feed-help = RSS か Atom のフィードを、アドレス（例: `https://status.example.com/history.rss`）かファイルで指定してください
import-feed-limit = フィードには最近のエントリーしかありません。これより古いものは欠けています
import-feed-limit-made = あるものだけを取り込みました
import-feed-open = 終わったかどうかがフィードからはわかりません
import-feed-open-made = 対応中として取り込みました。終わっていれば、それを伝える更新を書き加えてください
import-feed-window = メンテナンスの開始時刻がフィードからはわかりません
import-feed-window-made = 項目の時刻を、作業時間帯の開始にしました
import-feed-state = 項目に状態がありません
import-statuspage-impacts = `impact` は `{ $a }`、`impact_override` は `{ $b }` です
import-statuspage-impacts-made = `impact_override` を使いました
import-statuspage-no-impact = `impact` がありません
import-statuspage-unknown-impact = `impact` の `{ $word }` に当たる重大度が noroshi にありません

## cState のサイト

import-cstate-no-folder = フォルダー `{ $folder }` がありません
import-cstate-no-source-help = cState のサイトのフォルダーを指定してください
import-cstate-no-content-help = cState のサイトのフォルダー（設定ファイルとコンテンツがある場所）を指定してください
import-cstate-no-configuration = `{ $folder }` に `config.yml` も `hugo.toml` もありません
import-cstate-no-configuration-help = cState のサイトのフォルダー（設定ファイルと `content/` がある場所）を指定してください
import-cstate-unreadable = { $path } を読み込めません: { $error }
import-cstate-unread-configuration-help = cState のサイトの設定ファイルです。読み込める通常のファイルにしてください
import-cstate-unread-file-help = ファイルのアクセス権とディスクを確認してください
import-cstate-unlisted-folder-help = フォルダーのアクセス権を確認してください
import-cstate-no-theme = `{ $folder }` は、テーマの指定も `content/issues/` もない Hugo のサイトです
import-cstate-other-theme = `{ $folder }` は、`cstate` ではなくテーマ `{ $theme }` を使う Hugo のサイトです
import-cstate-other-themes = `{ $folder }` は、`cstate` ではなくテーマ `{ $themes }` を使う Hugo のサイトです
import-cstate-theme-help = テーマ `cstate` を使い、`content/issues/` に記事がある Hugo のサイトを指定してください
import-cstate-no-zone = 設定ファイルに `timeZone` がないか、noroshi の知らない値です
import-cstate-no-zone-made = タイムゾーンのない時刻を UTC として読みました。変えるには `--timezone` を指定してください
import-cstate-no-site-title = サイトに `title` がありません
import-cstate-languages = サイトに複数の言語があります
import-cstate-languages-made = `content/` だけを、1 つの言語として取り込みました
import-cstate-permalinks = `permalinks` の設定により、記事のアドレスが `/issues/<name>/` ではありません
import-cstate-permalinks-made = パターンに必要なものがこのインシデントにないため、旧アドレスはファイル名によるものにしました
import-cstate-unknown-language = 言語 `{ $written }` は noroshi に組み込まれていません
import-cstate-unknown-language-made = サイトの言語を `en` にしました
import-cstate-base-url = `baseURL` の `{ $written }` は `https://` などで始まる完全なアドレスではありません
import-cstate-base-url-made = `https://status.example.com/` にしました。site.yaml の `url` に実際のアドレスを書いてください
import-cstate-no-systems = 設定ファイルに、読み取れる `systems` がありません
import-cstate-no-systems-made = エントリーにあるコンポーネントだけを、廃止済みとして作りました
import-cstate-no-category = カテゴリー `{ $category }` がありません
import-cstate-no-category-made = その `systems` をグループなしで取り込みました
import-cstate-nameless = `systems` に名前のない項目があります
import-cstate-system-twice = 設定ファイルの `systems` に `{ $name }` が 2 回あります
import-cstate-system-twice-made = 1 つだけ取り込みました
import-cstate-tab = タブ `{ $name }` のリンク先 `{ $link }` は元のサイトのページです
import-cstate-tab-made = 取り込みませんでした。必要なら site.yaml の `links` に書いてください
import-cstate-colour = `{ $theirs }` の色 `{ $colour }` は `#rgb` でも `#rrggbb` でもありません
import-cstate-colour-made = 取り込みませんでした。themes/cstate/theme.yaml に `{ $ours }: "#rrggbb"` と書いてください
import-cstate-logo = ロゴ `{ $logo }` が `static/` にありません
import-cstate-static-old = 元のサイトが使うファイルです
import-cstate-static-old-made = 新しいサイトでは noroshi が作るため、取り込みませんでした
import-cstate-static-hidden = 隠しファイルです
import-cstate-static-editor = 元のサイトの編集画面のファイルです

## cState のファイル

import-cstate-other-file = `import cstate` が読むのは `issues` と `pages` だけです
import-cstate-not-markdown = `.md` ファイルではありません
import-cstate-translation = 翻訳（`{ $language }`）のファイルです
import-cstate-translation-made = `import cstate` は 1 つの言語しか読まないため、取り込みませんでした
import-cstate-too-large = ファイルが 1 MiB を超えています
import-cstate-too-large-made = 取り込みませんでした。エントリーを手で書いてください
import-cstate-encoding = UTF-8 のファイルではありません
import-cstate-encoding-made = { $encoding } として読みました
import-cstate-keys = フロントマターに、noroshi が使わないキー（{ $keys }）があります
import-cstate-keys-made = 対応する項目がないため、取り込みませんでした
import-cstate-no-title = `title` がありません
import-cstate-no-title-made = ファイル名から、タイトルを `{ $title }` にしました
import-cstate-no-front = フロントマターがありません
import-cstate-open-front = フロントマターを閉じる行がありません
import-cstate-open-front-made = キーのある最後の行までを読みました
import-cstate-bare-front = フロントマターが `---` で始まっていません
import-cstate-bare-front-made = フロントマターとして読みました
import-cstate-front-json = フロントマターを JSON として読めません
import-cstate-unparsed = 読み取れません: { $why }
import-cstate-unparsed-made = 1 行ずつ読みました
import-cstate-all-as-text = 全体を本文として取り込みました
import-cstate-aliases = エイリアス（`*`）があるか、かっこの入れ子が 32 段を超えています
import-cstate-deep = かっこの入れ子が 32 段を超えています
import-cstate-no-map = キーと値の組ではありません

## cState の記事

import-cstate-as-update = 状態を変えない `update` として取り込みました
import-cstate-as-maintenance = メンテナンスとして取り込みました
import-cstate-no-time = `{ $key }: { $text }` を時刻として読めません
import-cstate-no-time-made = ほかに時刻があれば、最も近いものを使いました
import-cstate-lost-undated = 状態があるのに時刻がありません
import-cstate-several-times = この部分には時刻が複数あります
import-cstate-unread-mark = `{ $mark }` を時刻として読めません
import-cstate-lost-made = 文章としてその場所に残しました
import-cstate-undated = 状態があるのに時刻がない部分が { $texts } か所あります
import-cstate-times = 更新の始まりではない時刻が本文に { $times } 個あります
import-cstate-times-made = 本文に残しました
import-cstate-two-ends = `{ $first }` と `{ $second }` の時刻が違います
import-cstate-two-ends-made = `{ $first }` を使いました
import-cstate-unread-date = `date` を時刻として読めません
import-cstate-no-date = `date` がありません
import-cstate-other-start = `{ $key }` を開始時刻にしました
import-cstate-start-made = { $time } を開始時刻にしました（{ $whence }）
import-cstate-start-text = 本文の最初の時刻
import-cstate-start-file-name = ファイル名の日付
import-cstate-start-end = 開始時刻がないため、終了時刻を使用
import-cstate-untimed = 記事に時刻がありません
import-cstate-untimed-made = 取り込んだ時刻を入れて下書きにしました。実際の時刻を書いてください
import-cstate-planned-title = タイトルに `{ $word }` があります
import-cstate-planned-file-name = ファイル名に `{ $word }` があります
import-cstate-future = 開始が未来の時刻です
import-cstate-ahead = 開始がファイル名の日付より後です
import-cstate-no-severity = `severity` がありません
import-cstate-unknown-severity = `severity: { $written }` は cState の重大度ではありません
import-cstate-planned-severity = メンテナンスには重大度（{ $severity }）を付けられません
import-cstate-empty-item = `affected` に空の項目があります
import-cstate-empty-item-made = 無視しました
import-cstate-unlisted = `{ $name }` が設定ファイルにありません
import-cstate-unlisted-made = 廃止済みのコンポーネント `{ $id }` を加えました。今のページには表示されません
import-cstate-resolved = `resolved: { $word }` を true / false として読めません
import-cstate-resolved-made = 代わりに時刻から判断しました
import-cstate-early-end = 終了（{ $time }）が開始より前です
import-cstate-early-end-made = 開始時刻に終わったことにしました。両方の時刻を確認してください
import-cstate-future-end = 解決の時刻 { $end } が未来です
import-cstate-future-end-made = その時刻まで対応中と表示します
import-cstate-unread-end = 解決済みですが、`{ $key }: { $text }` を時刻として読めません
import-cstate-no-end = 解決済みですが、終了時刻がありません
import-cstate-no-end-made-last = { $time } に終わったことにしました（本文の最後の時刻）
import-cstate-no-end-made-start = { $time } に終わったことにしました（開始時刻）
import-cstate-unresolved-end = 解決済みではないのに、終了時刻があります
import-cstate-unresolved-end-made = { $time } に終わったことにしました
import-cstate-unmarked-end = 終了時刻がありますが、`resolved: true` がありません
import-cstate-unmarked-end-made = その時刻に解決したものとして取り込みました
import-cstate-end-in-text = 解決済みではありませんが、本文に終了時刻があります
import-cstate-end-in-text-made = 本文の時刻に終わったことにしました
import-cstate-open = 解決済みになっておらず、終了時刻もありません
import-cstate-open-made = 対応中と表示します。終わっていれば `## resolved TIME` を書き加えてください
import-cstate-window = 終了が開始と同じか、それより前です
import-cstate-window-made = 作業時間帯の終了を `unknown` にしました
import-cstate-doubtful-update = この更新の時刻は確かではありません
import-cstate-early-update = 更新 `{ $word }` の時刻 { $at } が開始より前です
import-cstate-late-update = 更新 `{ $word }` の時刻 { $at } が終了（{ $end }）より後です
import-cstate-not-of-maintenance = `{ $word }` はメンテナンスの状態ではありません
import-cstate-not-of-incident = `{ $word }` はインシデントの状態ではありません
import-cstate-completed = 本文には、作業が { $time } に完了したとあります
import-cstate-completed-made = フロントマターの時刻を、作業時間帯の終了にしました

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
model-code-key = `{ $key }` はコードの名前にできません
model-code-key-help = 英小文字で始め、英小文字、数字、`_` だけで { $most } 文字以内にしてください。例：`symbol`
model-code-key-taken = `{ $key }` という名前は noroshi 自身が使っています
model-code-key-taken-help = `symbol` のような別の名前にしてください
model-code = この文字列はコードにできません
model-code-help = `BTC_JPY` のように、{ $most } 文字以内の 1 行で書いてください
model-code-too-many = ここにコードが { $count } 個あります。noroshi が読むのは { $most } 個までです
model-code-too-many-help = プログラムが使うコードだけを残してください
model-code-conflict = 列 `{ $column }` には `{ $key }: { $of_column }`、行 `{ $row }` には `{ $key }: { $of_row }` と書かれています
model-code-conflict-help = どちらか一方だけに書いてください。コンポーネントには、行と列の両方に書いた値が付きます
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
model-noun-api-nulls = `nulls` の値
model-noun-function = コンポーネントの機能
model-noun-phase-mode = フェーズの状況
model-noun-preset = `policy.reports` のプリセット
model-noun-report = キー `report` の値
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
model-incident-late-start = `{ $key }` がすべての更新より後です
model-incident-late-start-help = `{ $key }` の日、年、タイムゾーンと、更新の時刻を確認してください
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
model-outages-empty = 障害時間帯のリストが空です
model-outages-unread = `{ $text }` を障害時間帯として読めません
model-outages-example = `2026-11-20 18:07〜18:08、20:32` のように、時間帯か時刻を書いてください。最後の時間帯の終わりは「不明」でもかまいません
model-outages-many = 障害時間帯が { $outages } 個あります。noroshi が読めるのは { $most } 個までです
model-outages-many-help = 間隔の短いものを 1 つにまとめてください
model-outages-end = この障害時間帯の終わりが、始まりより前か、始まりと同じ時刻です
model-outages-end-help = 両方の時刻を確認してください。続いた長さが分からなければ、時刻を 1 つだけ書いてください
model-outages-order = この障害時間帯の始まり（{ $start }）が、1 つ前のものの始まりより後になっていません
model-outages-order-help = 障害時間帯を時刻の順に書いてください
model-outages-open = { $start } より前の障害時間帯に終わりがありません
model-outages-open-help = 終わりを省けるのは、最後の障害時間帯だけです
model-outages-overlap = この障害時間帯の始まり（{ $start }）が、1 つ前のものの終わり（{ $end }）より前です
model-outages-overlap-help = どちらかの時刻を変えるか、2 つを 1 つにまとめてください
model-outages-late = この障害時間帯は、それを伝える更新より後です
model-outages-late-help = その時刻以降の更新に書いてください
model-outages-started = 影響の始まりが `outages` と `started` の両方に書かれています
model-outages-started-help = `started` を取り除いてください
model-outages-beside = 影響の始まりや終わりが `outages` と `{ $key }` の両方に書かれています
model-outages-beside-help = どちらか一方の行を取り除いてください
model-outages-listed = 先に `outages` で伝えた時刻を、`{ $key }` で変えようとしています
model-outages-listed-help = `outages` の行に、すべての障害時間帯を書いてください
model-outages-resolved = この更新では、最後の障害時間帯より前に解決したことになります
model-outages-resolved-help = 両方の時刻を確認するか、最後に解決を伝える更新に `outages` を書いてください
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
model-advice-help = 開始のどれくらい前までに注文を取り消してほしいかを書いてください。例：`cancel_before: 10m`
model-advice-late = `cancel_before` が作業の開始より後になっています
model-advice-undecided = `cancel_before` に時刻がありますが、このメンテナンスの開始は未定です
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
model-duty-within-help = `4h`、`72h`、`30d`、`1 month` のように書いてください
model-duty-from = `{ $written }` からは期限を数えられません。この行より上に、`{ $to }` への報告 `{ $written }` がありません
model-duty-from-help = { $known } を書いてください。報告を起点にするときは、その報告を先に書きます
model-sent-unknown = `{ $written }` は site.yaml の `policy.reports` にありません
model-sent-unknown-help = { $known } を書いてください
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
cli-overdue-no-policy = 期限を過ぎたものはありません: site.yaml の `policy` に、期限も当局への報告もレビュー担当も承認も設定されていません

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

# 公開、漏えい検査、デプロイ、CDN のパージ、サーバー設定についてのメッセージ。

## 公開

publish-error = { $path }: { $reason }
publish-disk = { $error }
publish-disk-help = もう一度ビルドしてください。公開中のサイトはそのままです
publish-disk-full = ディスクに空きがありません
publish-disk-full-help = ディスクの空きを増やして、もう一度ビルドしてください。公開中のサイトはそのままです
publish-no-permission = ここに書き込む権限が noroshi にありません
publish-no-permission-help = noroshi を実行するユーザーに書き込み権限を与えるか、別のフォルダーを指定してください
publish-read-only = このディスクは読み取り専用です
publish-read-only-help = 書き込めるディスクのフォルダーを指定してください
publish-locked = 別のビルドがこのフォルダーに書き込んでいます
publish-locked-help = そのビルドが終わるのを待って、もう一度ビルドしてください
publish-removed = サイトの公開中に、このフォルダーがなくなりました
publish-removed-help = もう一度ビルドしてください。次のビルドがサイト全体を公開します
publish-interfered = 別のビルドが同時にこのフォルダーに書き込んだか、ファイルを削除しました
publish-interfered-help = ここに公開するのは、同時に 1 台のホストだけにしてください。次のビルドがすべてのファイルを照合し、フォルダーを修復します
publish-unknown-file = `manifest.json` が壊れているか見つからないため、noroshi が書いたファイルかどうか判断できません
publish-unknown-file-help = 公開フォルダーを別の場所に移して、もう一度ビルドしてください
publish-foreign-folder = フォルダーに、このファイルなど noroshi が書いていないファイルがあります
publish-foreign-folder-help = 空のフォルダーを指定するか、`--force` を付けて、これらのファイルを残したまま公開してください
publish-foreign-file = noroshi が書いたファイルではありませんが、サイトが同じパスを使います
publish-foreign-file-help = このファイルを別の場所に移すか、別のフォルダーを指定してください。`--force` を付けても上書きしません
publish-address-unfit = このアドレスのファイルは作れません: { $fault }
publish-address-twice = サイトに、このアドレスのファイルが 2 つあります
publish-address-help = ファイルのアドレスを変えてください
publish-manifest-missing = `{ $path }` がありませんでした。今回のビルドは、公開済みのファイルをすべて照合し、マニフェストを書き直します
publish-manifest-empty = `{ $path }` が空でした。今回のビルドは、公開済みのファイルをすべて照合し、マニフェストを書き直します
publish-manifest-broken = `{ $path }` が壊れていました。今回のビルドは、公開済みのファイルをすべて照合し、マニフェストを書き直します

## 漏えい検査

leak-scan-forbidden = `{ $word }` は公開できません。site.yaml の `forbid` に書かれています
leak-scan-forbidden-help = noroshi はこのファイルをそのままコピーします。この語をファイルから消すか、ファイルを `static/` から外してください
leak-scan-leak = `{ $key }` の値が `{ $path }` で公開されてしまいます
leak-scan-leak-invisible = このエントリーのまだ公開していない文章が `{ $path }` で公開されてしまいます
leak-scan-leak-help = そのファイルから取り除いてください。公開してよい値なら、site.yaml の `allow` に加えてください（検索する表記の一覧は docs/privacy.md にあります）
leak-scan-too-many = サイトの非公開の文字列が多すぎて、検査できません
leak-scan-said-in-public = この文章に、{ $file } にある `{ $key }` の非公開の値が含まれています
leak-scan-said-in-public-help = この文章から取り除いてください。公開してよい値なら、そのファイルの `{ $key }` から外すか、site.yaml の `allow` に加えてください

## デプロイ

deploy-comma = 、
deploy-locked = 別のデプロイが実行中です（{ $owner }）。ロックの期限は { $until } です
deploy-locked-help = 終わるのを待って、もう一度デプロイしてください。強制終了したデプロイのロックは、期限が来ると外れます
deploy-outside-of-ci = CI 以外のマシン
deploy-lost = 別のデプロイに処理を引き継がれました
deploy-again-help = もう一度デプロイしてください。次のデプロイで正しい状態に戻ります
deploy-older-commit = デプロイ済みのサイトは、このビルドより後のコミット `{ $commit }` のものです
deploy-older-clock = デプロイ済みのサイト（{ $deployed } 時点）の方が、このビルド（{ $own } 時点）より新しいです
deploy-older-help = 最新のコミットをビルドするか、`--force` を付けてこのビルドをデプロイしてください
deploy-foreign = noroshi がデプロイしていないファイルと重なります: { $shown }
deploy-foreign-more = noroshi がデプロイしていないファイルと重なります: { $shown } ほか { $more } 件
deploy-foreign-help = それらを別の場所に移すか、バケットの別のパスを指定するか、`--force` を付けて上書きしてください
deploy-folder = `{ $path }` を使えません: { $error }
deploy-store = { $store } を使えません: { $why }
deploy-no-runtime = ファイルを送信できません: { $error }
deploy-unfit-path = { $store } には `{ $path }` というファイルを置けません: { $why }
deploy-no-credentials = { $store }: 環境変数に認証情報がありません
deploy-not-taken = { $store } に `{ $path }` を書き込めません: { $why }
deploy-not-sent = { $store } から `{ $path }` を読み込めません: { $why }
deploy-not-listed = { $store } のファイル一覧を取得できません: { $why }
deploy-not-known = { $store } に `{ $path }` があるか確認できません: { $why }
deploy-no-bucket = { $store } がありません: { $why }
deploy-not-removed = { $store } の古いファイルを削除できません: { $why }
deploy-state-unread = { $store } の `{ $path }` をデプロイの記録として読めません: { $why }
deploy-file-unread = `{ $path }` を読み込めません: { $error }
deploy-file-changed = `{ $path }` がマニフェスト（`manifest.json`）の記載と一致しません
deploy-part-lost = { $store }: デプロイ済みのマニフェストの一部である `{ $path }` が、noroshi 以外の操作で削除または変更されています
deploy-credentials-help = 環境変数の認証情報と、その権限（読み込み、書き込み、一覧、削除）を確認してください。変数の一覧は docs/deploy.md にあります
deploy-missing-help = その名前、リージョン、エンドポイントを site.yaml で確認してください。まだ作っていなければ、先に作ってください
deploy-address-help = `https` のアドレスを書いてください。自前のネットワークで `http` を許可する方法は docs/deploy.md にあります
deploy-changed-help = `--force` を付けてデプロイしてください。デプロイ先に今あるものは使わず、すべてのファイルを送り直します
deploy-program-help = インストールするか、別のデプロイ先を指定してください
deploy-site-help = もう一度ビルドして、その結果をデプロイしてください
deploy-disk = { $error }
deploy-temporary-unmade = 一時フォルダーを作れません: { $error }
deploy-temporary = 一時フォルダーを使えません: { $error }
deploy-no-rsync = { $remote } にデプロイできません: `rsync` がインストールされていません
deploy-rsync-not-run = `rsync` を実行できません: { $error }
deploy-rsync = { $remote } にデプロイできません: { $why }

## CDN のパージ

purge-webhook = Webhook
purge-status = （{ $status }）
purge-said = : { $said }
purge-refused = { $name } がパージを拒否しました{ $status }{ $said }
purge-in-vain = { $name } のパージを { $tries } 回試みましたが、完了しませんでした{ $status }{ $said }
purge-in-vain-help = プロバイダーの稼働状況を確認して、もう一度試してください
purge-not-ready = { $name } がまだ受け付けていません{ $status }{ $said }。次に試せるのは { $wait } 秒後ですが、noroshi が待つのは合計 { $most } 秒までです
purge-not-ready-help = しばらくしてから、もう一度試してください
purge-partly = { $message }（{ $all } 件中 { $purged } 件のアドレスはパージ済みです）
purge-not-ascii = `{ $address }` のホスト名に ASCII 以外の文字があります。CDN が扱えるのは ASCII だけです
purge-not-ascii-help = site.yaml の `url` のホストを `xn--…` の形で書いてください
purge-bad-id = `{ $key }: { $value }` は ID の形ではありません
purge-bad-id-help = プロバイダーの管理画面から `{ $key }` の ID をコピーしてください
purge-unfit-request = `{ $address }` へのリクエストを作れません
purge-unfit-request-help = site.yaml のアドレスを確認してください
purge-other-answer = { $provider } の応答ではありません: { $text }
purge-other-answer-help = ネットワークを確認してください。プロキシが応答したのかもしれません
purge-correct-help = { $provider } が示した点を直して、もう一度パージしてください
purge-unset = 環境変数 `{ $name }` が設定されていません
purge-odd-credential = `{ $name }` に、空白など、認証情報には使われない文字があります
purge-odd-credential-help = 認証情報をコピーし直してください
purge-cloudflare-token-help = このゾーンに対する権限 Zone → Cache Purge → Purge を持つ API トークンを作り、環境変数に設定してください。site.yaml には書かないでください
purge-cloudflare-said = { $text }（コード { $code }）
purge-cloudflare-unknown-token-help = Cloudflare が `CLOUDFLARE_API_TOKEN` のトークンを認識していません。コピーし直すか、このゾーンに対する権限 Zone → Cache Purge → Purge を持つトークンを作ってください
purge-cloudflare-refused-help = `CLOUDFLARE_API_TOKEN` のトークンに、このゾーンに対する権限 Zone → Cache Purge → Purge を与えてください。Global API Key はトークンではありません
purge-cloudflare-zone-help = site.yaml の `zone` に、ドメインの概要ページにあるゾーン ID を書いてください
purge-fastly-token-help = このサービスに対するスコープ `purge_select` を持つ API トークンを作り、環境変数に設定してください。site.yaml には書かないでください
purge-fastly-refused-help = `FASTLY_API_TOKEN` のトークンに、スコープ `purge_select` と、サービス { $service } へのアクセス権を与えてください
purge-fastly-service-help = サービス { $service } が、site.yaml の `url` のホストを配信しているか確認してください
purge-aws-key-help = `cloudfront:CreateInvalidation` を許可されたロールまたはユーザーの認証情報を、環境変数に設定してください。site.yaml には書かないでください
purge-unsigned = `{ $address }` へのリクエストに署名できません
purge-unsigned-help = 環境変数の AWS の認証情報を確認してください
purge-cloudfront-refused-help = この認証情報に、ディストリビューションへの `cloudfront:CreateInvalidation` を許可してください
purge-cloudfront-distribution-help = site.yaml の `distribution` に、ディストリビューションの ID を書いてください
purge-cloudfront-clock-help = このマシンの時計と `AWS_SECRET_ACCESS_KEY` を確認してください
purge-cloudfront-keys-help = `AWS_ACCESS_KEY_ID`、`AWS_SECRET_ACCESS_KEY`、`AWS_SESSION_TOKEN` を確認してください
purge-payload-help = noroshi の不具合です。報告してください
purge-webhook-redirects = 別のアドレスにリダイレクトしています
purge-webhook-redirects-help = site.yaml の Webhook の `url` に、リダイレクト先のアドレスを書いてください
purge-webhook-refused-help = `NOROSHI_PURGE_SECRET` に、Webhook の受信側と同じ秘密情報を設定してください
purge-webhook-url-help = site.yaml の Webhook の `url` を確認してください

## Webhook の署名

standard-webhooks-bad-secret = `{ $variable }` は `whsec_` で始まりますが、その後が base64 の 24～64 バイトではありません
standard-webhooks-bad-secret-help = 次のコマンドで作ってください: echo "whsec_$(openssl rand -base64 32)"
standard-webhooks-two-tokens = `{ $variable }` に、`whsec_` で始まらない秘密情報が 2 つあります
standard-webhooks-two-tokens-help = 空白で区切って複数書けるのは、`whsec_` で始まる秘密情報だけです

## サーバーの設定

servers-header-left-out = `{ $address }` のヘッダー `{ $name }`（{ $why }）
servers-redirect-left-out = `{ $address }` からのリダイレクト（{ $why }）
servers-bad-percent = `%` の後が文字コードではありません
servers-own-header = サーバーが自動で設定します
servers-many-names = 名前が 8 個を超えています
servers-nginx-long = nginx で扱うには長すぎます
servers-apache-variable = Apache は `{"{"}` の前のドル記号を変数とみなします
servers-apache-expression = Apache は `expr=` を式とみなします
servers-apache-none = Apache は `none` を「種類なし」とみなします
servers-caddy-variable = Caddy はドル記号の前の `{"{"}` を環境変数とみなします
servers-caddy-order = Caddy は先頭の文字を命令とみなします
servers-caddy-quotes = Caddy では、バッククォートと `\` の両方を含む文字列を書けません
servers-s3-header = 独自のヘッダーのうち、オブジェクトに付けられるのは `Cache-Control` だけです
servers-s3-names = これに当てはまるオブジェクト名がありません
servers-s3-redirect = S3 はリダイレクトしません
cli-init-leaves-out = { $file } に入れられないルールがあります: { $rule }

## noroshi deploy

cli-deploy-not-built = `{ $out }` はビルド済みのサイトではありません: { $why }
cli-deploy-not-built-help = `noroshi build` を実行するか、`--built` を外してください
cli-deploy-manifest-unread = `manifest.json` を読み込めません
cli-deploy-build-interrupted = ビルドが途中で止まっています
cli-deploy-not-purged = サイトはデプロイしましたが、変わったアドレスを CDN に伝えられませんでした: { $why }
cli-deploy-no-target = site.yaml にデプロイ先がありません
cli-deploy-no-target-help = `deploy: {"{"}main: {"{"}s3: bucket{"}"}{"}"}` のように書いてください。使える種類は docs/deploy.md にあります
cli-deploy-unknown-target = デプロイ先 `{ $name }` はありません
cli-deploy-all-targets = 一覧は site.yaml の `deploy`
cli-deploy-no-thread = エラー: デプロイ用のスレッドを開始できません
cli-deploy-nothing = 何もデプロイしていません。site.yaml にデプロイ先がありません
cli-deploy-again = まだデプロイしていません: { $why }。再試行します
cli-deploy-tell-again = { $target }: { $message }。{ $help }。CDN への通知を再試行します
cli-deploy-send-again = { $target }: デプロイが完了していません: { $message }。{ $help }。再試行します
cli-deploy-at = { $time } { $line }
cli-deploy-progress = デプロイ中: ファイル { $files }/{ $all_files } 個、{ $sent }/{ $all } MB
cli-deploy-unchanged = { $target }: { $store } は最新です（ファイル { $files } 個）
cli-deploy-planned = { $target }: { $store } にデプロイする内容: 送信 { $files } 個（{ $kilobytes } kB）、削除 { $removed } 個、変更なし { $unchanged } 個
cli-deploy-deployed = { $target }: { $store } にデプロイしました: 送信 { $files } 個（{ $kilobytes } kB）、削除 { $removed } 個、変更なし { $unchanged } 個
cli-deploy-mended = 。送信分のうち { $files } 個は、noroshi 以外の操作で削除または変更されていました
cli-deploy-recovered = 。中断していたデプロイを完了しました
cli-deploy-requests = 。リクエスト { $requests } 回
cli-deploy-seconds = 。所要時間 { $seconds } 秒
cli-deploy-uncertain-lock = 。このデプロイ先では、同時に実行されたデプロイの衝突を確実には防げません
cli-deploy-and = 、
cli-deploy-purged = 。CDN のアドレス { $addresses } 件をパージしました
cli-deploy-purged-wildcard = 。CDN のアドレス { $addresses } 件を、ワイルドカード { $wildcard } でパージしました
cli-deploy-purged-wildcards = 。CDN のアドレス { $addresses } 件を、ワイルドカード { $wildcards } でパージしました
cli-deploy-error = エラー: { $target }: { $message }
cli-deploy-help = 対処: { $help }
cli-deploy-purge-again = もう一度デプロイしてください。送信済みのファイルは送り直さず、CDN に変更を伝えます
cli-deploy-then = { $help }。その後で、{ $again }

## noroshi build

cli-publishing-built = { $files } 個のファイルを { $time } ミリ秒でビルドしました: 書き込み { $written } 個、変更なし { $unchanged } 個、削除 { $removed } 個
cli-publishing-warning = 警告: { $line }
cli-publishing-at = { $file }: { $message }
cli-publishing-finding = { $line }。{ $help }
cli-publishing-unread-help = ファイルとディスクを確認してください
cli-publishing-address = アドレス `/{ $path }` を公開できません: { $why }
cli-publishing-address-help = このアドレスになるファイルまたはエントリーの名前を変えてください
cli-publishing-bug = noroshi の不具合です。サイトを添えて報告してください
cli-publishing-events = 新しいイベントを書き込めません: { $error }
cli-publishing-events-help = ディスクを確認してください。これらのイベントは次のビルドが出力します
cli-publishing-lost-address = `/{ $page }` のページは以前のビルドで公開しましたが、今回のビルドでなくなります
cli-publishing-lost-address-help = 代わりになるエントリーに `aliases: [/{ $folder }]` を加えるか、エントリーを残して `withdrawn` を書いてください
cli-folders-overlap = 出力先のフォルダー `{ $out }` が、コンテンツまたはテーマのフォルダーと重なっています
cli-folders-overlap-help = `public` のように、`content/` と並ぶフォルダーを指定してください
cli-events-folder = `{ $path }` はフォルダーです
cli-events-inside = `{ $path }` は、コンテンツまたは公開先のフォルダーの中です
cli-events-elsewhere = 別の場所のファイルを指定するか、標準出力なら `-` と書いてください
cli-events-no-folder = `{ $path }` に書き込めません: フォルダーがありません
cli-events-no-folder-help = 先にフォルダーを作ってください
cli-events-lost = 警告: { $until } までのイベントの一覧がマニフェストとともに失われたため、今回のビルドはそれより後のイベントだけを出力します。以前のマニフェストにないイベントも出力するには、そのマニフェストを `--previous` で指定してください
cli-published-none = `{ $place }` にマニフェストがないため、すべてを新規として扱います
cli-published-help = 公開中のサイトの `manifest.json` を指定してください
cli-published-pipe-help = 公開中のサイトの `manifest.json` を指定してください。パイプから渡すなら、先にファイルに保存してください
cli-published-copy-help = 公開先のフォルダーの `manifest.json` か、そのアドレスを指定してください。コピーを使うなら、隣にフォルダー `manifest/` も必要です
cli-published-not-there = サーバーにありません
cli-published-unread = `{ $place }` を読み込めません: { $why }
cli-published-foreign = `{ $place }` をマニフェストとして読めません
cli-published-too-large = `{ $place }` を読み込めません: 各部の合計が { $most } MiB を超えています
cli-published-part-unread = マニフェスト `{ $place }` の一部である `{ $part }` を読み込めません: { $why }
cli-published-part-broken = マニフェスト `{ $place }` の一部である `{ $part }` が壊れています

## サイトを読むコマンド

cli-site-bug = noroshi の不具合です。サイトを添えて報告してください{ $place }
cli-site-unread = site.yaml を読めません
cli-site-unread-help = `noroshi check` を実行し、指摘された点を直してください
cli-site-unreadable-help = ファイルのアクセス権とディスクを確認してください
cli-site-bad-address = `{ $written }` は `https://` などで始まる完全なアドレスではありません
cli-site-bad-address-help = `https://status.example.com/` のように書いてください
cli-site-no-root = `{ $root }` を読み込めません: { $error }
cli-site-no-root-help = パスと、途中のフォルダーのアクセス権を確認してください
cli-site-missing = フォルダー `{ $root }` がありません
cli-site-missing-help = `content/` を含むフォルダーを指定してください
cli-rezone-written = `timezone: { $zone }` を { $entries } 件のエントリーに書き込みました
cli-threads-none = 警告: スレッドを開始できないため（{ $error }）、1 つのスレッドですべてを処理します。このユーザーが使えるプロセス数を増やしてください（`ulimit -u` を参照）
cli-threads-not-shared = 警告: 処理をスレッドに分担させられません: { $why }

## サイトのファイルの読み込み

source-unreadable = { $path } を読み込めません: { $error }
source-no-content = ここにフォルダー `content` がありません
source-no-site-yaml = `content/site.yaml` がありません
source-no-site-help = 新しいサイトは `noroshi init` で作ってください。すでにあるサイトのフォルダーは `--root` で指定してください
source-too-many-entries = このフォルダーにはエントリーのファイルが { $entries } 個あります。noroshi が読み込むのは { $most } 個までです
source-too-many-assets = このフォルダーにはコピーするファイルが { $assets } 個あります。noroshi が読み込むのは { $most } 個までです
source-too-many-help = サイトを分けるか、読者に不要になったファイルを削除してください
source-name-not-utf8 = ファイル名が UTF-8 ではありません
source-name-not-utf8-help = ファイル名を変更してください
source-symlink = noroshi はシンボリックリンクをたどりません
source-symlink-help = ファイルそのものをここに置いてください。noroshi はサイトの外にあるファイルを公開しません
source-special-file = 通常のファイルではありません
source-special-file-help = 削除してください。noroshi はパイプ、ソケット、デバイスを読み込めません
source-unknown-folder = `{ $folder }` というフォルダーは使えません
source-unknown-folder-help = `content/` の中で使えるフォルダーは { $folders } です
source-hidden-file = noroshi は隠しファイルを公開しません
source-hidden-file-help = 名前の先頭のドットを取ってください。noroshi が公開する隠しフォルダーは `.well-known/` だけです
source-bad-name = このファイルは公開できません: { $fault }
source-bad-name-help = ファイルまたはフォルダーの名前を変更してください
source-unknown-file = ここに置かれた `{ $file }` は使われません
source-unknown-file-help = `content/` に置けるのは `site.yaml` とエントリーのフォルダーです。そのままコピーするファイルは `static/` に置いてください
source-unknown-host-file = `content/host/` に置かれた `{ $file }` は使われません
source-unknown-host-file-near = `{ $near }` の間違いではありませんか。`content/host/` に置けるのは `_headers` と `_redirects` です。そのままコピーするファイルは `content/static/` に置いてください
source-unknown-host-file-help = `content/host/` に置けるのは `_headers` と `_redirects` です。そのままコピーするファイルは `content/static/` に置いてください
source-too-large = ファイルが { $size } バイトあります。noroshi が読み込むのは { $most } バイトまでです
source-too-large-help = 本文を短くするか、大きいファイルは `content/static/` に置いてください
source-theme-file-help = 小さくするか、`content/static/` に移してください。テーマのファイルはどのページでも最初に読み込まれます
source-as-utf8 = UTF-8 のテキストとして保存してください
source-nul = ここに NUL バイトがあります。テキストファイルではありません
source-not-utf8 = ここから先が UTF-8 ではありません
source-ignored-file = noroshi はこのファイルを公開しません。エントリーになるのは `.md` ファイルだけです
source-ignored-file-help = 公開するには `content/static/` に移してください
source-not-an-entry = `{ $file }` は公開されません。エントリーになるのは名前が `.md` で終わるファイルです
source-not-an-entry-move = 本文を同じフォルダーの `{ $wanted }` に移し、このファイルを削除してください
source-not-an-entry-rename = 名前を `{ $wanted }` に変更してください。エントリーでなければ `content/` の外に移してください
source-not-an-entry-write = `.md` で終わるファイルに Markdown で書くか、`content/` の外に移してください。そのまま公開するには `content/static/` に移してください
source-same-name = 同じ名前のファイルが 2 つあります。濁点などの文字コードだけが違います: `{ $one }` と `{ $two }`
source-same-name-help = どちらか 1 つだけ残してください。Mac とアドレスの中では同じ名前になります

## エントリーとテーマの読み込み

load-step-read = このファイルの読み込み
load-step-site = このファイルと、指定されたテーマの読み込み
load-step-check = ほかのエントリーと合わせた確認
load-second-original = このエントリーには、最初の言語のファイルが 2 つあります
load-second-original-help = 名前に言語の付いていないファイルだけを残してください
load-held-back = `{ $key }` があるため、この翻訳は公開されません。ページには原文が表示されます
load-held-back-help = 翻訳を公開してよくなったら、このキーを削除してください
load-orphan = この翻訳と同じフォルダーに、原文のファイルがありません
load-orphan-help = 最初の言語の `{ $slug }.md` を同じフォルダーに作ってください。日時や状態などの事実は原文のファイルに書きます
load-theme-unread = このファイルは読み込めないか、大きすぎます

## 言語

locale-unusable = 言語 `{ $tag }` を使えません: { $reason }
locale-no-messages = この言語の文言がありません

## ファイルの読み書き

file-not-regular = 通常のファイルではありません
file-not-utf8 = UTF-8 のテキストではありません
file-larger-than-mebibytes = { $most } MiB を超えています
file-larger-than-bytes = { $most } バイトを超えています
file-watcher-io = { $error }
file-watcher-max-files = 監視できるファイル数の上限（OS の設定）に達しました
atomic-unwritten = { $path } に書き込めません: { $error }
atomic-not-a-file = このパスにすでにあるものは、通常のファイルではありません

## アドレス

address-part = パスに空の部分、`.` または `..` があります
address-backslash = パスに `\` があります。ブラウザーは `/` として読みます
address-control = パスに制御文字があります
address-long-name = パスの一部が { $bytes } バイトあります。ファイルシステムの上限は { $most } バイトです
address-long-path = パスが { $bytes } バイトあります。ブラウザーやサーバーの上限は { $most } バイトです
address-unportable = パスに Windows では使えない名前があります
address-reserved = `{ $own }` で始まる名前と、`{ $manifest }`、`{ $parts }/`（その各部分）は noroshi が使います
url-not-https = `https` のアドレスではありません
url-credentials = ユーザー名またはパスワードが入っています
url-invalid = アドレスとして正しくありません
url-readable = `https` でなければ、通信を途中で読まれるおそれがあります

## ネットワーク

fetch-redirects = { $address } は別のアドレスにリダイレクトします
fetch-redirects-to-http = { $address } は `https` でないアドレスにリダイレクトします
fetch-name-redirect = リダイレクト先のアドレスを指定してください
fetch-answers = { $address } の応答は { $status } です
fetch-answers-help = ブラウザーで開いて確認するか、ファイルを保存してそのフォルダーを指定してください
fetch-check-address = アドレスを確認してください
fetch-too-large = { $address } は { $most } KiB を超えています
fetch-too-large-help = ファイルを保存して、そのフォルダーを指定してください
fetch-timeout = { $address } が { $seconds } 秒以内に応答しませんでした
fetch-timeout-help = もう一度試すか、ファイルを保存してそのフォルダーを指定してください
fetch-unread = { $address } を読み込めません: { $error }
fetch-unread-help = アドレスとネットワークを確認してください
fetch-io = { $error }
fetch-host-not-found = ホストが見つかりません
fetch-connection-failed = 接続できません
fetch-too-many-redirects = リダイレクトが多すぎます
fetch-address-help = `https://status.example.com` のように書いてください
fetch-address-invalid = `{ $base }` はアドレスとして正しくありません
fetch-address-host = `{ $base }` にホスト名がないか、ユーザー名が入っています
fetch-address-scheme = noroshi は `{ $base }` を読み込みません。使えるのは `https` と、このマシンへの `http` だけです
fetch-without-https = { $base } を読み込めません。この noroshi は機能 `https` なしでビルドされています
fetch-without-https-help = ファイルに保存してそのファイルを指定するか、`--features https` を付けてビルドした noroshi を使ってください
fetch-certificate-unread = { $base } の証明書を読み込めません: { $error }
fetch-certificate-unread-help = アドレスとネットワークを確認してください。証明書はプロキシを通さずに読み込みます
fetch-certificate-ended = この証明書、または上位の証明書の有効期限が切れています
fetch-certificate-not-yet = この証明書はまだ有効期間に入っていません
fetch-certificate-name = 別のホスト名の証明書です
fetch-certificate-issuer = ブラウザーが発行者を知らないか、サーバーが上位（中間）の証明書を送っていません
fetch-no-host-address = ホストのアドレスがありません
fetch-long-handshake = TLS のハンドシェイクが長すぎます

## アラート

alert-missing = `{ $path }` がありません
alert-group-status = `status` が `firing` でも `resolved` でもありません
alert-batch = 複数のイベントがまとめて入っています。1 件ずつ送ってください
alert-specversion = `specversion` が `1.0` ではありません

## ホスト

hosts-unknown = noroshi が対応していないホスティング先

## 生成

render-other-file = `/{ $file }` は別のファイルです
render-step = ファイル `{ $path }` の生成
render-step-files = サイトのファイルの一覧の作成
render-step-pages = サイトのページの構成
render-step-state = サイトの状態の計算
render-step-private = 非公開の文字列の収集

## noroshi の不具合

panics-failed = noroshi の不具合により、{ $step }に失敗しました
panics-failed-at = noroshi の不具合により、{ $step }に失敗しました（{ $location }）
bisect-report = noroshi の不具合です。このファイルを添えて報告してください{ $place }。直るまでは、このファイルへの直前の変更を取り消すか、`noroshi build --hold-broken` でほかの内容だけを公開してください
bisect-where-to = （{ $address }）
purge-step-sign = リクエストへの署名
cli-announce-step-compose = 通知文の作成
cli-console-step-show = 診断の表示
cli-editor-step-policy = ポリシーに照らしたサイトの確認
cli-pack-step-channel = ほかのチャネル向けの文面の作成
cli-pack-step-compare = チャネルごとの文面の比較
cli-publishing-step = サイトの公開
cli-report-step = 記録への書き出し
cli-serve-step-bar = 次の変化の表示
cli-serve-step-build = サイトのビルド
cli-site-step-next = 次の変化の検索
cli-site-step-policy = ポリシーに照らした確認
cli-step-run = このコマンドの実行
cli-update-step-components = コンポーネントの状態の確認

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

## 公開サイトの検証（`noroshi verify`）

verify-fault = 異常
verify-note = 注意
verify-finding = { $severity }[{ $check }] { $address }: { $found }。期待: { $expected }。対処: { $help }
verify-finding-several = { $severity }[{ $check }] { $address } ほか { $more } 件: { $found }。期待: { $expected }。対処: { $help }
verify-right = 欠けも誤りもありません
verify-right-notes = 欠けも誤りもありません（注意 { $notes } 件）
verify-faults-notes = 異常 { $faults } 件、注意 { $notes } 件
verify-site = { $site }: { $counts }
verify-site-facts = { $site }: { $counts }。{ $files } 個のファイルのうち { $checked } 個を確認しました。{ $effective } 時点のビルドです
verify-site-facts-next = { $site }: { $counts }。{ $files } 個のファイルのうち { $checked } 個を確認しました。{ $effective } 時点のビルドで、次に変わるのは { $next } です
verify-see-host = ホスティング先の稼働状況を確認してください
verify-answers = サーバーの応答が { $status } です
verify-unreachable-expected = 応答があること
verify-file-expected = そのファイル
verify-page-expected = そのページ
verify-seconds = { $seconds } 秒
verify-minute = 1 分
verify-minutes = { $minutes } 分
verify-hours = { $hours } 時間

## 証明書

verify-certificate-no-proxy = プロキシを通さずに応答があること
verify-certificate-refused = ブラウザーが証明書を拒否します: { $why }
verify-certificate-refused-until = ブラウザーが証明書を拒否します: { $why }（有効期限 { $until }）
verify-certificate-soon-refused = ブラウザーがまもなく証明書を拒否します: { $why }
verify-certificate-soon-refused-until = ブラウザーがまもなく証明書を拒否します: { $why }（有効期限 { $until }）
verify-certificate-accepted = { $later } までブラウザーが受け入れる証明書
verify-certificate-renew = 証明書を更新し、自動更新されなかった原因を調べてください

## 更新の遅れ

verify-late = サイトは { $ago }前（{ $next }）に変わるはずでした
verify-late-expected = `next_change` が { $now } より後のマニフェスト
verify-late-help = 公開してください。ワークフローの直近の実行か、`noroshi watch` のログを確認してください

## 時間切れ・失敗による中断

verify-left-out-failing = 失敗したリクエストが多すぎるため、{ $files } 個のファイルを確認していません
verify-left-out-time = 時間切れのため、{ $files } 個のファイルを確認していません
verify-left-out-time-help = `--timeout` で時間を延ばすか、`--sample` で一部だけ確認してください
verify-left-out-expected = 対象のファイルをすべて確認すること

## マニフェスト

verify-manifest-expected = サイトのマニフェスト
verify-site-redirects = サイトが { $to } にリダイレクトします
verify-site-redirects-expected = このアドレスで応答があること
verify-site-redirects-help = リダイレクト先のアドレスを指定してください
verify-no-manifest-help = manifest.json を含むフォルダー全体を公開し、トップページのアドレスを指定してください
verify-host-refuses-help = ホスティング先の稼働状況と、プログラムからのアクセスを拒否していないかを確認してください
verify-foreign-manifest = noroshi のマニフェストではありません
verify-foreign-manifest-help = 公開し直してください。サーバーがこのアドレスでページを返す設定だと、マニフェストを読めません
verify-part-missing = マニフェストの一部 `{ $path }` を読み込めません: { $why }
verify-part-wrong = マニフェストの一部 `{ $path }` の内容が、マニフェストの記載と違います
verify-parts-expected = マニフェストに記載されたすべての部分
verify-parts-help = フォルダー全体を公開してください。マニフェストの各部分は `manifest/` にあります
verify-differs-expected = { $whose } と同じマニフェスト
verify-differs-help = どのサーバーにも同じフォルダーを公開し、それぞれの直近の実行を確認してください
verify-other-content = 同じ時刻のビルドなのに内容が違います
verify-behind = サイトの内容が { $time }遅れています

## ファイルの内容

verify-missing-help = すべてのファイルを含むフォルダー全体を公開し直してください
verify-too-many-requests-help = サーバーがリクエスト数を制限しています。`--sample` で確認するファイルを減らしてください
verify-rewritten-help = 公開し直してください。サーバー側でファイルを書き換える機能（minify、メールアドレスの難読化、スクリプトの挿入など）を止めてください
verify-size = ファイルが { $size } バイトです
verify-size-expected = { $size } バイト
verify-hash = SHA-256 が `{ $sha256 }` です
verify-stale = 途中のキャッシュが古い版を返しています
verify-stale-expected = 公開したファイル
verify-stale-help = 変わったアドレスを CDN に伝えるか、CDN のキャッシュをパージしてください
verify-bytes-expected = 公開したままの内容
verify-gzip-unasked = gzip を求めていないプログラムにも、サーバーが gzip で返します
verify-gzip-unasked-help = デプロイがテキストを圧縮して置いているなら、対処は不要です。ブラウザーもフィードリーダーも gzip を読めます
verify-encoding = 応答が { $encoding } で圧縮されていますが、リクエストはこの形式を受け付けていません
verify-encoding-help = リクエストが受け付ける形式でだけ圧縮するように、サーバーを設定してください
verify-not-compressed = `.{ $ending }` が圧縮されていません
verify-not-compressed-expected = `gzip` または `br`
verify-not-compressed-help = サーバーでテキストの gzip か Brotli の圧縮を有効にしてください

## リダイレクト

verify-redirect = サーバーが { $to } にリダイレクトします
verify-redirect-help = このアドレスをリダイレクトするサーバーの設定を外してください
verify-redirect-circle = サーバーのリダイレクトが { $to } に戻って循環しています
verify-redirect-circle-help = 互いにリダイレクトし合っているサーバーの設定の、どちらかを外してください
verify-redirects-often = サーバーが { $times } 回を超えてリダイレクトします
verify-redirects-often-help = サーバーの設定を、1 回でページに着くように直してください
verify-redirect-page = サーバーがサイトの別のページにリダイレクトします
verify-redirect-page-help = 旧アドレスなら対処は不要です
verify-redirect-dead = サーバーが { $to } にリダイレクトしますが、リダイレクト先に異常があります: { $what }
verify-redirect-spelling = サーバーが、別の表記の同じページにリダイレクトします
verify-redirect-spelling-help = 対処は不要です。サーバーが拡張子かファイル名を省いていますが、リンクは使えます
verify-lost-slash-help = ページの相対リンクが別の場所を指してしまいます。末尾の `/` を残してください

## アドレス

verify-not-found-help = 存在しないアドレスには、404.html を 404 で返すようにサーバーを設定してください
verify-not-found-empty = 存在しないアドレスに、サーバーが空のページを返します
verify-not-found-own-page = 存在しないアドレスに、サーバーが独自のページを返します
verify-not-found-status = 存在しないアドレスに、サーバーが { $status } を返します
verify-folder-expected = { $page } へのリダイレクト
verify-folder-redirect-help = サーバーに公開用の名前と `https` を設定するか、相対アドレスにリダイレクトしてください
verify-folder-without-slash = サーバーが末尾の `/` なしでページを返します
verify-folder-without-slash-help = ページの相対リンクが別の場所を指してしまいます。`/` 付きのアドレスにリダイレクトするように、サーバーを設定してください
verify-folder-help = 末尾に `/` のないフォルダーのアドレスを、`/` 付きのアドレスにリダイレクトするように、サーバーを設定してください
verify-first-other-page = サーバーが index.html ではないページを返します
verify-first-help = `/` で index.html を返すようにサーバーを設定してください

## ヘッダー

verify-header = `{ $name }` が { $sent } です
verify-header-missing = `{ $name }` がありません
verify-set-headers = サーバーでヘッダーを設定できるなら、`_headers` のとおりに設定してください
verify-type = コンテンツタイプが { $sent } です
verify-type-missing = コンテンツタイプがありません
verify-type-help = この拡張子のコンテンツタイプをサーバーに設定してください
verify-charset = 文字コードが { $sent } です
verify-charset-missing = 文字コードの指定がありません
verify-charset-help = サーバーでテキストに `charset=utf-8` を設定してください
verify-cache-for-ever-help = 読者の手元に古いファイルが残り続けます。`assets/theme/` 以外には別の `Cache-Control` をサーバーで設定してください
verify-cache-long-help = その間、読者に古い情報が表示されます。サーバーでもっと短い時間を設定してください
verify-closed-help = ほかのサイトがこの内容を表示できません。サーバーでこのヘッダーを外してください
verify-frame-options = `X-Frame-Options` が { $options } で、フレームを許可するポリシーもありません
verify-frame-expected = ほかのサイトがフレームに表示できるページ
verify-frame-help = `embed/banner/` に `Content-Security-Policy: frame-ancestors *` を付けるか、`X-Frame-Options` を外してください

## コマンド

cli-verify-address = `{ $written }` はサイトのアドレスではありません
cli-verify-address-user = アドレスにユーザー名か `@` が含まれています
cli-verify-address-help = `https://status.example.com/` のように、`https://` などから始まる完全なアドレスを書いてください

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
cli-new-outage = `{ $typed }` を障害時間帯として読めません
cli-new-outage-help = 時間帯か時刻を書いてください: `--outage "2026-11-20 18:07-18:08" --outage 20:32`
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
cli-update-outage = --outage には、状態 `resolved` または `correction` が必要です
cli-update-outage-help = 途中の状況は更新が伝えます。障害時間帯は、解決してからまとめて書いてください
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
cli-draft-created-next = 次は: タイトル、`severity`、`affects` を確認し、`noroshi update { $slug } 調査中 -m TEXT` を実行してください。公開するなら `--publish` を付けます
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
cli-update-no-draft = このエントリーは下書きではありません
cli-update-no-draft-help = `--publish` を付けずに実行してください
