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
