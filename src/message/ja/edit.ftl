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
