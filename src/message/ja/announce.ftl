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
