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
