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
