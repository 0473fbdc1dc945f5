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
