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
